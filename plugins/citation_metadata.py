"""Cite a post as data in its page, for Zotero and Google Scholar: meta tags, and a COinS."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from catalogue.header.author_names import Name
from plugins.citation_source import Source, format_inverted

QUOTED_CACHED = 10_000  # the same few authors and topics are quoted for every post


def format_creator(name: Name) -> str:
    """Return a name for Zotero, which splits one at its last blank unless a comma is in it."""
    return format_inverted(name) if name.given or "," in name.family else f"{name.family},"


def format_highwire(name: Name) -> str:
    """Return a name for `citation_author`; the semicolon saves `Le Guin, Ursula K.` from being two."""
    end = ";" if " " in name.family and " " in name.given else ""
    return format_creator(name) + end


class Metadata(NamedTuple):
    """The content of the meta tags of a post.

    They are HighWire's (Google Scholar, inclusion guidelines) and, for what that has no name for,
    Dublin Core's (DCMI, DC-HTML) and Zotero's `z:itemType`. The site's name is `DC.source`, where
    journals put theirs and Zotero looks for it; HighWire's `citation_journal_title` would make the
    post an article of a journal.
    """

    title: str
    citation_authors: list[str]
    day: str
    revised: str  # a day, or empty
    url: str
    language: str
    blog: str
    subjects: Sequence[str]


def collect_metadata(source: Source) -> Metadata:
    """Return what the meta tags of a post say."""
    return Metadata(
        source.title,
        [format_highwire(name) for name in source.authors],
        source.day.isoformat(),
        source.revised.isoformat() if source.revised else "",
        source.url,
        source.blog.language,
        source.blog.name,
        source.topics,
    )


@lru_cache(maxsize=QUOTED_CACHED)
def quote_all(text: str) -> str:
    """Return a text as it stands in an address; every sign is escaped."""
    # Where nothing else is to be escaped, which is nearly everywhere, the rest has nothing to do.
    spaced = quote(text, safe=" :/")
    return spaced.replace(" ", "%20").replace(":", "%3A").replace("/", "%2F")


def format_coins(source: Source) -> str:
    """Return a ContextObject in Span (COinS 1.0; OpenURL, ANSI/NISO Z39.88-2004, Dublin Core in KEV form).

    The type is Zotero's own word, as Zotero writes it; Dublin Core's list has none for a blog post.
    """
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "blogPost"),
        ("rft.title", source.title),
        ("rft.source", source.blog.name),
        ("rft.date", source.day.isoformat()),
        ("rft.identifier", source.url),
        ("rft.language", source.blog.language),
        *[("rft.creator", format_creator(name)) for name in source.authors],
        *[("rft.subject", name) for name in source.topics],
    ]
    if source.abstract:
        pairs.append(("rft.description", source.abstract))
    return "&".join([f"{name}={quote_all(value)}" for name, value in pairs])
