"""Write the header of an imported text, of whose values each is one that this site reads."""

import re
from collections.abc import Sequence
from datetime import datetime

from building.settings import read_constants
from catalogue.header.values import LONGEST_SUMMARY, LONGEST_TEXT, MOST_ITEMS
from catalogue.problems import shorten
from catalogue.text.encoding import FORBIDDEN_CHARACTERS
from catalogue.text.languages import is_language_tag
from commands.importers.site import Site, SitePost
from commands.topics.topic_files import format_item
from commands.writing.post_files import format_value

UNTITLED = "Untitled"
# No title has emphasis here, and readers would see the tags.
TAGS_IN_LINE = re.compile(
    r"</?(?:em|i|b|strong|code|span|cite|sub|sup|u|small|q)(?:\s[^<>]*)?>", re.IGNORECASE
)
OPTIONAL = (
    "Summary",
    "Aliases",
    "Author",
    "Image",
    "Image-alt",
    "Modified",
    "Lang",
    "Tags",
    "Slug",
)


def format_date(moment: datetime) -> str:
    """Return a moment as a header has it, in its own zone if it names one."""
    zone = f" {moment.isoformat()[-6:]}" if moment.tzinfo else ""
    if not zone and (moment.hour, moment.minute) == (0, 0):
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m-%d %H:%M}{zone}"


def make_title(post: SitePost) -> str:
    """Return the title that a post has here: on one line, no longer than it may be, and never none."""
    title = " ".join(TAGS_IN_LINE.sub("", post.title).split()) or UNTITLED
    return shorten(title, LONGEST_TEXT) if len(title) > LONGEST_TEXT else title


def collect_header(
    post: SitePost, site: Site, topics: Sequence[str], image: str, now: datetime
) -> dict[str, str]:
    """Return the lines of a text's header by their keys; `image` is the picture's path here."""
    if len(" ".join(post.title.split())) > LONGEST_TEXT:
        site.tell("title that was cut", post.place, " ".join(post.title.split()))
    values = {"Title": format_value(make_title(post))}
    if post.date:
        values["Date"] = format_date(post.date)
    elif post.kind == "post":
        values["Date"] = format_date(now)
        site.tell("post without a date got today's", post.place)
    if post.modified and (not post.date or is_later(post.modified, post.date)):
        values["Modified"] = format_date(post.modified)
    if post.kind == "post":
        values |= collect_post_header(post, topics, image, read_constants()["AUTHOR"])
    summary = " ".join(post.summary.split())
    if summary and "<" not in summary:
        values["Summary"] = format_value(shorten(summary, LONGEST_SUMMARY))
    if post.is_draft:
        values["Status"] = "draft"
    if post.language and is_language_tag(post.language):
        values["Lang"] = post.language
    return values


def collect_post_header(
    post: SitePost, topics: Sequence[str], image: str, site_author: str
) -> dict[str, str]:
    """Return the lines that only a post has, by their keys."""
    values = {"Comments": str(len(post.comments) or post.total or 0)}
    if topics:
        values["Tags"] = ", ".join(map(format_item, topics[:MOST_ITEMS]))
    if post.author and post.author != site_author:
        values["Author"] = format_value(post.author)
    if image:
        values["Image"] = image
    if image and post.image_alt:
        values["Image-alt"] = format_value(post.image_alt)
    return values


def is_later(one: datetime, other: datetime) -> bool:
    """Return whether one moment is on a later day than another; one without a zone may be of any."""
    return one.replace(tzinfo=None).date() > other.replace(tzinfo=None).date()


def format_text(values: dict[str, str], body: str) -> str:
    """Return the text of a file."""
    lines = [f"{key}: {value}" for key, value in values.items()]
    text = "\n".join([*lines, "", body]).rstrip("\n") + "\n"
    return FORBIDDEN_CHARACTERS.sub("", text)  # nobody sees them, and no text here may have them
