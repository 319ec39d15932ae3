"""The people who wrote comments: their names and sites, and no address of mail."""

import re

from catalogue.header.entries import HeaderEntry, InvalidValue
from catalogue.header.value_checks import CREDENTIALS
from catalogue.header.values import LONGEST_TEXT, read_url_value
from catalogue.problems import shorten
from catalogue.text.mail_addresses import holds_mail, mask_mails

NOBODY = "Anonymous"
TAGS = re.compile(r"<[^<>]+>")


def read_author(name: str) -> str:
    """Return the name of who wrote, without an address."""
    masked, number = mask_mails(" ".join(TAGS.sub("", name).split()))
    plain = "".join(sign for sign in masked if sign.isprintable())
    return shorten(plain, LONGEST_TEXT) if plain.strip() and not number else NOBODY


def read_address(url: str) -> str:
    """Return the address of a writer's own site; empty for what is none, and with one of mail in it."""
    try:
        found = read_url_value(HeaderEntry("Url", 0, url.strip())) if url.strip() else ""
        return "" if holds_mail(found) or CREDENTIALS.match(found) else found
    except InvalidValue:
        return ""
