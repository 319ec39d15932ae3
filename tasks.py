"""What the project can do, each thing one task: `python3 tasks.py build`, or `invoke build`.

As a script this needs nothing but Python 3.11: it makes `.venv` beside itself and goes on in there.
"""

import os
import sys

from commands.launch.python_version import check_python

check_python()

from commands.launch.environment import hurry_on  # noqa: E402  # an old Python ends above

ROOT = os.path.dirname(os.path.abspath(__file__))

if __name__ == "__main__":
    hurry_on(ROOT, sys.argv[1:])

from commands.launch.command_line import Verb, Words, guarded, leave, main  # noqa: E402  # by now in the environment

if __name__ == "__main__":
    from commands.launch.command_line import task
else:
    from functools import partial

    from invoke.tasks import task as declare

    task = partial(declare, auto_shortflags=False)

CONTENT = os.path.join(ROOT, "content")
OUTPUT = os.path.join(ROOT, "output")
CONTENT_HELP = "the folder with the posts, if it is not this project's own"


@task(
    help={
        "content": CONTENT_HELP,
        "output": "the folder for the finished site, if it is not `output` here",
        "siteurl": "the address that readers will use, such as https://example.org/blog",
        "allow_shrink": "go on even if the site loses many of its pages",
        "replace": "go on even if files are lost that no build has put into the output folder",
    }
)
@guarded
def build(
    _: Words,
    content: str = CONTENT,
    output: str = OUTPUT,
    siteurl: str = "",
    allow_shrink: bool = False,
    replace: bool = False,
) -> int:
    """Make the whole site in the folder `output`."""
    from pathlib import Path

    from commands.build import build

    places = Path(content).absolute(), Path(output).absolute()
    return build(*places, siteurl, allow_shrink, replace)


@task(
    help={
        "content": CONTENT_HELP,
        "port": "the number after `localhost:` in the address, if not 8000",
    }
)
@guarded
def preview(_: Words, content: str = CONTENT, port: int = 8000) -> int:
    """Show the site at http://localhost:8000 while you write; Ctrl-C ends it."""
    from pathlib import Path

    from commands.preview import preview

    return preview(Path(content).absolute(), port)


@task(help={"content": CONTENT_HELP})
@guarded
def check(_: Words, content: str = CONTENT) -> int:
    """Read everything and name what is wrong, file and line; write nothing."""
    from pathlib import Path

    from commands.check import check

    return check(Path(content).absolute())


@task(help={"content": CONTENT_HELP})
@guarded
def status(_: Words, content: str = CONTENT) -> int:
    """List the posts: published, scheduled, drafts."""
    from pathlib import Path

    from commands.status import status

    return status(Path(content).absolute())


@task(help={"title": "the title of the post, in quotation marks"})
@guarded
def new(_: Words, title: str) -> int:
    """Start a new post with this title."""
    from commands.new import new

    return new(title)


@task(help={"name": "the name of the topic, in quotation marks"})
@guarded
def topic(_: Words, name: str) -> int:
    """Start a new topic with this name."""
    from commands.topic import topic

    return topic(name)


@task(
    help={
        "post": "the post that is answered: the last part of its address, or its file",
        "author": "the name of who wrote the reply, in quotation marks",
        "date": "when it was written, such as 2026-11-23; now if not given",
        "url": "the writer's own site",
        "text": "the reply itself, in quotation marks",
        "file": "a text file with the reply in it",
        "eml": "a mail saved as .eml, which has the name, the date and the reply in it",
        "reply_to": "the file's name of the comment that is answered, if it is not the post",
        "from_me": "mark it as your own, with your name if no other is given; not with --eml",
    }
)
@guarded
def comment(
    _: Words,
    post: str,
    author: str = "",
    date: str = "",
    url: str = "",
    text: str = "",
    file: str = "",
    eml: str = "",
    reply_to: str = "",
    from_me: bool = False,
) -> int:
    """File a reader's reply under its post, and count it."""
    from commands.comment import comment

    return comment(post, author, date, url, text, file, eml, reply_to, from_me)


@task(
    name="import",
    help={
        "file": "the text dump: title, blank line, comment count and COM, body, again and again",
        "date": "the day for posts that carry none, such as 2026-11-23; today if not given",
    },
)
@guarded
def import_(_: Words, file: str, date: str = "") -> int:
    """Turn a text dump of posts into one Markdown file a post."""
    from pathlib import Path

    from commands.import_ import import_

    return import_(Path(file).absolute(), date)


@task()
@guarded
def test(words: Words) -> int:
    """Run all the tests; words after `--` go to pytest, as in `test -- -k topics`."""
    from shlex import split

    from commands.test import test

    return test(split(words.remainder))


@task(
    help={
        "posts": "how many posts the made-up site has, if not 1000",
        "topics": "in how many topics, if not 20",
        "peer": "what to measure against: hugo or pelican",
        "runs": "how often each is run, in turn, if not 5",
        "json": "a file for all the figures, as JSON",
    }
)
@guarded
def bench(
    _: Words,
    posts: int = 1000,
    topics: int = 20,
    peer: str = "hugo",
    runs: int = 5,
    json: str = "",
) -> int:
    """Measure how fast a large site is built, against another generator; minutes."""
    from commands.bench import bench

    return bench(posts, topics, peer, runs, json)


if __name__ == "__main__":
    verbs = [value for value in list(globals().values()) if isinstance(value, Verb)]
    leave(main(verbs, sys.argv[1:]))
