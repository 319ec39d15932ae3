"""Colour code in a text's HTML: the words of a language whose name the author has written above.

Pygments splits the code; of its many kinds of tokens six are told apart, which the theme colours. What
is published stays the same text: every piece is written as it was, some of them in a span.
"""

import html
import re
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from catalogue.problems import shorten
from catalogue.spelling import find_nearest
from catalogue.text.findings import Finding

if TYPE_CHECKING:
    from pygments.lexer import Lexer

# Code without a tag in it, as Markdown writes it and the sanitiser leaves it.
BLOCK = re.compile(r'(<code class="language-([\w+#.-]+)">)([^<]+)(?=</code>)')
LANGUAGE = re.compile(r'<pre><code class="language-([\w+#.-]+)">')
# A text that was copied with the fence that a program has put around it.
WHOLE = re.compile('<pre><code class="language-(?:markdown|md)">[^<]*</code></pre>')
# What is not coloured: some of Pygments' expressions take a time that grows with the square of what
# they read, most of all where it repeats itself.
LONGEST, LONGEST_LINE = 8_000, 500  # characters
MOST_PACKED = 25  # times smaller by zlib; programs become three to eight times smaller
# The classes of the theme, by the beginning of Pygments' names for kinds of tokens; the first that fits.
CLASSES = (
    ("Token.Comment", "c"),
    ("Token.Keyword.Constant", "m"),
    ("Token.Keyword", "k"),
    ("Token.Operator.Word", "k"),
    ("Token.Name.Tag", "k"),
    ("Token.Name.Builtin", "b"),
    ("Token.Name.Attribute", "b"),
    ("Token.Name.Decorator", "b"),
    ("Token.Name.Function", "f"),
    ("Token.Name.Class", "f"),
    ("Token.Name.Namespace", "f"),
    ("Token.Generic.Heading", "f"),
    ("Token.Generic.Deleted", "c"),
    ("Token.Generic.Inserted", "s"),
    ("Token.Literal.String", "s"),
    ("Token.Literal.Number", "m"),
)
# What is no language, though it stands where one does.
PLAIN = frozenset("console mermaid none output plain plaintext text txt".split())


def colour_code(source: str) -> str:
    """Return sanitised HTML in which the code of a known language is coloured."""
    return BLOCK.sub(colour_block, source) if 'class="language-' in source else source


def colour_block(block: re.Match[str]) -> str:
    """Return one block of code with its words in spans, or as it is."""
    lexer = find_lexer(block[2])
    code = html.unescape(block[3])
    if lexer is None or not is_example(code):
        return block[0]
    pieces = split_code(code, lexer)
    if "".join(text for _, text in pieces) != code:
        return block[0]
    return block[1] + "".join(write_pieces(pieces))


def is_example(code: str) -> bool:
    """Return whether code is such as people write to be read."""
    if len(code) > LONGEST or max(map(len, code.split("\n"))) > LONGEST_LINE:
        return False
    data = code.encode("utf-8", "replace")
    return len(data) < MOST_PACKED * len(zlib.compress(data, 1))


def split_code(code: str, lexer: "Lexer") -> list[tuple[str, str]]:
    """Return the pieces of code, each with the class of its kind, empty for all other kinds.

    There are none if Pygments fails: its hundreds of languages are not all as well kept.
    """
    try:
        tokens = [*lexer.get_tokens_unprocessed(code)]
    except Exception:  # noqa: BLE001 - of whatever kind, code that is not coloured can be read
        return []
    return [(find_class(str(kind)), text) for _, kind, text in tokens]


@lru_cache(maxsize=256)
def find_class(kind: str) -> str:
    """Return the class for a kind of token."""
    return next((name for start, name in CLASSES if kind.startswith(start)), "")


def write_pieces(pieces: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield pieces as HTML; neighbours of one kind are one."""
    before, texts = "", list[str]()
    for name, text in pieces:
        if name != before and texts:
            yield write_piece(before, "".join(texts))
            texts = []
        before = name
        texts.append(text)
    yield write_piece(before, "".join(texts))


def write_piece(name: str, text: str) -> str:
    """Return one piece; blanks need no colour."""
    written = html.escape(text, quote=False).replace("\N{NO-BREAK SPACE}", "&nbsp;")
    return f'<span class="{name}">{written}</span>' if name and text.strip() else written


@lru_cache(maxsize=64)
def find_lexer(language: str) -> "Lexer | None":
    """Return what splits code of a language by its name, case aside; None for what has none."""
    name = language.lower()
    if name in PLAIN or name not in list_languages():
        return None
    from pygments.lexers import get_lexer_by_name

    return get_lexer_by_name(name, stripnl=False, ensurenl=False)


def check_languages(source: str) -> list[Finding]:
    """Return a warning for each name of a language that looks like a misspelt one.

    `source` is the HTML of a text; names that mean nothing here may mean something elsewhere.
    """
    findings = []
    if source.startswith("<pre>") and WHOLE.fullmatch(source.rstrip()):
        seen = "All of this text stands between lines with ``` and is shown as code, with all its signs"
        findings.append(Finding("warning", f"{seen}. Delete these two lines.", 0))
    for match in LANGUAGE.finditer(source) if 'class="language-' in source else ():
        name = match[1]
        if name.lower() in PLAIN or name.lower() in list_languages():
            continue
        if near := find_nearest(name.lower(), list_languages()):
            seen = f"“{shorten(name)}” is no language whose code can be coloured"
            findings.append(Finding("warning", f"{seen}. Did you mean {near}?", match.start()))
    return findings


@lru_cache(maxsize=1)
def list_languages() -> list[str]:
    """Return the names of all languages, without those that other packages may add to Pygments."""
    # Loaded on a day on which a text with code is read.
    from pygments.lexers import get_all_lexers

    return sorted(alias for _, aliases, *_ in get_all_lexers(plugins=False) for alias in aliases)
