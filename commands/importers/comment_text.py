"""The words of an imported comment as this site's Markdown."""

import re

from catalogue.problems import count_errors
from catalogue.record_reader import read_record
from catalogue.text.comment_reader import CommentReader
from catalogue.text.mail_addresses import mask_mails
from commands.importers.bodies.html_to_markdown import convert_html
from commands.importers.header import format_text
from commands.importers.site import HTML, SiteComment
from commands.writing.markdown_escape import escape_markdown

TAGS = re.compile(r"<[^<>]+>")


class CommentWriter:
    """What writes the words of comments; it reads them as the site does."""

    def __init__(self) -> None:
        """Build the reader once."""
        self.reader = CommentReader()

    def write(self, path: str, values: dict[str, str], comment: SiteComment) -> str:
        """Return the text of a comment's file: its words with emphasis and links, else its words alone."""
        body = comment.body
        if comment.form == HTML:
            body = convert_html(comment.body, keep_link, lambda source, _: source, lambda *_: None)
        text = format_text(values, mask_mails(body)[0])
        if count_errors(read_record(path, "comment", text.encode(), self.reader).problems):
            plain = escape_markdown(mask_mails(TAGS.sub(" ", comment.body))[0])
            text = format_text(values, plain or "(no words)")
        return text


def keep_link(address: str, words: str) -> str:
    """Return a link's address if it is whole; the words of any other stay."""
    del words
    return address if re.match(r"https?://", address) else ""
