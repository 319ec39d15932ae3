"""Read the value of a header entry, and refuse in it what no page may show."""

import re
import unicodedata
from typing import Any

from catalogue.header.author_names import shorten_author_line
from catalogue.header.entries import HeaderEntry, InvalidValue
from catalogue.header.schema import HEADER_EXAMPLES, Field
from catalogue.header.values import VALUE_READERS
from catalogue.problems import shorten
from catalogue.text.encoding import FORBIDDEN_CHARACTERS
from catalogue.text.mail_addresses import holds_mail

CREDENTIALS = re.compile(r"https?://[^/?#]*@", re.IGNORECASE)  # RFC 3986, 3.2.1
# What has a meaning in YAML at the beginning of a value (YAML 1.2, 6.9 and 7.1), and is not read here.
YAML_SIGN = re.compile(r"&[\w-]+(?=\s|$)|\*[\w-]+$|![\w!:/.<>-]+(?=\s|$)")
# A link of Markdown, by an address or the name of a file.
LINK = re.compile(r"\[([^\[\]]+)\]\((?:[a-z]+:|[./#]|[^()\s]*\.)[^()\s]*\)")
# Forms that may have pairs below.
MAPPABLE = frozenset(("author", "name", "image", "starts", "count"))


def read_value(entry: HeaderEntry, item: Field) -> Any:
    """Return the value of an entry in the form of its field; an empty one if it says nothing.

    Raises InvalidValue with a sentence for the author.
    """
    # YAML for nothing; a title may be so, and a reader may be called so.
    if entry.value.strip() in ("~", "null") and item.form not in ("title", "name"):
        entry.value = ""
    if entry.is_fenced and entry.is_mapping and item.form not in MAPPABLE:
        first = shorten(entry.below[0].text)
        seen = f"{entry.label} holds lines of its own (“{first}”), and only one value is read"
        raise InvalidValue(f"{seen}. Write the value beside the name, on one line.")
    value = VALUE_READERS[item.form](entry)
    refuse_invisible(item.key, value)
    refuse_mail(item, value)
    if entry.is_fenced and not entry.is_block and (sign := YAML_SIGN.match(entry.value.strip())):
        seen = f"“{shorten(sign[0])}” has a meaning of its own in YAML, which is not read here"
        raise InvalidValue(f"{seen}. Leave it out, or put the value in quotation marks.")
    return value


def refuse_invisible(key: str, value: Any) -> None:
    """Raise InvalidValue for what no reader can see; only an escape in quotes brings it in here."""
    if isinstance(value, str) and value.isprintable():
        return
    parts = value if isinstance(value, list) else [value]
    text = "".join(
        "".join(map(str, part.values())) if isinstance(part, dict) else str(part) for part in parts
    )
    if not text.isprintable() and (match := FORBIDDEN_CHARACTERS.search(text)):
        seen = f"{key} holds an invisible sign (U+{ord(match[0]):04X})"
        raise InvalidValue(f"{seen}. Type the line again without the backslash.")


def refuse_mail(item: Field, value: Any) -> None:
    """Raise InvalidValue for an e-mail address in a name or a site: pages and feeds would show it.

    In the author of a post any @ is refused: half an address, or a handle, is no name to cite. Whoever
    comments may be called so, and the comment keeps the name that was given.
    """
    key = item.key
    if item.content == "name" and any(
        map(holds_mail, value if isinstance(value, list) else [value])
    ):
        remedy = HEADER_EXAMPLES.get(key, f"{key}: a few words")
        seen = f"{key} holds an e-mail address, which readers would see"
        raise InvalidValue(f"{seen}. Write only the name: {remedy}")
    if item.form == "url" and (holds_mail(value) or CREDENTIALS.match(value)):
        seen = f"{key} holds an e-mail address, which readers would see"
        raise InvalidValue(f"{seen}. Write the site alone: {key}: https://…")
    if item.form == "author" and "@" in unicodedata.normalize("NFKC", value):
        seen = f"{key} holds an @, as an e-mail address does"
        raise InvalidValue(f"{seen}. Write only the name: {HEADER_EXAMPLES['Author']}")


def warn_of_value(item: Field, value: Any) -> str:
    """Return a warning for a checked value that may be meant in another way; empty for none."""
    if item.form == "author":
        return warn_of_additions(item.key, value, f"{item.key}: {{}}")
    return warn_of_mail(item, value) or warn_of_link(item, value)


def warn_of_additions(key: str, value: str, line: str) -> str:
    """Return a warning for what readers of an author line do not get to see; empty for none.

    `line` is how such a line is written, with {} for the names.
    """
    short = shorten_author_line(value)
    seen = f"{key} holds more than names; degrees and what is in parentheses are left out, for citations"
    return f"{seen} have none. Write: {line.format(short)}" if short else ""


def warn_of_mail(item: Field, value: Any) -> str:
    """Return a warning for an e-mail address in a sentence, where it may be meant; empty for none."""
    if item.content != "sentence" or not holds_mail(value):
        return ""
    seen = f"{item.key} holds an e-mail address, and feeds, citations and search engines repeat it"
    return f"{seen}. Take it out, or move it into the text below the header."


def warn_of_link(item: Field, value: Any) -> str:
    """Return a warning for a link in a sentence, which is shown as it is typed; empty for none."""
    if item.content != "sentence" or "](" not in value:
        return ""
    link = LINK.search(value)
    if link is None:
        return ""
    seen = f"“{shorten(link[0], 40)}” is shown as it is typed: in {item.key} there are no links"
    return f"{seen}. Write its words alone: {link[1]}"
