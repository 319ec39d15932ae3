"""Make the ids of feeds: tag URIs (RFC 4151), as those of posts are (catalogue/post_ids.py)."""

import re

FIRST_YEAR = 2026  # in the ids of the feeds themselves, which have no day of their own
# RFC 4151, section 2.1: a domain name or an e-mail address, in small letters.
AUTHORITY = re.compile(
    r"(?:[a-z0-9._-]+@)?[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)+", re.ASCII
)


def check_authority(authority: str) -> str:
    """Return what is wrong with the name that begins all ids; empty when it is good."""
    if AUTHORITY.fullmatch(authority):
        return ""
    return (
        f"FEED_AUTHORITY is “{authority}”, and that is no domain name and no e-mail address in "
        'small letters. Write one in pelicanconf.py, like: FEED_AUTHORITY = "example.org".'
    )


def format_feed_id(authority: str, path: str) -> str:
    """Return the id of a feed; `path` is its file."""
    return f"tag:{authority},{FIRST_YEAR}:{path}"
