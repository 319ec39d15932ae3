"""The settings of the author, each as it can be written, and of which kind its value is."""

from typing import Any

SETTING_EXAMPLES = {
    "AUTHOR": '"The Librarian"',
    "CONTACT_EMAIL": '"desk@example.org"',
    "DATE_FORM": '"{day} {month} {year}"',
    "DEFAULT_LANG": '"en"',
    "DEFAULT_PAGINATION": "10",
    "FEED_AUTHORITY": '"example.org"',
    "FEED_LENGTH": "50",
    "FOOTER_LINKS": '[("Mastodon", "https://glammr.us/@ann", "me"), ("Opening hours", "/hours/")]',
    "NAVIGATION": '["home", "topics", ("/about/", "Who writes here")]',
    "SITENAME": '"Libraries Got Game"',
    "SITESUBTITLE": '"A librarian on customer service"',
    "SITEURL": '"https://example.org"',
    "TIMEZONE": '"Europe/Berlin"',
    "TOPIC_FEED_LENGTH": "20",
}


def check_kind(value: Any, example: str) -> str:
    """Return what should stand in place of a value that is not of the kind of an example."""
    if example[0] == '"' and not isinstance(value, str):
        return "a text in quotation marks belongs there. Write one"
    if example.isdigit() and (type(value) is not int or value < 1):
        return "a whole number from 1 on belongs there. Write one"
    if example[0] == "[" and not isinstance(value, list):
        return "a list in square brackets belongs there. Write one"
    return ""
