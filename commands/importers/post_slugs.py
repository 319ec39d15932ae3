"""Choose the slugs of posts to import, each of them once."""

from collections.abc import Sequence

from catalogue.addresses import is_reserved
from catalogue.slugs import format_numbered_slug, format_post_slug


def choose_slugs(titles: Sequence[str]) -> list[str]:
    """Return a slug for each title of a dump; of equal ones the later in the dump keeps the plain slug.

    Counting begins at the dump's end, with the oldest post, so that a new post on top of a later
    dump changes no name.
    """
    plain = [format_post_slug(title) or "untitled" for title in titles]
    taken = set(plain)
    used: set[str] = set()
    names = []
    for slug in reversed(plain):
        name, number = slug, 2
        while name in used or (name != slug and name in taken) or is_reserved("post", name):
            name, number = format_numbered_slug(slug, number), number + 1
        used.add(name)
        names.append(name)
    return names[::-1]
