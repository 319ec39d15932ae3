"""How a reader's reply becomes a comment: the mail read, the file written, the comment counted."""
