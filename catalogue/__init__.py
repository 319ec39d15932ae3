"""What the author wrote, as checked records; nothing here knows Pelican."""
