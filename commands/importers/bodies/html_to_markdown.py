"""Turn HTML into Markdown where that loses nothing; what Markdown has no form for stays HTML.

The HTML is read as browsers read it (html5lib), because what blogs have kept for years is often not whole.
"""

import html
import re
import warnings
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import quote, urlsplit

from bs4 import BeautifulSoup, Comment, MarkupResemblesLocatorWarning
from bs4.element import NavigableString, Tag
from markdownify import ATX, BACKSLASH, MarkdownConverter

from catalogue.text.films import find_film
from catalogue.text.ids import make_id
from commands.importers.bodies.protected import change_prose
from commands.writing.markdown_escape import ENTITIES, escape_line, escape_words

# In a line, and as a block: what stays HTML.
KEPT_INLINE = "sup sub mark ins u small q cite abbr var dfn bdi bdo ruby time".split()
KEPT_BLOCK = "details dl audio video".split()
DROPPED = (
    "script style noscript template object embed applet form input button select textarea".split()
)
PLUGINS = ("object", "embed")  # which showed films before browsers did
MORE = re.compile(r"<!--\s*(?:more|nextpage|/?wp:.*?|\s*)\s*-->", re.DOTALL)
BLOCKS = (
    r"address|article|aside|blockquote|details|div|dl|fieldset|figure|footer|form|h[1-6]|header|hr|iframe|"
    r"li|main|nav|ol|p|pre|section|style|script|table|tbody|td|tfoot|th|thead|tr|ul|video|audio|figcaption"
)
BARE_ADDRESS = re.compile(r"https?://[^\s<>\[\]()]+")
STARTS_BLOCK = re.compile(rf"\s*</?(?:{BLOCKS})\b", re.IGNORECASE)
PRESERVED = re.compile(r"<(pre|script|style|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
LINE_ENDS = frozenset(
    "address article aside blockquote body br dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 "
    "h6 header hr li main ol p pre section summary table td th tr ul".split()
)
ORDINAL = re.compile(r"\A(\d{0,9})((?<=\d)[.)]|(?<!\d)[-+])(?=\s|\Z)")  # or the bullet of a list
EMPHASIS = ("b", "strong", "i", "em")
EMPHASISED = re.compile(
    r"(?P<start>\s*)(?P<marks>\*{1,2})(?P<words>\S.*?)(?P=marks)(?P<end>\s*)", re.DOTALL
)
PLAIN_ID = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
BLANKS = re.compile(r"\n{3,}")


def set_paragraphs(source: str) -> str:
    """Return HTML in which blank lines have become paragraphs and line ends breaks, as WordPress shows it.

    Its older texts have no tags for either.
    """
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\n\n<pre data-kept={len(kept) - 1}></pre>\n\n"

    text = PRESERVED.sub(keep, source.replace("\r\n", "\n"))
    text = re.sub(rf"(<(?:{BLOCKS})\b[^>]*>)", r"\n\n\1", text, flags=re.IGNORECASE)
    text = re.sub(rf"(</(?:{BLOCKS})\s*>)", r"\1\n\n", text, flags=re.IGNORECASE)
    parts = []
    for part in re.split(r"\n\s*\n", text):
        if not part.strip():
            continue
        broken = re.sub(r"(?<!>)\n(?!\s*<br|\s*\Z)", "<br>\n", part)
        parts.append(broken if STARTS_BLOCK.match(part) else f"<p>{broken.strip()}</p>")
    joined = "\n\n".join(parts)
    return re.sub(r"<pre data-kept=(\d+)></pre>", lambda match: kept[int(match[1])], joined)


def convert_html(
    source: str,
    find_link: Callable[[str, str], str],
    find_picture: Callable[[str, str], str],
    tell: Callable[[str, str], None],
) -> str:
    """Return HTML as Markdown.

    `find_link` returns the address in place of one, or nothing for a link that leads nowhere; `find_picture`
    the same for a picture, each with the words that stand there. `tell` is told what could not be kept.
    """
    with warnings.catch_warnings():  # a comment that is nothing but an address is no mistake here
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(MORE.sub("", source), "html5lib")
    body = soup.body or soup
    clean(body, soup, tell)
    resolve(body, soup, find_link, find_picture)
    converter = Converter(heading_style=ATX, newline_style=BACKSLASH, bullets="-", escape_misc=True)
    text = converter.process_tag(body)
    text = change_prose(text, lambda prose: BLANKS.sub("\n\n", re.sub(r"[ \t]+\n", "\n", prose)))
    return re.sub(r"\\(?=\n\n|\n*\Z)", "", text).strip("\n")  # a break that nothing follows


def clean(body: Tag, soup: BeautifulSoup, tell: Callable[[str, str], None]) -> None:
    """Take out what no post may have, and put films as links."""
    for comment in body.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for frame in body.find_all(["iframe", *PLUGINS]):
        if frame.parent is not None and (frame.name == "iframe" or find_frame(frame)):
            replace_frame(frame, soup, tell)
    for tag in body.find_all(DROPPED):
        words = " ".join(tag.get_text(" ").split()) if tag.name not in ("script", "style") else ""
        tell(f"<{tag.name}> left out", str(tag)[:80])
        tag.replace_with(NavigableString(f" {words} " if words else ""))
    for tag in body.find_all(
        ["span", "font", "center", "section", "article", "main", "header", "footer"]
    ):
        if tag.name in ("span", "font"):
            tag.unwrap()
        else:
            tag.name = "div"
    for tag in reversed(body.find_all(["a", *EMPHASIS])):  # the inner ones first
        put_breaks_outside(tag)


def put_breaks_outside(tag: Tag) -> None:
    """Put breaks that words in a line begin or end with before or behind them, as Markdown has them."""
    for index, put in ((-1, tag.insert_after), (0, tag.insert_before)):
        while inner := [each for each in tag.contents if str(each).strip()]:
            if getattr(inner[index], "name", None) != "br":
                break
            put(inner[index].extract())


def replace_frame(frame: Tag, soup: BeautifulSoup, tell: Callable[[str, str], None]) -> None:
    """Put a link in the place of a page in a frame."""
    address = find_frame(frame)
    film = find_film(address)
    if not address.startswith("http"):
        tell("<iframe> left out", str(frame)[:80])
        frame.decompose()
        return
    if film is None:
        tell("page in a frame became a link", address)
    link = soup.new_tag("a", href=film.address if film else address)
    link.string = str(frame.get("title") or (film.words if film else address))
    paragraph = soup.new_tag("p")
    paragraph.append(link)
    frame.replace_with(link if frame.parent and frame.parent.name == "p" else paragraph)


def find_frame(frame: Tag) -> str:
    """Return the address of what a frame or a plug-in shows; empty if it has none in full."""
    inner = frame.find_all(["param", "embed"]) if frame.name == "object" else []
    for tag in (frame, *inner):
        is_other = tag.name == "param" and str(tag.get("name")).lower() not in ("movie", "src")
        for key in () if is_other else ("src", "data-src", "data", "value"):
            address = str(tag.get(key) or "")
            address = f"https:{address}" if address.startswith("//") else address
            if address.startswith("http"):
                # Flash had its settings behind a & without the question mark.
                return address if "?" in address else address.partition("&")[0]
    return ""


def resolve(
    body: Tag,
    soup: BeautifulSoup,
    find_link: Callable[[str, str], str],
    find_picture: Callable[[str, str], str],
) -> None:
    """Put the new addresses of links and pictures in place of the old ones."""
    for image in body.find_all("img"):
        resolve_image(image, soup, find_picture)
    for link in body.find_all("a"):
        address = str(link.get("href") or "").strip()
        if not address:
            link.unwrap()
            continue
        found = find_link(address, " ".join(link.get_text().split()))
        if found:
            link["href"] = found
        else:
            link.unwrap()
    for tag in body.find_all(["audio", "video", "source", "track"]):
        source = str(tag.get("src") or "")
        if source and (found := find_picture(source, "")):
            tag["src"] = found


def resolve_image(image: Tag, soup: BeautifulSoup, find_picture: Callable[[str, str], str]) -> None:
    """Put the new address of a picture in place of the old one: a link, if it is not among the author's."""
    source = str(image.get("src") or image.get("data-src") or image.get("data-lazy-src") or "")
    alt = " ".join(str(image.get("alt") or "").split())
    parent = image.parent
    around = parent if parent and parent.name == "a" and len(parent.contents) == 1 else None
    found = find_picture(source, alt)
    if around is not None and (not around.get("href") or is_picture(str(around["href"]))):
        around.unwrap()  # it led nowhere, or to the same picture, only larger
        around = None
    if found.startswith("../"):
        image["src"], image["alt"] = found, alt
    elif found:
        link = soup.new_tag("a", href=found)
        link.string = alt or found.rpartition("/")[2]
        image.replace_with(link)
        if around is not None:
            part_links(around, link)
    else:
        image.replace_with(NavigableString(alt))


def part_links(outer: Tag, inner: Tag) -> None:
    """Put the link that is all there is in another before it, for no link stands in one."""
    address = str(outer["href"])
    outer.insert_before(inner.extract(), " (")
    outer.string = urlsplit(address).hostname or address
    outer.insert_after(")")


def is_picture(address: str) -> bool:
    """Return whether an address ends as those of pictures do."""
    return (
        re.search(r"\.(?:png|jpe?g|gif|webp|svg|avif)(?:[?#]|\Z)", address, re.IGNORECASE)
        is not None
    )


def format_html(element: Tag) -> str:
    """Return an element as HTML without blank lines, in which no line begins as Markdown."""
    for tag in [element, *element.find_all(True)]:
        tag.attrs = {
            name: value
            for name, value in tag.attrs.items()
            if name
            in (
                "href",
                "src",
                "alt",
                "colspan",
                "rowspan",
                "title",
                "datetime",
                "open",
                "lang",
                "scope",
            )
        }
    return re.sub(r"\s*\n\s*", " ", element.decode(formatter="minimal")).strip()


class Converter(MarkdownConverter):
    """markdownify's converter, for which more stays HTML, and for this site's Markdown."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Return words as Markdown that shows just them."""
        if not text or "_noformat" in parent_tags:
            return text
        escaped = re.sub(r"\\(?=\s|\Z)", "&#92;", escape_words(text)).replace("~", "\\~")
        if "a" in parent_tags:  # whose words end at a bracket
            escaped = escaped.replace("]", "\\]")
        # What Markdown makes a link of is one as it stands, and in the words of a link is read as it stands.
        escaped = BARE_ADDRESS.sub(lambda match: unescape_address(match[0]), escaped)
        if parent_tags & {"td", "th"}:
            escaped = escaped.replace("|", "\\|")
        return escaped

    def process_text(self, el: Any, parent_tags: set[str] | None = None) -> str:
        """Return a text; what would be a mark at the start of a line is escaped where it stands at one."""
        text: str = cast(Any, super()).process_text(el, parent_tags)
        if parent_tags and parent_tags & {"pre", "code", "_noformat"}:
            return text
        first, *others = text.split("\n")
        if first.strip() and is_line_start(el):
            first = escape_start(first)
        return "\n".join([first, *map(escape_start, others)])

    def process_tag(self, node: Any, parent_tags: set[str] | None = None) -> str:
        """Return an element as Markdown, or as HTML if Markdown has no form for it."""
        name = node.name
        if name in KEPT_BLOCK or (name == "table" and not is_plain_table(node)):
            return f"\n\n{format_html(node)}\n\n"
        if name == "figure":
            return self.convert_whole_figure(node, parent_tags)
        if name in ("kbd", "samp"):
            return f"<{name}>{escape_words(node.get_text())}</{name}>"
        text: str = cast(Any, super()).process_tag(node, parent_tags)
        if re.fullmatch("h[1-6]", name):  # signs at a heading's end would close it, or be its id
            text = re.sub(r"(?<=\S)(\s+)(#+)(\s*)\Z", r"\1\\\2\3", text)
            text = re.sub(r"\}(\s*)\Z", r"&#125;\1", text)
            return set_id(text, node)
        if name in EMPHASIS:
            return emphasise(text, node)
        if name in KEPT_INLINE and text.strip():
            title = f' title="{html.escape(str(node["title"]))}"' if node.get("title") else ""
            return f"<{name}{title}>{text}</{name}>"
        return text

    def convert_whole_figure(self, node: Any, parent_tags: set[str] | None) -> str:
        """Return a picture with its caption; anything else in a figure as what it is."""
        caption, images = node.find("figcaption"), node.find_all("img")
        words = caption.get_text(" ", strip=True) if caption else ""
        if len(images) == 1 and words and '"' not in words and not caption.find("a"):
            image = images[0]
            link = image.find_parent("a")
            target = f'{format_target(str(image["src"]))} "{escape_words(words)}"'
            shown = f"![{escape_bracketed(str(image.get('alt', '')))}]({target})"
            if link is not None and node in link.parents:
                return f"\n\n[{shown}]({format_target(str(link['href']))})\n\n"
            return f"\n\n{shown}\n\n"
        return f"\n\n{cast(Any, super()).process_tag(node, parent_tags).strip()}\n\n"

    def convert_img(self, node: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Return a picture."""
        alt = escape_bracketed(" ".join(str(node.get("alt") or "").split()))
        return f"![{alt}]({format_target(str(node.get('src') or ''))})"

    def convert_a(self, node: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Return a link."""
        address = str(node.get("href") or "")
        before, words, after = part_blanks(text)
        if not words or not address:
            return text
        return f"{before}[{words}]({format_target(address)}){after}"

    def convert_pre(self, node: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Return code between fences, with its language if a class names it."""
        code = node.get_text().strip("\n")
        classes = " ".join(
            word for tag in (node, *node.find_all("code")) for word in tag.get("class", [])
        )
        match = re.search(r"(?:lang(?:uage)?-|brush:\s*)([\w+#-]+)", classes)
        # Plug-ins of WordPress take the language of the code for that of the words.
        match = match or re.fullmatch(r"([\w+#-]+)", str(node.get("lang") or ""))
        ticks = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", code))])
        return f"\n\n{ticks}{match[1] if match else ''}\n{code}\n{ticks}\n\n"

    def convert_del(self, node: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Return words that are struck out."""
        return f"~~{text}~~" if text.strip() else text

    convert_s = convert_strike = convert_del


def emphasise(text: str, node: Any) -> str:
    """Return emphasised words, in HTML where a sign at their end and a letter behind it hide the asterisks.

    So it is the other way round at their beginning (CommonMark 6.2).
    """
    match = EMPHASISED.fullmatch(text)
    if not match:
        return text
    before, after = (
        each.get_text() if each is not None else ""
        for each in (node.previous_sibling, node.next_sibling)
    )
    words = match["words"]
    is_hidden = (not match["end"] and after[:1].isalnum() and not words[-1].isalnum()) or (
        not match["start"] and before[-1:].isalnum() and not words[0].isalnum()
    )
    if not is_hidden:
        return text
    tag = "strong" if len(match["marks"]) == 2 else "em"
    return f"{match['start']}<{tag}>{words}</{tag}>{match['end']}"


def set_id(heading: str, node: Any) -> str:
    """Return a heading with the id that links know it by, where its words alone make another."""
    name = str(node.get("id") or "")
    if not PLAIN_ID.fullmatch(name) or name == make_id(node.get_text()):
        return heading
    return re.sub(r"(?<=\S)(?=\s*\Z)", f" {{#{name}}}", heading)


def unescape_address(escaped: str) -> str:
    """Return an address in words as it is, for Markdown acts on nothing in it."""
    return re.sub(r"\\(?=[_~])", "", escaped.replace(ENTITIES["~"], "~"))


def escape_bracketed(text: str) -> str:
    """Return words as Markdown that shows just them between brackets."""
    return escape_words(text).replace("]", "\\]")


def is_line_start(node: Any) -> bool:
    """Return whether nothing stands before a text in its line."""
    while node is not None:
        before = node.previous_sibling
        while isinstance(before, NavigableString) and not before.strip():
            before = before.previous_sibling
        if before is not None:
            return getattr(before, "name", None) in LINE_ENDS
        node = node.parent
        if node is None or node.name in LINE_ENDS:
            return True
    return True


def escape_start(line: str) -> str:
    """Return a line whose first sign is no mark of a list, a heading, a quotation or a rule."""
    blanks, words, end = part_blanks(line)
    if not words:
        return line
    return blanks + escape_line(ORDINAL.sub(r"\1\\\2", words)) + end


def part_blanks(text: str) -> tuple[str, str, str]:
    """Return a text in three: the blanks before it, its words, the blanks behind it."""
    words = text.strip()
    start = text.find(words) if words else 0
    return text[:start], words, text[start + len(words) :]


def format_target(address: str) -> str:
    """Return an address as it stands in the brackets of a link."""
    return quote(address, safe="/:@!$&'*+,;=~?#[]%-._")


def is_plain_table(table: Any) -> bool:
    """Return whether a table is one of Markdown's: a row of headings, and cells of one line each."""
    rows = table.find_all("tr")
    if not rows or table.find(["caption", "ul", "ol", "blockquote", "pre", "table", "img", "br"]):
        return False
    lengths = {len(row.find_all(["td", "th"])) for row in rows}
    spans = table.find(lambda tag: tag.get("colspan") or tag.get("rowspan"))
    has_head = all(cell.name == "th" for cell in rows[0].find_all(["td", "th"]))
    paragraphs = any(len(cell.find_all("p")) > 1 for cell in table.find_all(["td", "th"]))
    return len(lengths) == 1 and spans is None and has_head and not paragraphs
