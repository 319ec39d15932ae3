"""Read one of the author's files into a record.

A record is a function of the file's bytes, its path, the site's language and this code alone: nothing
of other files, of the clock or of other settings is in it.
"""

import hashlib

from catalogue.header.front_matter import read_header
from catalogue.header.slug_and_picture import set_picture, set_slug
from catalogue.records import Record
from catalogue.text.body import BodyReader
from catalogue.text.encoding import decode_text
from catalogue.text.publishing import publish_comment
from catalogue.text.question import check_question, find_labels, read_question
from catalogue.text.summary import set_summary
from catalogue.text.titles import read_title

# What is said of a text that stands in the header: then it is not missing below it.
IN_HEADER, MISSING = "lank line before", "There is no text."
SHORT_TEXT = 100  # characters


def read_record(
    path: str, kind: str, data: bytes, reader: BodyReader, language: str = "en"
) -> Record:
    """Return the record of a file's bytes; nothing is raised, whatever the bytes are.

    `language` is the site's, a tag of BCP 47; the header of a text may name another for it.
    """
    record = Record(path, kind, language=language)
    text, record.problems = decode_text(data, path)
    if record.problems:
        return record
    header = read_header(text, kind, path)
    record.values, record.lines, record.unused = header.values, header.lines, header.unused
    record.problems += header.problems
    set_slug(record)
    record.language = header.values.get("Lang", language)
    record.title, record.marked_title = read_title(header.values.get("Title", ""), record.language)
    if not header.body_line or (record.problems and not header.lines):
        return record
    # A header that nothing follows has its text in the line below it, which is not there.
    first_line = min(header.body_line, text.removesuffix("\n").count("\n") + 1)
    set_body(record, header.body, first_line, reader)
    if not header.body.strip() and any(IN_HEADER in each.text for each in header.problems):
        record.problems = [each for each in record.problems if not each.text.startswith(MISSING)]
    set_picture(record)
    return record


def set_body(record: Record, text: str, first_line: int, reader: BodyReader) -> None:
    """Set the body, which begins at `first_line` of the file, and its facts in the record."""
    if record.kind == "topic" and not text.strip():
        return
    if record.kind in ("post", "page"):
        record.text_digest = digest_text(record, text)
    title = record.values.get("Title", "")
    body = reader.read(text, first_line, record.path, record.language, title)
    if body.has_placeholder and record.kind in ("post", "page"):
        record.values["Status"] = "draft"  # whatever its header says
    # A draft may wait for its text.
    is_waiting = record.is_draft and body.is_unwritten
    record.problems += [each for each in body.problems if not is_waiting or each.level != "error"]
    record.links, record.ids, record.words = body.links, body.ids, body.words
    record.outside = body.outside
    if not body.html:
        return
    if record.kind == "comment":
        record.body = publish_comment(body.html, record.language)
        record.description = body.opening
        return
    record.body = body.html
    if record.kind == "post":
        record.question, record.answer = read_question(record.html)
        record.problems += check_question(record, text, first_line)
        if record.question:
            record.lines |= find_labels(text, first_line)
    set_summary(record, body.opening)


def digest_text(record: Record, text: str) -> str:
    """Return a hash of the words below a header, and of the title and date with them if they are few.

    Blanks around it make no difference. It is empty for a text without words.
    """
    words = text.strip()
    if len(words) < SHORT_TEXT:  # “Tell us in the comments.” may be said again
        words = words and f"{words}\n{record.title}\n{record.values.get('Date', '')}"
    return hashlib.blake2b(words.encode(), digest_size=16).hexdigest() if words else ""
