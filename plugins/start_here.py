"""Show on a topic's page the posts to start with, in the author's order, each with a word on why.

Reads: `Start-here` of the topics' records.
Adds: `starts` to each topic.
Writes: nothing.
"""

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from catalogue.problems import Problem, shorten
from catalogue.records import Record
from catalogue.slugs import slug_of
from catalogue.spelling import Guesses

REMEDY = "Write the name of a file in content/posts, each on a line of its own with - before it."


@dataclass(frozen=True)
class Start:
    """Hold a post to start with, and why."""

    article: Any
    why: str


def group_posts(records: Iterable[Record]) -> dict[str, Record]:
    """Find posts by all that an author may call them: the slug, the path, the file's name."""
    posts = sorted((record for record in records if record.kind == "post"), key=lambda p: p.path)
    names = {post.slug: post for post in posts if post.slug}
    for post in posts:
        base = posixpath.basename(post.path)
        others = [post.path, post.path.removeprefix("posts/"), base]
        others += [slug_of(base)] if "Slug" in post.values else []  # else it is the slug
        for name in others:
            names.setdefault(name.casefold(), post)
    return names


def find_post(name: str, posts: Mapping[str, Record]) -> Record | None:
    """Find the post that a name stands for; its folder, ending and date may be there or not."""
    plain = name.casefold().replace("\\", "/").strip("/").removeprefix("../")
    ends = (plain, f"{plain}.md", posixpath.basename(plain), slug_of(plain))
    return next((posts[end] for end in ends if end in posts), None)


def check_starts(topics: Iterable[Record], records: Iterable[Record]) -> list[Problem]:
    """Find names under `Start-here` that no post has, and posts that are named twice."""
    listing = [topic for topic in topics if "Start-here" in topic.values]
    posts = group_posts(records) if listing else {}
    slugs = dict.fromkeys(post.slug for post in posts.values())
    guesses = Guesses()
    problems = []
    for topic in listing:
        seen: set[str] = set()
        for start in topic.values["Start-here"]:
            post, name = find_post(start["post"], posts), shorten(start["post"])
            if post is None:
                text = f"Start-here names “{name}”, and no post is called so."
                near = guesses.find(slug_of(start["post"]), slugs)
                text = f"{text} Did you mean: {near}" if near else f"{text} {REMEDY}"
                problems.append(Problem(topic.path, start["line"], "error", text))
            elif post.path in seen:
                text = f"Start-here names “{name}” a second time. Take one of the two lines out."
                problems.append(Problem(topic.path, start["line"], "warning", text))
            else:
                seen.add(post.path)
    return problems


def select_starts(
    topic: Record, posts: Mapping[str, Record], articles: Mapping[str, Any]
) -> list[Start]:
    """Give the posts that a topic starts with, of those that are shown, each once."""
    starts: dict[str, Start] = {}
    for start in topic.values.get("Start-here", []):
        post = find_post(start["post"], posts)
        if post and post.path in articles:
            starts.setdefault(post.path, Start(articles[post.path], start["why"]))
    return [*starts.values()]


def add_starts(generator: Any) -> None:
    """Give each topic the posts that it starts with."""
    topics = [topic for topic in generator.context["topics"] if "Start-here" in topic.record.values]
    if topics:
        posts = group_posts(generator.catalogue.records.values())
        articles = {article.record.path: article for article in generator.articles}
        for topic in topics:
            topic.starts = select_starts(topic.record, posts, articles)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_starts)
