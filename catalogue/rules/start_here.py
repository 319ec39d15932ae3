"""Judge `Start-here` of topics: each line names a post, and each post stands there once."""

from collections.abc import Iterable, Iterator, Sequence

from catalogue.post_names import find_post, group_post_names
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
    guesses = Guesses()
    for topic in lists:
        seen: set[str] = set()
        for start in topic.values["Start-here"]:
            post, name = find_post(start["post"], names), shorten(start["post"])
            if post is None:
                text = f"Start-here names “{name}”, and no post is called so."
                near = guesses.find(slug_of(start["post"]), slugs)
                text = f"{text} Did you mean: {near}" if near else f"{text} {NO_SUCH_POST}"
                yield Problem(topic.path, start["line"], "error", text)
            elif post.path in seen:
                text = f"Start-here names “{name}” a second time. Take one of the two lines out."
                yield Problem(topic.path, start["line"], "warning", text)
            else:
                seen.add(post.path)
