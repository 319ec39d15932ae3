"""Say how to cite each post: as text in three styles, as files, and as data that Zotero reads.

Reads: the articles and their topics.
Adds: `cite` to the context, a function that cites an article; `bibliography` to each topic.
Writes: `posts/<slug>/citation.bib`, `.ris`; `topics/<slug>/bibliography.bib`, `.ris`.

A post is cited as one on a blog: the post, then the blog in italics. Titles stand as the author
wrote them: no program can tell a name, which keeps its capital in sentence case, from a word that
loses it, and title case is for English alone. The day is that of publication, as in the official
styles; a later revision is a note in the files. Plain text and files have no no-break spaces.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, lru_cache, partial
from html import escape
from typing import Any, NamedTuple
from urllib.parse import quote

from markupsafe import Markup
from markupsafe import escape as escape_markup

from catalogue.addresses import BIBLIOGRAPHY, CITATION
from catalogue.dates import MONTHS, format_day
from catalogue.header.author_names import AUTHORS_KEPT, Name, read_author_names

AFTER = ("plugins.topics",)

Names = tuple[Name, ...]

TOPICS_KEPT = 10_000

MLA_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
BIBTEX_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# Names that LaTeX's babel has for languages; another language keeps its code.
LANGUAGES = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
}
# Characters that LaTeX takes for something else. BibTeX counts even escaped braces, so they are spelt out.
BIBTEX = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        "`": r"{\textasciigrave}",
        "<": r"{\textless}",
        ">": r"{\textgreater}",
        "|": r"{\textbar}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
SPECIAL = re.compile(f"[{re.escape(''.join(map(chr, BIBTEX)))}]")
SINGLE = re.compile(r"‘([^‘’]*(?:’\w[^‘’]*)*)’(?!\w)")  # a mark inside a word is an apostrophe
DOUBLE = re.compile(r"“([^“”]*)”")
STRAIGHT = re.compile(r'"([^"]*)"')
QUOTES = re.compile('[‘“"]')
ENDS = (".", "?", "!", "…", ":", ";", ",", "。", "？", "！")  # after these no full stop follows
CLOSERS = "”’\"'»"


class Authors(NamedTuple):
    """Hold the authors of a post as each form of citing it has them; empty when there are none."""

    apa: str  # these three are HTML
    mla: str
    chicago: str
    bibtex: str
    ris: str
    coins: str
    highwire: str  # meta tags, like the next
    dublin: str


class Blog(NamedTuple):
    """Hold the name and the language of the site as each form of citing its posts has them."""

    apa: str  # these two are HTML
    quoted: str
    bibtex: str
    bibtex_language: str
    ris: str
    ris_language: str
    coins: str
    coins_language: str
    highwire_language: str  # meta tags, like the next
    dublin: str
    dublin_language: str


class Topic(NamedTuple):
    """Hold the name of a topic as each form of citing a post about it has it."""

    bibtex: str
    ris: str
    coins: str
    dublin: str  # a meta tag


class Source(NamedTuple):
    """Hold the facts of a post that any citation is made of; texts are plain, `url` is absolute.

    What many posts have in common is there as it is to be written.
    """

    key: str  # for BibTeX; no two posts share it
    title: str
    authors: Authors
    day: date
    blog: Blog
    url: str
    revised: date | None = None  # only when it is another day than `day`
    topics: Sequence[Topic] = ()


class Files(NamedTuple):
    """Hold where the two files of a post or a topic lie, from the site's root."""

    bibtex: str
    ris: str


class Citation(NamedTuple):
    """Hold what a post's page shows of its citation."""

    styles: tuple[tuple[str, Markup], ...]
    tags: Markup
    coins: str
    files: Files


def end_sentence(text: str) -> str:
    """Put a full stop after a text that has no mark at its end; inside its last quotation marks."""
    stem = text.rstrip(CLOSERS)
    closers = text[len(stem) :]
    if closers and not is_quotation(text, closers):
        stem, closers = text, ""
    return text if stem.endswith(ENDS) else f"{stem}.{closers}"


def is_quotation(text: str, closers: str) -> bool:
    """Tell whether the marks at the end of a text close one that opens in it, and are no apostrophe."""
    return closers not in "’'" or "‘" in text or text.count("'") > 1


def quote_title(title: str) -> str:
    """Set a title in quotation marks."""
    return f"“{end_sentence(turn_quotes(title))}”"


def turn_quotes(text: str) -> str:
    """Turn a text's quotation marks for a place inside double ones: double to single and back."""
    if not QUOTES.search(text):
        return text
    text = STRAIGHT.sub(r"‘\1’", SINGLE.sub("\ue000\\1\ue001", text))
    return DOUBLE.sub(r"‘\1’", text).replace("\ue000", "“").replace("\ue001", "”")


def format_initials(given: str) -> str:
    """Shorten given names: `Jean-Luc Marie` to `J.-L. M.`."""
    words = given.replace(".", " ").split()
    return " ".join(
        "-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in words
    )


def format_sorted(name: Name) -> str:
    """Write a name with the family name first: `King, Martin Luther, Jr.`."""
    return ", ".join(filter(None, name))


def format_apa_names(names: Names) -> str:
    """List authors as APA does: family name and initials, an ampersand, an ellipsis after 19 of 21."""
    parts = [format_sorted(Name(n.family, format_initials(n.given), n.suffix)) for n in names]
    if len(parts) > 20:
        return end_sentence(", ".join([*parts[:19], f"… {parts[-1]}"]))
    last = [f"& {parts[-1]}"] if len(parts) > 1 else parts[-1:]
    return end_sentence(", ".join([*parts[:-1], *last])) if parts else ""


def format_full_names(names: Names, most: int, kept: int) -> str:
    """List authors by full names, the first one inverted; of more than `most` only `kept`, et al."""
    parts = [format_sorted(name) for name in names[:1]]
    parts += [name.full for name in names[1:]]
    if len(parts) > most:
        return ", ".join([*parts[:kept], "et al."])
    last = [f"and {parts[-1]}"] if len(parts) > 1 else parts[-1:]
    return end_sentence(", ".join([*parts[:-1], *last])) if parts else ""


def format_styles(source: Source) -> tuple[tuple[str, Markup], ...]:
    """Cite in three styles, as HTML with the name of the site in italics.

    - APA (Publication Manual, 7th edition, 10.1: blog posts are among periodicals); without an author
      the title comes first (9.12).
    - MLA (MLA Handbook, 9th edition, chapter 5): three authors and more are “et al.”.
    - Chicago (Manual of Style, 18th edition, 14.105): a bibliography entry.
    """
    authors, blog, day = source.authors, source.blog, source.day
    title, quoted = escape(end_sentence(source.title)), escape(quote_title(source.title))
    month, url = MONTHS[day.month - 1], escape(source.url)
    year = f"({day.year}, {month} {day.day})."
    opening = f"{authors.apa}{year} {title}" if authors.apa else f"{title} {year}"
    apa = f"{opening}{blog.apa} {url}"
    mla = (
        f"{authors.mla}{quoted}{blog.quoted} "
        f"{day.day} {MLA_MONTHS[day.month - 1]} {day.year}, {url}."
    )
    chicago = f"{authors.chicago}{quoted}{blog.quoted} {month} {day.day}, {day.year}. {url}."
    # All that is put together here is escaped.
    return ("APA", Markup(apa)), ("MLA", Markup(mla)), ("Chicago", Markup(chicago))  # noqa: S704


def escape_bibtex(text: str) -> str:
    """Write a text so that LaTeX shows it as it is."""
    return text.translate(BIBTEX) if SPECIAL.search(text) else text


def format_bibtex_names(names: Names) -> str:
    """List authors for BibTeX: `Family, Suffix, Given` joined by “and”, a body in braces."""
    parts = []
    for name in names:
        order = (escape_bibtex(part) for part in (name.family, name.suffix, name.given) if part)
        parts.append(", ".join(order) if name.given else f"{{{escape_bibtex(name.family)}}}")
    return " and ".join(parts)


def format_bibtex(source: Source) -> str:
    """Write an entry for BibTeX (Patashnik, “BibTeXing”, 1988) and biblatex (its manual, 2.1 and 2.2).

    Classic styles take an unknown `@online` for a `@misc` and read `howpublished`, `year` and `month`;
    biblatex reads `organization` and `date`. The title is in braces twice, which keeps its capitals.
    An address is read literally and is not escaped. Letters of all scripts stand as UTF-8.
    """
    blog, day = source.blog, source.day
    keywords = note = ""
    if source.topics:
        keywords = f"  keywords = {{{', '.join([topic.bibtex for topic in source.topics])}}},\n"
    if source.revised:
        note = f"  note = {{Revised {format_day(source.revised)}}},\n"
    return (
        f"@online{{{source.key},\n"
        f"{source.authors.bibtex}"
        f"  title = {{{{{escape_bibtex(source.title)}}}}},\n"
        f"{blog.bibtex}"
        f"  date = {{{day.isoformat()}}},\n"
        f"  year = {{{day.year}}},\n"
        f"  month = {BIBTEX_MONTHS[day.month - 1]},\n"
        f"  url = {{{source.url}}},\n"
        f"{blog.bibtex_language}{keywords}{note}}}\n"
    )


def format_ris(source: Source) -> str:
    """Write a record in RIS (Research Information Systems, specification of 2011, type BLOG).

    A line is a tag, two blanks, a hyphen, a blank and the value; it ends with CR LF. Nothing can be
    escaped and nothing needs to be: a value ends with its line.
    """
    blog, day = source.blog, source.day
    topics = "".join([topic.ris for topic in source.topics])
    note = f"N1  - Revised {format_day(source.revised)}\r\n" if source.revised else ""
    return (
        f"TY  - BLOG\r\n{source.authors.ris}"
        f"TI  - {source.title}\r\n"
        f"{blog.ris}"
        f"PY  - {day.year}\r\n"
        f"DA  - {day.isoformat().replace('-', '/')}/\r\n"
        f"UR  - {source.url}\r\n"
        f"{blog.ris_language}{topics}{note}ER  - \r\n"
    )


FORMATS = ((format_bibtex, "\n"), (format_ris, "\r\n"))  # each with how a line ends in it


def format_creator(name: Name) -> str:
    """Write a name for Zotero, which splits one at its last blank unless a comma is in it."""
    return format_sorted(name) if name.given or "," in name.family else f"{name.family},"


def format_highwire(name: Name) -> str:
    """Write a name for `citation_author`; the semicolon saves `Le Guin, Ursula K.` from being two."""
    end = ";" if " " in name.family and " " in name.given else ""
    return format_creator(name) + end


def quote_all(text: str) -> str:
    """Write a text as it stands in an address; every sign is escaped."""
    # Where nothing else is to be escaped, which is nearly everywhere, the rest has nothing to do.
    spaced = quote(text, safe=" :/")
    return spaced.replace(" ", "%20").replace(":", "%3A").replace("/", "%2F")


def format_coins(source: Source) -> str:
    """Write a ContextObject in Span (COinS 1.0; OpenURL, ANSI/NISO Z39.88-2004, Dublin Core in KEV form).

    The type is Zotero's own word, as Zotero writes it; Dublin Core's list has none for a blog post.
    """
    blog, subjects = source.blog, "".join([topic.coins for topic in source.topics])
    return (
        "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Adc&rft.type=blogPost"
        f"&rft.title={quote_all(source.title)}{blog.coins}"
        f"&rft.date={source.day.isoformat()}&rft.identifier={quote_all(source.url)}"
        f"{blog.coins_language}{source.authors.coins}{subjects}"
    )


def format_tags(source: Source) -> Markup:
    """Write meta tags as HTML, each on a line.

    They are HighWire's (Google Scholar, inclusion guidelines), Dublin Core's (DCMI, DC-HTML), and
    Zotero's `z:itemType`. The site's name is `DC.source`, where journals put theirs and Zotero looks
    for it; HighWire's `citation_journal_title` would make the post an article of a journal.
    """
    authors, blog, day = source.authors, source.blog, source.day.isoformat()
    title, url = escape_markup(source.title), escape_markup(source.url)
    subjects = "".join([topic.dublin for topic in source.topics])
    revised = ""
    if source.revised:
        revised = format_tag("DCTERMS.modified", source.revised.isoformat())
    tags = (
        f'<meta name="citation_title" content="{title}">{authors.highwire}\n'
        f'<meta name="citation_publication_date" content="{day.replace("-", "/")}">'
        f"{blog.highwire_language}\n"
        f'<meta name="citation_public_url" content="{url}">\n'
        '<meta name="z:itemType" content="blogPost">\n'
        f'<meta name="DC.title" content="{title}">{authors.dublin}\n'
        f'<meta name="DC.date" content="{day}">{blog.dublin}\n'
        f'<meta name="DC.identifier" content="{url}">{blog.dublin_language}{subjects}{revised}'
    )
    return Markup(tags)  # noqa: S704 - all texts in it are escaped


def format_tag(name: str, content: str) -> str:
    """Write a meta tag as HTML, below others."""
    return f'\n<meta name="{name}" content="{escape_markup(content)}">'


@lru_cache(maxsize=AUTHORS_KEPT)
def format_authors(line: str) -> Authors:
    """Write the authors of an author line as each form of citing has them."""
    names = read_author_names(line)
    styles = format_apa_names(names), format_full_names(names, 2, 1), format_full_names(names, 6, 3)
    apa, mla, chicago = (f"{escape(text)} " if text else "" for text in styles)
    bibtex = f"  author = {{{format_bibtex_names(names)}}},\n" if names else ""
    return Authors(
        apa,
        mla,
        chicago,
        bibtex=bibtex,
        ris="".join([f"AU  - {format_sorted(name)}\r\n" for name in names]),
        coins="".join([f"&rft.creator={quote_all(format_creator(name))}" for name in names]),
        highwire="".join([format_tag("citation_author", format_highwire(n)) for n in names]),
        dublin="".join([format_tag("DC.creator", format_sorted(name)) for name in names]),
    )


@lru_cache(maxsize=2)
def format_blog(name: str, language: str) -> Blog:
    """Write the name and the language of the site as each form of citing has them."""
    site, stop = escape_bibtex(name), end_sentence(name)[len(name) :]
    return Blog(
        apa=f" <i>{escape(name)}</i>{escape(stop)}",
        quoted=f" <i>{escape(name)}</i>,",
        bibtex=f"  organization = {{{site}}},\n  howpublished = {{{site}}},\n",
        bibtex_language=f"  language = {{{LANGUAGES.get(language, language)}}},\n",
        ris=f"T2  - {name}\r\n",
        ris_language=f"LA  - {language}\r\n",
        coins=f"&rft.source={quote_all(name)}",
        coins_language=f"&rft.language={quote_all(language)}",
        highwire_language=format_tag("citation_language", language),
        dublin=format_tag("DC.source", name),
        dublin_language=format_tag("DC.language", language),
    )


@lru_cache(maxsize=TOPICS_KEPT)
def format_topic(name: str) -> Topic:
    """Write the name of a topic as each form of citing has it."""
    plain = format_plain(name)
    return Topic(
        bibtex=escape_bibtex(plain),
        ris=f"KW  - {plain}\r\n",
        coins=f"&rft.subject={quote_all(plain)}",
        dublin=format_tag("DC.subject", plain),
    )


def format_plain(text: str) -> str:
    """Write a set text with plain blanks only."""
    return " ".join(text.split())


def read_source(article: Any, blog: Blog, site: str) -> Source:
    """Take the facts of a post from what Pelican holds; `site` is the site's address."""
    day, revised = article.date.date(), article.revised and article.revised.date()
    return Source(
        article.slug,
        format_plain(article.title),
        format_authors(article.author),
        day,
        blog,
        f"{site}/{article.url}",
        revised if revised != day else None,
        [format_topic(topic.name) for topic in article.topics],
    )


def place_files(url: str, names: tuple[str, str]) -> Files:
    """Put two names into the folder of a page; `url` is its address from the site's root."""
    return Files(f"{url}{names[0]}", f"{url}{names[1]}")


def cite_article(article: Any, read: Callable[[Any], Source]) -> Citation:
    """Make what an article's page shows of its citation; `read` gives the facts."""
    source, files = read(article), place_files(article.url, CITATION)
    return Citation(format_styles(source), format_tags(source), format_coins(source), files)


def add_citations(generator: Any) -> None:
    """Give the templates the function that cites an article, and each topic its bibliography's place."""
    settings = generator.settings
    blog = format_blog(format_plain(settings["SITENAME"]), settings["DEFAULT_LANG"])
    # A post's page and its two files are drawn one after the other.
    read = lru_cache(maxsize=1)(partial(read_source, blog=blog, site=settings["SITEURL"]))
    generator.context["read_source"] = read
    generator.context["cite"] = partial(cite_article, read=read)
    for topic in generator.context["topics"]:
        topic.bibliography = place_files(topic.url, BIBLIOGRAPHY)


def write_citations(generator: Any, writer: Any) -> None:
    """Write the files of each post, and for each topic those of all its posts."""
    read = generator.context["read_source"]
    for number, (format_source, line_end) in enumerate(FORMATS):
        # An entry stands in the file of its post, and in those of the topics.
        entry = cache(partial(format_entry, read, format_source))
        for article in generator.articles:
            writer.add(article.url + CITATION[number], partial(entry, article), article)
        for topic in generator.context["topics"]:
            draw = partial(join_entries, topic.articles, entry, line_end)
            writer.add(topic.url + BIBLIOGRAPHY[number], draw, topic.articles)


def format_entry(
    read: Callable[[Any], Source], format_source: Callable[[Source], str], article: Any
) -> str:
    """Write an article's entry in the format of one kind of file."""
    return format_source(read(article))


def join_entries(articles: Iterable[Any], entry: Callable[[Any], str], line_end: str) -> str:
    """Write the entries of articles one below the other, with a blank line between them."""
    return line_end.join(map(entry, articles))


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_citations)
    signals.article_writer_finalized.connect(write_citations)
