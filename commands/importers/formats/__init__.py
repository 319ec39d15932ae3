"""What other programs write, one form a file: each reads a source into a `Site`."""
