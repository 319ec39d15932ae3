"""Read a folder of posts: Jekyll, Hugo, Pelican, Eleventy, Quarto, Obsidian, and what is like them.

They differ in the names of keys and in where drafts lie, which are all known at once; and in the marks
of their dialects, which `bodies/dialects.py` knows.
"""

import html
import os
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from catalogue.dates import read_clock
from commands.importers.fields import Header, read_moment, read_text
from commands.importers.formats.old_addresses import find_address
from commands.importers.formats.program_settings import (
    HUGO,
    JEKYLL,
    Settings,
    find_category,
    read_settings,
)
from commands.importers.front_matter import Parted, decode, part_text
from commands.importers.site import HTML, MARKDOWN, Site, SiteComment, SitePost, Unreadable

MARKDOWN_ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".qmd", ".mdx", ".text")
HTML_ENDINGS = (".html", ".htm", ".xhtml")
LEFT_ENDINGS = (".rst", ".adoc", ".asciidoc", ".org", ".textile", ".ipynb", ".wiki", ".pdc")
# Folders of programs, in which no text is the author's.
NOT_WRITTEN = frozenset(
    "_site public node_modules vendor _includes _layouts _sass layouts themes archetypes templates "
    "_data data theme output resources _freeze renv __pycache__ admin".split()
)
NO_POSTS = re.compile(
    r"(?:readme|license|changelog|contributing|code_of_conduct|agents)\b", re.IGNORECASE
)
NAME_DATE = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:[-_ ]+|\Z)")
MOST_BYTES = 5_000_000
MOST_FILES = 50_000
LINK_KEYS = ("externalurl", "externallink", "linkurl", "redirectto", "link")
NO_BRACKETS = str.maketrans({"[": r"\[", "]": r"\]"})
LISTS_TEXTS = re.compile(r"\{%-?\s*for\s+\w+\s+in\s+(?:site|collections|paginator)\b")
COMMENT_KEYS = ("comments", "commentlist")


def read_folder(root: Path) -> Site:
    """Return what a folder, or one file in it, has of posts. Raises Unreadable if that is nothing."""
    site = Site(root=root if root.is_dir() else root.parent)
    paths = [root] if root.is_file() else list_texts(root)
    site.address = read_address(site.root or root)
    settings = read_settings(site)
    for path in paths:
        place = path.relative_to(site.root or root).as_posix()
        ending = path.suffix.lower()
        if ending in LEFT_ENDINGS:
            site.tell(
                f"file of another form left ({ending})", place, "Save it as Markdown or HTML."
            )
            continue
        try:
            if post := read_post(path, place, ending in HTML_ENDINGS, settings):
                site.posts.append(post)
                if post.is_hidden:
                    site.tell("text that was hidden made a draft", place)
        except (Unreadable, OSError) as wrong:
            site.tell("file that cannot be read", place, str(wrong))
    if not site.posts:
        raise Unreadable("no post was found in it")
    return site


def list_texts(root: Path) -> Iterator[Path]:
    """Yield the texts below a folder in order of their paths, as far as they may be the author's."""
    known = (*MARKDOWN_ENDINGS, *HTML_ENDINGS, *LEFT_ENDINGS)
    count = 0
    for place, folders, names in os.walk(root):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in NOT_WRITTEN
        )
        for name in sorted(names):
            path = Path(place, name)
            if not name.lower().endswith(known) or NO_POSTS.match(name) or path.is_symlink():
                continue
            count += 1
            if count > MOST_FILES:
                return
            yield path


def read_address(root: Path) -> str:
    """Return the address of the blog by the settings of its program; empty if none tells it."""
    for name, pattern in (
        ("_config.yml", r"""^url:\s*["']?(https?://[^\s"'#]+)"""),
        ("hugo.toml", r"""^\s*baseurl\s*=\s*["'](https?://[^"']+)"""),
        ("config.toml", r"""^\s*(?:baseurl|base_url)\s*=\s*["'](https?://[^"']+)"""),
        ("hugo.yaml", r"""^baseurl:\s*["']?(https?://[^\s"'#]+)"""),
        ("config.yaml", r"""^baseurl:\s*["']?(https?://[^\s"'#]+)"""),
        ("pelicanconf.py", r"""^SITEURL\s*=\s*["'](https?://[^"']+)"""),
        ("publishconf.py", r"""^SITEURL\s*=\s*["'](https?://[^"']+)"""),
        ("_quarto.yml", r"""^\s*site-url:\s*["']?(https?://[^\s"'#]+)"""),
    ):
        try:
            text = decode((root / name).read_bytes()[:MOST_BYTES])
        except OSError:
            continue
        if match := re.search(pattern, text, re.MULTILINE | re.IGNORECASE):
            return match[1].rstrip("/")
    return ""


def read_post(path: Path, place: str, is_html: bool, settings: Settings) -> SitePost | None:
    """Return the post of a file; None for what is no text of a person. Raises Unreadable."""
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(f"it is larger than {MOST_BYTES // 1_000_000} MB")
    parted = part_text(decode(path.read_bytes()))
    if not parted.values and (path.stem in ("index", "_index", "404", "search") or is_html):
        return None
    if path.stem in ("index", "404", "search", "archive", "tags") and LISTS_TEXTS.search(
        parted.body
    ):
        raise Unreadable("it is a template that lists other texts, as the site here does by itself")
    if path.name.startswith("_index.") or not (parted.body.strip() or parted.values):
        return None
    return make_post(parted, path, place, HTML if is_html else MARKDOWN, settings)


def make_post(parted: Parted, path: Path, place: str, form: str, settings: Settings) -> SitePost:
    """Return the post that a file's header and text make."""
    header = Header(parted.values)
    stem = path.parent.name if path.stem == "index" else path.stem
    dated = NAME_DATE.match(stem)
    name = stem[dated.end() :] if dated and stem[dated.end() :] else stem
    permalink = header.text("permalink", "url", "pageurl")
    title = header.text("title", "pagetitle") or read_heading(parted.body) or name.replace("-", " ")
    moment = read_date(header)
    body = parted.body
    if not body.strip() and (address := header.text(*LINK_KEYS)).startswith(("http:", "https:")):
        shown = html.escape(title)
        is_html = form == HTML
        body = (
            f'<a href="{html.escape(address)}">{shown}</a>'
            if is_html
            else f"[{title.translate(NO_BRACKETS)}](<{address}>)"
        )
    post = SitePost(
        place=place,
        title=title,
        body=body,
        form=form,
        kind="page"
        if is_page(place, header, dated is not None or moment is not None, settings.program)
        else "post",
        date=moment or (read_moment(dated[1]) if dated else None),
        modified=header.moment("modified", "lastmod", "updated", "lastmodifiedat", "datemodified"),
        slug=header.text("slug", "basename") or name,
        tags=read_tags(header),
        is_draft=is_draft(place, header) or is_hidden(header),
        is_hidden=is_hidden(header),
        summary=header.text("summary", "description", "excerpt", "abstract"),
        author=", ".join(read_authors(header)),
        language=header.text("lang", "language"),
        image=header.text("image", "cover", "coverimage", "featuredimage", "thumbnail", "images"),
        image_alt=header.text("imagealt", "coveralt"),
        comments=read_comments(header),
        total=read_total(header),
        # A pattern, as Jekyll's posts may have it, has a colon.
        address=permalink
        if "/" in permalink and ":" not in re.sub("^https?:", "", permalink)
        else "",
        aliases=header.items("aliases", "redirectfrom", "alias", "oldurl"),
        names=[place, path.name, stem, name],
        folder=path.parent,
    )
    if post.kind == "post" and not header.text("category"):
        post.tags += filter(None, [find_category(place, settings, parted.has_lines)])
    if not post.address:
        post.address, post.is_guess = find_address(post, header, settings, parted.has_lines)
    return post


def is_page(place: str, header: Header, is_dated: bool, program: str) -> bool:
    """Return whether a text is a page: by its folder or header, or having no date where posts have."""
    parts = place.lower().split("/")
    kind = header.text("type", "posttype").casefold()
    if kind in ("page", "post"):
        return kind == "page"
    in_posts = any(
        part.strip("_") in ("posts", "post", "blog", "articles", "drafts") for part in parts
    )
    if in_posts or header.text("layout").casefold() == "post":
        return False
    if program in (JEKYLL, HUGO) and not is_dated and not is_draft(place, header):
        return True
    return "pages" in parts[:-1] or (header.text("layout").casefold() == "page" and not is_dated)


def is_draft(place: str, header: Header) -> bool:
    """Return whether a text is not to be public: by its folder, or by any switch that says so."""
    parts = place.lower().split("/")[:-1]
    status = header.text("status", "poststatus", "publishstatus", "visibility").casefold()
    return (
        "_drafts" in parts
        or "drafts" in parts
        or header.is_on("draft")
        or header.is_off("published")
        or header.is_off("publish")
        or header.is_on("private")
        or header.is_on("hidden")
        or status in ("draft", "private", "hidden", "pending")
    )


def is_hidden(header: Header) -> bool:
    """Return whether a text was not to be seen by everybody, though it was no draft (Hugo, Jekyll)."""
    now = read_clock().replace(tzinfo=None)
    ended = header.moment("expirydate", "expirydatetime", "unpublishdate")
    built = header.find("build")
    render = str(Header(built).values.get("render", "")) if isinstance(built, Mapping) else ""
    return (
        (ended is not None and ended.replace(tzinfo=None) <= now)
        or header.is_on("headless")
        or header.is_on("unlisted")
        or header.find("password") is not None
        or render.casefold() in ("never", "false")
    )


def read_date(header: Header) -> datetime | None:
    """Return the date of a text: the day from which on it was to be seen, if that is the later one."""
    moment = header.moment(
        "date", "publishdate", "pubdate", "published", "created", "createdat", "publishedat"
    )
    shown = header.moment("publishdate")
    if moment and shown and shown.replace(tzinfo=None) > moment.replace(tzinfo=None):
        return shown
    return moment


def read_tags(header: Header) -> list[str]:
    """Return the tags and categories of a header; Jekyll parts those of one text at its blanks."""
    found = []
    for name in ("tags", "tag", "categories", "category", "topics", "labels"):
        value = header.values.get(name)
        if isinstance(value, str) and "," not in value and name in ("tags", "categories"):
            words = value.split()
            # Only what is written as names of addresses are: else it is one name of several words.
            if len(words) > 1 and value == value.lower() and any("-" in word for word in words):
                found += words
                continue
        found += header.items(name)
    return found


def read_authors(header: Header) -> list[str]:
    """Return the names of the authors; of a list each."""
    value = header.find("author", "authors", "byline")
    values = value if isinstance(value, list) else [value]
    return [name for each in values if (name := read_text(each))]


def read_comments(header: Header) -> list[SiteComment]:
    """Return the comments that stand in the header, as Jekyll's own importers write them there."""
    found = []
    for name in COMMENT_KEYS:
        value = header.values.get(name)
        for number, each in enumerate(value if isinstance(value, list) else []):
            if not isinstance(each, dict):
                continue
            one = Header(each)
            body = one.find("content", "body", "text", "message", "comment")
            approved = str(one.values.get("approved", "1")).casefold()
            if not body or approved in ("0", "false", "spam", "trash"):
                continue
            found.append(
                SiteComment(
                    key=one.text("id", "commentid") or str(number + 1),
                    author=one.text("author", "name", "authorname"),
                    date=one.moment("date", "dategmt", "created", "published"),
                    body=str(body),
                    parent=one.text("parent", "parentid", "inreplyto", "replyto"),
                    url=one.text("authorurl", "url", "website"),
                )
            )
    return found


def read_total(header: Header) -> int | None:
    """Return the number of comments that a header states."""
    value: Any = header.find("comments", "commentcount", "commentscount", "numcomments")
    if isinstance(value, (bool, list)):
        return None
    return int(value) if str(value).isdigit() else None


def read_heading(body: str) -> str:
    """Return the heading that a text begins with, which is its title in Obsidian; empty without one."""
    match = re.match(r"\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|\Z)", body)
    return match[1] if match else ""
