"""Judge the tags of posts: each names a topic of the authority file."""

from collections.abc import Iterable, Iterator, Mapping

from catalogue.authority import UnknownTag, explain_no_topic, group_unknown_tags, suggest_topic
from catalogue.problems import Problem, format_count, shorten
from catalogue.records import Record
from catalogue.spelling import Guesses

ALL = "python3 tasks.py topic --all"


def check_post_tags(posts: Iterable[Record], owners: Mapping[str, Record]) -> Iterator[Problem]:
    """Yield a warning for each name that no topic has, at the first of the posts that have it as a tag.

    `owners` are the topics by folded name. Where there are several such names, one warning more tells
    how to make topics of all.
    """
    guesses = Guesses()
    unknown = group_unknown_tags(posts, owners).values()
    for tag in unknown:
        text = f"{describe_unknown(tag)} {suggest_topic(tag.name, owners, guesses)}"
        yield Problem(tag.first.path, tag.line, "warning", text)
    number = sum(not explain_no_topic(tag.name) for tag in unknown)
    if number > 1:
        text = f"{number:,} tags are no topics yet. To make a topic of each, run: {ALL}"
        yield Problem("topics", 0, "warning", text)


def describe_unknown(tag: UnknownTag) -> str:
    """Return what is said of a tag that is no topic, with the number of the posts that have it."""
    number = tag.spellings.total()
    posts = "the post is" if number == 1 else f"{format_count(number, 'post')} are"
    return f"“{shorten(tag.name)}” is no topic yet, so {posts} not filed under it."
