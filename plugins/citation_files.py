"""Cite a post as data for reference managers and LaTeX: an entry in BibTeX, and one in RIS.

A revision that is later than the day of publication is a note. There are no no-break spaces.
"""

import re
from functools import lru_cache

from catalogue.dates import format_day
from catalogue.header.author_names import AUTHORS_CACHED
from plugins.citation_source import AuthorNames, Source, format_inverted

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


def escape_bibtex(text: str) -> str:
    """Return a text as LaTeX has to read it to show it as it is."""
    return text.translate(BIBTEX) if SPECIAL.search(text) else text


@lru_cache(maxsize=AUTHORS_CACHED)
def format_bibtex_names(names: AuthorNames) -> str:
    """Return authors for BibTeX: `Family, Suffix, Given` joined by “and”, a body in braces."""
    parts = []
    for name in names:
        order = [protect_bibtex(part) for part in (name.family, name.suffix, name.given) if part]
        parts.append(", ".join(order) if name.given else f"{{{escape_bibtex(name.family)}}}")
    return " and ".join(parts)


def protect_bibtex(part: str) -> str:
    """Return a part of a name for BibTeX, in braces where an “and” or a comma in it would end the name."""
    escaped = escape_bibtex(part)
    return f"{{{escaped}}}" if " and " in part.casefold() or "," in part else escaped


def format_bibtex(source: Source) -> str:
    """Return an entry for BibTeX (Patashnik, “BibTeXing”, 1988) and biblatex (its manual, 2.1 and 2.2).

    Classic styles take an unknown `@online` for a `@misc` and read `howpublished`, `year` and `month`;
    biblatex reads `organization` and `date`. The title is in braces twice, which keeps its capitals.
    An address is read literally and is not escaped. Letters of all scripts stand as UTF-8.
    """
    day, blog, language = source.day, escape_bibtex(source.blog.name), source.blog.language
    abstract = author = keywords = note = ""
    if source.authors:
        author = f"  author = {{{format_bibtex_names(source.authors)}}},\n"
    if source.topics:
        keywords = f"  keywords = {{{', '.join(map(escape_bibtex, source.topics))}}},\n"
    if source.abstract:
        abstract = f"  abstract = {{{escape_bibtex(source.abstract)}}},\n"
    if source.revised:
        note = f"  note = {{Revised {format_day(source.revised)}}},\n"
    return (
        f"@online{{{source.key},\n"
        f"{author}"
        f"  title = {{{{{escape_bibtex(source.title)}}}}},\n"
        f"  organization = {{{blog}}},\n"
        f"  howpublished = {{{blog}}},\n"
        f"  date = {{{day.isoformat()}}},\n"
        f"  year = {{{day.year}}},\n"
        f"  month = {BIBTEX_MONTHS[day.month - 1]},\n"
        f"  url = {{{source.url}}},\n"
        f"  language = {{{LANGUAGES.get(language, language)}}},\n"
        f"{abstract}{keywords}{note}}}\n"
    )


def format_ris(source: Source) -> str:
    """Return a record in RIS (Research Information Systems, specification of 2011, type BLOG).

    A line is a tag, two blanks, a hyphen, a blank and the value; it ends with CR LF. Nothing can be
    escaped and nothing needs to be: a value ends with its line.
    """
    authors = "".join([f"AU  - {format_inverted(name)}\r\n" for name in source.authors])
    topics = "".join([f"KW  - {name}\r\n" for name in source.topics])
    abstract = f"AB  - {source.abstract}\r\n" if source.abstract else ""
    note = f"N1  - Revised {format_day(source.revised)}\r\n" if source.revised else ""
    return (
        f"TY  - BLOG\r\n{authors}"
        f"TI  - {source.title}\r\n"
        f"T2  - {source.blog.name}\r\n"
        f"PY  - {source.day.year}\r\n"
        f"DA  - {source.day.isoformat().replace('-', '/')}/\r\n"
        f"UR  - {source.url}\r\n"
        f"LA  - {source.blog.language}\r\n"
        f"{abstract}{topics}{note}ER  - \r\n"
    )
