"""The header keys of each kind of file: how each is spelt, read, required and explained.

To add a key, add a `Field` here; if its value is of a new form, add its reader to `values`. A template
shows it as `article.record.values.get("Key")`, of which a text without the key has none. What other
programs call a key is in `foreign_keys`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

KEYS_CACHED = 1_000


@dataclass(frozen=True)
class Field:
    """One header key."""

    key: str
    form: str  # a key of values.VALUE_READERS
    purpose: str  # one sentence for the author
    default: str = ""  # what holds without it, in words
    required: bool = False
    content: str = ""  # "name": no address belongs in it; "sentence": one may be meant; or anything


TITLE = Field("Title", "title", "The title, as readers see it.", required=True, content="sentence")
SUMMARY = Field(
    "Summary", "summary", "One or two sentences for lists.", "the opening words", content="sentence"
)
STATUS = Field("Status", "status", "`draft` keeps it off the site.", "`published`")
SLUG_FIELD = Field("Slug", "slug", "The last part of its address.", "the file's name")
LANGUAGE = Field("Lang", "language", "Its language, if it is not the site's: `de`.", "the site's")
ALIASES = Field("Aliases", "aliases", "Old addresses that lead here.", "none")

SCHEMAS: Mapping[str, tuple[Field, ...]] = {
    "post": (
        TITLE,
        Field("Date", "date", "`2026-11-23` or `2026-11-23 09:30`.", required=True),
        Field("Modified", "date", "When it was last changed, like `Date`.", "none"),
        Field("Tags", "items", "Its topics, with commas between them.", "none", content="name"),
        Field("Comments", "count", "How many comments it has.", "`0`"),
        SUMMARY,
        STATUS,
        SLUG_FIELD,
        ALIASES,
        Field("Author", "author", "Who wrote it.", "the site's author", content="name"),
        Field("Image", "image", "A picture for the top of the post.", "none"),
        Field("Image-alt", "text", "What the picture shows.", "none", content="sentence"),
        Field("Category", "items", "Read as one more of the `Tags`.", "none", content="name"),
        Field("Series", "text", "The series that it is a part of.", "none", content="name"),
        LANGUAGE,
    ),
    "page": (
        TITLE,
        Field("Date", "date", "When it was written.", "none"),
        Field("Modified", "date", "When it was last changed.", "none"),
        SUMMARY,
        STATUS,
        SLUG_FIELD,
        ALIASES,
        LANGUAGE,
    ),
    "topic": (
        replace(TITLE, purpose="The topic's preferred name."),
        Field(
            "Used-for", "items", "Other names, with commas between them.", "none", content="name"
        ),
        Field("See-also", "items", "Topics beside this one.", "none", content="name"),
        Field(
            "Broader",
            "items",
            "The wider topics that this one is a part of.",
            "none",
            content="name",
        ),
        Field("Start-here", "starts", "Posts to begin with: `- file: why`, a line each.", "none"),
        SUMMARY,
        ALIASES,
    ),
    "comment": (
        Field("Author", "name", "Who wrote the comment.", required=True, content="name"),
        Field("Date", "date", "When it was written.", required=True),
        Field("Url", "url", "The writer's own site.", "none"),
        Field("Reply-to", "slug", "The file's name of the comment it answers.", "none"),
        Field("Role", "role", "`author` if the site's author wrote it.", "a reader"),
    ),
}
FIELDS = {kind: {item.key: item for item in schema} for kind, schema in SCHEMAS.items()}
NOUNS = {"post": "post", "page": "page", "topic": "topic record", "comment": "comment"}
# What a message offers in place of a value that is missing or wrong.
HEADER_EXAMPLES = {
    "Title": "Title: What readers will see",
    "Date": "Date: 2026-11-23",
    "Author": "Author: Ann Reader",
}

# Other spellings: what is typed (folded) -> the key meant, and whether to say so.
SPELLINGS: Mapping[str, tuple[str, bool]] = {
    "tag": ("Tags", True),
    "topic": ("Tags", True),
    "topics": ("Tags", True),
    "comment": ("Comments", True),
    "commentcount": ("Comments", True),
    "commentscount": ("Comments", True),
    "alias": ("Aliases", True),
    "categories": ("Category", False),
    "draft": ("Status", False),
    "homepage": ("Url", True),
    "language": ("Lang", False),
    "locale": ("Lang", False),
    "website": ("Url", True),
}
MAPPED = frozenset(("author", "authors", "image"))  # folded keys that may have pairs of YAML below


@lru_cache(maxsize=KEYS_CACHED)
def fold_key(name: str) -> str:
    """Return what matters in a key: case, blanks, hyphens and underscores do not."""
    return re.sub(r"[\s_-]+", "", name).casefold()


KNOWN_KEYS = {fold_key(item.key) for schema in SCHEMAS.values() for item in schema} | set(SPELLINGS)


# The key that each folded name means in a kind of file, and whether the author should hear of it.
MEANT: Mapping[str, Mapping[str, tuple[str, bool]]] = {
    kind: {name: meant for name, meant in SPELLINGS.items() if meant[0] in fields}
    | {fold_key(key): (key, False) for key in fields}
    for kind, fields in FIELDS.items()
}


def select_key(name: str, kind: str) -> tuple[str, bool]:
    """Return the key that is meant, empty for none, and whether the author should hear of the guess."""
    return MEANT[kind].get(fold_key(name), ("", False))
