"""Read an export of WordPress: WXR 1.0 to 1.2, an RSS feed with posts, pages, files and comments."""

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from xml.etree.ElementTree import Element

from commands.importers.bodies.html_to_markdown import set_paragraphs
from commands.importers.fields import read_moment
from commands.importers.site import HTML, Site, SiteComment, SitePost, Unreadable
from commands.importers.xml_reader import find_all, find_text, read_elements

WXR = "wordpress.org/export"
# A post of the future waits for its day here too.
PUBLIC, DRAFTS = ("publish", "inherit", "future"), ("draft", "pending", "auto-draft")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
NO_DATE = "0000-00-00"
REPLIES = ("", "comment")  # kinds of comments that people write
PAGE_KINDS = ("page",)
SILENT = (
    "nav_menu_item",
    "revision",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "wp_block",
)


def is_wordpress(start: bytes) -> bool:
    """Return whether a file begins as such an export."""
    return WXR.encode() in start


def read_wordpress(path: Path) -> Site:
    """Return what the export says. Raises Unreadable if it has no post."""
    site, faults = Site(), list[str]()
    items = []
    for element in read_elements(path.read_bytes(), frozenset(("item", "base_blog_url")), faults):
        if element.tag.endswith("base_blog_url"):
            site.address = (element.text or "").strip().rstrip("/")
        else:
            items.append(element)
    for fault in faults:
        site.tell("damaged export", path.name, fault)
    images = {}
    for item in items:
        if find_text(item, "post_type") == "attachment":
            address = find_text(item, "attachment_url")
            site.attachments[find_text(item, "post_id")] = address
            images[find_text(item, "post_id")] = find_alt(item)
    for item in items:
        if post := read_item(item, site):
            site.posts.append(post)
    if not site.posts and faults:
        raise Unreadable(faults[0])
    if not site.posts:
        raise Unreadable("it has no post")
    return site


def read_item(item: Element, site: Site) -> SitePost | None:
    """Return the post or page of an item; None for another kind, and for one that nobody may read."""
    kind, status = find_text(item, "post_type") or "post", find_text(item, "status") or "publish"
    title = find_words(item, "title") or find_text(item, "post_name").replace("-", " ")
    number = find_text(item, "post_id")
    place = f"{title or 'no title'} ({kind} {number})".strip()
    if kind == "attachment" or kind in SILENT:
        return None
    if kind not in ("post", *PAGE_KINDS):
        site.tell(f"item of another kind left ({kind})", place)
        return None
    if status not in PUBLIC + DRAFTS:
        site.tell(f"{kind} that is not public left ({status})", place)
        return None
    if find_text(item, "post_password"):
        site.tell(f"{kind} with a password left", place)
        return None
    body = find_text(item, "encoded", "content")
    link = find_text(item, "link")
    date = read_zoned(item, "post_date", "post_date_gmt")
    post = SitePost(
        place=place,
        title=title,
        body=body,
        form=HTML,
        is_loose="<!-- wp:" not in body,
        kind="page" if kind in PAGE_KINDS else "post",
        date=date,
        modified=read_zoned(item, "post_modified", "post_modified_gmt"),
        slug=find_text(item, "post_name"),
        tags=read_terms(item),
        is_draft=status in DRAFTS,
        summary=find_text(item, "encoded", "excerpt"),
        author=find_words(item, "creator"),
        address="" if "?" in link else link,
        names=[f"?p={number}", f"?page_id={number}", find_text(item, "guid"), link],
    )
    if date and post.modified and post.modified <= date:
        post.modified = None
    thumbnail = find_meta(item, "_thumbnail_id")
    post.image = site.attachments.get(thumbnail, "")
    read_replies(item, post, site)
    return post


def find_words(element: Element, name: str) -> str:
    """Return the words of a child that has HTML, as titles and names have in WordPress."""
    return read_words(find_text(element, name))


def read_words(source: str) -> str:
    """Return the words of HTML on one line."""
    return " ".join(unescape(TAG.sub("", source)).split())


def read_zoned(item: Element, name: str, gmt: str) -> datetime | None:
    """Return a moment of the blog's clock, with the zone that its twin by Greenwich's clock tells."""
    here, there = read_moment(find_text(item, name)), find_text(item, gmt)
    universal = None if there.startswith(NO_DATE) else read_moment(there)
    if here is None:
        return universal.replace(tzinfo=UTC) if universal else None
    if universal is None:
        return here
    offset = here - universal
    return universal.replace(tzinfo=UTC).astimezone(
        datetime.fromisoformat(f"2000-01-01T00:00:00{format_offset(offset.total_seconds())}").tzinfo
    )


def format_offset(seconds: float) -> str:
    """Return an offset from UTC as ISO 8601 has it, in whole quarters of an hour."""
    minutes = round(seconds / 900) * 15
    minutes = minutes if abs(minutes) <= 14 * 60 else 0
    sign, minutes = ("-" if minutes < 0 else "+"), abs(minutes)
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}"


def read_terms(item: Element) -> list[str]:
    """Return the categories and tags of an item; a format or a language is no topic."""
    return [
        read_words("".join(each.itertext()))
        for each in find_all(item, "category")
        if each.get("domain", "category") in ("category", "post_tag", "tag")
    ]


def find_meta(item: Element, key: str) -> str:
    """Return a value of the item's own table."""
    for meta in find_all(item, "postmeta"):
        if find_text(meta, "meta_key") == key:
            return find_text(meta, "meta_value")
    return ""


def find_alt(item: Element) -> str:
    """Return the alternative text of a picture."""
    return find_meta(item, "_wp_attachment_image_alt")


def read_replies(item: Element, post: SitePost, site: Site) -> None:
    """Add the comments that were approved; count the others."""
    for comment in find_all(item, "comment"):
        approved = find_text(comment, "comment_approved")
        kind = find_text(comment, "comment_type")
        if kind not in REPLIES:
            site.tell(f"{kind} left", post.place)
        elif approved != "1":
            what = {"spam": "spam", "trash": "comment in the trash"}.get(
                approved, "comment that waits"
            )
            site.tell(f"{what} left", post.place)
        else:
            parent = find_text(comment, "comment_parent")
            post.comments.append(
                SiteComment(
                    key=find_text(comment, "comment_id"),
                    author=find_words(comment, "comment_author"),
                    date=read_zoned(comment, "comment_date", "comment_date_gmt"),
                    body=set_paragraphs(find_text(comment, "comment_content")),
                    parent="" if parent == "0" else parent,
                    url=find_text(comment, "comment_author_url"),
                )
            )
