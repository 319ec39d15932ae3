"""The front matter of a file."""
