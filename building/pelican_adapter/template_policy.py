"""Name what a template asks a browser for and the pages' policy drops, which a browser does in silence."""

import re
from collections.abc import Iterator

from jinja2 import TemplateSyntaxError
from jinja2.ext import Extension

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
NAMED_SCRIPTS = re.compile(r"\{%-?\s*set\s+scripts\b")
TO_STYLE = "Put its rules into a file of theme/static/style/, and its name into {% set styles %} of the page"

TAG = r"<[a-z][^<>]*[\s\"']"  # as far as one of its attributes
FORM = r"<form\s(?:[^<>]*[\s\"'])?"

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
            r"<link\b[^>]*\brel\s*=\s*[\"']?(?:stylesheet|preload|modulepreload)", re.IGNORECASE
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
SCRIPT = re.compile(r"<script\b(?![^>]*application/ld\+json)", re.IGNORECASE)


def blank(match: re.Match[str]) -> str:
    """Return something as long in lines as what was found, so that line numbers stay."""
    return " " + "\n" * match[0].count("\n")


def find_dropped(source: str) -> Iterator[tuple[int, str, str]]:
    """Yield what of a template a browser would drop: its line from 1, what it is, what to do instead.

    A page's policy (`format_policy`) admits its one style, pictures and films of the site itself, forms
    that are sent to it, and those scripts whose sources the template names in `scripts`.
    """
    source = COMMENT.sub(blank, source)
    html = JINJA.sub(blank, source)
    scripts: tuple[tuple[re.Pattern[str], str, str], ...] = ()
    if not NAMED_SCRIPTS.search(source):
        remedy = "Take it out, or name its source in {% set scripts %}, as search.html does"
        scripts = ((SCRIPT, "a script", remedy),)
    for text, rules in ((source, DROPPED), (html, (*DROPPED_IN_HTML, *scripts))):
        for pattern, seen, remedy in rules:
            for match in pattern.finditer(text):
                yield text.count("\n", 0, match.end()) + 1, seen, remedy


class PolicyGuard(Extension):
    """A Jinja extension that refuses a template of which the pages' policy would drop a part."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source as it is. Raises TemplateSyntaxError for its first line that is dropped."""
        for line, seen, remedy in sorted(find_dropped(source)):
            text = f"{seen} stands here, which the Content Security Policy of the pages makes browsers drop"
            raise TemplateSyntaxError(f"{text}. {remedy}", line, name, filename)
        return source
