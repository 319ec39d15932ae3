"""The folder of the finished site, and its exchange for a new one."""
