"""Bring the posts of a text dump into `content/posts/`, one Markdown file each.

The dump's form: a post is its title on a line of its own, a blank line, the number of comments,
`COM` (or `COMMENT`, `COMMENTS`), then its text up to the next title that is followed so.

A post's file is named by its slug alone, `my-title.md`. A date in the name would sort a large
folder, but it would be a second date beside the `Date:` line: here it would be made up, in a draft
it is yesterday's, and after the first correction the two say different things.
"""

import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from catalogue.folder.regular_files import is_link
from catalogue.header.dates import LATEST_YEAR
from catalogue.header.entries import Header, unquote
from catalogue.header.front_matter import read_header
from catalogue.header.values import LONGEST_TEXT, MOST_COMMENTS
from catalogue.problems import (
    Problem,
    format_count,
    format_name,
    format_problem,
    format_root,
    shorten,
)
from catalogue.project import CONTENT
from catalogue.slugs import format_numbered_slug, format_post_slug, slug_of
from catalogue.text.encoding import read_text
from commands.writing.write_files import File, find_link, hold_content, write_files

EXPECTED = "a title, a blank line, the number of comments, a line COM, then the text"

BLANKS = str.maketrans(dict.fromkeys("\u00a0\u202f\u2028\u2029", " "))
MARK = re.compile(r"\s*COM(?:MENTS?)?\s*", re.IGNORECASE)
COUNT = re.compile(r"[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,3}", re.ASCII)
NO_COUNT = re.compile(r"\S{1,30}|[-+0-9., ]+", re.ASCII)  # what may have been meant as one
DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{2}:[0-9]{2}))?", re.ASCII)

# The author's emphasis: one to three asterisks close to the words on both sides.
EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?![\s*])([^*]*[^\s*])\1(?![\w*])")
# What Markdown or HTML would act on wherever it stands in a line.
ACTIVE = re.compile(
    r"<|&(?=\#|[A-Za-z0-9][-.A-Za-z0-9]*;)|\\(?![^\W_]|\s)|[`*\[]|(?<![^\W_])_|_(?![^\W_])"
)
# What Markdown would act on where a line begins with it.
ACTIVE_START = re.compile(r"[#>]|[-+]\s|:\s|~~~|[-=:|\s]+$")
NUMBERED = re.compile(r"(\d+)\.(?=\s)")
ENTITIES = {"<": "&lt;", "&": "&amp;", "\\": "&#92;"}


@dataclass(frozen=True)
class Post:
    """Hold one post of a dump in the author's words."""

    title: str
    comments: int
    body: str


@dataclass(frozen=True)
class Heading:
    """Hold where a post begins in a dump: the lines of its title and of its COM, counted from 0."""

    title: int
    mark: int
    comments: int


def read_dump(text: str, path: str = "") -> tuple[list[Post], list[Problem]]:
    r"""Read the posts of a dump, in its order; with problems there are no posts.

    The text has `\n` line ends. Lone numbers and the word COM may stand in a post's own text: only
    a number that has a blank line above it and COM right below it begins a post.
    """
    lines = text.translate(BLANKS).split("\n")
    headings, problems = read_headings(lines, path)
    problems += check_headings(lines, headings, path) if not problems else []
    if problems:
        return [], sorted(problems)
    ends = [heading.title for heading in headings[1:]] + [len(lines)]
    return [
        Post(
            " ".join(lines[heading.title].split()),
            heading.comments,
            "\n".join(lines[heading.mark + 1 : end]).strip(),
        )
        for heading, end in zip(headings, ends, strict=True)
    ], []


def read_headings(lines: Sequence[str], path: str) -> tuple[list[Heading], list[Problem]]:
    """Find where each post begins; what is nearly such a place becomes a problem."""
    headings: list[Heading] = []
    problems = []
    last = -1  # the line of the last COM
    for mark, line in enumerate(lines):
        if not MARK.fullmatch(line) or mark - 1 <= last or not lines[mark - 1].strip():
            continue
        seen = lines[mark - 1].strip()
        stands_alone = mark - 2 <= last or not lines[mark - 2].strip()
        if not (COUNT if not stands_alone else NO_COUNT).fullmatch(seen):
            continue
        title = find_above(lines, mark - 2)
        if fault := describe_heading(lines, title, last, seen, stands_alone):
            problems.append(Problem(path, mark, "error", fault))
        else:
            headings.append(Heading(title, mark, int(seen.replace(",", ""))))
        last = mark
    return headings, problems


def find_above(lines: Sequence[str], start: int) -> int:
    """Find the nearest line with words, from a line upwards; -1 when there is none."""
    return next((n for n in range(start, -1, -1) if lines[n].strip()), -1)


def describe_heading(
    lines: Sequence[str], title: int, last: int, seen: str, stands_alone: bool
) -> str:
    """Say what is wrong with the line of a count, when something is."""
    shown = f"“{shorten(seen)}” and COM"
    if not stands_alone:
        return (
            f"{shown} stand right under “{shorten(lines[title].strip(), 40)}”. Put a blank line "
            "between a title and its number; if this is a post's text, put both on one line."
        )
    if title <= last:
        return f"{shown} stand here without a title. Expected is {EXPECTED}."
    if not COUNT.fullmatch(seen):
        return (
            f"“{shorten(seen)}” stands where the number of comments is expected. "
            "Write a whole number like 0 or 1,024."
        )
    if int(seen.replace(",", "")) > MOST_COMMENTS:
        return f"{seen} comments are more than a post can have. Write at most {MOST_COMMENTS:,}."
    return ""


def check_headings(lines: Sequence[str], headings: Sequence[Heading], path: str) -> list[Problem]:
    """Check that the dump begins with a title, and that no title is a paragraph."""
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
    """Say why a line cannot be a post's title; empty when it can."""
    if len(title) > LONGEST_TEXT:
        return (
            f"{len(title):,} characters stand where a title is expected. Put a title of at most "
            f"{LONGEST_TEXT} characters in a line of its own, with a blank line below it."
        )
    if not any(character.isalnum() for character in title):
        return f"“{title}” is no title: it has no letter and no digit. Add a word to it."
    return ""


def format_body(text: str) -> str:
    """Write the author's words as Markdown that shows just them, emphasis with asterisks kept.

    Paragraphs stay; blanks around lines go, because they would make code or line breaks.
    """
    stripped = "\n".join(line.strip() for line in text.split("\n")).strip()
    return "\n\n".join(map(format_paragraph, re.split(r"\n{2,}", stripped)))


def format_paragraph(text: str) -> str:
    """Write one paragraph as Markdown."""
    parts = []
    end = 0
    for match in EMPHASIS.finditer(text):
        between, mark, words = text[end : match.start()], match[1], match[2]
        parts += [format_words(between), mark, format_words(words), mark]
        end = match.end()
    parts.append(format_words(text[end:]))
    return "\n".join(map(format_line, "".join(parts).split("\n")))


def format_words(text: str) -> str:
    """Escape what Markdown or HTML would act on in the middle of a line."""
    return ACTIVE.sub(lambda match: ENTITIES.get(match[0]) or "\\" + match[0], text)


def format_line(line: str) -> str:
    """Escape what would make a line a heading, a list, a quotation, a rule or part of a table."""
    if ACTIVE_START.match(line):
        start = f"\\{line[0]}" if line[0] in "#>-+" else f"&#{ord(line[0])};"
        return start + line[1:]
    return NUMBERED.sub(r"\1\\.", line, count=1) if NUMBERED.match(line) else line


def format_value(text: str) -> str:
    """Write a header's value so that it is read back as it is, also when it is all in quotes."""
    if unquote(text) == text:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def format_post(post: Post, date: str, tags: Sequence[str]) -> str:
    """Write a post's file: the header, a blank line, the text."""
    header = [f"Title: {format_value(post.title)}", f"Date: {date}", f"Comments: {post.comments}"]
    if tags:
        header.append(f"Tags: {', '.join(tags)}")
    return "\n".join([*header, "", format_body(post.body)]).rstrip("\n") + "\n"


def select_names(titles: Sequence[str]) -> list[str]:
    """Give each title of a dump its slug; of equal ones the later in the dump keeps the plain slug.

    Counting begins at the dump's end, with the oldest post, so that a new post on top of a later
    dump changes no name.
    """
    plain = [format_post_slug(title) or "untitled" for title in titles]
    taken = set(plain)
    used: set[str] = set()
    names = []
    for slug in reversed(plain):
        name, number = slug, 2
        while name in used or (name != slug and name in taken):
            name, number = format_numbered_slug(slug, number), number + 1
        used.add(name)
        names.append(name)
    return names[::-1]


def select_tags(text: str, variants: Mapping[str, str]) -> list[str]:
    """Propose topics: those whose name or variant the text uses, in the order of first use.

    Whole words count, blanks and hyphens alike, with a plural ending or without, in any case; a
    variant in capitals only (`IT`) has to be written so, or every `it` would be one.
    """
    words = re.sub(r"[^\S\n]+", " ", fold_quotes(text).replace("*", ""))
    words = re.sub(r"(?<!\n)\n(?!\n)", " ", words)
    lowered = words.lower()
    first: dict[str, int] = {}
    for variant, name in variants.items():
        parts = [part for part in re.split(r"[\s\u2010\u2011-]+", fold_quotes(variant)) if part]
        # A look for each word costs far less than the pattern, and an authority file is long.
        if not parts or any(part.lower().removesuffix("y") not in lowered for part in parts):
            continue
        flags = re.NOFLAG if variant.isupper() else re.IGNORECASE
        if match := re.search(format_pattern(parts), words, flags):
            first[name] = min(match.start(), first.get(name, match.start()))
    return sorted(first, key=lambda name: (first[name], name))


def format_pattern(parts: Sequence[str]) -> str:
    """Write the regular expression that finds a phrase as whole words, in the plural too."""
    *others, last = map(re.escape, parts)
    end = f"{last[:-1]}(?:y|ies)" if last.endswith("y") else f"{last}(?:e?s)?"
    return r"(?<!\w)" + r"[ \u2010\u2011-]".join([*others, end]) + r"(?!\w)"


def fold_quotes(text: str) -> str:
    """Write every apostrophe the same way."""
    return re.sub("[\u2018\u2019\u02bc]", "'", text)


def read_variants(content: Path) -> dict[str, str]:
    """Read from `content/topics/` each topic's names: all it is known by, to the preferred one."""
    names: dict[str, str] = {}
    variants: dict[str, str] = {}
    for path in sorted((content / "topics").glob("*.md")):
        values = read_record(path, "topic").values
        if name := values.get("Title"):
            names[name] = name
            variants.update((variant, name) for variant in values.get("Used-for", []))
    return variants | names


def drop_date(data: bytes) -> bytes:
    """Return a file's bytes without its first line that begins with `Date:`, as commands write it."""
    return re.sub(rb"^Date: .*\n", b"", data, count=1, flags=re.MULTILINE)


def is_written(path: Path, data: bytes) -> bool:
    """Return whether a real file has these bytes, whatever its date."""
    is_file = path.is_file() and not is_link(path)
    return is_file and drop_date(path.read_bytes()) == drop_date(data)


def read_record(path: Path, kind: str) -> Header:
    """Read a file of the content folder; empty for a link, and for what cannot be read as text."""
    try:
        if path.is_symlink() or not path.is_file():
            return Header()
        return read_header(read_text(path.read_bytes(), path.name)[0], kind)
    except OSError:
        return Header()


def read_start(date: str, now: datetime) -> datetime | None:
    """Read the date of the newest post, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM`; None if it is neither.

    A day alone, and no date at all, which is today, stand for its noon; today's not before it is.
    """
    match = DAY.fullmatch(date.strip() or f"{now:%Y-%m-%d}")
    if not match:
        return None
    try:
        start = datetime.fromisoformat(f"{match[1]} {match[2] or '12:00'}")
    except ValueError:
        return None
    if not 1900 <= start.year <= LATEST_YEAR:
        return None
    is_today = start.date() == now.date() and not match[2]
    return min(start, now.replace(second=0, microsecond=0)) if is_today else start


def read_posts(folder: Path) -> dict[str, Path]:
    """Read which slugs are taken, by a file's name or its `Slug:` line, and by which file."""
    taken: dict[str, Path] = {}
    paths = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths += [Path(place, name) for name in names if name.lower().endswith(".md")]
    paths.sort()
    for path in paths:
        taken.setdefault(slug_of(path.name), path)
    for path in paths:
        if slug := read_record(path, "post").values.get("Slug"):
            taken.setdefault(slug, path)
    return taken


def check_folder(content: Path) -> str:
    """Say why posts cannot be put below a content folder; empty when they can."""
    if not content.is_dir():
        where = format_name(format_root(content))
        return f"{where}: this folder is not there. Give the folder that holds posts and topics."
    posts = content / "posts"
    where = format_place(content, posts)
    if fault := check_place(content, posts):
        return fault
    if os.path.lexists(posts) and not posts.is_dir():
        return f"{where}: this is not a folder. Move it away, for posts need a folder of that name."
    return ""


def check_place(content: Path, path: Path) -> str:
    """Return why nothing is written at a path below a content folder: a link on the way; else nothing."""
    link = find_link(content, path)
    if link is None:
        return ""
    kind = "file" if link.suffix == ".md" else "folder"
    seen = f"{format_place(content, link)}: this is a link that leads elsewhere"
    return f"{seen}. Put a real {kind} in its place."


def format_place(content: Path, path: Path) -> str:
    """Name a path below the content folder as it is reached from the current folder."""
    return format_name(os.path.join(format_root(content), path.relative_to(content)))


def print_error(*lines: str) -> None:
    """Print lines to the standard error output."""
    print("\n".join(lines), file=sys.stderr)


def import_(file: Path, date: str = "", content: Path = CONTENT) -> int:
    """Import a dump's posts that are not there yet; give the exit code.

    `date` is the newest post's, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM`, today when empty; each further
    post is one minute older. What is there is never touched. Exit codes: 0 done, 1 the dump cannot
    be read or the posts not written, 2 no such file, folder or date.
    """
    start = read_start(date, datetime.now())  # noqa: DTZ005 - the author's own clock is meant
    if start is None:
        seen = f"“{shorten(date)}” is not a date"
        print_error(f'{seen}. Write: --date 2026-11-23 or: --date "2026-11-23 09:30"')
        return 2
    if fault := check_file(file):
        print_error(fault)
        return 2
    if fault := check_folder(content):
        print_error(fault)
        return 1 if content.is_dir() else 2
    posts, problems = read_file(file)
    if problems:
        print_error(*(format_problem(problem, "") for problem in problems), "Nothing was imported.")
        return 1
    with hold_content(content):
        return import_posts(posts, start, content)


def check_file(file: Path) -> str:
    """Say why a path is no file to read; empty when it is one."""
    remedy = "Give the name of the text file with the posts"
    if file.is_dir():
        return f"{format_name(str(file))}: this is a folder. {remedy}."
    if not file.is_file():
        return f"{format_name(str(file))}: there is no such file. {remedy}."
    return ""


def read_file(file: Path) -> tuple[list[Post], list[Problem]]:
    """Read the posts of a dump's file."""
    try:
        text, problems = read_text(file.read_bytes(), str(file))
    except OSError as error:
        seen = f"The file cannot be read ({error.strerror})"
        return [], [Problem(str(file), 0, "error", f"{seen}. Check that you may open it.")]
    return ([], problems) if problems else read_dump(text, str(file))


def import_posts(posts: Sequence[Post], start: datetime, content: Path) -> int:
    """Write those posts that are not there yet, and say what was done with each."""
    folder = content / "posts"
    taken = read_posts(folder)
    variants = read_variants(content)
    files: list[File] = []
    dates: list[str] = []
    for number, (post, slug) in enumerate(
        zip(posts, select_names([post.title for post in posts]), strict=True)
    ):
        target = folder / f"{slug}.md"
        present = target if os.path.lexists(target) else taken.get(slug)
        if present is None:
            dates.append(f"{start - timedelta(minutes=number):%Y-%m-%d %H:%M}")
            tags = select_tags(f"{post.title}\n\n{post.body}", variants)
            files.append(File(target, format_post(post, dates[-1], tags).encode()))
        elif read_record(present, "post").body.split() != format_body(post.body).split():
            print(
                f"{format_place(content, present)}: left as it is. Its words are not those of the "
                "import file: it was edited, or is another post."
            )
    try:
        # The oldest first: what a killed run leaves out is newer, and so are the dates of a later run.
        write_files(files[::-1])
    except OSError as error:
        seen = f"{format_place(content, folder)}: writing failed ({error.strerror})"
        print_error(f"{seen}. Nothing was imported.")
        return 1
    for file in files:
        print(f"{format_place(content, file.path)}: imported.")
    print("\n".join(format_summary(len(posts), dates)))
    return 0


def format_summary(total: int, dates: Sequence[str]) -> list[str]:
    """Say how many posts came in, and which dates they were given."""
    if not dates:
        here = f"All {total:,} posts are" if total > 1 else "The post is"
        return [f"Nothing changed. {here} there already."]
    old = total - len(dates)
    there = f", {old:,} of {total:,} were there already" if old else ""
    given = "the post got" if len(dates) == 1 else "the posts got"
    span = dates[0]
    if len(dates) > 1:
        span = f"{dates[0]} to {dates[-1]}, newest first, one minute apart"
    return [
        f"{format_count(len(dates), 'post')} imported{there}.",
        f"The file gives no dates; {given} {span}. Change a Date line where you know better.",
    ]
