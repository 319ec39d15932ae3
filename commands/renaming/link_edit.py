"""Change the address of one link in the author's text, and not a byte more.

Where a link stands is known by its line, or the line of what it belongs to. So each place from there on
in which its address is typed is tried, until the text that is read afterwards has this link changed and
no other.
"""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from catalogue.records import Record
from catalogue.text.links import Link
from catalogue.text.targets import WIKI_TARGET
from catalogue.text.wiki_links import is_wiki_address

# What stands around an address: of Markdown, of HTML, of a reference, of a header line.
BEFORE, AFTER = rb"(?:(?<=[\s(<\"'\[:={|,])|^)", rb"(?=[\s)>\"'|\]#?,]|$)"
AFTER_NAME = rb"(?=[ \t]*(?:\||\]\]))"
TAG = re.compile("<[^<>]*>")
MOST_PLACES = 50  # that are tried for one link


class LinkStays(Exception):
    """Raised with the line of a link that cannot be changed."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(frozen=True)
class Change:
    """A link, by its number among those of its text, and its new address as it is to be typed."""

    number: int
    url: str


def list_changes(links: Sequence[Link], find_url: Callable[[int], str]) -> Iterator[Change]:
    """Yield a change for each link, by its number, for which `find_url` returns another address."""
    for number, link in enumerate(links):
        url = find_url(number)
        if url and url != link.url:
            yield Change(number, url)


def change_link(data: bytes, read: Callable[[bytes], Record], change: Change) -> bytes:
    """Return a text's bytes with another address in one link; empty if that cannot be done.

    `read` returns the record of such bytes. Links that share one typed address change together.
    """
    before = read(data)
    link = before.links[change.number]
    for changed in propose(data, link, change.url):
        after = read(changed)
        if after.links != before.links and is_meant(before, after, link.url, change):
            return changed
    return b""


def change_quickly(
    data: bytes, read: Callable[[bytes], Record], changes: Sequence[Change]
) -> bytes:
    """Return a text's bytes with other addresses in several links, each in the likeliest place.

    It is read once and not for each link. It is empty unless these links are changed, no other is, and
    readers see the very same words.
    """
    before = read(data)
    urls = [link.url for link in before.links]
    for change in changes:
        data = next(propose(data, before.links[change.number], change.url), data)
        urls[change.number] = change.url
    after = read(data)
    is_right = [link.url for link in after.links] == urls and after.values == before.values
    return data if is_right and list_words(after) == list_words(before) else b""


def list_words(record: Record) -> str:
    """Return what readers see of a text, without its links by name, which may show what they lead to."""
    return TAG.sub("", WIKI_TARGET.sub("", record.html))


def is_meant(before: Record, after: Record, old: str, change: Change) -> bool:
    """Return whether a text has one link changed, with all that are typed with it, and nothing else."""
    if len(before.links) != len(after.links) or before.values.keys() != after.values.keys():
        return False
    pairs = list(zip(before.links, after.links, strict=True))
    if pairs[change.number][1].url != change.url or before.title != after.title:
        return False
    return all(
        was.url == now.url or (was.url == old and now.url == change.url) for was, now in pairs
    )


def propose(data: bytes, link: Link, url: str) -> Iterator[bytes]:
    """Yield texts in which one place that has the address of a link has another, the likeliest first."""
    starts = [match.end() for match in re.finditer(rb"\r\n|\r|\n", data)]
    start = ([0, *starts])[min(link.line - 1, len(starts)) if link.line else 0]
    is_name = is_wiki_address(link.url)
    forms = {link.url: url, unquote(link.url): url, html.escape(link.url): html.escape(url)}
    if is_name:
        forms = {link.url[:-2]: url[:-2]}
    places = [
        (match.start() < start, match.start(), match.end(), new)
        for old, new in forms.items()
        for match in find_all(data, old, is_name=is_name)
    ]
    for _, first, last, new in sorted(places)[:MOST_PLACES]:
        yield data[:first] + new.encode() + data[last:]


def find_all(data: bytes, url: str, *, is_name: bool) -> Iterator[re.Match[bytes]]:
    """Yield each place in which an address, or a name in its brackets, is typed."""
    typed = re.escape(url.encode("utf-8", "surrogatepass"))
    pattern = typed + AFTER_NAME if is_name else BEFORE + typed + AFTER
    return re.finditer(pattern, data, re.MULTILINE)
