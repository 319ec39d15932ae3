"""Judge texts that say the same: nobody publishes one post twice on purpose."""

from collections.abc import Iterable, Iterator

from catalogue.folder.names import CONFLICTED, LIKE_A_COPY, is_copy_name
from catalogue.problems import Problem
from catalogue.records import Record

SAME_TEXT = "The text of this file is the same as that of"


def leave_out_repeated(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems each once, without those that another says better.

    Two equal ones are of one line. A file that is called like a copy need not be told so where it is one.
    """
    problems = list(dict.fromkeys(problems))
    twins = {problem.path for problem in problems if problem.text.startswith(SAME_TEXT)}
    return [
        p
        for p in problems
        if p.path not in twins or not p.text.startswith((LIKE_A_COPY, CONFLICTED))
    ]


def check_duplicates(records: Iterable[Record]) -> Iterator[Problem]:
    """Yield an error for each text that another file has as well, in the one that looks like the copy.

    Only the text below the header counts; of a short one, also the title and the date. If one of the
    two is a draft, nothing is published twice, and it is a warning.
    """
    groups: dict[str, list[Record]] = {}
    for record in records:
        if record.text_digest:
            groups.setdefault(record.text_digest, []).append(record)
    for group in groups.values():
        if len(group) > 1:
            first, *others = sorted(group, key=lambda r: (is_copy_name(r.path), r.path))
            yield from (describe_duplicate(other, first) for other in others)


def describe_duplicate(record: Record, other: Record) -> Problem:
    """Return what is said of a text that another file has as well."""
    text = f"{SAME_TEXT} {other.path}. Delete one of the two files."
    level = "warning" if record.is_draft or other.is_draft else "error"
    return Problem(record.path, 0, level, text)
