"""Read the domain that an author gives the site: the file CNAME of `extra`, as GitHub Pages reads it.

It is one line with the name of a host (RFC 1123, section 2.1), and nothing else: no `https://`, no path,
no capitals, no second line (https://docs.github.com/pages/configuring-a-custom-domain-for-your-github-pages-site).
A name with other letters than these of English stands there as browsers ask for it (RFC 5891, A-labels).
"""

import re
import unicodedata
from pathlib import Path

from catalogue.problems import shorten

DOMAIN_FILE = "extra/CNAME"
MOST_BYTES = 4096
# Characters of a whole name and of a part (RFC 1035, section 2.3.4).
MOST_LENGTH, MOST_LABEL = 253, 63
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
MARK = "\ufeff"
GITHUB = "github.io"
EXAMPLE = "books.example.org"

# What is looked for in a line, and what it is called; the first that is found counts.
EXTRAS = (
    (r"//", "begins as an address does"),
    (r"[/?#\\]", "goes on after the domain"),
    (r":", "has a colon"),
    (r"\s", "has a blank beside it"),
    (r"\.\Z", "ends with a dot"),
    (r"[A-Z]", "has capital letters"),
)
OTHER_LETTERS = "has letters that names of hosts do not have"


def read_domain(content: Path) -> str:
    """Return the domain that a content folder gives the site; empty if it gives none, or a wrong one."""
    path = content / DOMAIN_FILE
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES)
    except OSError:
        return ""
    return "" if find_faults(data) else data.decode().strip()


def find_faults(data: bytes) -> list[tuple[int, str]]:
    """Return what is wrong with the bytes of the file, each with its line and what to write instead."""
    text = data.decode("utf-8", "replace")
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if is_seen(line)]
    if not lines:
        return [
            (1, f"There is no domain here. Write yours, such as {EXAMPLE}, or delete this file.")
        ]
    number, line = lines[0]
    if len(lines) > 1:
        return [
            (
                lines[1][0],
                "This is a second line, and the site has one domain. Keep the domain that readers are to "
                "see, and delete the rest: GitHub leads www. and the name without it to each other.",
            )
        ]
    return [(number, fault) for fault in find_line_faults(line, text)]


def is_seen(line: str) -> bool:
    """Return whether a line has anything but blanks and the mark of an encoding."""
    return bool(line.strip().strip(MARK))


def find_line_faults(line: str, text: str) -> list[str]:
    """Return what is wrong with the one line that is written, of the whole text of the file."""
    seen = shorten(line.strip(MARK).strip())
    right = suggest_domain(line)
    if not right:
        return [
            f"“{seen}” is no domain. Write the name of your host and nothing else, such as {EXAMPLE}"
        ]
    if right == GITHUB or right.endswith(f".{GITHUB}"):
        return [
            f"“{seen}” is GitHub's own address, which the site has without this file. Delete the file, or "
            f"write a domain of yours, such as {EXAMPLE}"
        ]
    plain = line.strip(MARK)
    if plain != right:
        what = next((told for pattern, told in EXTRAS if re.search(pattern, plain)), OTHER_LETTERS)
        return [f"“{seen}” {what}, and only the domain belongs here. Write: {right}"]
    if text not in (right, f"{right}\n"):
        return [
            "Something that cannot be seen stands beside the domain: an empty line, the end of a line as "
            "on Windows, or a mark of the encoding. Delete all that is in this file, also the end of the "
            f"line, and write: {right}"
        ]
    return []


def suggest_domain(line: str) -> str:
    """Return the domain that somebody means by a line; empty if it names none."""
    text = SCHEME.sub("", line.strip(MARK).strip(), count=1)
    host = re.split(r"[/?#\\\s]", text, maxsplit=1)[0].rpartition("@")[2]
    host = re.sub(r":[0-9]*\Z", "", host).removesuffix(".").lower()
    labels = [format_label(label) for label in host.split(".")]
    name = ".".join(labels)
    is_name = len(labels) > 1 and all(
        len(label) <= MOST_LABEL and LABEL.fullmatch(label) for label in labels
    )
    # What ends in a number is an address of the network (RFC 1123, section 2.1).
    return name if is_name and len(name) <= MOST_LENGTH and not labels[-1].isdigit() else ""


def format_label(label: str) -> str:
    """Return a part of a name as it is asked for: with other letters as an A-label (RFC 3492)."""
    if label.isascii() or not label.isprintable():
        return label
    try:
        return f"xn--{unicodedata.normalize('NFC', label).encode('punycode').decode('ascii')}"
    except UnicodeError:
        return label
