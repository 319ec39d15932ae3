"""Say what is wrong with a link to a file that is not there, or that is none which can be shown."""

import posixpath
import re
from collections.abc import Callable, Collection, Mapping
from urllib.parse import unquote

from catalogue.folder.layout import (
    ATTACHMENT_FORMATS,
    DOCUMENT_ENDINGS,
    IMAGE_ENDINGS,
    PLAIN_ENDINGS,
    PLAYED_ENDINGS,
    SUBTITLE_ENDINGS,
    TEXT_ENDINGS,
)
from catalogue.folding import compose
from catalogue.rules.link_targets import LinkTargets
from catalogue.spelling import Candidates, Guesses, find_stem
from catalogue.text.link_forms import part_tail, quote_unsafe
from catalogue.text.links import Link, find_noun, show
from catalogue.text.web_addresses import show_destination

STATIC = "{static}/"  # how an address from the content folder begins
# Names of computers, with the last part of the first; a file may have such a name too.
DOMAIN = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.)+([A-Za-z]{2,24})(?=[/?#:]|$)")
# .org is a text of Emacs too, but mostly the end of an address.
FILE_ENDINGS = {
    *TEXT_ENDINGS,
    *IMAGE_ENDINGS,
    *ATTACHMENT_FORMATS,
    *PLAIN_ENDINGS,
    *DOCUMENT_ENDINGS,
} - {".org"}
# The endings of the files that an element can show.
SHOWN_ENDINGS: Mapping[str, Collection[str]] = {
    **dict.fromkeys(("audio", "source", "video"), PLAYED_ENDINGS),
    "img": IMAGE_ENDINGS,
    "track": SUBTITLE_ENDINGS,
}


def write_way(path: str, target: str) -> str:
    """Return what to type in the file `path` for a link to another file."""
    return quote_unsafe(posixpath.relpath(target, posixpath.dirname(path) or "."))


def is_file(target: str, tag: str, targets: LinkTargets) -> bool:
    """Return whether a tag can show a target, or may once it is there: that is another mistake."""
    if target in targets.files and tag in SHOWN_ENDINGS:
        return posixpath.splitext(target)[1].lower() in SHOWN_ENDINGS[tag]
    return bool(target) and not target.endswith(TEXT_ENDINGS)


def describe_no_file(link: Link, targets: LinkTargets) -> str:
    """Return what is said of a picture's address that leads to something else."""
    noun = find_noun(link.tag)
    seen = f"{show(link.url)} is no {noun}. Write the {noun}'s file name"
    if link.tag == "img" and (link.target in targets.files or link.target in targets.ids):
        return f"{seen}, or for a link to it: [its title]({show_destination(link.url)})"
    return f"{seen}."


def describe_gone(
    link: Link, name: Callable[[str], str], targets: LinkTargets, guesses: Guesses
) -> str:
    """Return what is said of a file that is not there: the name that it has now, or the nearest one."""
    if former := targets.find_former(link.target):
        return f"{show(link.url)} has another name now. Write: {show(name(former))}"
    names = targets.all if link.tag == "a" else targets.pictures
    return describe_no_target(link, names, guesses, name)


def describe_no_target(
    link: Link,
    names: Candidates,
    guesses: Guesses,
    name: Callable[[str], str] = quote_unsafe,
) -> str:
    """Return what is said of a target that is not there, with the nearest that is, as `name` has it."""
    seen = show(link.url.removeprefix(STATIC))  # nobody types it for ![[desk.png]]
    if same := names.folded.get(link.target.casefold()):
        remedy = f"Write: {show(name(same))}"
        return f"{seen} is spelt with other capitals than the file. {remedy}"
    if meant := find_coded(link, names):
        remedy = f"Write: {show(name(meant))}"
        sign = part_tail(link.url)[1][:1] or "%"
        return f"The {sign} in {seen} is a sign of the address and not of the file's name. {remedy}"
    stem = find_stem(link.target)
    near = names.find_stem(stem, link.target) or names.find_folded(stem, link.target)
    if not near:
        kind = "/" if link.target.startswith("/") else link.tag
        near = names.find_stem(guesses.find(stem, names.stems, kind) or stem, link.target)
    remedy = "Mend the address, or take the link out."
    if near:
        remedy = f"Did you mean: {show(name(near))}"
    elif link.tag == "a" and is_domain(link.url):
        remedy = f"Did you mean: https://{show(link.url)}"
    return f"There is no {find_noun(link.tag)} {seen}. {remedy}"


def is_domain(url: str) -> bool:
    """Return whether an address begins as one of another site does, without its https://."""
    found = DOMAIN.match(url)
    return found is not None and f".{found[1].lower()}" not in FILE_ENDINGS


def find_coded(link: Link, names: Candidates) -> str:
    """Return the name that a link has as it is typed, with signs that mean something else in an address."""
    tail = compose(unquote(part_tail(link.url)[1]))
    for typed in (f"{link.target}{tail}", f"{link.target}/{tail}"):
        for name in (typed, typed.lstrip("/")):  # an address from the root, and a path
            if found := names.typed.get(name.casefold()):
                return found
    return ""
