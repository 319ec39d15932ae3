"""Find words of the author's that Markdown lost, or that did not become what they were meant to be."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from catalogue.problems import Problem, shorten
from catalogue.text.findings import Finding
from catalogue.text.foreign_marks import find_marks
from catalogue.text.html_allowlist import DEFAULT_INSTEAD
from catalogue.text.mistyped_links import find_mistyped_links
from catalogue.text.source_lines import FENCES, SourceLines, find_fences, mask_comments

# What the library puts in place of a link or a piece of code until the end: between two controls.
STAND_IN = re.compile("klzzwxh|wzxhzdk|[\x02\x03]")
CDATA_START = "<![CDATA["
# Signs that begin code elsewhere, behind what a list or quotation begins with. With the same signs
# after them in their line they are something else.
STRAY = re.compile(
    r"(?:[>\s]|[-+*]\s|\d+[.)]\s|:\s|\[\^[^\]]*\]:\s)*+(?P<sign>`{3,}+(?!.*`)|~{3,}+(?!.*~))(?P<rest>.*)"
)
SHOWN = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
NOTE_START = re.compile(r"^ {0,3}(\[\^([^\]\n]*)\]:)", re.MULTILINE)
TABLE_RULE = re.compile(r"(?=.*\|)[|:\- ]*-[|:\- ]*")  # below the head of a table
# It stands in a new post until its author writes her own, and is never published.
PLACEHOLDER = "Write your post here."
PLACEHOLDER_LINE = re.compile(rf"^[ ]{{0,3}}{re.escape(PLACEHOLDER)}[ \t]*$", re.MULTILINE)
PLACEHOLDER_STANDS = (
    f"“{PLACEHOLDER}” still stands here, and readers do not see it. Put your text in its place."
)
# Where two versions of a text differ, Git writes both into it, between these signs.
CONFLICT, CONFLICT_END = "<<<<<<<", ">>>>>>>"
CONFLICT_START = re.compile(rf"^{CONFLICT}(?= |$).{{0,80}}", re.MULTILINE)
IN_CONFLICT = (
    "Git found two versions of this place and wrote both. Keep one, and delete the lines that begin with "
    "<<<<<<<, ======= and >>>>>>>."
)
NEAR, MOST_WORDS = 500, 3  # characters of HTML before a stand-in, and words of them to look for


def take_placeholder(text: str, first_line: int, path: str) -> tuple[str, list[Problem]]:
    """Return a text with an empty line where the sentence of a new post stands, and a warning of it."""
    match = PLACEHOLDER_LINE.search(text) if PLACEHOLDER in text else None
    if not match:
        return text, []
    line = first_line + text.count("\n", 0, match.start())
    warning = Problem(path, line, "warning", PLACEHOLDER_STANDS)
    return PLACEHOLDER_LINE.sub("", text), [warning]


def check_stand_ins(source: str, text: str) -> list[Finding]:
    """Return an error if a sign in the HTML stands for words that the parser has lost."""
    # Each stand-in has three of these, of which no fault has taken all away.
    if not ("\x02" in source or "\x03" in source or "klzzwxh" in source or "wzxhzdk" in source):
        return []
    match = STAND_IN.search(source)
    if not match or (match[0].isalpha() and match[0] in text):
        return []
    before = html.unescape(re.sub("<[^<>]*>", " ", source[: match.start()][-NEAR:]))
    seen = "Some words are lost beside these signs: they can be read in two ways"
    remedy = (
        "Put a backslash before each * and _ that is to be shown, and a blank around the others."
    )
    words = re.findall(r"\w+", before)[-MOST_WORDS:]
    return [Finding("error", f"{seen}. {remedy}", tuple(reversed(words)))]


def check_leftovers(source: str, prose: str, lines: SourceLines) -> list[Finding]:
    """Return what was lost or misread when a text became the HTML `source`, with the words `prose`."""
    text = lines.plain
    findings = check_stand_ins(source, text)
    # One sign is found far sooner than a few.
    if ("`" in text and "```" in text) or ("~" in text and "~~~" in text):
        findings += check_fences(source, lines)
    if "^" in text and "[^" in text:
        findings += check_notes(lines.masked)
    if "|" in text:
        findings += check_rows(lines)
    is_shown = "<!--" in prose and re.search(r"(?<!\\)<!--", lines.masked)
    if "<!--" in source or is_shown:  # it would be shown, or hide all that follows
        message = "A hidden comment opens with <!-- and is never closed. Write --> at its end."
        findings.append(Finding("error", message, ("<!--",)))
    if CDATA_START in text:
        findings += check_sections(source, lines)
    return findings


def check_sections(source: str, lines: SourceLines) -> Iterator[Finding]:
    """Yield an error for a CDATA section of a text that its HTML does not have.

    HTML's own parser makes a comment of it (HTML Standard, 13.2.5.42), and so may Python's.
    """
    typed = mask_comments(lines.plain).count(CDATA_START)
    shown = source.count(html.escape(CDATA_START))
    if CDATA_START not in source and typed > shown:
        text = lines.masked if CDATA_START in lines.masked else lines.plain
        section = text[text.index(CDATA_START) :].partition(">")
        message = f"“{shorten(section[0] + section[1], 40)}” would be hidden from readers"
        yield Finding("error", f"{message}. {DEFAULT_INSTEAD}.", (CDATA_START,))


def check_prose(prose: str, text: str) -> list[Finding]:
    """Return what stands in the words of a text as it was typed, and was meant to become something.

    These are links that are not written as links are, and marks of other systems and of Git.
    """
    found = [(mark.place, mark.level, mark.message, mark.typed) for mark in find_marks(prose)]
    if "[" in prose:
        found += [
            (place, "warning", message, typed)
            for place, message, typed in find_mistyped_links(prose, text)
        ]
    if CONFLICT in prose and CONFLICT_END in text and (match := CONFLICT_START.search(prose)):
        found.append((match.start(), "error", IN_CONFLICT, match[0]))
    return [Finding(level, message, (typed,)) for _, level, message, typed in sorted(found)]


def check_fences(source: str, lines: SourceLines) -> Iterator[Finding]:
    """Yield an error for signs that were meant to begin code: what follows may be published as HTML."""
    plain, masked = lines.plain.split("\n"), lines.masked.split("\n")
    shown = count_shown(source, plain, masked)
    opened, place = "", 0
    for line in masked:
        match = STRAY.match(line)
        if match and (text := line[match.start("sign") :].strip()) and shown[text] > 0:
            shown[text] -= 1
        elif match:
            sign = match["sign"][: len(FENCES[0])]
            if sign == opened and not match["rest"].strip():
                opened = ""  # the end of what has been named
            else:
                opened = sign
                skip = lines.masked.count(sign, 0, place + match.start("sign"))
                yield Finding("error", describe_fence(sign), (sign,), skip)
        place += len(line) + 1


def describe_fence(sign: str) -> str:
    """Return how code is written here."""
    return (
        f"Here {sign} begins no code. Write it at the beginning of a line, with at most one word such "
        f"as html behind it, and {sign} alone in a line after the code. In a list leave both out, and "
        "set the code in by eight blanks, below a blank line."
    )


def count_shown(source: str, plain: Sequence[str], masked: Sequence[str]) -> Counter[str]:
    """Return the lines of code that begin so themselves, but those that the masked text leaves out."""
    shown: Counter[str] = Counter()
    for block in SHOWN.findall(source):
        words = html.unescape(re.sub("<[^<>]*>", "", block))
        shown.update(filter(is_fence, map(str.strip, words.split("\n"))))
    ends = {number for fence in find_fences(plain) for number in fence}
    for number, line in enumerate(plain):
        if number not in ends and is_fence(line.strip()) and not masked[number].strip():
            shown[line.strip()] -= 1
    return shown


def is_fence(line: str) -> bool:
    """Return whether a line begins with the signs of code."""
    return line.startswith(FENCES)


def check_notes(text: str) -> Iterator[Finding]:
    """Yield a warning for a note that a text has twice: the second replaces the first."""
    counts: Counter[str] = Counter()
    for match in NOTE_START.finditer(text):
        name = match[2]
        if counts[name]:
            seen = f"The note [^{shorten(name)}] stands here once more, and the one before is lost"
            skip = text.count(match[1], 0, match.start(1))
            yield Finding("warning", f"{seen}. Give it another name.", (match[1],), skip)
        counts[name] += 1


def check_rows(lines: SourceLines) -> Iterator[Finding]:
    """Yield a warning for each row of a table with more cells than the head: these are left out."""
    rows = [*map(cut_row, lines.masked.split("\n"), lines.plain.split("\n"))]
    head, columns, given = "", 0, Counter[str]()
    for number, line in enumerate(rows):
        if not line.strip():
            columns = 0
        elif columns:
            lost = [cell for cell in split_row(line, head)[columns:] if cell.strip()]
            if lost:
                seen = f"“{shorten(lost[0].strip(), 40)}” is lost: this row has more cells than the head"
                remedy = "Put \\ before a | that parts no cells, or give the head a cell more."
                yield Finding("warning", f"{seen}. {remedy}", (line,), given[line])
        elif (
            TABLE_RULE.fullmatch(line) and number and (number == 1 or not rows[number - 2].strip())
        ):
            head = rows[number - 1]
            width = len(split_row(head, head))
            columns = width if width == len(split_row(line, head)) else 0
        given[line] += 1


def cut_row(masked: str, plain: str) -> str:
    """Return a line without what is around a row of a table, though code in it is masked by blanks."""
    return masked[len(plain) - len(plain.lstrip("> \t")) : len(plain.rstrip())]


def split_row(row: str, head: str) -> list[str]:
    """Return the cells of a row; its border is none if the head of the table has none."""
    row = re.sub(r"\\[\\|]", "  ", row)
    if "|" in (head[:1], head[-1:]):
        row = row.removeprefix("|").removesuffix("|")
    return row.split("|")
