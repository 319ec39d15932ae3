"""Check the title of a new post, and write its text, with a header that any reader of YAML understands."""

import re
from collections.abc import Sequence

from catalogue.addresses import is_reserved
from catalogue.header.values import LONGEST_TEXT
from catalogue.problems import shorten
from catalogue.slugs import format_post_slug
from catalogue.text.leftovers import ANSWER_PLACEHOLDER, PLACEHOLDER, QUERY_PLACEHOLDER

# What YAML reads as it stands (YAML 1.2, 7.3.3), and is not a switch or nothing.
PLAIN = re.compile(r"[^\W\d_](?:[\w,.;'’‘“”()/&!?+–—-]|:(?=\w)| (?! |$))*")
PLAIN_NAME = re.compile(r"[^\W\d_](?:[\w.'’()/&+–—-]| (?! |$))*")
SWITCHES = frozenset("true false yes no on off null y n".split())


def check_title(title: str) -> str:
    """Return why a title cannot name a post; empty when it can."""
    if not title.strip():
        return 'A post needs a title. Type: python3 tasks.py new "What I read this week"'
    if not " ".join(title.split()).isprintable():
        return f"“{shorten(title)}” holds a character that cannot be shown. Type the title again."
    if len(title) > LONGEST_TEXT:
        return f"The title has {len(title):,} characters. Give one of at most {LONGEST_TEXT}."
    slug = format_post_slug(title)
    if not slug or not any(character.isalnum() for character in title):
        return (
            f"“{shorten(title)}” has no letter and no digit to make an address from. "
            "Add a word to the title."
        )
    if is_reserved("post", slug):
        return f"“{slug}” is a name that the site itself uses. Add a word to the title."
    return ""


def format_draft(title: str, date: str, tags: Sequence[str], question: bool = False) -> str:
    """Return the text of a new draft's file.

    Its header stands between lines of hyphens, so that GitHub and other editors show it as one. Tags
    may not be empty, so without any there is no such line. With `question` the body is a reference
    question's.
    """
    header = [f"Title: {quote_value(' '.join(title.split()))}", f"Date: {date}", "Status: draft"]
    if tags:
        header.append(f"Tags: {format_tags(tags)}")
    places = [PLACEHOLDER]
    if question:
        places[:0] = [f"Query: {QUERY_PLACEHOLDER}", f"Short answer: {ANSWER_PLACEHOLDER}"]
    return "\n".join(["---", *header, "Comments: 0", "---", "", "\n\n".join(places), ""])


def format_tags(tags: Sequence[str]) -> str:
    """Return tags with commas between them; between brackets, if a sign in one would be misread."""
    if all(is_plain(tag, PLAIN_NAME) for tag in tags):
        return ", ".join(tags)
    return f"[{', '.join(tag if is_plain(tag, PLAIN_NAME) else quote(tag) for tag in tags)}]"


def quote_value(text: str) -> str:
    """Return a value as YAML has it: in quotation marks, if it would be read otherwise without."""
    return text if is_plain(text, PLAIN) else quote(text)


def is_plain(text: str, form: re.Pattern[str]) -> bool:
    """Return whether YAML reads a text as it stands."""
    return form.fullmatch(text) is not None and text.lower() not in SWITCHES


def quote(text: str) -> str:
    """Return a text in quotation marks."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
