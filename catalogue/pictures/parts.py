"""What can be wrong with the parts that a picture's file is made of, and how many may be walked."""

# A real file has some thousand segments, chunks or boxes at the most, and few idle bytes between
# them; millions only cost time.
MAX_PARTS = 20_000


class Damaged(ValueError):
    """The picture is cut off, or its parts contradict each other."""


class Unclear(ValueError):
    """The picture has a part of which nobody can tell whether it is needed to show it."""
