"""Read feeds: Atom (RFC 4287) with Blogger's export, which is one, and RSS 2.0.

Blogger has posts, pages, settings and comments in one feed, told apart by their kind; a comment names
its post by `thr:in-reply-to` (RFC 4685), in newer exports by `blogger:parent`.
"""

import re
from pathlib import Path
from xml.etree.ElementTree import Element

from commands.importers.fields import read_moment
from commands.importers.site import HTML, Site, SiteComment, SitePost, Unreadable
from commands.importers.xml_reader import find_all, find_text, read_elements

KIND = re.compile(r"(?:#|kind#)(\w+)\Z")


def is_feed(start: bytes) -> bool:
    """Return whether a file begins as a feed."""
    return re.search(rb"<(?:\w+:)?(?:feed|rss|rdf:RDF)\b", start, re.IGNORECASE) is not None


def read_feed(path: Path) -> Site:
    """Return what a feed, or an export of Blogger, says. Raises Unreadable if it has no post."""
    site, faults = Site(), list[str]()
    comments: list[tuple[Element, str]] = []
    by_id: dict[str, SitePost] = {}
    for element in read_elements(path.read_bytes(), frozenset(("entry", "item")), faults):
        kind = read_kind(element)
        if kind == "comment":
            comments.append((element, find_parent(element)))
        elif kind in ("post", "page"):
            post = (
                read_atom(element, kind, site)
                if element.tag.endswith("entry")
                else read_rss(element)
            )
            if post:
                site.posts.append(post)
                by_id.update(dict.fromkeys(filter(None, post.names), post))
    for fault in faults:
        site.tell("damaged export", path.name, fault)
    for element, parent in comments:
        add_comment(element, by_id.get(parent), site, by_id)
    if not site.posts:
        raise Unreadable(faults[0] if faults else "it has no post")
    return site


def read_kind(entry: Element) -> str:
    """Return the kind of an entry: `post`, `page`, `comment`, or a part of a blog that is no text."""
    if kind := find_text(entry, "type", "blogger"):
        return kind.lower()
    for category in find_all(entry, "category"):
        if "kind" in category.get("scheme", "") and (
            match := KIND.search(category.get("term", ""))
        ):
            return match[1].lower()
    return "comment" if find_all(entry, "in-reply-to") else "post"


def find_parent(entry: Element) -> str:
    """Return the id of the post that a comment answers."""
    if parent := find_text(entry, "parent", "blogger"):
        return parent
    return next((each.get("ref", "") for each in find_all(entry, "in-reply-to")), "")


def find_link(entry: Element, relation: str = "alternate") -> str:
    """Return the address of a link with a relation; without one it is the alternate."""
    for link in find_all(entry, "link"):
        if link.get("rel", "alternate") == relation and link.get("href"):
            return link.get("href", "")
    return ""


def read_atom(entry: Element, kind: str, site: Site) -> SitePost | None:
    """Return the post of an Atom entry; None for one that was deleted."""
    status = find_text(entry, "status", "blogger").upper()
    title = find_text(entry, "title")
    place = f"{title or 'no title'} ({kind})"
    if status in ("SOFT_TRASHED", "TRASHED", "DELETED"):
        site.tell(f"{kind} in the trash left", place)
        return None
    control = next(iter(find_all(entry, "control")), None)
    is_draft = status in ("DRAFT", "SCHEDULED") or (
        control is not None and find_text(control, "draft").casefold() == "yes"
    )
    file = find_text(entry, "filename", "blogger")
    address = find_link(entry) or file
    body = find_text(entry, "content") or find_text(entry, "summary")
    if next((each.get("type") for each in find_all(entry, "content")), "") == "xhtml":
        body = read_xhtml(next(iter(find_all(entry, "content"))))
    total = find_text(entry, "total")
    author = next(iter(find_all(entry, "author")), None)
    published = find_text(entry, "published") or find_text(entry, "created", "blogger")
    post = SitePost(
        place=place,
        title=title,
        body=body,
        form=HTML,
        kind="page" if kind == "page" else "post",
        date=read_moment(published or find_text(entry, "updated")),
        modified=read_moment(find_text(entry, "updated")),
        slug=find_slug(address),
        tags=[
            each.get("label", "") or each.get("term", "")
            for each in find_all(entry, "category")
            if "kind" not in each.get("scheme", "")
        ],
        is_draft=is_draft,
        summary=find_text(entry, "metaDescription", "blogger")
        or (find_text(entry, "summary") if find_all(entry, "content") else ""),
        author=find_text(author, "name") if author is not None else "",
        address=address,
        names=[find_text(entry, "id"), address],
        total=int(total) if total.isdigit() else None,
    )
    if post.modified and post.date and (post.modified - post.date).total_seconds() < 86_400:
        post.modified = None  # programs touch what they publish
    return post


def read_xhtml(content: Element) -> str:
    """Return content that stands in the feed as elements, as HTML."""
    from xml.etree.ElementTree import tostring

    for element in content.iter():
        element.tag = element.tag.rpartition("}")[2]
    return tostring(content, encoding="unicode", method="html")


def find_slug(address: str) -> str:
    """Return the last part of an address, without its ending."""
    place = re.split(r"[?#]", address)[0].rstrip("/").rpartition("/")[2]
    return re.sub(r"\.(?:html?|php|aspx?)\Z", "", place)


def read_rss(item: Element) -> SitePost:
    """Return the post of an RSS item."""
    link = find_text(item, "link")
    full = find_text(item, "encoded", "content")
    total = find_text(item, "comments", "slash")
    title = find_text(item, "title")
    return SitePost(
        place=title or link,
        title=title,
        body=full or find_text(item, "description"),
        form=HTML,
        date=read_moment(find_text(item, "pubDate") or find_text(item, "date")),
        slug=find_slug(link),
        tags=[" ".join("".join(each.itertext()).split()) for each in find_all(item, "category")],
        summary=find_text(item, "description") if full else "",
        author=find_text(item, "creator"),
        address=link,
        names=[find_text(item, "guid"), link],
        total=int(total) if total.isdigit() else None,
    )


def add_comment(
    entry: Element, post: SitePost | None, site: Site, posts: dict[str, SitePost]
) -> None:
    """Add a comment to its post; one that answers another names both."""
    author = next(iter(find_all(entry, "author")), None)
    name = find_text(author, "name") if author is not None else ""
    if find_text(entry, "status", "blogger").upper() in (
        "SPAM",
        "PENDING",
        "GHOSTED",
        "SOFT_TRASHED",
        "DRAFT",
    ):
        site.tell("comment that is not public left", name)
        return
    refs = [each.get("ref", "") for each in find_all(entry, "in-reply-to")]
    post = post or next((posts[ref] for ref in refs if ref in posts), None)
    if post is None:
        site.tell("comment whose post is not there left", name)
        return
    related = find_link(entry, "related")
    parent = find_text(entry, "inReplyTo", "blogger") or (
        related.rpartition("/")[2] if related else ""
    )
    key = find_text(entry, "id")
    post.comments.append(
        SiteComment(
            key=re.sub(r".*post-", "", key),
            author=name,
            date=read_moment(
                find_text(entry, "published") or find_text(entry, "created", "blogger")
            ),
            body=find_text(entry, "content") or find_text(entry, "summary"),
            parent=re.sub(r".*post-", "", parent),
            url=find_text(author, "uri") if author is not None else "",
        )
    )
