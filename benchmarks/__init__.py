"""Measure how fast this project builds a large site, against others that build the same one."""
