"""What other programs have written, one format a file."""
