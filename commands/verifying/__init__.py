"""How a live site is compared with what a commit builds."""
