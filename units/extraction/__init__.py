"""The text of uploaded papers: Word, PDF with a text layer, plain text, HTML. Plain Python, no Django.

`papers.extract` is the door. Everything else here runs in a child process with limits (`reader.py`), because
the files come from anywhere and the libraries that open them are large.
"""
