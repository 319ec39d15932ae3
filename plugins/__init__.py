"""What Pelican is taught: one feature, one file."""
