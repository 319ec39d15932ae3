r"""Check that each file lies where its kind belongs, or explain what it is and where to put it.

The layout: posts/, pages/ (Markdown at any depth, `.md` or `.markdown`), topics/ (no folders),
comments/<post-slug>/, images/, extra/ (copied to the root as it is, but for the metadata of pictures).
Only litter of systems and editors is passed over in silence.
"""

import re
from collections.abc import Mapping

from catalogue.folder.names import MAX_PATH, split_name, suggest_name
from catalogue.problems import format_name

TEXT_SECTIONS = {"posts": "post", "pages": "page", "topics": "topic", "comments": "comment"}
SECTIONS = (*TEXT_SECTIONS, "images", "extra")
# What the site keeps for itself at the top of the folder: it is in the repository, and not published.
LINK_LEDGER = "links.json"
ADDRESS_LEDGER = "addresses.txt"
OWN_FILES = (LINK_LEDGER, ADDRESS_LEDGER)
# What other generators and other habits call these folders.
HABITS = {
    habit: section
    for section, habits in {
        "posts": "_posts article articles blog post",
        "pages": "page",
        "topics": "tag tags topic",
        "comments": "comment",
        "images": "assets attachments files image img media photos pictures static uploads",
        "extra": "root",
    }.items()
    for habit in habits.split()
}
DRAFTS = ("drafts", "_drafts", "draft")

# Every picture, also those that catalogue.pictures refuses, so that it can say what to do with them.
IMAGE_ENDINGS = {
    ".ai", ".apng", ".avif", ".bmp", ".cr2", ".dng", ".eps", ".gif", ".heic", ".heif", ".ico",
    ".jfif", ".jpe", ".jpeg", ".jpg", ".jxl", ".nef", ".png", ".psd", ".raw", ".svg", ".svgz",
    ".tif", ".tiff", ".webp", ".xcf"
}  # fmt: skip
TEXT_ENDINGS = (".md", ".markdown")  # of Markdown files, as GitHub and Jekyll know them
PLAIN_TEXT = "plain text"
# All that may be handed out, by the ending of its name; attachments.py has how each begins.
ATTACHMENT_FORMATS = {
    **dict.fromkeys(
        (".bib", ".csv", ".ics", ".json", ".ris", ".srt", ".tsv", ".txt", ".vtt"), PLAIN_TEXT
    ),
    ".docx": "Word document",
    ".epub": "EPUB book",
    ".m4a": "MP4 recording",
    ".mp3": "MP3 recording",
    ".mp4": "MP4 film",
    ".odp": "OpenDocument talk",
    ".ods": "OpenDocument sheet",
    ".odt": "OpenDocument text",
    ".ogg": "Ogg recording",
    ".pdf": "PDF document",
    ".pptx": "PowerPoint talk",
    ".wav": "WAV recording",
    ".webm": "WebM film",
    ".xlsx": "Excel workbook",
    ".zip": "ZIP archive",
}
# What a player plays, and what it shows beside.
PLAYED_ENDINGS = {".m4a", ".mp3", ".mp4", ".ogg", ".wav", ".webm"}
SUBTITLE_ENDINGS = {".vtt"}
# Plain text that only needs another ending, and documents whose text must be taken out first.
PLAIN_ENDINGS = {
    ".markdown", ".md", ".mdown", ".mdtext", ".mdtxt", ".mdwn", ".mkd", ".mkdn", ".text",
    ".txt"
}  # fmt: skip
DOCUMENT_ENDINGS = {
    ".adoc", ".asciidoc", ".doc", ".docx", ".gdoc", ".htm", ".html", ".odt", ".org", ".pages",
    ".rst", ".rtf", ".rtfd", ".tex", ".textbundle", ".textile", ".wpd", ".xhtml"
}  # fmt: skip

# What the same bytes are called here, and as what else it can be saved that every reader can open.
SAME_FORMAT = {".m4b": ".m4a", ".m4v": ".mp4", ".mpo": ".jpg", ".oga": ".ogg", ".opus": ".ogg"}
SAVED_AS = (
    (
        {
            ".3gp", ".avi", ".flv", ".mkv", ".mov", ".mpeg", ".mpg", ".mts", ".ogv", ".qt", ".vob",
            ".wmv"
        },
        "a film in MP4",
    ),
    (
        {".aac", ".aif", ".aiff", ".amr", ".caf", ".flac", ".mid", ".midi", ".wma"},
        "a recording in MP3",
    ),
    ({".doc", ".docm", ".dot", ".dotx"}, "DOCX or PDF"),
    ({".xls", ".xlsb", ".xlsm"}, "XLSX or PDF"),
    ({".pps", ".ppsx", ".ppt", ".pptm"}, "PPTX or PDF"),
    (
        {
            ".azw3", ".indd", ".mobi", ".numbers", ".odg", ".pages", ".pub", ".rtf", ".vsd", ".wpd",
            ".xps"
        },
        "PDF",
    ),
    ({".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz"}, "a ZIP archive"),
    ({".jp2"}, "JPEG"),
)  # fmt: skip

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
MOVE_AWAY = (
    "The name says that this holds a password or a secret key, and what lies here can end up in "
    "public. Move it out of the content folder."
)


def select_kind(path: str) -> str:
    """Return the kind of a file by its folder and the ending of its name; empty when it has none."""
    section, *folders, name = path.split("/") if "/" in path else ("", path)
    if section in ("", "extra"):
        return section
    ending = split_name(name)[1]
    if ending in TEXT_ENDINGS:
        fits = {"topics": not folders, "comments": len(folders) == 1, "images": False}
        return TEXT_SECTIONS[section] if fits.get(section, True) else ""
    lower = ending.lower()
    if lower in IMAGE_ENDINGS:
        return "image"
    is_text = section in TEXT_SECTIONS and lower in PLAIN_ENDINGS | DOCUMENT_ENDINGS
    return "attachment" if lower in ATTACHMENT_FORMATS and not is_text else ""


def explain_refused_name(name: str, path: str) -> str:
    """Return why nothing of this name may be opened, file or folder; empty if it may."""
    if SECRET.fullmatch(name):
        talk = (
            " If it is a Keynote talk, export it as PDF." if name.lower().endswith(".key") else ""
        )
        return MOVE_AWAY + talk
    if name.startswith(".") and path not in ("extra/.nojekyll", "extra/.well-known"):
        return explain_hidden(name, path)
    return ""


def explain_refused_folder(path: str) -> str:
    """Return why nothing below this folder is read; empty when it is."""
    section = path.partition("/")[0]
    if section not in SECTIONS:
        return explain_unknown_folder(path)
    if len(path.encode("utf-8", "surrogatepass")) > MAX_PATH:
        return "This folder lies too deep for some computers. Move it further up."
    stem, ending = split_name(path.rpartition("/")[2])
    if section != "extra" and ending.lower() in PLAIN_ENDINGS:
        return (
            f"This is a folder, but its name ends in {ending} like a text's. Rename it to "
            f'"{format_name(stem)}".'
        )
    if section != "extra" and ending.lower() in DOCUMENT_ENDINGS:
        return (
            f"This is a document that is kept as a folder ({ending}), which no reader can open. "
            "Copy its text into a new file that ends in .md, or export it as PDF."
        )
    return ""


def explain_unknown_folder(name: str) -> str:
    """Return where the contents of a folder belong that the site does not know."""
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


def explain_hidden(name: str, path: str) -> str:
    """Return what to do with a name that begins with a dot."""
    if path in (".nojekyll", ".well-known"):
        return f"This belongs to the root of the site. Move it to extra/{name}."
    return (
        "A name that begins with a dot is hidden, and nothing hidden is published. Rename it "
        "without the dot, or delete it."
    )


def explain_place(path: str, names: Mapping[str, str]) -> str:
    """Return why a file has no use where it lies, and what to do; `names` are those around it."""
    section, *folders, name = path.split("/") if "/" in path else ("", path)
    stem, ending = split_name(name)
    lower = ending.lower()
    if not section:
        return explain_stray(name)
    if ending in TEXT_ENDINGS:
        return explain_text(section, folders, format_name(name))
    if section in TEXT_SECTIONS and (not ending or lower in PLAIN_ENDINGS):
        return explain_text_ending(TEXT_SECTIONS[section], name, names)
    if section in TEXT_SECTIONS and lower in DOCUMENT_ENDINGS:
        better = suggest_name(stem + ".md", name, names)
        handout = (
            " To hand it out as it is, move it to images." if lower in ATTACHMENT_FORMATS else ""
        )
        return (
            f"A file that ends in {ending} is not read as a {TEXT_SECTIONS[section]}. Copy its "
            f'text into a new file named "{better}" and take this one away.{handout}'
        )
    if lower in PLAIN_ENDINGS:
        return explain_text(section, folders, suggest_name(stem + ".md", name, names))
    if way := explain_other_format(name, names):
        return f"A file whose name ends in {ending} is not published. {way}"
    seen = f"ends in {ending}" if ending else "has no ending"
    return (
        f"A file whose name {seen} is not published. Give it the right ending, put it into a ZIP "
        "file, move it to extra to have it copied as it is, or delete it."
    )


def explain_other_format(name: str, names: Mapping[str, str]) -> str:
    """Return what to do with a recording, a film or a document of a kind that not every reader can open."""
    stem, ending = split_name(name)
    lower = ending.lower()
    if lower in SAME_FORMAT:
        return f'Rename it to "{suggest_name(stem + SAME_FORMAT[lower], name, names)}".'
    kinds = next((kinds for endings, kinds in SAVED_AS if lower in endings), "")
    return f"Open it in its program, save it again as {kinds}, and put that here." if kinds else ""


def explain_text_ending(noun: str, name: str, names: Mapping[str, str]) -> str:
    """Return what a text is to be called so that it is read."""
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
    """Return where a Markdown file belongs that lies in the wrong folder."""
    if section == "topics":
        return f"Topics lie in topics itself, in no folder below. Move it to topics/{name}."
    if section == "comments":
        post = format_name(folders[0]) if folders else "the-slug-of-the-post"
        return f"Comments lie in one folder for each post. Move it to comments/{post}/{name}."
    return f"Texts in {section} are not published. Move it to posts/{name} or pages/{name}."


def explain_stray(name: str) -> str:
    """Return where a file belongs that lies in the content folder itself."""
    ending = split_name(name)[1].lower()
    shown = format_name(name)
    if name.lower() in SECTIONS:
        return (
            f'This is a file, but {shown} must be a folder. Rename it and make a folder "{shown}".'
        )
    if name.lower() in ("cname", "robots.txt", "favicon.ico") or ending in (".html", ".xml"):
        return f"Files for the root of the site lie in extra. Move it to extra/{shown}."
    if (
        ending in IMAGE_ENDINGS
        or ending in ATTACHMENT_FORMATS.keys() - PLAIN_ENDINGS - DOCUMENT_ENDINGS
    ):
        return f"Pictures and files to hand out lie in images. Move it to images/{shown}."
    better = suggest_name(split_name(name)[0].removesuffix(".md") + ".md", name, {})
    if not ending or ending in PLAIN_ENDINGS:
        return f"Posts lie in posts, pages in pages. Move it to posts/{better} or pages/{better}."
    if ending in DOCUMENT_ENDINGS:
        return (
            f"Texts lie in posts and pages, as files that end in .md. Copy its text into a new "
            f"file posts/{better} and take this one away."
        )
    return "Nothing of this kind is published. Move it to extra to have it copied, or delete it."
