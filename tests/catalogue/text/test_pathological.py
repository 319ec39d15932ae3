"""A text is read in a time that is in proportion to its length, whatever signs it is made of.

Each text is one that some reader of Markdown has needed minutes for; many were found by those who keep
CommonMark's own. None may take half a second, nor much longer than prose of the same length on
a slow machine.
"""

import time
from itertools import count, takewhile

import pytest

from catalogue.text.comment_reader import CommentReader
from catalogue.text.markdown_reader import MarkdownReader
from tests.bounded import call_bounded

LENGTH, SECONDS = 50_000, 0.5
TIMES_PROSE = (
    20  # what a text, which is full of signs, may take instead on a machine that is that slow
)


def repeat(unit):
    return unit * (LENGTH // len(unit))


def around(start, middle, end):
    """Return as many starts as ends."""
    times = LENGTH // (len(start) + len(end))
    return start * times + middle + end * times


def number(unit, least=0):
    """Return units one after the other, each with its own number for the sign @."""
    text = "".join(unit.replace("@", str(n)) for n in range(least, LENGTH // len(unit)))
    return text[:LENGTH]


def grow(unit, mark):
    """Return units, each with one sign more behind it than the one before."""
    sizes = takewhile(lambda n: n * (n + 1) // 2 < LENGTH, count(1))
    return "".join(unit + mark * n for n in sizes)


def indent(unit, step):
    """Return lines, each of which is set in further than the one before."""
    sizes = takewhile(lambda n: len(step) * n * (n + 1) // 2 < LENGTH, count(0))
    return "".join(f"{step * n}{unit}\n" for n in sizes)


SENTENCE = 'Some words, it\'s "said" -- & [more](of.md), *again*. '
PROSE = repeat(SENTENCE * 6 + "\n\n")

# fmt: off
TEXTS = {
    # emphasis and strikethrough
    "emphasis in emphasis": around("*a **a ", "b", " a** a*"),
    "emphasis that only opens": repeat("_a "),
    "emphasis that only closes": repeat("a_ "),
    "emphasis of two signs that only closes": repeat("a** "),
    "emphasis of mixed signs": repeat("*a_ "),
    "emphasis opened in the words": "a**b" + repeat("c* "),
    "emphasis of threes": "*a" + repeat("***b*** c*"),
    "emphasis of all lengths": grow("a", "*"),
    "signs in a row": "*" * LENGTH,
    "lines below in a row": "_" * LENGTH,
    "tildes in a row": "~" * LENGTH,
    "tildes of all lengths": grow("a", "~"),
    "tildes that only open": repeat("~~a "),
    "tildes and stars": repeat("~~a **b "),
    # links, pictures, notes
    "brackets that only open": "[" * LENGTH,
    "brackets that only close": repeat("a] "),
    "brackets in brackets": around("[", "a", "]"),
    "pictures in pictures": around("![", "a", "](b)"),
    "links in links": around("[", "a", "](b)"),
    "pictures that only open": repeat("!["),
    "links without an end": repeat("[a](b"),
    "links without an end, in angles": repeat("[a](<b"),
    "titles without an end": repeat("[a](b \"c "),
    "titles without an end, in brackets": repeat("[a](b (c "),
    "links opened in links": repeat("[ (]("),
    "pictures opened in links": repeat("![[]()"),
    "emphasis in links that open": repeat("[ a_ "),
    "emphasis around links": repeat("**x [a*b**c*](d) "),
    "brackets in an address": "[a](" + "(" * LENGTH,
    "brackets in an address, in pairs": "[a](" + around("(", "b", ")") + ")",
    "links of two names": repeat("[a][b] "),
    "links of one name": "[a]: b\n\n" + repeat("[a] "),
    "a long name": "[" + "a" * LENGTH + "]",
    "long names": repeat("[" + "a" * 990 + "]"),
    "backslashes in a name": "[" + repeat("\\]"),
    "definitions": number("[@]: b\n"),
    "definitions and their uses": number("[@]: b\n")[:50_000] + "\n\n" + number("[@] ")[:50_000],
    "definitions of one name": repeat("[a]: b\n"),
    "definitions in a paragraph that goes on": repeat("[a]: b 'c'\n") + "d",
    "definitions without an address": repeat("[a]:\n"),
    "definitions with a title that has no end": repeat("[a]: b '\n"),
    "a definition with a long title that has no end": "[a]: b '" + repeat("c\n"),
    "notes without an explanation": repeat("x[^1] "),
    "one note of many signs": repeat("x[^1] ") + "\n\n[^1]: a\n",
    "notes": number("x[^@]\n\n[^@]: a\n\n"),
    "notes in a row": number("[^@]: a\n"),
    "notes in notes": number("[^@]: a [^@]\n\n    "),
    "wiki links": repeat("[[a]] "),
    "wiki links that only open": repeat("[[a|"),
    "alternating brackets": repeat("[]("),
    # code, HTML, codes of signs, addresses
    "ticks of all lengths": grow("e", "`"),
    "ticks that only open": repeat("`a ``b "),
    "ticks in a row": "`" * LENGTH,
    "tags that only open": repeat("<a "),
    "tags with an open attribute": repeat("<a b='"),
    "tags with many attributes": "<a " + repeat("b=c "),
    "tags one after the other": repeat("<b>"),
    "tags that only close": repeat("</b>"),
    "containers in containers": around("<div>\n\n", "a", "\n\n</div>"),
    "tags in tags": around("<b>", "a", "</b>"),
    "comments without an end": repeat("a <!-- "),
    "comments without an end, in paragraphs": repeat("a <!--\n\n"),
    "comments that begin a line": repeat("<!-- a\n"),
    "comments": repeat("<!-- a -->"),
    "instructions without an end": repeat("a <? "),
    "declarations without an end": repeat("a <!A "),
    "character data without an end": repeat("a <![CDATA["),
    "angles": "<" * LENGTH,
    "angles with slashes": repeat("</"),
    "angles that close": ">" * LENGTH,
    "ands": "&" * LENGTH,
    "codes without an end": repeat("&a"),
    "codes of signs": repeat("&#1234;"),
    "a long code": "&#" + "1" * LENGTH + ";",
    "backslashes": "\\" * LENGTH,
    "escaped quotation marks": repeat("\\\""),
    "addresses": repeat("https://a.b/c "),
    "an address without an end": "https://a.b/" + repeat("(c"),
    "an address with signs at its end": "https://a.b/" + repeat("&a;"),
    "an address that closes brackets": "https://a.b/" + ")" * LENGTH,
    "starts of addresses": repeat("www."),
    "starts of addresses in a row": repeat("http://"),
    "a name of mail without an end": repeat("a.") + "@",
    "names of mail": repeat("a@b"),
    "ats": "@" * LENGTH,
    "addresses in angles": repeat("<a@b.c> "),
    "addresses in angles without an end": repeat("<http://a"),
    # blocks
    "quotations in quotations": "> " * (LENGTH // 2) + "a",
    "quotations in quotations, line by line": indent("> a", "> "),
    "quotations that go on": "> a\n" + repeat("b\n"),
    "emphasis in a deep quotation": ">" * (LENGTH // 2) + "a*" * (LENGTH // 4),
    "quotations and blank lines": repeat("> a\n\n"),
    "lists in lists": indent("* a", "  "),
    "lists in lists in a line": "- " * (LENGTH // 2) + "a",
    "numbers in a line": repeat("1. ") + "a",
    "lists in lists, then blank lines": "- " * (LENGTH // 4) + "a" + "\n" * (LENGTH // 2),
    "lists in lists in quotations, then blank lines":
        "> " + "- " * (LENGTH // 4) + "a\n" + ">\n" * (LENGTH // 4),
    "quotations in lists": repeat("- > ") + "a",
    "items": repeat("- a\n"),
    "loose items": repeat("- a\n\n"),
    "items of two lists": repeat("- a\n+ b\n"),
    "items of numbers": number("@. a\n"),
    "empty items": repeat("-\n"),
    "an item of many paragraphs": "- a\n" + repeat("\n  b\n"),
    "rules": repeat("***\n"),
    "rules of lists": repeat("* * *\n"),
    "a rule that is none": repeat("* ") + "a",
    "headings": number("# a@\n"),
    "headings of one name": repeat("# a\n"),
    "a heading without an end": "# " + repeat("# ") + "a",
    "a heading of signs": "# a " + "#" * LENGTH + "b",
    "lines under headings": repeat("a\n=\n"),
    "a line under a long paragraph": repeat("a\n") + "===",
    "a long line under a heading": "a\n" + "=" * LENGTH + "b",
    "fences": repeat("```\na\n```\n"),
    "fences without an end": repeat("> ```\n\n"),
    "fences and words": "```" + repeat(" a") + "\n" + repeat("``\n"),
    "a fence with ticks": repeat("``` `\n"),
    "code set in": repeat("    a\n\n"),
    "code set in, with blank lines": "    a\n" + repeat("    \n") + "b",
    "blank lines": "a" + "\n" * LENGTH + "b",
    "blank lines with blanks": "a\n" + repeat("   \n") + "b",
    "lines that end in blanks": repeat("a  \n"),
    "blanks": "a" + " " * LENGTH + "b",
    "blanks, and a paragraph after them": "\n\n".join(["a" + " " * 900 + "b"] * 100),
    "tabs": "\t" * LENGTH + "a",
    "items and tabs": repeat("-\t"),
    "HTML blocks": repeat("<div>\n\n"),
    "HTML blocks of every line": repeat("<x>\n"),
    "a table of one column": "| a |\n|---|\n" + repeat("| b |\n"),
    "a wide table": "\n".join(sign * (LENGTH // 6) for sign in ("|a", "|-", "|b")),
    "many wide tables": ("|a" * 100 + "\n" + "|-" * 100 + "\n\n") * (LENGTH // 402),
    "a wide table of short rows": "|a" * 100 + "\n" + "|-" * 100 + "\n" + "|b\n" * (LENGTH // 3),
    "heads of tables": repeat("| a |\n| - |\n"),
    "a paragraph that nearly is a table": repeat("| a\n"),
    "lines of a table's rule": repeat("|-\n"),
    "a table after a long paragraph": repeat("a\n") + "| b |\n| - |\n| c |",
    "pipes": "a\n" + "|" * LENGTH,
    "tasks": repeat("- [ ] a\n"),
    "explained words": repeat("a\n: b\n\n"),
    "explained words in a row": repeat(": a\n"),
    "short forms": number("*[A@]: x\n") + "\nA1",
    "admonitions": repeat("!!! note\n    a\n\n"),
    "alerts": repeat("> [!NOTE]\n> a\n\n"),
    # in a block of HTML, where Markdown is not read
    "tags that only open, in a block": "<div>\n" + repeat("<a "),
    "tags with an open attribute, in a block": "<div>\n" + repeat("<a b='"),
    "tags one after the other, in a block": "<div>\n" + repeat("<b>"),
    "tags that only close, in a block": "<div>\n" + repeat("</b>"),
    "tags in tags, in a block": around("<div>", "a", "</div>"),
    "wrong tags, in a block": "<div>\n" + repeat("<b><i></b></i>"),
    "paragraphs in bold, in a block": "<div>\n" + repeat("<b><p>"),
    "links in links, in a block": "<div>\n" + repeat("<a href=b>"),
    "tables in tables, in a block": "<div>\n" + repeat("<table><td>"),
    "cells out of place, in a block": "<div>\n" + repeat("<table>a<b>"),
    "comments without an end, in a block": "<div>\n" + repeat("<!-- "),
    "comments of a few signs, in a block": "<div>\n" + repeat("<!-"),
    "instructions without an end, in a block": "<div>\n" + repeat("<? "),
    "declarations without an end, in a block": "<div>\n" + repeat("<!A "),
    "character data without an end, in a block": "<div>\n" + repeat("<![CDATA["),
    "angles, in a block": "<div>\n" + "<" * LENGTH,
    "angles with slashes, in a block": "<div>\n" + repeat("</"),
    "ands, in a block": "<div>\n" + "&" * LENGTH,
    "codes without an end, in a block": "<div>\n" + repeat("&a"),
    "a long code, in a block": "<div>\n&#" + "1" * LENGTH + ";",
    "attributes, in a block": "<div " + repeat("b=c ") + ">",
    "attributes of one name, in a block": "<div " + repeat("title=c ") + ">",
    "a long style, in a block": "<div style='" + repeat("a:b;") + "'>",
    "preformatted, in a block": repeat("<pre>\n\n"),
    "details in details, in a block": around("<details>\n", "a", "\n</details>"),
    # signs, words, lines
    "signs that are none": repeat("a\0b"),
    "quotation marks": repeat("\"a 'b "),
    "quotation marks in a row": "'" * LENGTH,
    "dashes": "a " + "-" * LENGTH,
    "points": "." * LENGTH,
    "capitals": repeat("A.B. "),
    "capitals and numbers": repeat("A1"),
    "marks on one letter": "a" + repeat("\u0301\u0316"),
    "one word": "a" * LENGTH,
    "one line": repeat("word "),
    "lines of one letter": repeat("a\n"),
    "paragraphs of one letter": repeat("a\n\n"),
    "braces": "{" * LENGTH,
    "template marks": repeat("{{ a "),
}
# fmt: on


def measure(prose, texts, reader):
    """Return what each of the texts needs of the processor to be read: the seconds, the prose first."""
    read = {"posts": MarkdownReader, "comments": CommentReader}[reader]().read
    seconds = []
    for text in (prose, prose, *texts):  # what is made once is made with the first
        start = time.process_time()
        read(text, 1, f"{reader}/a.md")
        seconds.append(time.process_time() - start)
    return seconds[1:]


@pytest.mark.parametrize("reader", ["posts", "comments"])
def test_any_text_is_read_within_half_a_second(reader):
    prose, *seconds = call_bounded(measure, PROSE, [*TEXTS.values()], reader, seconds=120)
    most = max(SECONDS, TIMES_PROSE * prose)
    slow = {name: round(took, 2) for name, took in zip(TEXTS, seconds, strict=True) if took > most}
    assert slow == {}


def test_the_texts_are_as_long_as_said():
    wrong = {
        name: len(text) for name, text in TEXTS.items() if not 0.9 <= len(text) / LENGTH <= 2.1
    }
    assert wrong == {}
