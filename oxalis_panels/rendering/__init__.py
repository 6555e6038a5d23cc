"""What site and posters share: templates, views, inline text → HTML, addresses, fonts, pictures."""
