"""Read a text dump of posts.

The dump's form: a post is its title on a line of its own, a blank line, the number of comments,
`COM` (or `COMMENT`, `COMMENTS`), then its text up to the next title that is followed so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalogue.header.values import LONGEST_TEXT, MOST_COMMENTS
from catalogue.problems import Problem, shorten
from catalogue.text.encoding import decode_text
from commands.importers.post import ImportedPost
from commands.writing.markdown_escape import escape_markdown

EXPECTED = "a title, a blank line, the number of comments, a line COM, then the text"

BLANKS = str.maketrans(dict.fromkeys("\u00a0\u202f\u2028\u2029", " "))
DUMP_MARK = re.compile(r"\s*COM(?:MENTS?)?\s*", re.IGNORECASE)
DUMPED_COUNT = re.compile(r"[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,3}", re.ASCII)
NO_COUNT = re.compile(r"\S{1,30}|[-+0-9., ]+", re.ASCII)  # what may have been meant as one


@dataclass(frozen=True)
class PostStart:
    """The place where a post begins: the lines of its title and of its COM, counted from 0."""

    title: int
    mark: int
    comments: int


def read_dump_file(data: bytes, path: str) -> tuple[list[ImportedPost], list[Problem]]:
    """Return the posts of a dump's bytes, their words as Markdown, and its problems, as `read_dump`."""
    text, problems = decode_text(data, path)
    posts, problems = ([], problems) if problems else read_dump(text, path)
    return [replace(post, body=escape_markdown(post.body)) for post in posts], problems


def read_dump(text: str, path: str = "") -> tuple[list[ImportedPost], list[Problem]]:
    r"""Return the posts of a dump, in its order, and its problems; with problems there are no posts.

    Their bodies are the author's words as they are. The text has `\n` line ends. Lone numbers and the
    word COM may stand in a post's own text: only a number that has a blank line above it and COM right
    below it begins a post.
    """
    lines = text.translate(BLANKS).split("\n")
    headings, problems = read_headings(lines, path)
    problems += check_headings(lines, headings, path) if not problems else []
    if problems:
        return [], sorted(problems)
    ends = [heading.title for heading in headings[1:]] + [len(lines)]
    return [
        ImportedPost(
            " ".join(lines[heading.title].split()),
            heading.comments,
            "\n".join(lines[heading.mark + 1 : end]).strip(),
        )
        for heading, end in zip(headings, ends, strict=True)
    ], []


def read_headings(lines: Sequence[str], path: str) -> tuple[list[PostStart], list[Problem]]:
    """Return where each post begins; what is nearly such a place becomes a problem."""
    headings: list[PostStart] = []
    problems = []
    last = -1  # the line of the last COM
    for mark, line in enumerate(lines):
        if not DUMP_MARK.fullmatch(line) or mark - 1 <= last or not lines[mark - 1].strip():
            continue
        seen = lines[mark - 1].strip()
        stands_alone = mark - 2 <= last or not lines[mark - 2].strip()
        if not (DUMPED_COUNT if not stands_alone else NO_COUNT).fullmatch(seen):
            continue
        title = next((n for n in range(mark - 2, -1, -1) if lines[n].strip()), -1)
        if fault := describe_heading(lines, title, last, seen, stands_alone):
            problems.append(Problem(path, mark, "error", fault))
        else:
            headings.append(PostStart(title, mark, int(seen.replace(",", ""))))
        last = mark
    return headings, problems


def describe_heading(
    lines: Sequence[str], title: int, last: int, seen: str, stands_alone: bool
) -> str:
    """Return what is wrong with the line of a count; empty if it is fine."""
    shown = f"“{shorten(seen)}” and COM"
    if not stands_alone:
        return (
            f"{shown} stand right under “{shorten(lines[title].strip(), 40)}”. Put a blank line "
            "between a title and its number; if this is a post's text, put both on one line."
        )
    if title <= last:
        return f"{shown} stand here without a title. Expected is {EXPECTED}."
    if not DUMPED_COUNT.fullmatch(seen):
        return (
            f"“{shorten(seen)}” stands where the number of comments is expected. "
            "Write a whole number like 0 or 1,024."
        )
    if int(seen.replace(",", "")) > MOST_COMMENTS:
        return f"{seen} comments are more than a post can have. Write at most {MOST_COMMENTS:,}."
    return ""


def check_headings(lines: Sequence[str], headings: Sequence[PostStart], path: str) -> list[Problem]:
    """Return the problems of a dump that does not begin with a title, or has a paragraph for one."""
    first = next((n for n, line in enumerate(lines) if line.strip()), -1)
    if first < 0:
        return [Problem(path, 1, "error", f"The file is empty. Expected is {EXPECTED}.")]
    seen = f"“{shorten(lines[first].strip(), 40)}”"
    if not headings:
        text = f"{seen} was seen, and no post anywhere below. Expected is {EXPECTED}."
        return [Problem(path, first + 1, "error", text)]
    if headings[0].title != first:
        text = (
            f"{seen} stands before the first title, “{shorten(lines[headings[0].title], 40)}” in "
            f"line {headings[0].title + 1}. Expected is {EXPECTED}; delete what belongs to no post."
        )
        return [Problem(path, first + 1, "error", text)]
    return [
        Problem(path, heading.title + 1, "error", fault)
        for heading in headings
        if (fault := describe_title(" ".join(lines[heading.title].split())))
    ]


def describe_title(title: str) -> str:
    """Return why a line cannot be a post's title; empty when it can."""
    if len(title) > LONGEST_TEXT:
        return (
            f"{len(title):,} characters stand where a title is expected. Put a title of at most "
            f"{LONGEST_TEXT} characters in a line of its own, with a blank line below it."
        )
    if not any(character.isalnum() for character in title):
        return f"“{title}” is no title: it has no letter and no digit. Add a word to it."
    return ""
