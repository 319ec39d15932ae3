"""What the tasks write into the content folder."""
