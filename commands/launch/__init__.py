"""From the command line to a task that runs in the project's own environment."""
