"""What is judged between files, one file a subject: to add a rule, start here.

A rule is a function `check_*` that takes no more of the catalogue than it needs and yields problems:

    def check_titles(posts: Iterable[Record]) -> Iterator[Problem]:
        \"\"\"Warn of two posts with one title.\"\"\"
        first: dict[str, Record] = {}
        for post in (post for post in posts if post.title):
            other = first.setdefault(post.title.casefold(), post)
            if other is not post:
                text = f"{other.path} has this title too. Write another."
                yield Problem(post.path, post.line("Title"), "warning", text)

A problem says what was seen and what to type instead. Only an error stops a build; what is wrong with
an unpublished text is a warning, which `judge` sees to. A rule that guesses what was meant has one
`Guesses` for all that it finds. A new rule is a file here, a line in `judge` (or, of topics, in
`check_topics`, of comments, in `check_comments`), and a test.

What is judged of one text alone is judged while it is read: its header in `catalogue/header/`, its
links, pictures and words in `catalogue/text/`.
"""

from collections.abc import Collection
from dataclasses import replace

from catalogue.problems import Problem
from catalogue.rules.cards import check_cards
from catalogue.rules.comments import check_comments
from catalogue.rules.dates import check_dates
from catalogue.rules.duplicates import check_duplicates, leave_out_repeated
from catalogue.rules.foreign_keys import check_foreign_keys
from catalogue.rules.links import check_all_links
from catalogue.rules.topics import check_topics
from catalogue.selection import Catalogue, group_kinds

__all__ = ["judge", "leave_out_repeated"]


def judge(
    catalogue: Catalogue,
    later: Catalogue,
    site_names: tuple[str, ...],
    faulty: Collection[str] = (),
) -> list[Problem]:
    """Return all that is wrong: what was found in each text and in each file, and what the rules find.

    `later` is the catalogue once no post waits any more, `site_names` are those of the site's author
    and of the site, `faulty` the paths of what lies in the folder and cannot be used, as has been said.
    """
    records, names, filed = catalogue.records.values(), catalogue.topic_names, catalogue.filed
    kinds = group_kinds(records)
    posts, topics, comments = kinds["post"], kinds["topic"], kinds["comment"]
    problems = [
        *(problem for record in records for problem in record.problems),
        *(problem for file in catalogue.media.values() for problem in file.problems),
        *check_foreign_keys(records),
        *check_topics(topics, posts, names),
        *check_cards(posts + topics, catalogue.media),
        *check_comments(comments, posts, filed, site_names),
        *check_duplicates(kinds["post"] + kinds["page"]),
        *check_dates(records, catalogue.now, catalogue.zone),
        *check_all_links(catalogue, later, faulty),
    ]
    unpublished = list_unpublished(catalogue, later.files)
    return [replace(p, level="warning") if p.path in unpublished else p for p in problems]


def list_unpublished(catalogue: Catalogue, files: Collection[str]) -> set[str]:
    """Return the paths of drafts, of the comments on them, and of all but the `files` that texts use."""
    drafts = {record.path for record in catalogue.records.values() if record.is_draft}
    comments = {c.path for path, group in catalogue.filed.items() if path in drafts for c in group}
    return drafts | comments | (catalogue.media.keys() - files)
