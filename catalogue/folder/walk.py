r"""Walk the author's folder once and tell what each file in it is, or why it cannot stay as it is.

Reads: names, kinds and sizes of everything in the content folder; opens no file, follows no link.
Adds: a list of files by kind, and the problems of those that nothing may read.
Writes: nothing.

The layout: posts/, pages/ (Markdown at any depth), topics/ (no folders), comments/<post-slug>/,
images/, extra/ (copied to the root as it is, but for what pictures tell). Only litter of systems and
editors is passed over in silence. Names must be such that Windows, macOS and Linux can all check them
out.
"""

import math
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from catalogue.problems import Problem, format_name
from catalogue.slugs import DEVICES

KB = 1024
MB = 1024**2
TEXT_BYTES = 1 * MB
LONG_TEXT_BYTES = 200 * KB
LARGE_BYTES = 25 * MB
MAX_BYTES = 100 * MB  # GitHub refuses a file above this
MAX_NAME = 150  # bytes of one name; most disks stop at 255, and Windows counts the folders too
MAX_PATH = 240  # bytes below the content folder

TEXT_SECTIONS = {"posts": "post", "pages": "page", "topics": "topic", "comments": "comment"}
SECTIONS = (*TEXT_SECTIONS, "images", "extra")
# What other generators and other habits call these folders.
HABITS = {
    "_posts": "posts",
    "article": "posts",
    "articles": "posts",
    "blog": "posts",
    "post": "posts",
    "page": "pages",
    "tag": "topics",
    "tags": "topics",
    "topic": "topics",
    "comment": "comments",
    "assets": "images",
    "attachments": "images",
    "files": "images",
    "image": "images",
    "img": "images",
    "media": "images",
    "photos": "images",
    "pictures": "images",
    "static": "images",
    "uploads": "images",
    "root": "extra",
}
DRAFTS = ("drafts", "_drafts", "draft")

# Every picture, also those that catalogue.pictures.images refuses, so that it can say what to do with them.
IMAGES = {
    ".ai", ".apng", ".avif", ".bmp", ".cr2", ".dng", ".eps", ".gif", ".heic", ".heif", ".ico",
    ".jfif", ".jpe", ".jpeg", ".jpg", ".jxl", ".nef", ".png", ".psd", ".raw", ".svg", ".svgz",
    ".tif", ".tiff", ".webp", ".xcf"
}  # fmt: skip
ATTACHMENTS = {
    ".bib", ".csv", ".docx", ".epub", ".ics", ".json", ".m4a", ".mp3", ".mp4", ".odp", ".ods",
    ".odt", ".ogg", ".pdf", ".pptx", ".ris", ".srt", ".tsv", ".txt", ".vtt", ".wav", ".webm",
    ".xlsx", ".zip"
}  # fmt: skip
# Plain text that only needs another ending, and documents whose text must be taken out first.
PLAIN = {
    ".markdown", ".md", ".mdown", ".mdtext", ".mdtxt", ".mdwn", ".mkd", ".mkdn", ".text",
    ".txt"
}  # fmt: skip
WRITTEN = {
    ".adoc", ".asciidoc", ".doc", ".docx", ".gdoc", ".htm", ".html", ".odt", ".org", ".pages",
    ".rst", ".rtf", ".rtfd", ".tex", ".textbundle", ".textile", ".wpd", ".xhtml"
}  # fmt: skip

SYSTEM_LITTER = r"""
      \.DS_Store | \.localized | \.apdisk | \._.* | \.AppleDouble | \.fseventsd | Icon\r
    | \.Spotlight-V100 | \.TemporaryItems | \.Trash.* | \.trash | __MACOSX          # macOS
    | (?:eh)?thumbs(?:_vista)?\.db | desktop\.ini | \$RECYCLE\.BIN
    | System\ Volume\ Information                                                   # Windows
    | \.directory | \.fuse_hidden.* | \.nfs[0-9a-f]+ | \.goutputstream-.*           # Linux
    """
LITTER = re.compile(
    SYSTEM_LITTER
    + r"""
    | \.git.* | \.obsidian | \.vscode | \.idea | \.editorconfig | .*\.code-workspace
    | .*~ | ~\$.* | \.~lock\..*\# | \.\#.* | \#.*\# | .*\.sw[a-p] | .*\.(?:bak\d*|orig|tmp)
    | \.dropbox.* | \.st(?:folder|versions|ignore) | \.sync | [.~]syncthing[.~].*
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
SECRET = re.compile(
    r"""
      \.env(?:\..*)? | .*\.env | id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?(?:\.(?!md$).*)?
    | .*\.(?:pem|key|ppk|p12|pfx|jks|keystore|kdbx?|ovpn)
    | \.htpasswd | [._]netrc | \.pgpass | \.npmrc | \.pypirc | \.git-credentials
    | \.ssh | \.aws | \.gnupg | \.docker | authorized_keys | known_hosts
    | credentials\.json | client_secret.*\.json | service.account.*\.json
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
# Names of a copy that a program made because two computers changed one file.
CONFLICT = re.compile(r".*(?:conflicted copy|\.sync-conflict-|SFConflict ).*", re.IGNORECASE)
# Names of a copy that a person made: "x copy 2.md", "x - Copy (2).md", "Copy of x.md", "x (1).md".
COPY = re.compile(
    r"(?:copy of )?(?P<name>.+?)(?:(?: -)? copy(?: \d+| \(\d+\))?| ?\(\d+\))?\.md",
    re.IGNORECASE | re.DOTALL,
)

# Control characters, line separators, marks that turn the direction of writing, and bytes that are
# no UTF-8 (Python shows those as lone surrogates).
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
FORBIDDEN = re.compile(r'[<>:"|?*\\]')
# Nearly every name: safe everywhere, and neither litter nor secret nor copy. It spares the others.
ORDINARY = re.compile(
    r"(?!(?i:(?:con|prn|aux|nul|com\d|lpt\d)\b|id_))[A-Za-z0-9][A-Za-z0-9_-]{0,90}"
    r"\.(?:md|png|jpe?g|gif|webp|avif|pdf|PNG|JPE?G)"
)
# "Mr. Smith" and "Version 2.1" have no ending.
ENDING = re.compile(r"\.(?!\d+$)[A-Za-z0-9]{1,11}")
JUNCTION = 0xA0000003  # the mark of a folder that Windows keeps elsewhere (a reparse point's tag)

LINK = (
    "This is a link to another place on the computer (a symlink), and only what lies in the "
    "content folder itself is published. Put a copy of the file or folder here instead, or delete "
    "the link."
)
NO_ACCESS = (
    "cannot be read by your account. Allow it in the properties, under permissions, or move it out "
    "of the content folder."
)
KEY = (
    "The name says that this holds a password or a secret key, and what lies here can end up in "
    "public. Move it out of the content folder."
)
CONFLICTED = (
    "A program that keeps two computers alike made this copy, because both had changed the file. "
    "Move what is new in it to the other file, then delete this one."
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the author's that may be read: what it is, its size in bytes and its time."""

    path: str  # relative to the content folder, with forward slashes
    kind: str  # "post", "page", "topic", "comment", "image", "attachment" or "extra"
    size: int
    mtime_ns: int
    stamp: str = ""  # tells one state of the file from another: size, times, inode
    changed_ns: int = 0  # the latest of its times


Listing = tuple[list[SourceFile], list[Problem]]


def list_files(content: Path) -> Listing:
    """List every file of the content folder, in order of path, and what is wrong with any of them.

    A file that must not be opened or cannot be used is a problem and not in the list; one that only
    has a bad name is in both, if the name is text. Raises nothing: what the disk refuses is a
    problem too.
    """
    files: list[SourceFile] = []
    problems = check_root(content)
    folders = [] if problems else [""]
    while folders:
        folder = folders.pop()
        try:
            entries = read_folder(content, folder)
        except OSError:
            problems.append(Problem(folder, 0, "error", f"This folder {NO_ACCESS}"))
            continue
        names = group_names(entry.name for entry in entries)
        problems += check_names(folder, [entry.name for entry in entries], names)
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            found, below, more = read_entry(entry, path, names)
            files += found
            folders += below
            problems += more
    return sorted(files, key=attrgetter("path")), sorted(problems)


def check_root(content: Path) -> list[Problem]:
    """Check that the content folder is there, with a folder for posts in it."""
    if not os.path.isdir(content):
        seen = "This is a file" if os.path.exists(content) else "There is no such folder"
        text = (
            f"{seen}; the content folder belongs here. Type the command in the folder of your "
            "site, or name the right folder after --content."
        )
    elif os.path.lexists(content / "posts"):
        return []
    else:
        text = explain_no_posts(content)
    return [Problem("", 0, "error", text)]


def explain_no_posts(content: Path) -> str:
    """Say what to do when there is no folder for posts, from the folders that there are."""
    try:
        names = sorted(entry.name for entry in os.scandir(content) if entry.is_dir())
    except OSError:
        return f"This folder {NO_ACCESS}"
    other = next((name for name in names if HABITS.get(name.lower(), name.lower()) == "posts"), "")
    remedy = f'Rename the folder "{other}" to "posts".' if other else 'Make a folder named "posts".'
    return f"Posts lie in a folder named posts, and none is here. {remedy}"


def read_folder(content: Path, folder: str) -> list[os.DirEntry[str]]:
    """Read what lies in a folder, without the litter of systems and editors, in order of name."""
    with os.scandir(content / folder) as entries:
        kept = [
            entry
            for entry in entries
            if ORDINARY.fullmatch(entry.name) or not LITTER.fullmatch(entry.name)
        ]
    return sorted(kept, key=attrgetter("name"))


def read_entry(
    entry: os.DirEntry[str], path: str, names: Mapping[str, str]
) -> tuple[list[SourceFile], list[str], list[Problem]]:
    """Tell what one name in a folder is: files to read, folders to walk, problems.

    `names` are all names in its folder, as group_names makes them.
    """
    if UNSEEN.search(entry.name):  # check_names has said so
        return [], [], []
    try:
        if ORDINARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
            return read_file(entry, path, names)
        text = check_entry(entry, path)
        if text:
            return [], [], [Problem(path, 0, "error", text)]
        if entry.is_dir(follow_symlinks=False):
            text = check_folder(path)
            if not text:
                return [], [path], []
            is_empty = "/" not in path and not read_folder(Path(entry.path), "")
            return [], [], [] if is_empty else [Problem(path, 0, "error", text)]
        return read_file(entry, path, names)
    except FileNotFoundError:  # deleted since its folder was read
        return [], [], []
    except OSError:
        return [], [], [Problem(path, 0, "error", f"This {NO_ACCESS}")]


def read_file(
    entry: os.DirEntry[str], path: str, names: Mapping[str, str]
) -> tuple[list[SourceFile], list[str], list[Problem]]:
    """Tell what one ordinary file is, from its path and its size."""
    kind = select_kind(path)
    if not kind:
        if path.lower() == "readme.md":
            return [], [], []
        return [], [], [Problem(path, 0, "error", explain_place(path, names))]
    status = entry.stat(follow_symlinks=False)
    # What everybody may read need not be asked for; on Windows the bits say nothing.
    if status.st_mode & 0o444 != 0o444 and not is_readable(entry.path):
        return [], [], [Problem(path, 0, "error", f"This file {NO_ACCESS}")]
    level, text = check_size(kind, status.st_size)
    problems = [Problem(path, 0, level, text)] if text else []
    if level == "error":
        return [], [], problems
    times = (status.st_mtime_ns, status.st_ctime_ns)
    stamp = f"{status.st_size} {times[0]} {times[1]} {status.st_ino}"
    source = SourceFile(path, kind, status.st_size, times[0], stamp, max(times))
    return [source], [], problems


def is_readable(path: str) -> bool:
    """Ask whether this run may read a file; of its two accounts, the one in force is asked for."""
    effective = os.access in os.supports_effective_ids
    return os.access(path, os.R_OK, effective_ids=effective)


def check_entry(entry: os.DirEntry[str], path: str) -> str:
    """Say why nothing of this name may be opened; an empty text for ordinary files and folders."""
    name = entry.name
    if SECRET.fullmatch(name):
        talk = (
            " If it is a Keynote talk, export it as PDF." if name.lower().endswith(".key") else ""
        )
        return KEY + talk
    if name.startswith(".") and path not in ("extra/.nojekyll", "extra/.well-known"):
        return explain_hidden(name, path)
    if entry.is_symlink():
        return LINK
    if entry.is_file(follow_symlinks=False):
        return ""
    status = entry.stat(follow_symlinks=False)
    if getattr(status, "st_reparse_tag", 0) == JUNCTION:
        return LINK
    if stat.S_ISDIR(status.st_mode):
        return ""
    seen = "a pipe between programs" if stat.S_ISFIFO(status.st_mode) else "a device or a socket"
    return f"This is {seen}, not a file. Delete it."


def explain_hidden(name: str, path: str) -> str:
    """Say what to do with a name that begins with a dot."""
    if path in (".nojekyll", ".well-known"):
        return f"This belongs to the root of the site. Move it to extra/{name}."
    return (
        "A name that begins with a dot is hidden, and nothing hidden is published. Rename it "
        "without the dot, or delete it."
    )


def check_folder(path: str) -> str:
    """Say why nothing below this folder is read; an empty text when it is."""
    section = path.partition("/")[0]
    if section not in SECTIONS:
        return explain_folder(path)
    if len(path.encode("utf-8", "surrogatepass")) > MAX_PATH:
        return "This folder lies too deep for some computers. Move it further up."
    stem, ending = split_name(path.rpartition("/")[2])
    if section != "extra" and ending.lower() in PLAIN:
        return (
            f"This is a folder, but its name ends in {ending} like a text's. Rename it to "
            f'"{format_name(stem)}".'
        )
    if section != "extra" and ending.lower() in WRITTEN:
        return (
            f"This is a document that is kept as a folder ({ending}), which no reader can open. "
            "Copy its text into a new file that ends in .md, or export it as PDF."
        )
    return ""


def explain_folder(name: str) -> str:
    """Say where the contents of a folder belong that the site does not know."""
    lower = name.lower()
    if lower in SECTIONS:
        return f'Nothing in this folder is published. Rename it to "{lower}".'
    if lower in DRAFTS:
        return (
            "Nothing in this folder is published. Move drafts to posts, each with the line "
            '"Status: draft" on top.'
        )
    if lower in HABITS:
        return f"Nothing in this folder is published. Move what is in it to {HABITS[lower]}."
    return (
        "Nothing in this folder is published. Move what is in it to posts, pages, topics, images "
        "or extra, or move the folder out of the content folder."
    )


def select_kind(path: str) -> str:
    """Tell the kind of a file by its place and the ending of its name; empty when it has none."""
    section, *folders, name = path.split("/") if "/" in path else ("", path)
    if section in ("", "extra"):
        return section
    ending = split_name(name)[1]
    if ending == ".md":
        fits = {"topics": not folders, "comments": len(folders) == 1, "images": False}
        return TEXT_SECTIONS[section] if fits.get(section, True) else ""
    lower = ending.lower()
    if lower in IMAGES:
        return "image"
    is_text = section in TEXT_SECTIONS and lower in PLAIN | WRITTEN
    return "attachment" if lower in ATTACHMENTS and not is_text else ""


def split_name(name: str) -> tuple[str, str]:
    """Split a name into what comes before its ending, and the ending with its dot or nothing."""
    stem, dot, ending = name.rpartition(".")
    if stem and ENDING.fullmatch(dot + ending):
        return stem, dot + ending
    return name, ""


def explain_place(path: str, names: Mapping[str, str]) -> str:
    """Say why a file has no use where it lies, and what to do; `names` are those around it."""
    section, *folders, name = path.split("/") if "/" in path else ("", path)
    stem, ending = split_name(name)
    lower = ending.lower()
    if not section:
        return explain_stray(name)
    if ending == ".md":
        return explain_text(section, folders, format_name(name))
    if section in TEXT_SECTIONS and (not ending or lower in PLAIN):
        return explain_ending(TEXT_SECTIONS[section], name, names)
    if section in TEXT_SECTIONS and lower in WRITTEN:
        better = suggest_name(stem + ".md", name, names)
        handout = " To hand it out as it is, move it to images." if lower in ATTACHMENTS else ""
        return (
            f"A file that ends in {ending} is not read as a {TEXT_SECTIONS[section]}. Copy its "
            f'text into a new file named "{better}" and take this one away.{handout}'
        )
    if lower in PLAIN:
        return explain_text(section, folders, suggest_name(stem + ".md", name, names))
    seen = f"ends in {ending}" if ending else "has no ending"
    return (
        f"A file whose name {seen} is not published. Give it the right ending, put it into a ZIP "
        "file, move it to extra to have it copied as it is, or delete it."
    )


def explain_ending(noun: str, name: str, names: Mapping[str, str]) -> str:
    """Say what a text is to be called so that it is read."""
    stem, ending = split_name(name)
    seen = f"ends in {ending}" if ending else "has no ending"
    better = suggest_name(stem.removesuffix(".md") + ".md", name, names)
    show = (
        " (Windows shows the whole name after View, File name extensions.)"
        if stem.endswith(".md")
        else ""
    )
    return f'This is not read as a {noun}, because its name {seen}. Rename it to "{better}".{show}'


def explain_text(section: str, folders: list[str], name: str) -> str:
    """Say where a Markdown file belongs that lies in the wrong folder."""
    if section == "topics":
        return f"Topics lie in topics itself, in no folder below. Move it to topics/{name}."
    if section == "comments":
        post = format_name(folders[0]) if folders else "the-slug-of-the-post"
        return f"Comments lie in one folder for each post. Move it to comments/{post}/{name}."
    return f"Texts in {section} are not published. Move it to posts/{name} or pages/{name}."


def explain_stray(name: str) -> str:
    """Say where a file belongs that lies in the content folder itself."""
    ending = split_name(name)[1].lower()
    shown = format_name(name)
    if name.lower() in SECTIONS:
        return (
            f'This is a file, but {shown} must be a folder. Rename it and make a folder "{shown}".'
        )
    if name.lower() in ("cname", "robots.txt", "favicon.ico") or ending in (".html", ".xml"):
        return f"Files for the root of the site lie in extra. Move it to extra/{shown}."
    if ending in IMAGES or ending in ATTACHMENTS - PLAIN - WRITTEN:
        return f"Pictures and files to hand out lie in images. Move it to images/{shown}."
    better = suggest_name(split_name(name)[0].removesuffix(".md") + ".md", name, {})
    if not ending or ending in PLAIN:
        return f"Posts lie in posts, pages in pages. Move it to posts/{better} or pages/{better}."
    if ending in WRITTEN:
        return (
            f"Texts lie in posts and pages, as files that end in .md. Copy its text into a new "
            f"file posts/{better} and take this one away."
        )
    return "Nothing of this kind is published. Move it to extra to have it copied, or delete it."


def check_size(kind: str, size: int) -> tuple[str, str]:
    """Hold a file's size in bytes against the limits of its kind: level and text, or nothing."""
    if kind in TEXT_SECTIONS.values():
        if size > TEXT_BYTES:
            return "error", (
                f"This {kind} has {format_size(size)}; 1 MB is the most, more words than a novel. "
                "Split it, and keep pictures as files in images."
            )
        if size > LONG_TEXT_BYTES:
            seen = f"This {kind} has {format_size(size)}, as much as a book."
            return "warning", f"{seen} Think of splitting it."
        return "", ""
    if kind == "image":  # catalogue.pictures.images has a limit of its own
        return "", ""
    return check_download(kind, size)


def check_download(kind: str, size: int) -> tuple[str, str]:
    """Hold the size of a file that readers download against what GitHub and readers can take."""
    if size > MAX_BYTES:
        return "error", (
            f"This file has {format_size(size)}, and GitHub takes none above 100 MB. Make it "
            "smaller, or put it on a site for large files and link to it."
        )
    if size > LARGE_BYTES:
        return "warning", f"This file has {format_size(size)}: readers will wait. Make it smaller."
    if not size and kind == "attachment":
        return "warning", "This file is empty. Copy it here again from the original."
    return "", ""


def format_size(size: int) -> str:
    """Write a number of bytes as KB or MB, rounded up, so that above a limit looks above it."""
    if size < MB:
        return f"{math.ceil(size / KB):,} KB"
    return f"{math.ceil(size / MB * 10) / 10:,.1f} MB"


def group_names(names: Iterable[str]) -> dict[str, str]:
    """Map the form that Windows or macOS compare to the first name of that form in one folder."""
    grouped: dict[str, str] = {}
    for name in names:
        grouped.setdefault(fold_name(name), name)
    return grouped


def check_names(folder: str, present: Iterable[str], names: Mapping[str, str]) -> Iterator[Problem]:
    """Check all names present in one folder: each for itself, and each against the others."""
    room = MAX_PATH - len(folder.encode("utf-8", "surrogatepass"))
    for name in present:
        path = f"{folder}/{name}" if folder else name
        alike = names[fold_name(name)]
        if alike != name:
            yield Problem(path, 0, "error", explain_twin(name, alike))
        if ORDINARY.fullmatch(name) and len(name) < room:
            continue
        if text := check_name(name, path, names):
            yield Problem(path, 0, "error", text)
        if name.endswith(".md"):
            yield from check_copy(name, path, names)


def fold_name(name: str) -> str:
    """Bring names to one form that Windows or macOS take for the same: case and accents."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def explain_twin(name: str, alike: str) -> str:
    """Say that two names are one on some computers."""
    same = unicodedata.normalize("NFC", name) == unicodedata.normalize("NFC", alike)
    seen = "the way an accent is stored" if same else "capital letters"
    return (
        f'"{format_name(name)}" and "{format_name(alike)}" differ only in {seen}, and Windows and '
        "macOS keep just one of them. Rename one."
    )


def check_name(name: str, path: str, names: Mapping[str, str]) -> str:
    """Say why some computer could not store a name, with a better one; an empty text if all can."""
    if seen := find_fault(name):
        return f'{seen} Rename it, for example to "{suggest_name(name, name, names)}".'
    if len(path.encode("utf-8", "surrogatepass")) > MAX_PATH:
        return (
            "The name and those of its folders together are too long for some computers. Shorten "
            "them, or move the file further up."
        )
    return ""


def find_fault(name: str) -> str:
    """Name the first thing in a name that some computer cannot store."""
    if UNSEEN.search(name):
        return "The name has an invisible character in it, such as a line end or a broken letter."
    if bad := FORBIDDEN.search(name):
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


def suggest_name(wanted: str, own: str, names: Mapping[str, str]) -> str:
    """Make a name like the one wanted that every computer can store and no file but `own` has."""
    stem, ending = split_name(wanted)
    lines = [line for line in stem.splitlines() if line.strip(" .-")]
    stem = FORBIDDEN.sub("-", UNSEEN.sub("", lines[0] if lines else ""))
    stem = unicodedata.normalize("NFC", stem).encode()[:60].decode("utf-8", "ignore")
    stem = stem.strip(" .-") or "untitled"
    if DEVICES.fullmatch(stem):
        stem = f"my-{stem}"
    number, free = 1, stem + ending
    while names.get(fold_name(free), own) != own:
        number += 1
        free = f"{stem}-{number}{ending}"
    return free


def check_copy(name: str, path: str, names: Mapping[str, str]) -> Iterator[Problem]:
    """Find copies that a program or a person made of a text beside it."""
    if CONFLICT.fullmatch(name):
        yield Problem(path, 0, "error", CONFLICTED)
        return
    copy = COPY.fullmatch(name)
    original = copy["name"] + ".md" if copy else name
    if original != name and fold_name(original) in names:
        text = f'This looks like a copy of "{format_name(original)}". '
        text += "Delete it if it is one, or give it a name of its own."
        yield Problem(path, 0, "warning", text)
