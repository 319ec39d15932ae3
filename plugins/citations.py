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
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache, partial
from html import escape
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from markupsafe import escape as escape_markup

from plugins.addresses import BIBLIOGRAPHY, CITATION
from plugins.names import AUTHORS_KEPT, Name, read_names
from plugins.schedule import MONTHS, format_day

Names = tuple[Name, ...]

WORDS_KEPT = 10_000

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


@dataclass(frozen=True, slots=True)
class Source:
    """Hold the facts of a post that any citation is made of; texts are plain, `url` is absolute."""

    key: str  # for BibTeX; no two posts share it
    title: str
    names: Names
    date: datetime
    site: str
    url: str
    language: str
    revised: datetime | None = None  # only when it is another day than `date`
    topics: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Files:
    """Hold where the two files of a post or a topic lie, from the site's root."""

    bibtex: str
    ris: str


@dataclass(frozen=True, slots=True)
class Citation:
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


@lru_cache(maxsize=2)
def quote_title(title: str) -> str:
    """Set a title in quotation marks; two styles ask for it, one after the other."""
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


@lru_cache(maxsize=AUTHORS_KEPT)
def format_apa_names(names: Names) -> str:
    """List authors as APA does: family name and initials, an ampersand, an ellipsis after 19 of 21."""
    parts = [format_sorted(Name(n.family, format_initials(n.given), n.suffix)) for n in names]
    if len(parts) > 20:
        return end_sentence(", ".join([*parts[:19], f"… {parts[-1]}"]))
    last = [f"& {parts[-1]}"] if len(parts) > 1 else parts[-1:]
    return end_sentence(", ".join([*parts[:-1], *last])) if parts else ""


@lru_cache(maxsize=AUTHORS_KEPT)
def format_full_names(names: Names, most: int, kept: int) -> str:
    """List authors by full names, the first one inverted; of more than `most` only `kept`, et al."""
    parts = [format_sorted(name) for name in names[:1]]
    parts += [name.full for name in names[1:]]
    if len(parts) > most:
        return ", ".join([*parts[:kept], "et al."])
    last = [f"and {parts[-1]}"] if len(parts) > 1 else parts[-1:]
    return end_sentence(", ".join([*parts[:-1], *last])) if parts else ""


def format_apa(source: Source) -> Markup:
    """Cite in APA style (Publication Manual, 7th edition, 10.1: blog posts are among periodicals).

    Without an author the title comes first (9.12).
    """
    moment = source.date
    day = f"({moment.year}, {MONTHS[moment.month - 1]} {moment.day})."
    title = end_sentence(source.title)
    names = format_apa_names(source.names)
    opening = f"{names} {day} {title}" if names else f"{title} {day}"
    stop = end_sentence(source.site)[len(source.site) :]
    return join_pieces(opening, source.site, f"{stop} {source.url}")


def format_mla(source: Source) -> Markup:
    """Cite in MLA style (MLA Handbook, 9th edition, chapter 5): three authors and more are “et al.”."""
    moment = source.date
    day = f"{moment.day} {MLA_MONTHS[moment.month - 1]} {moment.year}"
    return format_quoted(source, format_full_names(source.names, 2, 1), f"{day},")


def format_chicago(source: Source) -> Markup:
    """Cite in Chicago style (Manual of Style, 18th edition, 14.105): a bibliography entry."""
    moment = source.date
    day = f"{MONTHS[moment.month - 1]} {moment.day}, {moment.year}"
    return format_quoted(source, format_full_names(source.names, 6, 3), f"{day}.")


def format_quoted(source: Source, names: str, day: str) -> Markup:
    """Cite with the title in quotation marks, as MLA and Chicago do."""
    title = quote_title(source.title)
    opening = f"{names} {title}" if names else title
    return join_pieces(opening, source.site, f", {day} {source.url}.")


def join_pieces(opening: str, site: str, end: str) -> Markup:
    """Join the plain pieces of a citation as HTML, with the name of the site in italics."""
    return Markup(f"{escape(opening)}{format_site(site)}{escape(end)}")  # noqa: S704


@lru_cache(maxsize=2)
def format_site(site: str) -> str:
    """Write the name of the site in italics, as HTML."""
    return f" <i>{escape(site)}</i>"


STYLES: tuple[tuple[str, Callable[[Source], Markup]], ...] = (
    ("APA", format_apa),
    ("MLA", format_mla),
    ("Chicago", format_chicago),
)


def escape_bibtex(text: str) -> str:
    """Write a text so that LaTeX shows it as it is."""
    return text.translate(BIBTEX) if SPECIAL.search(text) else text


@lru_cache(maxsize=WORDS_KEPT)
def escape_word(text: str) -> str:
    """Write for LaTeX what many entries have: the name of a topic, of the site."""
    return escape_bibtex(text)


@lru_cache(maxsize=AUTHORS_KEPT)
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
    moment, site = source.date, escape_word(source.site)
    author = keywords = note = ""
    if source.names:
        author = f"  author = {{{format_bibtex_names(source.names)}}},\n"
    if source.topics:
        keywords = f"  keywords = {{{', '.join(map(escape_word, source.topics))}}},\n"
    if source.revised:
        note = f"  note = {{Revised {format_day(source.revised)}}},\n"
    return (
        f"@online{{{source.key},\n"
        f"{author}"
        f"  title = {{{{{escape_bibtex(source.title)}}}}},\n"
        f"  organization = {{{site}}},\n"
        f"  howpublished = {{{site}}},\n"
        f"  date = {{{moment.date().isoformat()}}},\n"
        f"  year = {{{moment.year}}},\n"
        f"  month = {BIBTEX_MONTHS[moment.month - 1]},\n"
        f"  url = {{{source.url}}},\n"
        f"  language = {{{LANGUAGES.get(source.language, source.language)}}},\n"
        f"{keywords}{note}}}\n"
    )


def format_ris(source: Source) -> str:
    """Write a record in RIS (Research Information Systems, specification of 2011, type BLOG).

    A line is a tag, two blanks, a hyphen, a blank and the value; it ends with CR LF. Nothing can be
    escaped and nothing needs to be: a value ends with its line.
    """
    authors = "".join([f"AU  - {format_sorted(name)}\r\n" for name in source.names])
    topics = "".join([f"KW  - {topic}\r\n" for topic in source.topics])
    note = f"N1  - Revised {format_day(source.revised)}\r\n" if source.revised else ""
    moment = source.date
    return (
        f"TY  - BLOG\r\n{authors}"
        f"TI  - {source.title}\r\n"
        f"T2  - {source.site}\r\n"
        f"PY  - {moment.year}\r\n"
        f"DA  - {moment.date().isoformat().replace('-', '/')}/\r\n"
        f"UR  - {source.url}\r\n"
        f"LA  - {source.language}\r\n"
        f"{topics}{note}ER  - \r\n"
    )


FORMATS = ((format_bibtex, "\n"), (format_ris, "\r\n"))  # each with how a line ends in it


def format_creator(name: Name) -> str:
    """Write a name for Zotero, which splits one at its last blank unless a comma is in it."""
    return format_sorted(name) if name.given or "," in name.family else f"{name.family},"


def format_highwire(name: Name) -> str:
    """Write a name for `citation_author`; the semicolon saves `Le Guin, Ursula K.` from being two."""
    end = ";" if " " in name.family and " " in name.given else ""
    return format_creator(name) + end


@lru_cache(maxsize=WORDS_KEPT)
def quote_all(text: str) -> str:
    """Write a text as it stands in an address; every sign is escaped."""
    return quote(text, safe="")


def quote_parts(text: str, sign: str) -> str:
    """Write a text so part by part, between signs: most parts come again in other posts."""
    return quote_all(sign).join(map(quote_all, text.split(sign)))


def format_coins(source: Source) -> str:
    """Write a ContextObject in Span (COinS 1.0; OpenURL, ANSI/NISO Z39.88-2004, Dublin Core in KEV form).

    The type is Zotero's own word, as Zotero writes it; Dublin Core's list has none for a blog post.
    """
    subjects = "".join([f"&rft.subject={quote_all(topic)}" for topic in source.topics])
    return (
        "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Adc&rft.type=blogPost"
        f"&rft.title={quote_parts(source.title, ' ')}&rft.source={quote_all(source.site)}"
        f"&rft.date={source.date.date().isoformat()}&rft.identifier={quote_parts(source.url, '/')}"
        f"&rft.language={quote_all(source.language)}{format_coins_names(source.names)}{subjects}"
    )


@lru_cache(maxsize=AUTHORS_KEPT)
def format_coins_names(names: Names) -> str:
    """List authors for COinS."""
    return "".join([f"&rft.creator={quote_all(format_creator(name))}" for name in names])


def list_tags(source: Source) -> list[tuple[str, str]]:
    """List the names of meta tags, each with its content.

    They are HighWire's (Google Scholar, inclusion guidelines), Dublin Core's (DCMI, DC-HTML), and
    Zotero's `z:itemType`. The site's name is `DC.source`, where journals put theirs and Zotero looks
    for it; HighWire's `citation_journal_title` would make the post an article of a journal.
    """
    day = source.date.date().isoformat()
    tags = [("citation_title", source.title)]
    tags += [("citation_author", format_highwire(name)) for name in source.names]
    tags += [
        ("citation_publication_date", day.replace("-", "/")),
        ("citation_language", source.language),
        ("citation_public_url", source.url),
        ("z:itemType", "blogPost"),
        ("DC.title", source.title),
        *(("DC.creator", format_sorted(name)) for name in source.names),
        ("DC.date", day),
        ("DC.source", source.site),
        ("DC.identifier", source.url),
        ("DC.language", source.language),
        *(("DC.subject", topic) for topic in source.topics),
    ]
    if source.revised:
        tags.append(("DCTERMS.modified", source.revised.date().isoformat()))
    return tags


def format_tags(tags: Iterable[tuple[str, str]]) -> Markup:
    """Write meta tags as HTML, each on a line."""
    lines = [f'<meta name="{name}" content="{escape_content(text)}">' for name, text in tags]
    return Markup("\n".join(lines))  # noqa: S704


@lru_cache(maxsize=WORDS_KEPT)
def escape_content(text: str) -> str:
    """Escape the content of a tag: a title stands in two, a topic in those of other posts."""
    return str(escape_markup(text))


def make_citation(source: Source, files: Files) -> Citation:
    """Make what a post's page shows of its citation."""
    styles = tuple((name, format_style(source)) for name, format_style in STYLES)
    return Citation(styles, format_tags(list_tags(source)), format_coins(source), files)


def format_plain(text: str) -> str:
    """Write a set text with plain blanks only."""
    return " ".join(text.split())


def read_source(article: Any, settings: dict[str, Any]) -> Source:
    """Take the facts of a post from what Pelican holds."""
    author = article.author
    revised = article.revised
    return Source(
        key=article.slug,
        title=format_plain(article.title),
        names=read_names(author),
        date=article.date,
        site=format_plain(settings["SITENAME"]),
        url=f"{settings['SITEURL']}/{article.url}",
        language=settings["DEFAULT_LANG"],
        revised=revised if revised and revised.date() != article.date.date() else None,
        topics=[format_plain(topic.name) for topic in article.topics],
    )


def place_files(url: str, names: tuple[str, str]) -> Files:
    """Put two names into the folder of a page; `url` is its address from the site's root."""
    return Files(f"{url}{names[0]}", f"{url}{names[1]}")


def cite_article(article: Any, read: Callable[[Any], Source]) -> Citation:
    """Make what an article's page shows of its citation; `read` gives the facts."""
    return make_citation(read(article), place_files(article.url, CITATION))


def add_citations(generator: Any) -> None:
    """Give the templates the function that cites an article, and each topic its bibliography's place."""
    # A post's page and its two files are drawn one after the other.
    read = lru_cache(maxsize=1)(partial(read_source, settings=generator.settings))
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
