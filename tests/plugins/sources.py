"""Make the facts of posts that were never written, and read back how they are cited."""

import re
from datetime import date

import bibtexparser
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from catalogue.header.author_names import read_author_names
from plugins.citation_source import CitedBlog, Source

SITE = "Libraries Got Game"
ODD = r"Braces {a} }{, 50 % & $5 #1 a_b ~ ^ \back <b> | “q” ‘s’ É “x \emph{y}”"


def make_source(author="Ann Mary Reader", **facts):
    """Make the facts of a made-up post, or others by name; the author as in a header."""
    given = {
        "key": "a-post",
        "title": "On Weeding",
        "authors": read_author_names(author),
        "day": date(2026, 5, 3),
        "blog": CitedBlog(SITE, "en", "https://example.org/blog"),
        "url": "https://example.org/blog/posts/a-post/",
    }
    return Source(**{**given, **facts})


# Words of LaTeX (its text companion symbols) that pylatexenc does not know, or takes for an accent.
WORDS = get_default_latex_context_db()
WORDS.add_context_category(
    "signs",
    prepend=True,
    macros=[
        MacroTextSpec(f"text{word}", sign)
        for word, sign in {
            "braceleft": "{",
            "braceright": "}",
            "less": "<",
            "greater": ">",
            "bar": "|",
            "asciigrave": "`",
            "asciicircum": "^",
            "asciitilde": "~",
        }.items()
    ],
)


def read_bibtex(text):
    """Read entries with bibtexparser, and their LaTeX with pylatexenc; addresses are literal."""
    raw = bibtexparser.parse_string(text)
    latex = LatexDecodingMiddleware(decoder=LatexNodes2Text(latex_context=WORDS))
    decoded = bibtexparser.parse_string(text, append_middleware=[latex])
    assert not raw.failed_blocks
    assert not decoded.failed_blocks
    pairs = zip(raw.entries, decoded.entries, strict=True)
    return [
        {**{k: f.value for k, f in new.fields_dict.items()}, "url": old["url"], "ID": old.key}
        for old, new in pairs
    ]


def read_ris(text):
    """Read records with rispy."""
    return rispy.loads(text)


# Titles as the typographer leaves them: one line, and no two marks that TeX would join to another.
LINES = (
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=60)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and not re.search(r"--|''|[,<>!?]{2}", text))
)
