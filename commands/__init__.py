"""What the author can do: one verb, one file."""
