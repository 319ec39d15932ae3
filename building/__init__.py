"""From the catalogue to a finished site."""
