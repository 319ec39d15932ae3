"""Judge `Start-here` of topics: each line names a post, and each post stands there once."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence

from catalogue.folder.layout import TEXT_ENDINGS
from catalogue.post_names import find_post, group_former_posts, group_post_names
from catalogue.problems import Problem, shorten
from catalogue.records import Record
from catalogue.slugs import slug_of
from catalogue.spelling import Guesses

NO_SUCH_POST = (
    "Write the name of a file in content/posts, each on a line of its own with - before it."
)


def check_starts(topics: Sequence[Record], posts: Iterable[Record]) -> Iterator[Problem]:
    """Yield an error for a name that no post has, and a warning for a post that is named twice."""
    lists = [topic for topic in topics if "Start-here" in topic.values]
    names = group_post_names(posts) if lists else {}
    slugs = dict.fromkeys(post.slug for post in names.values())
    former = group_former_posts(names.values())
    guesses = Guesses()
    for topic in lists:
        seen: set[str] = set()
        for start in topic.values["Start-here"]:
            post, name = find_post(start["post"], names), shorten(start["post"])
            if post is None:
                text = f"Start-here names “{name}”, and no post is called so."
                text = f"{text} {suggest_post(start['post'], slugs, former, guesses)}"
                yield Problem(topic.path, start["line"], "error", text)
            elif post.path in seen:
                text = f"Start-here names “{name}” a second time. Take one of the two lines out."
                yield Problem(topic.path, start["line"], "warning", text)
            else:
                seen.add(post.path)


def suggest_post(
    typed: str, slugs: Iterable[str], former: Mapping[str, Record], guesses: Guesses
) -> str:
    """Return what to write for a post that no post is called: its name now, or the nearest one."""
    if post := former.get(slug_of(typed)):
        return f"It has another name now. Write: {format_start_name(typed, post.path)}"
    near = guesses.find(slug_of(typed), slugs)
    return f"Did you mean: {near}" if near else NO_SUCH_POST


def format_start_name(typed: str, path: str) -> str:
    """Return how the post in a file is named in the form that was typed: with its ending, or without."""
    return posixpath.basename(path) if typed.lower().endswith(TEXT_ENDINGS) else slug_of(path)
