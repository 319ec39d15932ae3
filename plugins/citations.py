"""Show how to cite each post: as text in three styles, as files, and as data that Zotero reads.

Reads: the articles and their authors and topics.
Adds: to the context `cite`, a function that cites an article, and `read_source`, which it asks;
`bibliography` to each topic.
Writes: `posts/<slug>/citation.bib`, `.ris`; `topics/<slug>/bibliography.bib`, `.ris`.
"""

from collections.abc import Callable, Iterable
from functools import cache, partial
from operator import attrgetter
from typing import Any, NamedTuple

from catalogue.addresses import BIBLIOGRAPHY, CITATION
from plugins.citation_files import format_bibtex, format_ris
from plugins.citation_metadata import Metadata, collect_metadata, format_coins
from plugins.citation_source import CitedBlog, Source, join_words, read_source
from plugins.citation_styles import StyledCitation, format_styles

AFTER = ("plugins.authors", "plugins.topics")

FILE_FORMATS = ((format_bibtex, "\n"), (format_ris, "\r\n"))  # each with how a line ends in it


class Files(NamedTuple):
    """The two files of a post or a topic, by their addresses from the site's root."""

    bibtex: str
    ris: str


class Citation(NamedTuple):
    """The citation of a post as its page shows it."""

    names: str  # of the styles, in one line
    styles: list[StyledCitation]
    metadata: Metadata
    coins: str
    files: Files


def place_files(url: str, names: tuple[str, str]) -> Files:
    """Return the addresses of two files in the folder of a page; `url` is its own from the root."""
    return Files(f"{url}{names[0]}", f"{url}{names[1]}")


def cite_article(article: Any, read: Callable[[Any], Source]) -> Citation:
    """Return what an article's page shows of its citation; `read` returns its facts."""
    source, files = read(article), place_files(article.url, CITATION)
    styles, metadata = format_styles(source), collect_metadata(source)
    names = ", ".join([styled.style for styled in styles])
    return Citation(names, styles, metadata, format_coins(source), files)


def add_citations(generator: Any) -> None:
    """Add to the context the function that cites an article, and to each topic its bibliography."""
    settings = generator.settings
    name = join_words(settings["SITENAME"])
    blog = CitedBlog(name, settings["DEFAULT_LANG"], settings["SITEURL"])
    # A post's page, its two files and topics ask for it.
    read = cache(partial(read_source, blog=blog))
    generator.context["read_source"] = read
    generator.context["cite"] = partial(cite_article, read=read)
    for topic in generator.context["topics"]:
        topic.bibliography = place_files(topic.url, BIBLIOGRAPHY)


def write_citations(generator: Any, writer: Any) -> None:
    """Write the files of each post, and for each topic those of all its posts."""
    read = generator.context["read_source"]
    for number, (format_source, line_end) in enumerate(FILE_FORMATS):
        # An entry stands in the file of its post, and in those of the topics.
        entry = cache(partial(format_entry, read, format_source))
        for article in generator.articles:
            writer.add(article.url + CITATION[number], partial(entry, article), article)
        for topic in filter(attrgetter("posts"), generator.context["topics"]):
            draw = partial(join_entries, topic.articles, entry, line_end)
            writer.add(topic.url + BIBLIOGRAPHY[number], draw, topic.articles)


def format_entry(
    read: Callable[[Any], Source], format_source: Callable[[Source], str], article: Any
) -> str:
    """Return an article's entry in the format of one kind of file."""
    return format_source(read(article))


def join_entries(articles: Iterable[Any], entry: Callable[[Any], str], line_end: str) -> str:
    """Return the entries of articles one below the other, with a blank line between them."""
    return line_end.join(map(entry, articles))


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_citations)
    signals.article_writer_finalized.connect(write_citations)
