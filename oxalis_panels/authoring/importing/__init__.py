"""A text that was written elsewhere → panels: a text file, Markdown, a PDF, a Word or LibreOffice document.

Every form has a reader that gives a `Document`: its blocks in order, and all its words, counted by another
way than the blocks. `assembly` makes drafts of panels from the blocks, `writing` their files;
`making` holds the words of the files against those of the document before anything reaches the disk.
"""
