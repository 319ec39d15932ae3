"""Make records of topics, and of posts that have them, as the tests of topics need them."""

from catalogue.record_reader import read_record
from catalogue.records import Record
from catalogue.text.markdown_reader import MarkdownReader

BODIES = MarkdownReader()


def read_topics(**headers):
    """Return topic records: of each a file's name and the lines of its header below the title."""
    return [
        read_record(
            f"topics/{name}.md",
            "topic",
            f"Title: {name.title()}\n{header}\n\nAbout *{name}*.\n".encode(),
            BODIES,
        )
        for name, header in headers.items()
    ]


def post(*tags, category=()):
    """Return the record of a post with these tags."""
    values = {"Tags": list(tags), "Category": list(category)}
    return Record("posts/a.md", "post", values=values, lines={"Tags": 3, "Category": 4})
