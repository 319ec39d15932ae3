"""Check that every computer can store the names of files, and find copies by their names."""

import re
from collections.abc import Iterable, Iterator, Mapping

from catalogue.folding import compose
from catalogue.problems import Problem, format_name
from catalogue.slugs import DEVICES

MAX_NAME = 150  # bytes of one name; most disks stop at 255, and Windows counts the folders too
MAX_PATH = 240  # bytes below the content folder

# Names of a copy that a program made because two computers changed one file.
CONFLICT = re.compile(r".*(?:conflicted copy|\.sync-conflict-|SFConflict ).*", re.IGNORECASE)
# Names of a copy that a person made: "x copy 2.md", "x - Copy (2).md", "Copy of x.md", "x (1).md".
COPY = re.compile(
    r"(?:copy of )?(?P<name>.+?)(?:(?: -)? copy(?: \d+| \(\d+\))?| ?\(\d+\))?\.md",
    re.IGNORECASE | re.DOTALL,
)

# Control characters, line separators, marks that turn the direction of writing, and bytes that are
# no UTF-8 (Python shows those as lone surrogates).
UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
FORBIDDEN_ON_WINDOWS = re.compile(r'[<>:"|?*\\]')
# Nearly every name: safe everywhere, and neither litter nor secret nor copy. It spares the others.
SAFE_NAME = re.compile(
    r"(?!(?i:(?:con|prn|aux|nul|com\d|lpt\d)\b|id_))[A-Za-z0-9][A-Za-z0-9_-]{0,90}"
    r"\.(?:md|png|jpe?g|gif|webp|avif|pdf|PNG|JPE?G)"
)
# "Mr. Smith" and "Version 2.1" have no ending.
ENDING = re.compile(r"\.(?!\d+$)[A-Za-z0-9]{1,11}")
CONFLICTED = (
    "A program that keeps two computers alike made this copy, because both had changed the file. "
    "Move what is new in it to the other file, then delete this one."
)

LIKE_A_COPY = "This looks like a copy of"


def group_file_names(names: Iterable[str]) -> dict[str, str]:
    """Return the first name of each form that Windows or macOS compare, by that form, in one folder."""
    grouped: dict[str, str] = {}
    for name in names:
        grouped.setdefault(fold_file_name(name), name)
    return grouped


def check_file_names(
    folder: str, present: Iterable[str], names: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield what is wrong with the names in one folder: each for itself, and each against the others."""
    room = MAX_PATH - len(folder.encode("utf-8", "surrogatepass"))
    for name in present:
        path = compose(f"{folder}/{name}" if folder else name)
        alike = names[fold_file_name(name)]
        if alike != name:
            yield Problem(path, 0, "error", explain_alike_names(name, alike))
        if SAFE_NAME.fullmatch(name) and len(name) < room:
            continue
        if text := explain_name_fault(name, path, names):
            yield Problem(path, 0, "error", text)
        if name.endswith(".md"):
            yield from check_copy(name, path, names)


def fold_file_name(name: str) -> str:
    """Return one form of all names that Windows or macOS take for the same: case and accents."""
    if name.isascii():
        return name.lower()
    return compose(compose(name).casefold())


def explain_alike_names(name: str, alike: str) -> str:
    """Return a sentence on two names that are one on some computers."""
    if compose(name) == compose(alike):
        return (
            f'Two files here are called "{format_name(compose(name))}", and differ only in the way an '
            "accent is stored; Windows and macOS keep just one of them. Rename one."
        )
    return (
        f'"{format_name(name)}" and "{format_name(alike)}" differ only in capital letters, and Windows '
        "and macOS keep just one of them. Rename one."
    )


def explain_name_fault(name: str, path: str, names: Mapping[str, str]) -> str:
    """Return why some computer could not store a name, with a better one; empty if all can."""
    if seen := find_name_fault(name):
        return f'{seen} Rename it, for example to "{suggest_name(name, name, names)}".'
    if len(path.encode("utf-8", "surrogatepass")) > MAX_PATH:
        return (
            "The name and those of its folders together are too long for some computers. Shorten "
            "them, or move the file further up."
        )
    return ""


def find_name_fault(name: str) -> str:
    """Return the first thing in a name that some computer cannot store; empty if there is none."""
    if UNPRINTABLE.search(name):
        return "The name has an invisible character in it, such as a line end or a broken letter."
    if bad := FORBIDDEN_ON_WINDOWS.search(name):
        return f"Windows cannot store a name with {bad[0]} in it."
    if name.endswith((".", " ")):
        return "Windows cannot store a name that ends in a dot or a space."
    if DEVICES.fullmatch(name):
        return "Windows keeps this name for itself."
    if name.startswith("-"):
        return "Programs mistake a name that begins with a hyphen for an instruction."
    if len(name.encode("utf-8")) > MAX_NAME:
        return "The name is too long for some computers."
    return ""


def split_name(name: str) -> tuple[str, str]:
    """Return a name without its ending, and the ending with its dot, or nothing."""
    stem, dot, ending = name.rpartition(".")
    if stem and ENDING.fullmatch(dot + ending):
        return stem, dot + ending
    return name, ""


def suggest_name(wanted: str, own: str, names: Mapping[str, str]) -> str:
    """Return a name like the one wanted that every computer can store and no file but `own` has."""
    stem, ending = split_name(wanted)
    lines = [line for line in stem.splitlines() if line.strip(" .-")]
    stem = FORBIDDEN_ON_WINDOWS.sub("-", UNPRINTABLE.sub("", lines[0] if lines else ""))
    stem = compose(stem).encode()[:60].decode("utf-8", "ignore")
    stem = stem.strip(" .-") or "untitled"
    if DEVICES.fullmatch(stem):
        stem = f"my-{stem}"
    number, free = 1, stem + ending
    while names.get(fold_file_name(free), own) != own:
        number += 1
        free = f"{stem}-{number}{ending}"
    return free


def is_copy_name(path: str) -> bool:
    """Return whether a text's name looks like that of a copy which a program or a person made."""
    name = path.rpartition("/")[2]
    copy = COPY.fullmatch(name)
    return CONFLICT.fullmatch(name) is not None or bool(copy and copy["name"] + ".md" != name)


def check_copy(name: str, path: str, names: Mapping[str, str]) -> Iterator[Problem]:
    """Yield an error for a copy that a program or a person made of a text beside it."""
    if CONFLICT.fullmatch(name):
        yield Problem(path, 0, "error", CONFLICTED)
        return
    copy = COPY.fullmatch(name)
    original = copy["name"] + ".md" if copy else name
    if original != name and fold_file_name(original) in names:
        text = f'{LIKE_A_COPY} "{format_name(original)}". '
        text += "Delete it if it is one, or give it a name of its own."
        yield Problem(path, 0, "warning", text)
