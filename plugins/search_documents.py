"""Write what the search finds as small pages, which nobody is shown: Pagefind reads them.

Reads: the records of the published posts, pages and topics.
Adds: nothing.
Writes: nothing; `building/pagefind.py` has them read, the page of the search shows what it finds.

A filter is a word that no text has, at the end of the document: Pagefind's own filters come in another
order in each run, and a site is to be the same bytes.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from html import escape
from typing import NamedTuple

from catalogue.authority import list_variants, select_topics
from catalogue.comment_threads import count_comments
from catalogue.dates import read_moment
from catalogue.header.author_names import read_author_names
from catalogue.records import Record
from catalogue.selection import Catalogue
from catalogue.text.plain_text import ANY_TAG, NOTE_SIGN
from catalogue.text.tagless_text import TAG
from catalogue.text.targets import TARGET_CLOSE, TARGET_OPEN

# What is shown of a post, by the date and the number of its comments.
Describer = Callable[[datetime, int], Mapping[str, str]]

END = "qzxend"  # what follows is no text
QUESTION = "qzxquestion"
LAST = "qzxlast"  # Pagefind sets a full stop behind the last word of a paragraph
# German letters, for which others type two; the first three are letters of other languages too.
SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
GERMAN_WORD, OTHER_WORD = re.compile(r"\w*[äöüß]\w*"), re.compile(r"\w*ß\w*")
TARGET = re.compile(f"{TARGET_OPEN}[^{TARGET_CLOSE}]*{TARGET_CLOSE}")
# Letters of scripts that are written without blanks between words, Han and kana, and the signs among
# them. search.js has both too.
UNSPACED = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d"
    "\U00020000-\U000323af"
)
WIDE_SIGNS = "\u3001-\u3004\u3008-\u3020\u3030\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"


class Document(NamedTuple):
    """One page for Pagefind."""

    url: str  # the address of what is found, without its first slash
    html: str


@cache
def compile_unspaced() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds such a letter, and the places beside one; both take long to compile."""
    beside = rf"(?<=[{UNSPACED}{WIDE_SIGNS}])(?=\w)|(?<=\w)(?=[{UNSPACED}])"
    return re.compile(f"[{UNSPACED}]"), re.compile(beside)


def space_letters(html: str) -> str:
    """Return HTML in which each letter of a script without blanks is a word, as Pagefind tells words.

    Pagefind for Python is the build that knows no such script.
    """
    letter, between = compile_unspaced()
    if not letter.search(html):
        return html
    parts, last = TAG.split(html), ""
    for number in range(0, len(parts), 2):  # between them stand the tags
        text = parts[number]
        parts[number] = between.sub(" ", last + text)[len(last) :]
        last = text[-1:] or last
    return "".join(parts)


def format_topic_filter(slug: str) -> str:
    """Return the word by which the posts of a topic are found, all of one length: none begins another."""
    return f"qzx{hashlib.blake2b(slug.encode(), digest_size=6).hexdigest()}"


def format_year_filter(year: int) -> str:
    """Return the word by which the posts of a year are found."""
    return f"qzxy{year:04d}"


def list_documents(
    catalogue: Catalogue,
    describe: Describer,
    used_for: str,
    put_words: Callable[[str], str] = str,
) -> list[Document]:
    """Return a document for each published text, in the order of their addresses.

    `describe` says what is shown of a post, `used_for` is the theme's word before the other names of a
    topic; `put_words` puts the words of the theme into the HTML of a text.
    """
    documents = []
    for record in catalogue.shown:
        html = put_words(record.html)
        facts, filters = dict[str, str](), list[str]()
        if record.kind == "post":
            facts, filters = find_facts(record, catalogue, describe)
        elif record.kind == "topic":  # which is found by its other names too
            if names := ", ".join(list_variants(record)):
                html += f"<p>{escape(f'{used_for}: {names}.')}</p>"
            facts = {"kind": "topic"}
        filters += spell_out(f"{escape(record.title)} {html}", record.language)
        text = format_html(record.title, html, facts, filters)
        documents.append(Document(catalogue.addresses[record.path].lstrip("/"), text))
    return sorted(documents)


def spell_out(html: str, language: str) -> list[str]:
    """Return the words of HTML as who has no key for their letters types them: `strasse`, `buecher`.

    They stand among the words of the filters, which nobody is shown.
    """
    word = GERMAN_WORD if language.partition("-")[0] == "de" else OTHER_WORD
    found = word.findall(ANY_TAG.sub("", html).lower())
    return sorted({each.translate(SPELT_OUT) for each in found})


def find_facts(
    post: Record, catalogue: Catalogue, describe: Describer
) -> tuple[dict[str, str], list[str]]:
    """Return what is shown of a post with its title, and the words of its filters."""
    topics = select_topics(post, catalogue.topic_names)
    date = read_moment(post.values["Date"], catalogue.zone)
    comments = count_comments(post, catalogue.comments.get(post.path))
    filters = [format_topic_filter(topic.slug) for topic in topics]
    filters.append(format_year_filter(date.year))
    if post.question:
        filters.append(QUESTION)
    facts = dict(describe(date, comments))
    if author := post.values.get("Author"):  # all others are by the author of the site
        facts["authors"] = ", ".join(name.full for name in read_author_names(author))
    return facts | {"topics": ", ".join(topic.title for topic in topics)}, filters


def format_html(title: str, html: str, facts: Mapping[str, str], filters: Iterable[str]) -> str:
    """Return a document: what is searched, and the facts that are shown with it."""
    shown = "".join(
        f'<i data-pagefind-meta="{name}">{escape(value)}</i>' for name, value in facts.items()
    )
    text = TARGET.sub("", NOTE_SIGN.sub("", html))
    words = " ".join([END, *filters, LAST])
    return (
        '<!doctype html><html><meta charset="utf-8"><body data-pagefind-body>'
        f'<h1 data-pagefind-meta="title" data-pagefind-weight="8">{space_letters(escape(title))}</h1>'
        f"<p data-pagefind-ignore>{shown}</p>{space_letters(text)}<p>{words}</p>"
    )
