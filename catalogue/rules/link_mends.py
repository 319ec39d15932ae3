"""Find the one right address of a link that leads nowhere: other capitals, or a name that a text had."""

import posixpath

from catalogue.rules.link_targets import LinkTargets
from catalogue.text.link_forms import retype_address, retype_link
from catalogue.text.links import Link, find_source
from catalogue.text.wiki_links import is_wiki_address, split_wiki_address


def find_right_address(link: Link, path: str, targets: LinkTargets) -> str:
    """Return what to type in place of the address of a link in the file `path`; empty if none is sure."""
    target = link.target
    if is_wiki_address(link.url):
        name, _ = split_wiki_address(link.url)
        stem = posixpath.splitext(posixpath.basename(name))[0]
        former = targets.find_former(f"posts/{stem}.md") if is_wiki_address(target) and name else ""
        return retype_link(link.url, path, former) if former else ""
    if not target or target in targets.ids or target in targets.files or target in targets.hidden:
        return ""
    if target.startswith("/"):
        if find_source(target, targets.sources) is not None:
            return ""
        place = targets.places.folded.get(target.casefold(), "")
        return retype_address(link.url, place) if place else ""
    names = targets.all if link.tag == "a" else targets.pictures
    right = names.folded.get(target.casefold()) or targets.find_former(target)
    return retype_link(link.url, path, right) if right else ""
