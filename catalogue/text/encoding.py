"""Decode a file as text, or explain which line was saved wrongly and how to save it right."""

import re

from catalogue.problems import Problem

LONGEST_LINE = 20_000
MOST_REPORTED = 5

# Beginnings of files that are no plain text, whatever their name says.
MAGIC = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PK\x03\x04", "a Word or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text file"),
)
BEGINNINGS = tuple(magic for magic, _ in MAGIC)
# Control characters (C0 but tab, DEL, C1), noncharacters, and marks that turn the direction of text.
FORBIDDEN_CHARACTERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
    )
    + "]"
)
PLAIN = bytes(range(0x20, 0x7F)) + b"\t\n"  # of ASCII, what can be printed, and blanks
# Signs without a width, which are left out wherever names and keys are compared.
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
SAVE_AGAIN = "Save the file again as plain text in UTF-8."


def decode_text(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Return a file's bytes decoded as UTF-8, all line ends made alike; a byte-order mark is ignored.

    With an error among the problems the text is empty.
    """
    start = data.lstrip()
    if start.startswith(BEGINNINGS):
        kind = next(kind for magic, kind in MAGIC if start.startswith(magic))
        text = f"This is {kind} with the name of a text. Copy the words into a plain text file in UTF-8."
        return "", [Problem(path, 1, "error", text)]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data.count(0) > len(data) // 4:
        return "", [Problem(path, 1, "error", f"The file is saved as UTF-16. {SAVE_AGAIN}")]
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    while data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return "", check_bytes(data, path)
    problems = check_characters(text, path)
    return ("" if problems else text), problems


def check_bytes(data: bytes, path: str) -> list[Problem]:
    """Return a problem for each line with bytes that are not UTF-8, and what they probably were."""
    problems = []
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            was = line[error.start : error.start + 1].decode("cp1252", "replace")
            seen = f" (perhaps “{was}”)" if was.isprintable() and was != "\ufffd" else ""
            column = len(line[: error.start].decode("utf-8")) + 1
            text = f"Character {column} is saved in an old encoding{seen}. {SAVE_AGAIN}"
            problems.append(Problem(path, number, "error", text))
    return problems[:MOST_REPORTED]


def is_plain(text: str) -> bool:
    """Return whether each character of a text can be printed, or is a tab or a line end.

    What is forbidden cannot be printed: so that is found out far sooner.
    """
    if text.isascii():
        return not text.encode("ascii").translate(None, PLAIN)
    return text.replace("\n", "").replace("\t", "").isprintable()


def check_characters(text: str, path: str) -> list[Problem]:
    """Return the characters that no reader can see, and the lines that no person writes so long."""
    problems = []
    for match in () if is_plain(text) else FORBIDDEN_CHARACTERS.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        problems.append(
            Problem(
                path,
                line,
                "error",
                f"Character {column} of the line is invisible (U+{ord(match[0]):04X}) "
                "and would break the page. Delete it, or type the line again.",
            )
        )
        if len(problems) == MOST_REPORTED:
            break
    if len(text) > LONGEST_LINE:
        for number, words in enumerate(text.split("\n"), 1):
            if len(words) > LONGEST_LINE:
                seen = f"The line has {len(words):,} characters"
                remedy = f"Break it into paragraphs of at most {LONGEST_LINE:,}."
                problems.append(Problem(path, number, "error", f"{seen}. {remedy}"))
    return problems
