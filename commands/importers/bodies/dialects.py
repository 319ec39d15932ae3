"""Translate the marks of other programs: shortcodes, tags of templates, lists of attributes.

What has a plain form here is put into it, in Markdown or in HTML as the text is: pictures, films, code,
quotations, highlights, links. What has none is left as it is, and told. A link to a post of the same blog
gets an address that begins with POST, which `links.py` finds the post for.
"""

import html
import re
from collections.abc import Mapping

from catalogue.text.films import find_film
from commands.importers.bodies.protected import FENCE, change_prose
from commands.importers.site import HTML

POST = "import-post:"
VALUE = re.compile(r"""(?<!\S)([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|“([^”]*)”|([^\s"']+))""")
WORD = re.compile(r""""([^"]*)"|'([^']*)'|([^\s"'=]+)(?=\s|\Z)""")
FENCES = re.compile(
    r"\{%-?\s*(?:highlight|codeblock)\s*(?P<lang>[^%]*?)-?%\}\n?(?P<text>.*?)\n?\{%-?\s*end(?:highlight|codeblock)\s*-?%\}"
    r"|\{\{[<%]\s*(?:highlight|code)\s+(?P<lang2>[^>%]*?)[>%]\}\}\n?(?P<text2>.*?)\n?\{\{[<%]\s*/(?:highlight|code)\s*[>%]\}\}"
    r"|\[(?:source)?code\b(?P<lang3>[^\]]*)\]\n?(?P<text3>.*?)\n?\[/(?:source)?code\]",
    re.DOTALL,
)
# The same outside of code that stands between fences.
FENCES_OUTSIDE = re.compile(rf"(?:{FENCE.pattern})|{FENCES.pattern}", re.MULTILINE | re.DOTALL)
RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}|\{%-?\s*(?:end)?(?:verbatim)\s*-?%\}")
HIDDEN = re.compile(r"\{%-?\s*comment\s*-?%\}(.*?)\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
SITE_VALUE = re.compile(r"\{\{-?\s*(?:site\.(?:baseurl|url|github\.url)|page\.baseurl)\s*-?\}\}")
SITE_PATH = re.compile(
    r"""\{\{-?\s*["']([^"']*)["']\s*\|\s*(?:relative_url|absolute_url|prepend:[^}]*|url|asset_url)[^}]*\}\}"""
)
LONGEST_ADDRESS = 300  # characters before a mark in which its address may begin
OPEN_ADDRESS = re.compile(r"""(?:\]\(<?|=["']?|<|\]:[ ]?)[^\s<>"']*\Z""")  # which goes on
POST_LINK = re.compile(
    r"""\{%-?\s*(?:post_url|link|post_link)\s+["']?([^\s"'%]+)["']?[^%]*%\}"""
    r"""|\{\{[<%]\s*(?:rel)?ref\s+(?:path=)?["']?([^"'>%]+?)["']?\s*[>%]\}\}"""
)
ALERTS = re.compile(
    r"\{\{[<%]\s*(?:notice|alert|callout|admonition|hint)\s*(?P<kind>[^>%]*?)[>%]\}\}(?P<text>.*?)"
    r"\{\{[<%]\s*/(?:notice|alert|callout|admonition|hint)\s*[>%]\}\}",
    re.DOTALL,
)
QUOTES = re.compile(
    r"\{%-?\s*(?:blockquote|pullquote)\s*(?P<by>[^%]*?)-?%\}(?P<text>.*?)\{%-?\s*end(?:blockquote|pullquote)\s*-?%\}"
    r"|\{\{[<%]\s*(?:blockquote|quote)\s*(?P<by2>[^>%]*?)[>%]\}\}(?P<text2>.*?)\{\{[<%]\s*/(?:blockquote|quote)\s*[>%]\}\}",
    re.DOTALL,
)
LIQUID = re.compile(r"\{%-?\s*(\w[\w-]*)\s*(.*?)-?%\}", re.DOTALL)
SHORTCODE = re.compile(r"\{\{[<%]\s*([\w./-]+)\s*([^<>]*?)/?\s*[>%]\}\}", re.DOTALL)
ESCAPED_SHORTCODE = re.compile(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}", re.DOTALL)
GIST = re.compile(
    r"""<script\b[^>]*?\bsrc=["']?(?:https?:)?//gist\.github\.com/([\w./-]+?)\.js\b[^>]*>\s*</script\s*>""",
    re.IGNORECASE,
)
BRACKETED = re.compile(
    r"\[(caption|gallery|embed|youtube|vimeo|audio|video|gist|tweet|twitter|soundcloud|wpvideo|playlist)\b"
    r"([^\[\]]*)\](?:(.*?)\[/\1\])?",
    re.DOTALL,
)
ATTRIBUTE_LIST = re.compile(
    r"[ \t]*\{:[^{}\n]*\}(?=[ \t]*$)|\{:[^{}\n]*\}|(?<=[)\]])\{[.#:\w][^{}\n]*\}", re.MULTILINE
)
# The id of a heading, behind it, or in kramdown on a line of its own below it.
HEADING_ID = re.compile(
    r"^([ ]{0,3}#{1,6}[ \t][^\n]*?)[ \t]*\n?[ ]{0,3}\{:?[ \t]*(?:[^{}\n]*[ \t])?#([\w-]+)[^{}\n]*\}[ \t]*$",
    re.MULTILINE,
)
CONTENTS = re.compile(r"^[*-] (?:TOC|toc|.*)\n\{:[ ]*toc[^}\n]*\}[ \t]*$", re.MULTILINE)
DIV = re.compile(
    r"^:::+[ ]*\{?\.?(callout-)?(\w+)[^\n]*\}?[ \t]*\n(.*?)^:::+[ \t]*$", re.MULTILINE | re.DOTALL
)
WIKI = re.compile(r"(!?)\[\[([^\[\]|#\n]*)(#[^\[\]|\n]*)?(?:\|([^\[\]\n]*))?\]\]")
MARKED = re.compile(r"(?<![=\w])==(?![\s=])([^=\n]+?)(?<!\s)==(?![=\w])")
OBSIDIAN_COMMENT = re.compile(r"%%(.*?)%%", re.DOTALL)
KINDS = {"warning": "WARNING", "danger": "CAUTION", "caution": "CAUTION", "important": "IMPORTANT"}
PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif")
FILMS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
}
PLACES = {
    "gist": "https://gist.github.com/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "x": "https://twitter.com/i/status/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "codepen": "https://codepen.io/pen/{}",
}


def translate(text: str, form: str, attachments: Mapping[str, str]) -> str:
    """Return a text in which the marks of other programs stand in their plain form, as far as they have one.

    `attachments` has the addresses of pictures by their numbers, which galleries name.
    """
    make = Maker(form, attachments)
    text = FENCES_OUTSIDE.sub(make.fence, text)
    text = change_prose(text, make.translate_prose)
    return change_prose(text, make.translate_marks)


class Maker:
    """What is written in place of a mark, in one form."""

    def __init__(self, form: str, attachments: Mapping[str, str]) -> None:
        """Write in a form, HTML or MARKDOWN."""
        self.is_html, self.attachments = form == HTML, attachments

    def translate_prose(self, text: str) -> str:
        """Return prose without tags that hold others."""
        text = HIDDEN.sub(lambda m: f"<!--{m[1].replace('--', '- -')}-->", text)
        text = RAW.sub("", text)
        text = SITE_VALUE.sub("", text)
        text = SITE_PATH.sub(lambda m: m[1], text)
        text = POST_LINK.sub(self.post_link, text)
        text = QUOTES.sub(
            lambda m: self.quote(m["text"] or m["text2"] or "", m["by"] or m["by2"] or ""), text
        )
        text = ALERTS.sub(lambda m: self.alert(m["kind"], m["text"]), text)
        if not self.is_html:
            text = CONTENTS.sub("", text)
            text = DIV.sub(lambda m: self.alert(m[2], m[3]) if m[1] else m[0], text)
        return text

    def post_link(self, match: re.Match[str]) -> str:
        """Return the address of another post, as a link with the words of its name where it is none yet."""
        name = (match[1] or match[2]).strip()
        start = max(match.start() - LONGEST_ADDRESS, 0)
        if OPEN_ADDRESS.search(match.string, start, match.start()):
            return f"{POST}{name}"
        stem = re.sub(r"^\d{4}-\d{1,2}-\d{1,2}-|\.\w+$", "", name.rpartition("/")[2])
        return self.link(f"{POST}{name}", stem.replace("-", " "))

    def translate_marks(self, text: str) -> str:
        """Return prose without the marks that stand alone."""
        text = LIQUID.sub(lambda m: self.tag(m, m[1].lower(), m[2]), text)
        text = SHORTCODE.sub(lambda m: self.tag(m, m[1].lower().rpartition("/")[2], m[2]), text)
        text = ESCAPED_SHORTCODE.sub(lambda m: f"`{{{{{m[1]}{m[2]}{m[3]}}}}}`", text)
        text = BRACKETED.sub(self.bracketed, text)
        text = GIST.sub(lambda m: self.link(f"https://gist.github.com/{m[1]}", ""), text)
        if self.is_html:
            return text
        text = HEADING_ID.sub(r"\1 {#\2}", text)
        text = ATTRIBUTE_LIST.sub("", text)
        text = OBSIDIAN_COMMENT.sub(lambda m: f"<!--{m[1].replace('--', '- -')}-->", text)
        text = MARKED.sub(r"<mark>\1</mark>", text)
        return WIKI.sub(self.wiki, text)

    def fence(self, match: re.Match[str]) -> str:
        """Return code that stood between marks."""
        group = match.groupdict()
        if group["fence"]:
            return match[0]
        words = (group["lang"] or group["lang2"] or group["lang3"] or "").split()
        code = next(
            text for text in (group["text"], group["text2"], group["text3"]) if text is not None
        )
        named = VALUE.search(" ".join(words))
        lang = named[2] or named[5] if named and named[1] in ("lang", "language") else ""
        lang = (lang or (words[0] if words else "")).removeprefix("lang:").strip("\"'")
        lang = lang if re.fullmatch(r"[\w+#.-]{1,30}", lang) else ""
        if self.is_html:
            shown = f' class="language-{lang}"' if lang else ""
            return (
                f"<pre><code{shown}>{html.escape(html.unescape(code), quote=False)}\n</code></pre>"
            )
        ticks = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", code)), 3)
        return f"{ticks}{lang}\n{code}\n{ticks}"

    def quote(self, text: str, by: str) -> str:
        """Return a quotation, and below it whose it is."""
        by = " ".join(by.split())
        if self.is_html:
            end = f"<p>— {html.escape(by)}</p>" if by else ""
            return f"<blockquote>{text}{end}</blockquote>"
        lines = [*text.strip().split("\n"), *(["", f"— {by}"] if by else [])]
        return "\n" + "\n".join(f"> {line}".rstrip() for line in lines) + "\n"

    def alert(self, kind: str, text: str) -> str:
        """Return what was set apart, as an alert of GitHub's."""
        word = re.sub(r"\W.*", "", kind.strip(" \"'")).lower()
        name = KINDS.get(word, "TIP" if word == "tip" else "NOTE")
        if self.is_html:
            return f"<blockquote>{text}</blockquote>"
        lines = [f"[!{name}]", *text.strip().split("\n")]
        return "\n" + "\n".join(f"> {line}".rstrip() for line in lines) + "\n"

    def tag(self, match: re.Match[str], name: str, rest: str) -> str:
        """Return what a tag of Liquid or a shortcode of Hugo stands for; as it is where that is not known."""
        values, words = read_arguments(rest)
        if name in ("include", "include_relative", "include_cached", "render") and words:
            name = re.sub(r"\.\w+$", "", words.pop(0).rpartition("/")[2]).lower()
        return self.make(name, values, words) or match[0]

    def make(self, name: str, values: Mapping[str, str], words: list[str]) -> str:
        """Return what a mark stands for by its name; empty if that is not known."""
        if name in ("figure", "fig", "img", "image", "imgproc", "picture", "photo", "asset_img"):
            return self.picture(values, words)
        given = next(
            (
                values[key]
                for key in ("id", "video", "videoid", "video_id", "url", "src", "link")
                if key in values
            ),
            words[-1] if words else "",
        )
        name = {"youtubeplayer": "youtube", "youtube-embed": "youtube", "video": "film"}.get(
            name, name
        )
        if name in FILMS or name == "film":
            address = given if "://" in given else FILMS.get(name, "{}").format(given)
            return self.film(address, values.get("title", ""))
        if name in PLACES and given:
            place = "/".join(words) if name == "gist" else given
            return self.link(place if "://" in place else PLACES[name].format(place), "")
        return ""

    def picture(self, values: Mapping[str, str], words: list[str]) -> str:
        """Return a picture, with its caption if it has one, and as a link if it is one."""
        source = next(
            (
                values[k]
                for k in ("src", "file", "url", "path", "image", "image_path")
                if k in values
            ),
            "",
        )
        if not source:
            source = next((word for word in words if re.search(r"[./]", word)), "")
            words = words[words.index(source) + 1 :] if source else []
        text = next((values[k] for k in ("alt", "description", "title") if values.get(k)), "")
        caption = next((values[k] for k in ("caption", "attr") if values.get(k)), "")
        spoken = [word for word in words if not word.isdigit()]
        text = text or (spoken[-1] if spoken else "")
        if not source:
            return ""
        if self.is_html:
            image = f'<img src="{html.escape(source)}" alt="{html.escape(text or caption)}">'
            return (
                f"<figure>{image}<figcaption>{caption}</figcaption></figure>" if caption else image
            )
        title = f' "{caption}"'.replace('\\"', "'") if caption and '"' not in caption else ""
        image = f"![{(text or caption).replace(']', ' ')}]({source.replace(' ', '%20')}{title})"
        link = values.get("link", "")
        return f"[{image}]({link})" if link and not title else image

    def film(self, address: str, title: str) -> str:
        """Return a film on another site as a link with its title; alone on a line it becomes a figure."""
        found = find_film(address)
        if found is None and "://" not in address:
            return ""
        return self.link(
            found.address if found else address, title or (found.words if found else "")
        )

    def link(self, address: str, words: str) -> str:
        """Return a link."""
        words = words or address
        if self.is_html:
            return f'<a href="{html.escape(address)}">{html.escape(words)}</a>'
        return f"<{address}>" if words == address else f"[{words.replace(']', ' ')}]({address})"

    def bracketed(self, match: re.Match[str]) -> str:
        """Return what a shortcode of WordPress stands for; as it is where that is not known."""
        name, rest, inner = match[1], match[2], match[3]
        values, words = read_arguments(rest)
        if name == "caption" and inner is not None:
            return self.caption(inner, values.get("caption", ""))
        if name == "gallery":
            numbers = re.findall(r"\d+", values.get("ids", values.get("include", "")))
            sources = [self.attachments[number] for number in numbers if number in self.attachments]
            return "\n\n".join(self.picture({"src": source}, []) for source in sources) or match[0]
        given = (inner or "").strip() or values.get("src", "") or values.get("mp3", "")
        given = given or values.get("mp4", "") or (words[-1] if words else "")
        if not given:
            return match[0]
        if name in ("youtube", "vimeo", "embed", "video", "wpvideo"):
            address = given if "://" in given else FILMS.get(name, "{}").format(given)
            return self.film(address, "") or match[0]
        return self.link(given if "://" in given else PLACES.get(name, "{}").format(given), "")

    def caption(self, inner: str, caption: str) -> str:
        """Return a picture of WordPress with the words below it."""
        image = re.match(r"\s*((?:<a\b[^>]*>)?\s*<img\b[^>]*>\s*(?:</a>)?)(.*)", inner, re.DOTALL)
        if not image:
            return inner
        words = caption or image[2].strip()
        return f"<figure>{image[1].strip()}<figcaption>{words}</figcaption></figure>"

    def wiki(self, match: re.Match[str]) -> str:
        """Return a link by name as one that `links.py` can follow, and an embedded picture as a picture."""
        is_embedded, name, heading, label = match.groups()
        name, label = name.strip(), (label or "").strip()
        if is_embedded and name.lower().endswith(PICTURE_ENDINGS):
            text = f"|{label}" if re.fullmatch(r"\d+(?:x\d+)?", label) else label  # its width
            return f"![{text}]({name.replace(' ', '%20')})"
        if not name:
            return match[0]
        words = label or (name.rpartition("/")[2] + (f" › {heading[1:]}" if heading else ""))
        return f"[{words}]({POST}{name.replace(' ', '%20').replace(')', '%29')})"


def read_arguments(text: str) -> tuple[dict[str, str], list[str]]:
    """Return what is given to a mark by name, the names in small letters, and all other words."""
    values = {key.lower(): next(filter(None, found), "") for key, *found in VALUE.findall(text)}
    return values, ["".join(found) for found in WORD.findall(VALUE.sub(" ", text))]
