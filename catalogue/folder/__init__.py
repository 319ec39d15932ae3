"""The content folder, before any text in it is read."""
