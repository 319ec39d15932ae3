"""How what has one right answer is mended in the author's texts."""
