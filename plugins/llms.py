"""Describe the site for language models, as https://llmstxt.org proposes: what is where, in Markdown.

Reads: the articles, pages and topics, with their descriptions.
Adds: nothing.
Writes: llms.txt, if extra has none of its own.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from catalogue.addresses import DEFAULT_FILES, SITE

AFTER = ("plugins.topics",)

NEWEST = 50  # so many posts are named; the archive and the sitemap have all

Row = tuple[str, str, str]  # a title, an address from the root, a description


def escape_marks(text: str) -> str:
    """Return plain text as one line of Markdown in which it means itself."""
    return "".join(
        f"\\{sign}" if sign in "\\`*_[]<>#&" else sign for sign in " ".join(text.split())
    )


def format_rows(heading: str, rows: Iterable[Row], site: str) -> list[str]:
    """Return the lines of a list of links below a heading; none without links."""
    lines = [
        f"- [{escape_marks(title)}]({site}/{url})" + (f": {escape_marks(about)}" if about else "")
        for title, url, about in rows
    ]
    return ["", f"## {escape_marks(heading)}", "", *lines] if lines else []


def format_llms(
    name: str, about: str, groups: Iterable[tuple[str, Iterable[Row]]], site: str
) -> str:
    """Return the text; `groups` are headings with their rows, `site` is the site's address."""
    lines = [f"# {escape_marks(name)}"]
    if about:
        lines += ["", f"> {escape_marks(about)}"]
    for heading, rows in groups:
        lines += format_rows(heading, rows, site)
    return "\n".join(lines) + "\n"


def write_llms(generator: Any, writer: Any) -> None:
    """Write llms.txt."""
    address, words, settings = DEFAULT_FILES["llms"], generator.words, generator.settings
    if address not in generator.catalogue.own:
        return
    posts = [(a.title, a.url, a.description) for a in generator.articles[:NEWEST]]
    pages = [(page.title, page.url, page.description) for page in generator.pages]
    pages.append((words["archives"], SITE["archives"].lstrip("/"), ""))
    topics = [(topic.name, topic.url, topic.description) for topic in generator.context["topics"]]
    groups = [(words["pages"], pages), (words["topics"], topics), (words["all_posts"], posts)]
    about = (settings["SITENAME"], settings["SITESUBTITLE"], groups, settings["SITEURL"])
    writer.add(address.lstrip("/"), partial(format_llms, *about), about)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_writer_finalized.connect(write_llms)
