"""Name what a template asks a browser for and the pages' policy drops, which a browser does in silence."""

import re
from collections.abc import Iterator

from jinja2 import TemplateSyntaxError
from jinja2.ext import Extension

from building.pelican_adapter.stylesheet import format_source

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
# What a template names in `scripts`, and in it the programs that stand in the page.
NAMED = re.compile(r"\{%-?\s*set\s+scripts\b(?:\s*=(.*?)%\}|(.*?)\{%-?\s*endset\b)", re.DOTALL)
NAMED_PROGRAM = re.compile(r"([^\s~|({]+)\s*\|\s*policy_source\b")
SHOWN_PROGRAM = re.compile(r"(?:\s*\{\{-|\{\{)\s*([^\s|]+?)\s*(?:\|\s*safe\s*)?(?:-\}\}\s*|\}\})")
TO_STYLE = "Put its rules into a file of theme/static/style/, and its name into {% set styles %} of the page"

# An attribute and its value, in which a > may stand; nothing gives back what it has taken.
NAME = r"""[^\s<>"'/=]++"""
VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s<>"'][^\s<>]*+)"""
PART = rf"""(?:{NAME}(?:\s*+=\s*+{VALUE})?+|[\s/"'=])"""
WITHIN = rf"(?![\w-]){PART}*?"  # from the name of a tag as far as one of its attributes
TAG = rf"<[a-z][\w-]*+{WITHIN}"
FORM = rf"<form{WITHIN}"

# What is dropped, as it stands in a template without its comments: in words, and what to do.
DROPPED = (
    (
        re.compile(r"<style\b(?!>\s*\{\{\s*stylesheet\()", re.IGNORECASE),
        "a <style> of its own",
        TO_STYLE,
    ),
)
# The same without what Jinja fills in.
DROPPED_IN_HTML = (
    (re.compile(rf"{TAG}style\s*=", re.IGNORECASE), "a style attribute", TO_STYLE),
    (
        re.compile(
            rf"<link{WITHIN}rel\s*=\s*(?:\"[^\"]*?|'[^']*?|)\b(?:stylesheet|preload|modulepreload)\b",
            re.IGNORECASE,
        ),
        "a stylesheet that is fetched",
        TO_STYLE,
    ),
    (
        re.compile(
            rf"{TAG}(?:on[a-z]{{3,}}\s*=|(?:href|(?:form)?action)\s*=\s*[\"']?\s*javascript:)",
            re.IGNORECASE,
        ),
        "a program in an attribute",
        "Take it out; a script of a page listens for the event instead",
    ),
    (
        re.compile(r"<(?:i?frame|object|embed|applet)\b", re.IGNORECASE),
        "a page of another site in a frame",
        "Link to it instead",
    ),
    (
        re.compile(rf"{TAG}(?:src|srcset|poster)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE),
        "a file of another site",
        "Put a copy into content/extra/ and name its address there",
    ),
    (
        re.compile(
            rf"(?:{FORM}action|{TAG}formaction)\s*=\s*[\"']?(?:(?:https?:)?//|mailto:)",
            re.IGNORECASE,
        ),
        "a form that is sent elsewhere",
        'Link to the form of that site instead, or send it to a page of this one: action="{{ site_root }}/…"',
    ),
    (
        re.compile(r"<base\b(?!-)", re.IGNORECASE),
        "an address that all links of the page begin with",
        "Take it out, and begin the links with {{ site_root }}/",
    ),
)
SCRIPT = re.compile(
    rf"<script(?![\w-])({PART}*+)(?:>(.*?)(?:</script(?![\w-])|\Z))?", re.IGNORECASE | re.DOTALL
)
ATTRIBUTES = re.compile(rf"({NAME})(?:\s*+=\s*+({VALUE}))?+")
ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
TO_SCRIPT = (
    "Take it out, or name its source in {% set scripts %}: as 404.html does with a program that stands in "
    "the page, or as search.html does with one that is fetched from the site"
)


def blank(match: re.Match[str]) -> str:
    """Return blanks in place of what was found, and its ends of lines, so that all places stay."""
    return re.sub(r"[^\n]", " ", match[0])


def find_dropped(source: str) -> Iterator[tuple[int, str, str]]:
    """Yield what of a template a browser would drop: its line from 1, what it is, what to do instead.

    A page's policy (`format_policy`) admits its one style, pictures and films of the site itself, forms
    that are sent to it, and those scripts whose sources the template names in `scripts`.
    """
    source = COMMENT.sub(blank, source)
    html = JINJA.sub(blank, source)
    for text, rules in ((source, DROPPED), (html, DROPPED_IN_HTML)):
        for pattern, seen, remedy in rules:
            for match in pattern.finditer(text):
                yield text.count("\n", 0, match.end()) + 1, seen, remedy
    named = " ".join(each[1] or each[2] or "" for each in NAMED.finditer(source))
    for script in SCRIPT.finditer(html):
        if not is_admitted(script, source, named):
            yield html.count("\n", 0, script.start()) + 1, "a script", TO_SCRIPT


def is_admitted(script: re.Match[str], source: str, named: str) -> bool:
    """Return whether a policy that names these sources admits one script, or does not ask for them.

    `script` is found in the template's HTML, whose places are those of its `source`.
    """
    attributes: dict[str, str] = {}
    for name, value in ATTRIBUTES.findall(script[1]):
        attributes.setdefault(name.lower(), value.strip("\"'"))  # of two alike the first counts
    if attributes.get("type", "").strip().lower() == "application/ld+json":
        return True
    if "src" in attributes:
        return "'self'" in named and not ELSEWHERE.match(attributes["src"])
    text = source[slice(*script.span(2))] if script[2] else ""
    if shown := SHOWN_PROGRAM.fullmatch(text):
        return shown[1] in NAMED_PROGRAM.findall(named)
    return format_source(text) in named  # as it stands here


class PolicyGuard(Extension):
    """A Jinja extension that refuses a template of which the pages' policy would drop a part."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source as it is. Raises TemplateSyntaxError for its first line that is dropped."""
        for line, seen, remedy in sorted(find_dropped(source)):
            text = f"{seen} stands here, which the Content Security Policy of the pages makes browsers drop"
            raise TemplateSyntaxError(f"{text}. {remedy}", line, name, filename)
        return source
