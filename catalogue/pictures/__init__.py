"""Picture files: what they are, and what of them is published."""
