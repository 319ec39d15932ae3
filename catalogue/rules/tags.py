"""Judge the tags of posts: each names a topic of the authority file."""

from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter

from catalogue.authority import fold_topic_name, list_post_tags, suggest_topic
from catalogue.problems import Problem, shorten
from catalogue.records import Record
from catalogue.spelling import Guesses


def check_post_tags(posts: Iterable[Record], owners: Mapping[str, Record]) -> Iterator[Problem]:
    """Yield a warning for each tag that names no topic; `owners` are the topics by folded name."""
    guesses = Guesses()
    for post in posts:
        tags = [(post.line(key), name) for name, key in list_post_tags(post)]
        unknown = [tag for tag in tags if fold_topic_name(tag[1]) not in owners]
        for line, name in sorted(unknown, key=itemgetter(0)):
            seen = f"“{shorten(name)}” is no topic yet, so the post is not filed under it."
            text = f"{seen} {suggest_topic(name, owners, guesses)}"
            yield Problem(post.path, line, "warning", text)
