"""Resolve the author's links and pictures to files and addresses of the site, and judge each.

Links are written as an editor shows them (`../images/desk.png`, `weeding.md`), as Pelican writes
them (`{filename}weeding.md`, `{static}/images/desk.png`), or as a reader sees them (`/about/`).

In a record's HTML an internal link is kept as TARGET_OPEN + target + TARGET_CLOSE, two code points
that are refused in the author's text, so that no text can look like one. Its address is put in when
the addresses of all files are known.
"""

import html
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from operator import attrgetter
from urllib.parse import quote, unquote

from catalogue.folder.layout import IMAGE_ENDINGS
from catalogue.problems import Problem, shorten
from catalogue.slugs import format_slug
from catalogue.spelling import Guesses
from catalogue.text.encoding import FORBIDDEN
from catalogue.text.html_reader import Reference, check_address
from catalogue.text.sanitiser import TARGET_CLOSE, TARGET_OPEN
from catalogue.text.source_lines import Lines

ADDRESSES_KEPT = 50_000
# A target is the beginning of an attribute's value; what looks like one elsewhere is none.
TARGET = re.compile(f'((?:href|src)="){TARGET_OPEN}([^{TARGET_CLOSE}"<>]*){TARGET_CLOSE}')
ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
MAIL = re.compile(r"[^/@\s]+@[^/@\s]+\.[a-z]+")
FILLING = re.compile(r"[\s_-]+")
INDICATOR = re.compile(r"[{|](\w+)[}|](.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Link:
    """Hold one internal link: its line, how it was written, and where it leads.

    The target is a path in the content folder (`posts/weeding.md`), an address of the site
    (`/about/`), or empty for a place on the same page.
    """

    line: int
    tag: str
    url: str
    target: str
    fragment: str = ""


class Unresolved(ValueError):
    """Say why a link cannot lead anywhere, and what to write."""


def read_links(
    references: Sequence[Reference], path: str, lines: Lines
) -> tuple[dict[tuple[str, str], str], list[Link], list[Problem]]:
    """Resolve the links of a body; return what to publish of each address, by its tag and itself."""
    links: list[Link] = []
    problems: list[Problem] = []
    targets: dict[tuple[str, str], str] = {}
    before: Counter[str] = Counter()
    for reference in references:
        key = (reference.tag, reference.url)
        targets[key] = reference.url
        if check_address(reference.url):
            continue  # told already
        # Most links leave the site, and nobody asks for their lines.
        find = partial(lines.find, reference.url, nth=before[reference.url])
        before[reference.url] += 1
        try:
            target = resolve(reference.url, path, is_image=reference.tag == "img")
        except Unresolved as wrong:
            problems.append(Problem(path, find(), "error", str(wrong)))
            continue
        if target is None:
            if "://localhost" in reference.url or "://127.0.0.1" in reference.url:
                seen = f"{show(reference.url)} leads to your own computer"
                text = f"{seen}. Write the public address."
                problems.append(Problem(path, find(), "warning", text))
            continue
        link = Link(find(), reference.tag, reference.url, *target)
        links.append(link)
        fragment = f"#{link.fragment}" if link.fragment else ""
        place = f"{TARGET_OPEN}{link.target}{TARGET_CLOSE}" if link.target else ""
        targets[key] = place + fragment or "#"
    return targets, links, problems


def resolve(url: str, path: str, *, is_image: bool = False) -> tuple[str, str] | None:
    """Find the target and fragment of a link in the file `path`; None when it leaves the site."""
    url = url.strip()
    if "\\" in url:
        place, mark, query = url.partition("?")  # in a query it is no slash that was meant
        right = place.replace("\\", "/") + mark + query.replace("\\", "%5C")
        remedy = f"Write: {show(right)}"
        raise Unresolved(f"{show(url)} has backslashes. {remedy}")
    if url[:1] in ("{", "|") and (indicator := INDICATOR.fullmatch(url)):
        return resolve_indicator(indicator[1], *split_url(indicator[2]), path)
    if ELSEWHERE.match(url):
        if is_image:
            remedy = "Save it in content/images/ and write: ../images/its-name"
            raise Unresolved(f"The picture {show(url)} lies on another site. {remedy}")
        return None
    if url.lower().startswith("www."):
        raise Unresolved(f"{show(url)} does not say https:// first. Write: https://{show(url)}")
    if "@" in url and MAIL.fullmatch(url):
        raise Unresolved(f"{show(url)} does not say mailto: first. Write: mailto:{show(url)}")
    place, fragment = split_url(url)
    if not place and url.startswith("?") and not is_image:
        raise Unresolved(f"{show(url)} leads nowhere. Write the page's address before the ?")
    if not place or place.startswith("/"):
        return place, fragment
    return resolve_file(place, path, url), fragment


def show(url: str) -> str:
    """Give an address fit for a message."""
    return shorten(url, 100)


def split_url(url: str) -> tuple[str, str]:
    """Part an address into the path, without a query, and what follows the #; both decoded.

    Raises Unresolved for what no text may hold, and no address either.
    """
    place, _, fragment = url.partition("#")
    parts = unquote(place.partition("?")[0]), unquote(fragment)
    if "%" in url and FORBIDDEN.search("".join(parts)):
        raise Unresolved(f"{show(url)} holds a sign that cannot be seen. Take out its %-code.")
    return parts


def resolve_indicator(word: str, place: str, fragment: str, path: str) -> tuple[str, str]:
    """Resolve the signs that Pelican has for links: `{filename}`, `{static}`, `{tag}`."""
    if word == "index":
        return "/", fragment
    if word in ("tag", "category"):
        return f"topics/{format_slug(place)}.md", fragment
    if word not in ("filename", "static", "attach"):
        known = "{filename} for a post and {static} for a picture"
        raise Unresolved(f"{{{shorten(word)}}} is not a sign for a link. Write {known}.")
    url = f"{{{word}}}{place}"
    return resolve_file(place.lstrip("/"), "" if place.startswith("/") else path, url), fragment


def resolve_file(place: str, path: str, url: str) -> str:
    """Give the path in the content folder of a file named in the file `path`; `url` is for messages."""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
    if target == ".." or target.startswith("../"):
        remedy = "Copy the file into the content folder and link to it there."
        raise Unresolved(f"{show(url)} leads out of the content folder. {remedy}")
    return target


class Names:
    """The names that links of one kind may have meant, each folded once; the last of equals counts."""

    def __init__(self, names: Sequence[str]) -> None:
        """Fold the names."""
        self.folded = {each.casefold(): each for each in names}
        self.stems = {read_stem(each): each for each in names}
        self.plain = {fold_stem(stem): each for stem, each in self.stems.items()}


@dataclass(frozen=True)
class Site:
    """Hold what a link can lead to."""

    ids: Mapping[str, Collection[str]]  # the ids on the page of each text that is shown
    files: Collection[str]  # pictures, attachments, and what is copied to the root
    sources: Mapping[str, str]  # the file that makes each address; empty for the site's own pages
    hidden: Mapping[str, str]  # why a text is not shown: "a draft"

    @cached_property
    def places(self) -> Names:
        """Return the addresses."""
        return Names([*self.sources])

    @cached_property
    def pictures(self) -> Names:
        """Return the files that a picture may be."""
        return Names(sorted(self.files))

    @cached_property
    def targets(self) -> Names:
        """Return the files that a link may lead to."""
        return Names([*self.ids, *sorted(self.files)])


def check_links(
    path: str,
    links: Sequence[Link],
    own_ids: Collection[str],
    site: Site,
    guesses: Guesses | None = None,
) -> list[Problem]:
    """Judge the links of the file `path`, whose own page has the ids `own_ids`.

    `guesses` are those of the whole run, which judges one file after the other.
    """
    guesses = guesses or Guesses()
    ordered = sorted(links, key=attrgetter("line"))
    found = ((link.line, check_link(link, path, own_ids, site, guesses)) for link in ordered)
    return [Problem(path, line, "error", text) for line, text in found if text]


def check_link(
    link: Link, path: str, own_ids: Collection[str], site: Site, guesses: Guesses
) -> str:
    """Say what is wrong with one link; empty for a good one."""
    target = link.target
    if target.startswith("/"):
        source = find_source(target, site.sources)
        if source is None:
            return describe_missing(link, site.places, str, guesses)
        if not source:
            return describe_no_picture(link) if link.tag == "img" else ""
        target = source
    if target in site.hidden:
        reason = f"{site.hidden[target]}, which is not on the site"
        return f"{show(link.url)} leads to {reason}. Take the link out."
    if link.tag == "img" and not is_picture(target, site):
        return describe_no_picture(link)
    if not target or target in site.ids:
        ids = site.ids[target] if target else own_ids
        return check_fragment(link.fragment, ids, target or path, guesses)
    if target not in site.files:
        name = partial(posixpath.relpath, start=posixpath.dirname(path) or ".")
        names = site.pictures if link.tag == "img" else site.targets
        return describe_missing(link, names, name, guesses)
    return ""


def is_picture(target: str, site: Site) -> bool:
    """Return whether a target is a picture, or may be one that is not there: that is another mistake."""
    if target in site.files:
        return posixpath.splitext(target)[1].lower() in IMAGE_ENDINGS
    return bool(target) and not target.endswith(".md")


def describe_no_picture(link: Link) -> str:
    """Say that a picture's address leads to something else."""
    return f"{show(link.url)} is no picture. Write the picture's file name."


def check_fragment(fragment: str, ids: Collection[str], path: str, guesses: Guesses) -> str:
    """Say that a place is not there on the page of the file `path`, with the nearest that is."""
    if not fragment or fragment in ids or fragment == "top":  # HTML has a place of that name
        return ""
    near = guesses.find(fragment, ids, path)
    remedy = f"Write #{show(near)}" if near else "Take out the # and what follows it"
    return f"There is no place called #{show(fragment)} on that page. {remedy}."


def find_source(address: str, sources: Mapping[str, str]) -> str | None:
    """Find the source of an address, written with its last slash or without."""
    index = f"{address.removesuffix('/index.html')}/"  # the same as before without such an ending
    for form in (address, address if address.endswith("/") else f"{address}/", index):
        if form in sources:
            return sources[form]
    return None


def describe_missing(link: Link, names: Names, name: Callable[[str], str], guesses: Guesses) -> str:
    """Say that a link's target is not there, with the nearest that is."""
    what = "picture" if link.tag == "img" else "page or file"
    if same := names.folded.get(link.target.casefold()):
        remedy = f"Write: {show(name(same))}"
        return f"{show(link.url)} is spelt with other capitals than the file. {remedy}"
    stem = read_stem(link.target)
    near = names.stems.get(stem) or names.plain.get(fold_stem(stem))
    if near is None:
        kind = "/" if link.target.startswith("/") else link.tag
        near = names.stems.get(guesses.find(stem, names.stems, kind) or stem)
    remedy = (
        f"Did you mean: {show(name(near))}" if near else "Mend the address, or take the link out."
    )
    return f"There is no {what} {show(link.url)}. {remedy}"


def read_stem(target: str) -> str:
    """Return the last name in an address or a path, without its ending."""
    return posixpath.basename(target.rstrip("/")).rsplit(".", 1)[0]


def fold_stem(stem: str) -> str:
    """Reduce a name to what is seldom mistyped in it: not case, not blanks, hyphens or underscores."""
    return FILLING.sub("-", stem.casefold())


def expand_links(source: str, root: str, addresses: Mapping[str, str]) -> str:
    """Put addresses in place of targets: `root` before each, `addresses` by path of the file.

    A target without an address (only a preview shows such a text) leads nowhere.
    """

    def expand(match: re.Match[str]) -> str:
        target = html.unescape(match[2])
        place = target if target.startswith("/") else addresses.get(target, f"/{target}")
        return match[1] + root + quote_address(place)

    return TARGET.sub(expand, source) if TARGET_OPEN in source else source


@lru_cache(maxsize=ADDRESSES_KEPT)
def quote_address(address: str) -> str:
    """Write an address as an attribute has it: percent-encoded, and with its signs escaped."""
    return html.escape(quote(address, safe="/:@!$&'()*+,;=~"))
