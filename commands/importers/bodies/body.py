"""The text of one post as Markdown of this site's: translated, converted, with its links resolved."""

import re

from catalogue.text.encoding import FORBIDDEN_CHARACTERS
from commands.importers.bodies.dialects import translate
from commands.importers.bodies.html_to_markdown import MORE, convert_html, set_paragraphs
from commands.importers.bodies.links import resolve_markdown
from commands.importers.bodies.protected import CODE, change_prose, is_html
from commands.importers.places import Places
from commands.importers.site import HTML, SitePost
from commands.importers.words import find_lost
from commands.importers.xml_reader import mend_letters

FRAME = re.compile(
    r"<iframe\b.*?(?:</iframe\s*>|/>)"
    r"|<object\b(?:(?!</?object\b).)*?//(?:(?!<object\b).)*?</object\s*>"
    r"|<embed\b[^>]*//[^>]*>(?:\s*</embed\s*>)?",
    re.IGNORECASE | re.DOTALL,
)
SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
LEFT = re.compile(r"\{\{[<%].*?[>%]\}\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def make_body(post: SitePost, target: str, places: Places) -> str:
    """Return a post's text as Markdown; `target` is its file here, such as `posts/weeding.md`."""

    def find_link(address: str, words: str) -> str:
        del words
        return places.find_link(address, post, target)

    def find_picture(source: str, words: str) -> str:
        del words
        return places.find_picture(source, post, target)

    def tell(kind: str, text: str) -> None:
        places.site.tell(kind, post.place, text)

    def clean(prose: str) -> str:
        for match in SCRIPT.finditer(prose):
            tell(f"<{match[1].lower()}> left out", match[0][:80])
        prose = SCRIPT.sub("", MORE.sub("", prose))
        return FRAME.sub(lambda match: convert_html(match[0], find_link, find_picture, tell), prose)

    source = FORBIDDEN_CHARACTERS.sub("", mend_letters(post.body))
    form = HTML if post.form == HTML or is_whole_html(source) else post.form
    text = translate(source, form, places.site.attachments)
    if form == HTML:
        text = set_paragraphs(text) if post.is_loose else text
        text = convert_html(text, find_link, find_picture, tell)
    else:
        text = change_prose(text, clean)
        text = resolve_markdown(text, find_link, find_picture)
    for mark in sorted({match[0] for match in LEFT.finditer(CODE.sub("", text))}):
        tell("mark of another program kept as it is", mark[:100])
    return text.strip("\n")


def is_whole_html(text: str) -> bool:
    """Return whether a Markdown text is HTML that becomes Markdown with all of its words.

    Where HTML is not whole its words go astray: then it stays as it is, for a person to mend.
    """
    if not is_html(text):
        return False
    made = convert_html(
        translate(text, HTML, {}),
        lambda address, _: address,
        lambda source, _: source,
        lambda *_: None,
    )
    return not find_lost(text, HTML, made)
