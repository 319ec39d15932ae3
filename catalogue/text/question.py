"""Split a post that answers a reference question: the question, the short answer, the rest.

A post is one if `Query:` or `Question:` begins one of its first three paragraphs, with nothing but
paragraphs and pictures with captions before, and `Short answer:` a later paragraph that stands in no
list or quotation.
"""

import re
from dataclasses import dataclass
from typing import Any

from catalogue.problems import Problem
from catalogue.text.html_allowlist import VOID_ELEMENTS
from catalogue.text.plain_text import strip_tags

FIRST_PARAGRAPHS = 3  # the question is in one of them
# Both are looked for in text that is set: capitals stand in a span, a last blank is hard.
QUERY, REPLY = (
    rf'<p(?: dir="[a-z]+")?>(?P<open>(?:<(?:strong|b|em|i)>)*)\s*(?P<label>{words})\s*(?P<colon>:?)'
    r"(?P<close>(?:</(?:strong|b|em|i)>)*)\s*(?P<late>:?)(?:\s|&nbsp;)*"
    for words in (
        r'(?:<span class="caps">)?(?:query|question)(?:</span>)?',
        r'(?:<span class="caps">)?short(?:</span>)?(?:\s|&nbsp;|-)+'
        r'(?:<span class="caps">)?answer(?:</span>)?',
    )
)
PARAGRAPH = re.compile(r"\s*<(p|figure)\b[^>]*>")
ASKS = re.compile(QUERY, re.IGNORECASE)
REPLIES = re.compile(REPLY, re.IGNORECASE)
NAMED_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
# Nothing of it gives back what it has taken: else many blank lines would be read again and again.
INSIDE = re.compile(r"\n[^\S\n]*+[*_]*+short\s++answer[*_]*+\s*+:", re.IGNORECASE)
# A label with nothing behind it in its paragraph.
ALONE = re.compile(
    r"^[^\S\n]*[*_]*(query|question|short[^\S\n]+answer)[*_]*[^\S\n]*:[*_]*[^\S\n]*"
    r"(?:\n[^\S\n]*(?=\n|[-*+>]|\d)|\Z)",
    re.IGNORECASE | re.MULTILINE,
)


# A label behind the sign of a heading or a quotation.
SIGNED = re.compile(
    r"^[^\S\n]*(\#{1,6}|>)[^\S\n]+[*_]*(query|question|short[^\S\n]+answer)[*_]*[^\S\n]*:",
    re.IGNORECASE | re.MULTILINE,
)
# Where each of the two begins in what is typed.
LABELS = {
    name: re.compile(rf"^[^\S\n]*[*_]*(?:{words})[*_]*[^\S\n]*:", re.IGNORECASE | re.MULTILINE)
    for name, words in (
        ("Question", "query|question"),
        ("Short answer", r"short[^\S\n-]+answer|short-answer"),
    )
}


@dataclass(frozen=True)
class Parts:
    """The pieces of a post that answers a question, as HTML, in the order that they are shown."""

    lead: str
    label: str  # plain text: "Query:"
    question: str
    reply: str  # plain text: "Short answer:"
    answer: str
    rest: str


def read_question(source: str) -> tuple[str, str]:
    """Return the question and the short answer of a post's HTML as plain text; both may be empty."""
    parts = split_question(source)
    return (strip_tags(parts.question), strip_tags(parts.answer)) if parts else ("", "")


def split_question(source: str) -> Parts | None:
    """Return the pieces of a post's HTML; None if it asks nothing or has no short answer.

    What stands between the question and its answer is shown below the answer.
    """
    query = find_query(source)
    if query is None or not query["colon"] + query["late"]:
        return None
    query_end = source.find("</p>", query.end())
    reply = find_label(REPLIES, source, query_end + 4)
    if reply is None:
        return None
    reply_end = source.find("</p>", reply.end())
    question, answer = source[query.end() : query_end], source[reply.end() : reply_end]
    if not strip_tags(question) or not strip_tags(answer):
        return None
    between = source[query_end + 4 : reply.start()].strip()
    after = source[reply_end + 4 :].strip()
    return Parts(
        lead=source[: query.start()].strip(),
        label=read_label(query),
        question=reopen(query) + question,
        reply=read_label(reply),
        answer=reopen(reply) + answer,
        rest="\n".join(part for part in (between, after) if part),
    )


def find_query(source: str) -> re.Match[str] | None:
    """Return the opening of the paragraph that asks, if it is among the first of a post."""
    place = 0
    for _ in range(FIRST_PARAGRAPHS):
        opening = PARAGRAPH.match(source, place)
        if opening is None:
            return None
        if query := ASKS.match(source, source.index("<", place)):
            return query
        end = f"</{opening[1]}>"
        place = source.find(end, opening.end()) + len(end)
        if place < opening.end():
            return None
    return None


def find_label(label: re.Pattern[str], source: str, place: int = 0) -> re.Match[str] | None:
    """Return the opening of the first paragraph after `place` with a label that is in no other element."""
    depth = 0
    for tag in NAMED_TAG.finditer(source, place):
        if tag[2].lower() in VOID_ELEMENTS:
            continue
        found = label.match(source, tag.start()) if depth == 0 else None
        if found and found["colon"] + found["late"]:
            return found
        depth += -1 if tag[1] else 1
    return None


def read_label(match: re.Match[str]) -> str:
    """Return the word that opens a paragraph, as it was typed, with its colon."""
    return f"{strip_tags(match['label'])}:"


def reopen(match: re.Match[str]) -> str:
    """Return the tags opened before a label and not closed after it: **Query: all in bold**."""
    opened = re.findall(r"<\w+>", match["open"])
    return "".join(opened[: len(opened) - match["close"].count("<")])


def find_labels(text: str, first_line: int) -> dict[str, int]:
    """Return the lines of the question and the short answer; `text` is the body as typed."""
    found = {name: label.search(text) for name, label in LABELS.items()}
    return {
        name: first_line + text.count("\n", 0, label.start())
        for name, label in found.items()
        if label
    }


def check_question(record: Any, text: str, first_line: int) -> list[Problem]:
    """Return a warning of a question or an answer that is not read as one; `text` is the body as typed."""
    folded = text.lower()
    if record.question or not ("short" in folded or "query" in folded):
        return []
    query = find_query(record.html)
    if query is None:
        return check_signs(record, text, first_line) or check_place(record, text, first_line)
    if not query["colon"] + query["late"]:
        return []
    if alone := ALONE.search(text):
        number = text.count("\n", 0, alone.start(1))
        seen = f"“{alone[1]}:” stands alone, so this post is not read as a question with its answer"
        remedy = "Write the words behind it, in the same paragraph."
        return [Problem(record.path, first_line + number, "warning", f"{seen}. {remedy}")]
    inside = INSIDE.search(text)
    number = text.count("\n", 0, inside.end()) if inside else 0
    if not number or not text.split("\n")[number - 1].strip():
        return check_missing(record, text, first_line, read_label(query))
    text = "The short answer begins within a paragraph. Put a blank line before it."
    return [Problem(record.path, first_line + number, "warning", text)]


def check_missing(record: Any, text: str, first_line: int, label: str) -> list[Problem]:
    """Return a warning of a question behind which no paragraph answers; `label` is how it begins.

    What begins with “Question:” alone may be meant as it stands.
    """
    lines = find_labels(text, first_line)
    if "Question" not in lines or (label.casefold() == "question:" and "Short answer" not in lines):
        return []
    missing = f"No paragraph behind “{label}” begins with “Short answer:”"
    seen = f"{missing}, so this post is not read as a question"
    return [
        Problem(record.path, lines["Question"], "warning", f"{seen}. Write one, or another word.")
    ]


def check_signs(record: Any, text: str, first_line: int) -> list[Problem]:
    """Return a warning of a question and an answer of which one is a heading or in a quotation."""
    found = [*SIGNED.finditer(text)]
    if not found or len(found) + len(find_labels(text, first_line)) == 1:
        return []
    sign, label = found[0].groups()
    line = first_line + text.count("\n", 0, found[0].start(1))
    seen = f"“{sign} {label}:” begins no paragraph, so this post is not read as a question"
    remedy = f"Write {label}: without the {sign} before it."
    return [Problem(record.path, line, "warning", f"{seen}. {remedy}")]


def check_place(record: Any, text: str, first_line: int) -> list[Problem]:
    """Return a warning of a question with its answer that are not where a post may ask."""
    source = record.html
    query = find_label(ASKS, source)
    if query is None or find_label(REPLIES, source, source.find("</p>", query.end()) + 4) is None:
        return []
    line = find_labels(text, first_line).get("Question", first_line)
    seen = "The question stands behind a heading, a list, a quotation or three paragraphs"
    text = f"{seen}, so this post is not read as a question with its answer. Write it higher up."
    return [Problem(record.path, line, "warning", text)]
