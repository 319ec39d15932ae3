"""Make a topic: a record in the authority file."""

import sys
from pathlib import Path

from commands.check import read_site
from commands.settings import ROOT
from plugins.problems import format_root
from plugins.slugs import check_slug, format_slug
from plugins.topics import fold_name


def topic(name: str, content: Path = ROOT / "content") -> int:
    """Make the record of the topic `name`; give 1 if there is one already, 2 if the name is no name."""
    name = " ".join(name.split())
    slug = format_slug(name)
    if not slug or check_slug(slug) or not name.isprintable():
        print(
            f"“{name}” cannot be a topic's name. Write letters of the alphabet, like: "
            'python3 tasks.py topic "Customer service"',
            file=sys.stderr,
        )
        return 2
    root, path = format_root(content), content / "topics" / f"{slug}.md"
    owner = read_site(content).names.get(fold_name(name))
    if owner or path.exists():
        there = owner.path if owner else f"topics/{slug}.md"
        print(f"“{name}” is a topic already: {root}/{there}", file=sys.stderr)
        return 1
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"Title: {name}\n\nPosts about {name}.\n", encoding="utf-8", newline="\n")
    print(f"{root}/topics/{slug}.md is there. Write in it what belongs to the topic.")
    return 0
