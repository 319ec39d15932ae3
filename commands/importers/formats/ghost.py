"""Read an export of Ghost: JSON with its tables, the texts as HTML, Lexical or Mobiledoc."""

import html
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from commands.importers.fields import read_moment, read_text
from commands.importers.front_matter import decode
from commands.importers.site import HTML, Site, SitePost, Unreadable

HERE = "__GHOST_URL__"  # what stands for the blog's own address
STATUS_PUBLIC, STATUS_DRAFT = ("published", "sent"), ("draft", "scheduled")
# Lexical's bits of a text's format.
FORMATS = ((1, "strong"), (2, "em"), (4, "s"), (8, "u"), (16, "code"), (32, "sub"), (64, "sup"))
BLOCKS = {
    "paragraph": "p",
    "extended-quote": "blockquote",
    "quote": "blockquote",
    "aside": "blockquote",
}


def is_ghost(start: bytes) -> bool:
    """Return whether a file begins as such an export."""
    return start.lstrip().startswith(b"{") and (b'"posts"' in start or b'"db"' in start)


def read_ghost(path: Path) -> Site:
    """Return what the export says. Raises Unreadable if it is none."""
    try:
        found = json.loads(decode(path.read_bytes()))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"it is no JSON: {error}") from None
    data = find_tables(found)
    site = Site(address="")
    users = {row.get("id"): read_text(row.get("name")) for row in data.get("users", [])}
    tags = {row.get("id"): read_text(row.get("name")) for row in data.get("tags", [])}
    joined = {
        name: group_rows(data.get(name, []), key)
        for name, key in (("posts_tags", "tag_id"), ("posts_authors", "author_id"))
    }
    meta = {row.get("post_id"): row for row in data.get("posts_meta", [])}
    for row in data.get("posts", []):
        if isinstance(row, dict) and (post := read_post(row, site, meta.get(row.get("id"), {}))):
            post.tags += [
                tags[key] for key in joined["posts_tags"].get(row.get("id"), []) if tags.get(key)
            ]
            names = [
                users[key]
                for key in joined["posts_authors"].get(row.get("id"), [])
                if users.get(key)
            ]
            post.author = post.author or ", ".join(names) or users.get(row.get("author_id"), "")
            site.posts.append(post)
    if not site.posts:
        raise Unreadable("it has no post")
    return site


def find_tables(found: Any) -> Mapping[str, Any]:
    """Return the tables of an export, which versions put into different boxes. Raises Unreadable."""
    while isinstance(found, dict):
        if isinstance(found.get("posts"), list):
            return found
        inner = found.get("db", found.get("data"))
        found = inner[0] if isinstance(inner, list) and inner else inner
    raise Unreadable("it has no table of posts")


def group_rows(rows: Sequence[Mapping[str, Any]], key: str) -> dict[Any, list[Any]]:
    """Return the values of a key by post, in their order."""
    found: dict[Any, list[Any]] = {}
    for row in sorted(rows, key=lambda row: row.get("sort_order") or 0):
        found.setdefault(row.get("post_id"), []).append(row.get(key))
    return found


def read_post(row: Mapping[str, Any], site: Site, meta: Mapping[str, Any]) -> SitePost | None:
    """Return the post or page of a row; None for what is not public."""
    status, title = str(row.get("status") or "published"), read_text(row.get("title"))
    kind = "page" if row.get("type") == "page" or row.get("page") else "post"
    if status not in STATUS_PUBLIC + STATUS_DRAFT or row.get("visibility", "public") != "public":
        site.tell(f"{kind} that is not public left", title)
        return None
    slug = read_text(row.get("slug"))
    tags = [read_text(tag) for tag in row.get("tags", []) if not str(tag).startswith("#")]
    return SitePost(
        place=title or slug,
        title=title,
        body=read_body(row).replace(HERE, ""),
        form=HTML,
        kind=kind,
        date=read_moment(row.get("published_at") or row.get("created_at")),
        modified=read_later(row),
        slug=slug,
        tags=tags,
        is_draft=status in STATUS_DRAFT,
        summary=read_text(
            row.get("custom_excerpt") or meta.get("meta_description") or row.get("meta_description")
        ),
        image=read_text(row.get("feature_image") or row.get("image")).replace(HERE, ""),
        image_alt=read_text(meta.get("feature_image_alt") or row.get("feature_image_alt")),
        address=f"/{slug}/" if slug else "",
        names=[f"/{slug}/", slug, str(row.get("uuid") or "")],
    )


def read_later(row: Mapping[str, Any]) -> Any:
    """Return when a row was changed, if that was at least a day after it was published."""
    published, updated = read_moment(row.get("published_at")), read_moment(row.get("updated_at"))
    if (
        published
        and updated
        and (updated.replace(tzinfo=None) - published.replace(tzinfo=None)).days
    ):
        return updated
    return None


def read_body(row: Mapping[str, Any]) -> str:
    """Return the text of a row as HTML."""
    if row.get("html"):
        return str(row["html"])
    for name, read in (("lexical", read_lexical), ("mobiledoc", read_mobiledoc)):
        if row.get(name):
            try:
                return read(json.loads(row[name]))
            except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
                return f"<pre>{html.escape(str(row[name]))}</pre>"
    return ""


def read_lexical(document: Mapping[str, Any]) -> str:
    """Return a document of Lexical as HTML."""
    return "".join(map(draw_node, document["root"]["children"]))


def draw_node(node: Mapping[str, Any]) -> str:
    """Return one node of Lexical, with all that is in it."""
    kind = str(node.get("type", ""))
    inner = "".join(map(draw_node, node.get("children", [])))
    if kind in ("text", "extended-text"):
        text = html.escape(node.get("text", ""), quote=False)
        for bit, tag in FORMATS:
            if int(node.get("format") or 0) & bit:
                text = f"<{tag}>{text}</{tag}>"
        return text
    if kind == "linebreak":
        return "<br>"
    if kind in ("link", "autolink"):
        return f'<a href="{html.escape(str(node.get("url", "")))}">{inner}</a>'
    if kind in ("heading", "extended-heading"):
        return f"<{node.get('tag', 'h2')}>{inner}</{node.get('tag', 'h2')}>"
    if kind == "list":
        tag = "ol" if node.get("listType") == "number" else "ul"
        return f"<{tag}>{inner}</{tag}>"
    if kind == "listitem":
        return f"<li>{inner}</li>"
    if kind in BLOCKS:
        return f"<{BLOCKS[kind]}>{inner}</{BLOCKS[kind]}>"
    return draw_card(kind, node) or inner


def draw_card(kind: str, values: Mapping[str, Any]) -> str:
    """Return a card of Ghost's editors as HTML; empty for one that is not known."""
    caption = f"<figcaption>{values['caption']}</figcaption>" if values.get("caption") else ""
    if kind == "image":
        source, alt = (html.escape(str(values.get(key) or "")) for key in ("src", "alt"))
        image = f'<img src="{source}" alt="{alt}">'
        return f"<figure>{image}{caption}</figure>"
    if kind == "gallery":
        return "".join(draw_card("image", each) for each in values.get("images", [])) + caption
    if kind in ("codeblock", "code"):
        language = html.escape(str(values.get("language") or ""))
        shown = f' class="language-{language}"' if language else ""
        return f"<pre><code{shown}>{html.escape(str(values.get('code', '')), quote=False)}</code></pre>"
    if kind in ("html", "callout", "toggle"):
        text = values.get("html") or values.get("content") or values.get("calloutText") or ""
        head = f"<p><strong>{values['heading']}</strong></p>" if values.get("heading") else ""
        return (
            f"{head}{text}" if kind == "html" else f"<blockquote>{head}<p>{text}</p></blockquote>"
        )
    if kind in ("markdown", "card-markdown"):
        return draw_markdown(str(values.get("markdown", "")))
    if kind in ("embed", "bookmark", "video", "audio", "file", "button"):
        return draw_link(values)
    return "<hr>" if kind in ("horizontalrule", "hr") else ""


def draw_link(values: Mapping[str, Any]) -> str:
    """Return a card that leads elsewhere as a link with its title, and its caption below."""
    keys = ("url", "src", "buttonUrl")
    address = next((str(values[key]) for key in keys if values.get(key)), "")
    titles = (
        (values.get("metadata") or {}).get("title"),
        values.get("title"),
        values.get("buttonText"),
    )
    title = next((str(title) for title in titles if title), address)
    caption = f"<p>{values['caption']}</p>" if values.get("caption") else ""
    link = f'<p><a href="{html.escape(address)}">{html.escape(title)}</a></p>'
    return link + caption if address else ""


def draw_markdown(text: str) -> str:
    """Return the HTML of a card that holds Markdown."""
    from catalogue.text.markdown_parser import make_text_parser

    return make_text_parser().convert(text)


def read_mobiledoc(document: Mapping[str, Any]) -> str:
    """Return a document of Mobiledoc 0.3 as HTML."""
    parts = []
    for section in document["sections"]:
        kind = section[0]
        if kind == 1:
            parts.append(f"<{section[1]}>{draw_markers(section[2], document)}</{section[1]}>")
        elif kind == 2:
            parts.append(f'<img src="{html.escape(section[1])}" alt="">')
        elif kind == 3:
            items = "".join(f"<li>{draw_markers(item, document)}</li>" for item in section[2])
            parts.append(f"<{section[1]}>{items}</{section[1]}>")
        elif kind == 10:
            name, values = document["cards"][section[1]]
            parts.append(draw_card(name, values))
    return "".join(parts)


def draw_markers(markers: Sequence[Sequence[Any]], document: Mapping[str, Any]) -> str:
    """Return the words of a section, with the marks that open and close around them."""
    parts, is_open = [], list[str]()
    for kind, opened, closed, value in markers:
        for number in opened:
            tag, *rest = document["markups"][number]
            pairs = rest[0] if rest else []
            values = dict(zip(pairs[::2], pairs[1::2], strict=False))
            shown = f' href="{html.escape(values["href"])}"' if "href" in values else ""
            parts.append(f"<{tag}{shown}>")
            is_open.append(tag)
        if kind == 0:
            parts.append(html.escape(value, quote=False))
        elif document["atoms"][value][0] == "soft-return":
            parts.append("<br>")
        parts += [f"</{is_open.pop()}>" for _ in range(closed) if is_open]
    return "".join(parts)
