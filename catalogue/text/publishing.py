"""Turn checked HTML into what is published: with its targets, typeset, sanitised.

What the sanitiser returns is published, and nothing changes that. Whatever it takes out is reported
to the author, so that nothing is lost in silence.
"""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from catalogue.text.findings import MOST_FINDINGS, Finding, has_error
from catalogue.text.html_allowlist import (
    ATTRIBUTES,
    COMMENT_ELEMENTS,
    ELEMENTS,
    EVERYWHERE,
    FOLLOWED,
    REFERENCES,
    RENAMED,
)
from catalogue.text.html_differences import compare, find_forbidden
from catalogue.text.html_headings import finish_headings, make_names
from catalogue.text.html_reader import HtmlFacts, Reference, read_html
from catalogue.text.older_html import drop_repeated, modernise, serialise_value
from catalogue.text.placed_parser import find_same_line
from catalogue.text.sanitiser import Sanitiser, UnstableHtml
from catalogue.text.typography import typeset

# How Markdown writes the signs of a footnote, and how a serialiser does.
SERIALISED_SIGNS = {"&#160;": "&nbsp;", "&#8617;": "↩"}
# The codes of marks that are to stay straight, and what stands for them while they are sanitised: code
# points that are no characters, like those of links.
STRAIGHT_MARKS = {"&#34;": "\ufdd2", "&#39;": "\ufdd3"}
TEXT_WITH_QUOTES = re.compile(r">[^<]*?&quot;[^<]*")
ADDRESS_IN_TAG = re.compile(
    rf"""(<({"|".join(REFERENCES)})(?: [^\s"=<>]+="[^"<>]*")*? (?:{"|".join(FOLLOWED[:2])})=")([^"<>]*)"""
)
POSTER_IN_TAG = re.compile(r"""(<video(?: [^\s"=<>]+="[^"<>]*")*? poster=")([^"<>]*)""")

UNSTABLE = Finding(
    "error",
    "The tags of this text stand in each other in a way that each browser reads anew. Close every tag "
    "in the paragraph in which it opens.",
    0,
)

# The address to publish, by tag and address as it is written; others are those of other sites.
Targets = Mapping[tuple[str, str], str]


def read_as_browsers(source: str, written: HtmlFacts) -> tuple[str, HtmlFacts, list[Finding]]:
    """Return HTML as browsers read it, with its facts, and what is wrong if that is something else.

    All places are those in the HTML as it is written, of which the facts are given. Only HTML that is
    plainly written needs no second reading: all parsers split it alike.
    """
    try:
        modern = modernise(load_first_sanitiser().clean(hide_straight(source)))
        cleaned, _ = load_sanitiser().sanitise(modern)
    except UnstableHtml:
        return source, written, [UNSTABLE]
    cleaned = show_straight(cleaned, source)
    facts = read_html(cleaned)
    if is_repeating(facts) and not is_repeating(written):
        cleaned = drop_repeated(cleaned)
        facts = read_html(cleaned)
    findings = [*find_forbidden(source, cleaned)]
    if cleaned != source and not findings:
        findings = compare(source, cleaned)
    # Of the warnings, the first reading knows better: it is of what the author wrote.
    if not has_error(findings):
        findings += move_findings(select_errors(facts), cleaned, source)
    facts.references = place_references(facts.references, written.references)
    return cleaned, facts, findings


def is_repeating(facts: HtmlFacts) -> bool:
    """Return whether an id stands in HTML twice."""
    return len({*facts.ids}) < len(facts.ids)


def name_headings(source: str, facts: HtmlFacts) -> list[str]:
    """Return ids for those headings of HTML that have none, and add them to its facts: links lead there."""
    names = make_names(source, facts.ids) if facts.headings else []
    facts.ids += names
    return names


def place_references(read: Sequence[Reference], written: Sequence[Reference]) -> list[Reference]:
    """Return what browsers read of the links of a text with the places at which they are written."""
    places: dict[Reference, list[int]] = {}
    for reference in reversed(written):
        places.setdefault(reference, []).append(reference.place)
    placed = []
    for reference in read:
        known = places.get(reference, [0])
        place = known.pop() if len(known) > 1 else known[0]
        placed.append(Reference(reference.tag, reference.url, place))
    return placed


def move_findings(findings: Sequence[Finding], source: str, other: str) -> list[Finding]:
    """Return findings with the places of the same lines in another state of the HTML.

    Only those that are shown have their own.
    """
    return [
        replace(each, place=find_same_line(each.place, source, other) if n < MOST_FINDINGS else 0)
        for n, each in enumerate(findings)
    ]


def hide_straight(source: str) -> str:
    """Return HTML in which something else stands for the codes of straight marks.

    A sanitiser writes them as the marks, and nothing could tell those from others any more.
    """
    for code, sign in STRAIGHT_MARKS.items():
        source = source.replace(code, sign)
    return source


def show_straight(cleaned: str, source: str) -> str:
    """Return sanitised HTML with those codes again; `source` is as it was before they were hidden."""
    for code, sign in STRAIGHT_MARKS.items():
        cleaned = cleaned.replace(sign, code) if code in source else cleaned
    return cleaned


def publish(
    source: str,
    targets: Targets,
    language: str = "en",
    headings: Sequence[tuple[str, int]] = (),
    names: Sequence[str] = (),
) -> tuple[str, list[Finding]]:
    """Return the HTML to publish, in the marks of a language, and what of it is lost by sanitising.

    `headings` are the tags and places of all that it has, and `names` the ids of those that have none.
    """
    placed = place_targets(source, targets)
    placed = finish_headings(placed, headings, names) if headings else placed
    finished = serialise_signs(typeset(placed, language))
    try:
        published, is_same = load_sanitiser().sanitise(finished, frozenset(targets.values()))
    except UnstableHtml:
        return "", [UNSTABLE]
    if is_same:
        return published, []
    findings = move_findings(compare(placed, published), placed, source)
    if not has_error(findings):
        findings += move_findings(select_errors(read_html(published)), published, source)
    return published, findings


def publish_comment(source: str, language: str = "en") -> str:
    """Return what is published of a comment's HTML: typeset, then sanitised. Raises UnstableHtml."""
    published, _ = load_comment_sanitiser().sanitise(typeset(source, language))
    return published


@cache
def load_sanitiser() -> Sanitiser:
    """Return the sanitiser for all texts but comments."""
    return Sanitiser()


@cache
def load_first_sanitiser() -> Sanitiser:
    """Return the sanitiser that leaves what is published as something else (older_html.py)."""
    return Sanitiser(ELEMENTS | RENAMED.keys(), ATTRIBUTES, EVERYWHERE | {"style"})


@cache
def load_comment_sanitiser() -> Sanitiser:
    """Return the sanitiser for comments: it lets pass what they are written with, and typography."""
    attributes = {"a": frozenset(["href", "rel"]), "span": frozenset(["class"])}
    return Sanitiser(COMMENT_ELEMENTS | {"a", "span"}, attributes, frozenset())


def select_errors(facts: HtmlFacts) -> list[Finding]:
    """Return those findings that are errors."""
    return [finding for finding in facts.findings if finding.level == "error"]


def place_targets(source: str, targets: Targets) -> str:
    """Return HTML with the targets in place of the addresses; in all tags, each value is in quotes."""

    def place(match: re.Match[str]) -> str:
        url = html.unescape(match[3])
        return match[1] + serialise_value(targets.get((match[2], url), url))

    def place_poster(match: re.Match[str]) -> str:
        url = html.unescape(match[2])
        return match[1] + serialise_value(targets.get(("img", url), url))

    if "<video" in source:
        source = POSTER_IN_TAG.sub(place_poster, source)
    return ADDRESS_IN_TAG.sub(place, source) if targets else source


def serialise_signs(source: str) -> str:
    """Return plain or sanitised HTML with its signs written as a serialiser does.

    The sanitiser does the same; this spares it a second pass.
    """
    if "&#" in source:
        for code, sign in SERIALISED_SIGNS.items():
            source = source.replace(code, sign)
    if "&quot;" in source:
        source = TEXT_WITH_QUOTES.sub(lambda match: match[0].replace("&quot;", '"'), source)
    return source.replace("<table>", '<table tabindex="0">')
