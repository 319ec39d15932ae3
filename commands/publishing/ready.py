"""What of a new site is still as it came, and would stand in public for ever."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from building.feed_authority import NAME as AUTHORITY
from building.feed_authority import explain_example, is_example
from building.outcome import write_warnings
from building.settings import FILES
from building.site_address import is_public
from catalogue.folder.layout import TEXT_ENDINGS
from catalogue.problems import format_name
from commands.writing.post_files import CommandFault, format_place
from commands.writing.setting_edit import find_setting
from commands.writing.setup_questions import QUESTIONS

ABOUT = "pages/about.md"
# A hash of the words of the page that a copy comes with.
ABOUT_WORDS = "b4d376c5638b8e017d1ec2ac70a3213b2fbb888d12a44dc83ac06d0546830b76"
CONFLICT = re.compile(
    rb"^<{7}(?: [^\r\n]*)?\r?\n(?:.*\n)*?={7}\r?\n(?:.*\n)*?>{7}(?: |\r?$)", re.MULTILINE
)


def check_ready(settings: Mapping[str, Any], root: Path, content: Path, proposal: str) -> None:
    """Raise CommandFault with all that is to be written before a site can be public.

    `proposal` is the authority that it may have, as far as one is known.
    """
    faults = [
        *find_marks(content),
        *find_authority(settings, root, proposal),
        *list_as_it_came(settings, root, content),
    ]
    if faults:
        raise CommandFault("\n".join([*faults, "Nothing was published."]), 1)


def list_as_it_came(settings: Mapping[str, Any], root: Path, content: Path) -> list[str]:
    """Return what is said of a new site's words that are nobody's, and can still be changed afterwards."""
    return [*find_author(settings, root), *find_about(content)]


def warn_as_it_came(settings: Mapping[str, Any], root: Path, content: Path) -> None:
    """Print, of a site that is public, what of its words is nobody's."""
    if is_public(settings["SITEURL"]):
        write_warnings(list_as_it_came(settings, root, content))


def find_marks(content: Path) -> Iterator[str]:
    """Yield what is said of each text in which two versions stand side by side."""
    for path in sorted(content.rglob("*")):
        if path.suffix.lower() in TEXT_ENDINGS and path.is_file():
            data = path.read_bytes()
            if b"<<<<<<<" in data and (match := CONFLICT.search(data)):
                line = data.count(b"\n", 0, match.start()) + 1
                yield (
                    f"{format_place(content, path)}:{line}: two versions stand here, between <<<<<<< "
                    "and >>>>>>>. Keep one of them, and take these lines out; if they are meant to be "
                    "read, begin each with four spaces."
                )


def find_authority(settings: Mapping[str, Any], root: Path, proposal: str) -> Iterator[str]:
    """Yield what is said of an authority that is nobody's."""
    if is_example(str(settings.get(AUTHORITY, ""))):
        yield explain_example(find_place(root, AUTHORITY), proposal)


def find_author(settings: Mapping[str, Any], root: Path) -> Iterator[str]:
    """Yield what is said of an author who is still the one that a copy comes with."""
    shipped = next(each.shipped for each in QUESTIONS if each.setting == "AUTHOR")
    if settings.get("AUTHOR") == shipped:
        yield (
            f"{find_place(root, 'AUTHOR')}: AUTHOR is “{shipped}” still, as it came. Write the name "
            'that you write under: AUTHOR = "Your Name", or type: python3 tasks.py setup'
        )


def find_about(content: Path) -> Iterator[str]:
    """Yield what is said of an about page that is still the one that a copy comes with."""
    path = content / ABOUT
    data = path.read_bytes() if path.is_file() else b""
    if hash_words(data) == ABOUT_WORDS:
        line = data.partition(b"\n\n")[0].count(b"\n") + 3  # the first one below the header
        yield (
            f"{format_place(content, path)}:{line}: this page is as it came, and says nothing of you. Write "
            "in it who you are and what you write about."
        )


def hash_words(data: bytes) -> str:
    """Return a hash of the words of a text, however its lines are broken."""
    return hashlib.sha256(b" ".join(data.split())).hexdigest()


def find_place(root: Path, name: str) -> str:
    """Return the file and the line in which a setting stands."""
    for file in FILES[::-1]:
        path = root / file
        place = find_setting(path.read_bytes(), name) if path.is_file() else None
        if place:
            return f"{format_name(file)}:{place.line}"
    return FILES[0]
