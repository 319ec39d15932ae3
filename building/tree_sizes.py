"""Compare the size of a tree with what GitHub Pages takes."""

from collections.abc import Mapping

from building.tree import Entry
from catalogue.problems import Refused, format_count, format_name

# https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits
MOST_BYTES, MOST_FILE_BYTES = 1_000_000_000, 100_000_000
WARNED_SHARE = 2  # from the half of a limit on it is told, while there is time to do something


def check_sizes(entries: Mapping[str, Entry]) -> list[str]:
    """Return what is to be told of a tree that is large; raise Refused if GitHub Pages does not take it."""
    sizes = {name: int(entry.stamp.partition(" ")[0] or 0) for name, entry in entries.items()}
    large = sorted(name for name, size in sizes.items() if size >= MOST_FILE_BYTES)
    if large:
        raise Refused(
            f"{format_name(large[0])} has 100 MB or more, which GitHub does not take. The site is unchanged."
        )
    total = sum(sizes.values())
    if total > MOST_BYTES:
        seen = f"The site has more than 1 GB in {format_count(len(sizes), 'file')}"
        raise Refused(f"{seen}, which GitHub Pages does not take. The site is unchanged.")
    warnings = [
        f"{format_name(name)} has {format_size(size)}, and GitHub takes no file of 100 MB. Make it smaller, "
        "or put it where films and recordings are kept and link to it."
        for name, size in sorted(sizes.items())
        if size * WARNED_SHARE >= MOST_FILE_BYTES
    ]
    if total * WARNED_SHARE >= MOST_BYTES:
        largest = max(sizes, key=lambda name: (sizes[name], name))
        warnings.append(
            f"The site has {format_size(total)} in {format_count(len(sizes), 'file')}, and GitHub Pages "
            f"takes 1 GB. Its largest file is {format_name(largest)} with {format_size(sizes[largest])}."
        )
    return warnings


def format_size(size: int) -> str:
    """Return a number of bytes in whole megabytes."""
    return f"{size // 1_000_000:,} MB"
