"""What is sent to the print shop: the finished posters and all it wants to know of them, in one archive."""
