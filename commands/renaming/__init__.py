"""How a post gets another name: its file, its comments, and the links that lead to it."""
