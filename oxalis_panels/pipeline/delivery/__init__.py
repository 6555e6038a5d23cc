"""What is sent to the print shop: the finished posters and all it wants to know of them, in one archive."""

from oxalis_panels.pipeline.delivery.delivering import FOLDER, Delivered, deliver, doubts, summary

__all__ = ["FOLDER", "Delivered", "deliver", "doubts", "summary"]
