"""What is judged between files, one subject a file."""
