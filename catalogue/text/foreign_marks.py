"""Find marks of other systems in a text: nothing reads them here, and readers would see them as typed.

They are shortcodes and tags of templates, lists of attributes, and bullets that are no list. What stands
in code is not looked at.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from catalogue.problems import shorten

PICTURE = "For a picture write: ![what it shows](../images/its-name)"
LINK = "Write a link to it: [its title](https://…)"
TEXT = "Write a link to the file: [its title](its-name.md)"
CODE = "Write ``` in a line before the code and in one after it"
NOTE = "Write > [!NOTE] and below it the text, with > before each line"
QUOTATION = "Write > before each line of the quotation"
WORDS = "Write in its place what it stood for, or put ` before and after it to show it"
NOTHING = "Delete it: nothing here needs it"
HIDDEN = "Delete it, or write <!-- before and --> after what readers must not see"
MARKED = "Write <mark> before and </mark> after the words"
INSERTED = "Write <ins> before and </ins> after the words"
RAISED = "Write <sup> before and </sup> after what is raised"
LOWERED = "Write <sub> before and </sub> after what is lowered"
FOOTNOTE = "Write [^1] in its place, and in a line below the text: [^1]: the words of the note"
HEADING = "Write ## and a blank before the words of a heading, and nothing behind them"
TABLE = "Write each row of the table as | a | b | and below its first |---|---|"
EMOJI = "Write the sign itself in its place, such as 🙂, or put ` before and after it to show it"
FORMULA = "Write it in plain words or signs, or show a picture of it"
CITATION = "Write what readers are to see, such as (Smith 2004), or a note: [^1]"
SOURCE = "Delete it, or write a link to where it was found: [its title](https://…)"
NO_CONTENTS = "Delete it: no list of the headings is made of it"

# The plain way, by the name of a mark.
INSTEAD: Mapping[str, str] = {
    name: remedy
    for names, remedy in (
        ("asset_img caption figure gallery image img imgcap photo picture thumbnail", PICTURE),
        (
            "audio codepen dailymotion embed flickr gist googlemaps instagram jsfiddle mastodon "
            "playlist polldaddy scribd slideshare soundcloud spotify ted tweet twitter video vimeo "
            "wpvideo x youtube",
            LINK,
        ),
        ("link link_to post_link post_url ref relref", TEXT),
        ("code codeblock highlight prism sourcecode syntax", CODE),
        (
            "admonition alert callout caution danger hint important info note notice tip warning",
            NOTE,
        ),
        ("blockquote pullquote quote", QUOTATION),
        ("toc", NO_CONTENTS),
        ("comment raw verbatim", NOTHING),
    )
    for name in names.split()
}
# Of WordPress those that have a meaning without a value, and all that it and its usual plug-ins know.
ALONE = frozenset(("gallery", "playlist", "toc"))
BRACKETED = frozenset(
    "audio caption code embed flickr gallery gist googlemaps instagram playlist polldaddy scribd "
    "slideshare soundcloud sourcecode spotify ted toc tweet twitter video vimeo wpvideo youtube".split()
)

# Each takes in at most so much of what follows that a long text is looked through once.
MARKS = re.compile(
    r"""
      (?P<shortcode>\{\{[<%][ ]*(?P<hugo>/?[\w./-]*)[^{}\n]{0,300}?[>%]\}\})
    | (?P<tag>\{%-?[ ]*(?P<liquid>\w*)[^{}\n]{0,300}?%\})
    | (?P<value>\{\{\{?[ ]*(?P<name>[\w.$-]*)[^{}\n]{0,300}?\}\})
    | (?P<attributes>\{:[ ]*(?P<list>\w*)[^{}\n]{0,300}?\}|\{[ ]*[.\#][A-Za-z][^{}\n]{0,300}?\}
        |\{[ ]*(?:align|alt|class|height|lang|loading|rel|style|target|title|width)=[^{}\n]{1,300}?\})
    | (?P<wordpress>\[(?P<code>[a-z]+)(?P<rest>[ =:][^\[\]\n]{0,300})?\])
    | (?P<contents>^[ ]*\[\[?_?TOC_?\]?\][ ]*$)
    | (?P<word></?[a-z]:[a-z][^<>\n]{0,100}>)
    | (?P<fence>^[ ]*(?::::+|\?\?\?\+?)[ ]*\{?\.?(?P<kind>[\w-]+).{0,80})
    | (?P<hidden>%%[^%\n]{1,300}%%|^[ ]*%%[ ]*\n[^%]*%%)
    | (?P<marked>(?<![=\w])==(?![\s=])[^=\n]{1,300}(?<!\s)==(?![=\w]))
    | (?P<inserted>(?<![+\w])\+\+(?![\s+])[^+\n]{1,300}(?<!\s)\+\+(?![+\w]))
    | (?P<raised>(?<=\w)\^[A-Za-z0-9+-]{1,10}\^)
    | (?P<lowered>(?<=[^\W\d_]|\))~[A-Za-z0-9+-]{1,10}~(?!~))
    | (?P<anchor>(?<=[^\s^][ ])\^(?=[A-Za-z0-9-]*[A-Za-z])[A-Za-z0-9-]{4,40}[ ]*$)
    | (?P<wiki>^(?P<equals>={2,6})[ ]+[^=\n]{1,200}[ ](?P=equals)[ ]*$)
    | (?P<grid>^\+(?:[-=]{2,}\+)+[ ]*\n(?:[ ]*[|+].*(?:\n|\Z))+)
    | (?P<emoji>(?<![\w:/]):(?:[+-]1|[a-z][a-z0-9_]{2,30}):(?![\w:/]))
    | (?P<formula>(?<![\w$])\$\$(?=[\w\\(])[^$\n]{1,300}(?<!\s)\$\$(?![\w$])|^\$\$\n[^$]{1,300}\n\$\$$)
    | (?P<tex>(?<![\w$])\$(?![\s$])(?=[^$\n]{0,100}[\\^])[^$\n]{1,100}(?<!\s)\$(?![\w$]))
    | (?P<source>【[^【】\n]{1,60}[†‡][^【】\n]{0,200}】|:contentReference\[oaicite:[^\n]{1,60}?\}
        |\boai_citation:\d+[‡:][^\s\[\]]{1,100})
    | (?P<citation>\[-?@[A-Za-z][\w:.-]{0,60}\d{2}[^\[\]\n]{0,200}\])
    | (?P<footnote>\^\[[^\[\]\n]{1,300}\])
    | (?P<bullet>(?:^[ \t]*[•◦▪‣●·][ \t\xa0]+\S.*\n*)+)
    """,
    re.VERBOSE | re.MULTILINE,
)
# What to write in place of those that are signs around words.
PLAIN: Mapping[str, str] = {
    "hidden": HIDDEN,
    "marked": MARKED,
    "inserted": INSERTED,
    "raised": RAISED,
    "lowered": LOWERED,
    "anchor": NOTHING,
    "footnote": FOOTNOTE,
    "wiki": HEADING,
    "grid": TABLE,
    "emoji": EMOJI,
    "formula": FORMULA,
    "tex": FORMULA,
    "source": SOURCE,
    "word": NOTHING,
    "citation": CITATION,
    "contents": NO_CONTENTS,
}
SHORT_NAME = re.compile(r":[a-z+-][a-z0-9_]+:")
CLOSING = re.compile(r"\[/([a-z]+)\]")
EVENT = re.compile(r"\bon[a-z]+[ ]*=", re.IGNORECASE)  # what would run a program
# A formula of TeX whose backslashes Markdown has taken for its own, which other words would seldom need
# before a bracket; a letter alone at the beginning of a line may number it.
TEX = re.compile(
    r"""
      \\\((?P<inline>(?=[^)\n]{0,100}?(?:\\[A-Za-z]{2}|[\^=]|\w_\w)|(?<=[^\n\]]\\\()[ ]*[A-Za-z][ ]*\\)
        [^\n]{1,200}?)\\\)
    | \\\[(?P<block>(?:[^\n]|\n(?!\n)){1,300}?)\\\](?!\()
    """,
    re.VERBOSE,
)
IN_BLOCK = re.compile(r"\\[A-Za-z]{2}|\^")
UNTOUCHED = re.compile(r"(?:[^*_`~<>&\[\]\\]|\\(?=[A-Za-z]))+")  # by Markdown
# One of these stands in each mark. One character is found far sooner than two, so of two the first is
# looked for before both.
SIGNS = "{[<^~\\•◦▪‣●·‡【"
LONGER_SIGNS = (":::", "???", "%%", "==", "++", "+-", "$$")


class Mark(NamedTuple):
    """A mark of another system: its place in the text, and what to say of it."""

    place: int
    level: str
    message: str


def find_marks(prose: str) -> Iterator[Mark]:
    """Yield the marks of other systems in a text outside code."""
    if not may_have_mark(prose):
        return
    closed = {*CLOSING.findall(prose)} if "[/" in prose else set()
    for match in MARKS.finditer(prose):
        if remedy := find_remedy(match, closed):
            typed = match[0].strip().partition("\n")[0]
            level = "error" if match["attributes"] and EVENT.search(match[0]) else "warning"
            yield Mark(match.start(), level, describe(match, typed, remedy))


def find_formulas(prose: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield the place of each formula of TeX in the words of a text, and what to say of it.

    `text` is what the author typed: in its words the formula has no backslashes before its brackets.
    """
    if not ("\\(" in text or "\\[" in text):
        return
    place = 0
    for match in TEX.finditer(text):
        inside = match["inline"] or match["block"]
        if match["block"] and not IN_BLOCK.search(inside):
            continue
        untouched = UNTOUCHED.match(f"{match[0][1]}{inside}", 1)
        found = prose.find(f"{match[0][1]}{untouched[0]}", place) if untouched else -1
        if found >= 0:
            place = found
            shown = shorten(" ".join(match[0].split()), 40)
            seen = f"“{shown}” is a mark of another system, and loses its backslashes"
            yield found, f"{seen}. {FORMULA}."


def may_have_mark(prose: str) -> bool:
    """Return whether a mark can stand in a text; in most there is none."""
    return (
        any(map(prose.__contains__, SIGNS))
        or any(sign[0] in prose and sign in prose for sign in LONGER_SIGNS)
        or (":" in prose and SHORT_NAME.search(prose) is not None)
    )


def find_remedy(match: re.Match[str], closed: Collection[str]) -> str:
    """Return what to write in place of a mark; empty for what is none, or only the end of one."""
    if match["wordpress"]:
        return find_bracketed_remedy(match, closed)
    if match["attributes"]:
        return NO_CONTENTS if match["list"] == "toc" else NOTHING
    if match["bullet"]:
        return "Write - and a blank in its place"
    if plain := next((remedy for name, remedy in PLAIN.items() if match[name]), ""):
        return plain
    if match["fence"]:
        return INSTEAD.get(match["kind"].lower(), NOTE)
    name = (match["hugo"] or match["liquid"] or match["name"] or "").lower()
    if name.startswith(("/", "end")):
        return ""
    return INSTEAD.get(name.rpartition("/")[2], WORDS)


def find_bracketed_remedy(match: re.Match[str], closed: Collection[str]) -> str:
    """Return what to write in place of a word in brackets, if it is a shortcode and not the author's."""
    name, rest = match["code"], match["rest"] or ""
    if name not in BRACKETED:
        return ""
    is_given = "=" in rest or "://" in rest or (rest and name in ("youtube", "vimeo", "tweet"))
    is_closed = not rest and name in closed
    return INSTEAD[name] if is_given or is_closed or (not rest and name in ALONE) else ""


def describe(match: re.Match[str], typed: str, remedy: str) -> str:
    """Return what is said of a mark."""
    if match["bullet"]:
        return f"{typed[0]} begins no list: what follows runs on in one paragraph. {remedy}."
    return f"“{shorten(typed, 40)}” is a mark of another system, and is shown as it is typed. {remedy}."
