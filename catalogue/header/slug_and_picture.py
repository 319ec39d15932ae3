"""Set what needs a second look at a header: the slug of the text's address, and the picture's path."""

import posixpath
import re

from catalogue.addresses import FOLDERS, fold_address, format_address, is_reserved
from catalogue.problems import Problem
from catalogue.records import Record
from catalogue.slugs import check_slug
from catalogue.text.links import ELSEWHERE, Link, Unresolved, resolve, show
from catalogue.text.web_addresses import NETWORK

DRIVE = re.compile(r"[A-Za-z]:[\\/]|file:")
# A picture as it is written in a text, of Obsidian's and of Markdown's, and a path in angle brackets.
IN_TEXT = re.compile(
    r"""!?\[\[\s*(?P<name>[^|\[\]]+?)\s*(?:\|[^\[\]]*)?\]\]
    | !?\[(?P<words>[^\[\]]*)\]\(\s*<?(?P<path>[^()<>"]+?)>?(?:\s+"[^"]*")?\s*\)
    | <(?P<between>[^<>]+)>""",
    re.VERBOSE,
)
OLD_FOLDERS = {"page": "pages/"}  # of the addresses that Pelican gives


def set_slug(record: Record) -> None:
    """Set the slug from the header, if it has one, and check it."""
    lower_slugs(record)
    given = record.values.get("Slug", "")
    record.slug = given or record.slug
    if record.kind == "comment" or (record.line("Slug") != 1 and not given):
        return
    wrong = check_slug(record.slug) if record.slug else "no letters from a to z and no digits"
    if is_reserved(record.kind, record.slug):
        wrong = f"“{record.slug}” is a name that the site itself uses"
    if wrong and given:
        text = f"{wrong.rstrip('.')}. Write another Slug, of small letters, digits and hyphens."
        record.problems.append(Problem(record.path, record.line("Slug"), "error", text))
    elif wrong:
        remedy = "Rename the file, or add a line to its header: Slug: a-few-words"
        text = f"No address can be made of the file's name ({wrong.rstrip('.')}). {remedy}"
        record.problems.append(Problem(record.path, 0, "error", text))
    elif record.kind in FOLDERS:
        drop_own_alias(record)


def drop_own_alias(record: Record) -> None:
    """Take out an old address that is the text's own: a permalink of another program may be kept so."""
    own = fold_address(format_address(record))
    if aliases := record.values.get("Aliases"):
        record.values["Aliases"] = [alias for alias in aliases if fold_address(alias) != own]


def lower_slugs(record: Record) -> None:
    """Set slugs that have capitals in small letters, and the address with these as one that leads here.

    It is the address that Pelican gives such a text by itself (`ARTICLE_URL`, `PAGE_URL`). One that
    differs from the new address in capitals only could not be stored beside it on Windows and macOS.
    """
    for key in ("Slug", "Reply-to"):
        given = record.values.get(key, "")
        if given == given.lower():
            continue
        record.values[key] = given.lower()
        if key == "Slug":
            old = f"/{OLD_FOLDERS.get(record.kind, '')}{given}.html"
            aliases = record.values.get("Aliases", [])
            record.values["Aliases"] = [*aliases, *({old} - {*aliases})]
            record.lines.setdefault("Aliases", record.line("Slug"))


def set_picture(record: Record) -> None:
    """Set the path of the header's picture, resolved as the pictures of the body are, or report it."""
    image = record.values.get("Image")
    if not image:
        check_lone_description(record)
        return
    line = record.line("Image")
    if ELSEWHERE.match(image) or NETWORK.match(image):
        del record.values["Image"]
        place, way = "lies on another site", "Save it"
        if DRIVE.match(image):
            place, way = "lies on your own computer", "Copy it"
        elif NETWORK.match(image):
            place, way = "lies in your own network", "Copy it"
        remedy = f"{way} in content/images and write: Image: its-name.jpg"
        text = f"The picture {show(image)} {place}, and is not shown. {remedy}"
        record.problems.append(Problem(record.path, line, "warning", text))
        return
    if text := check_form(image):
        record.problems.append(Problem(record.path, line, "error", text))
        return
    is_beside = posixpath.basename(record.path).startswith("index.")
    from_root = image.startswith("images/") or ("/" not in image and not is_beside)
    url = "/" + posixpath.join("images", image.removeprefix("images/")) if from_root else image
    try:
        target = resolve(url, record.path, "img")
    except Unresolved as wrong:
        record.problems.append(Problem(record.path, line, "error", str(wrong)))
        return
    if target is None:  # pragma: no cover - a picture on another site is unresolved
        return
    record.links.append(Link(line, "img", image, target[0]))
    record.values["Image"] = re.sub(r"^/", "", target[0])
    description = record.values.get("Image-alt")
    if not description:
        text = "The picture has no description. Add a line: Image-alt: what it shows"
        record.problems.append(Problem(record.path, line, "warning", text))
    elif description == posixpath.basename(target[0]):
        text = f"The description of {show(description)} is its file's name. Write what it shows."
        record.problems.append(Problem(record.path, record.line("Image-alt"), "warning", text))


def check_form(image: str) -> str:
    """Return what is wrong with a picture's name that is written as in the text; empty if nothing is."""
    if "\\" in image:
        right = image.replace("\\", "/")
        return f"The picture {show(image)} has backslashes. Write: Image: {show(right)}"
    typed = IN_TEXT.fullmatch(image)
    if not typed:
        return ""
    name = typed["name"] or typed["path"] or typed["between"]
    remedy = f"Write: Image: {show(name)}"
    if typed["words"]:
        remedy += f" and on a line below it: Image-alt: {show(typed['words'])}"
    return f"A header names a picture by its file's name alone. {remedy}"


def check_lone_description(record: Record) -> None:
    """Warn of a description without the picture that it describes."""
    if record.values.get("Image-alt") and "Image" not in record.lines:
        text = "Image-alt describes no picture here. Add a line: Image: its-name.jpg or delete this one."
        record.problems.append(Problem(record.path, record.line("Image-alt"), "warning", text))
