"""What the project can do, each thing one task: `python3 tasks.py build`.

This needs nothing but Python 3.11: it makes `.venv` beside itself and goes on in there.
"""

import os
import sys

from commands.launch.python_version import check_python

check_python()

from commands.launch.environment import reexec_if_ready  # noqa: E402  # an old Python ends above

ROOT = os.path.dirname(os.path.abspath(__file__))

if __name__ == "__main__":
    reexec_if_ready(ROOT, sys.argv[1:])

    from commands.launch.kept_code import keep_code  # before all that it spares Python the work of

    KEPT = keep_code()

from pathlib import Path  # noqa: E402  # by now in the environment
from typing import Any  # noqa: E402

from commands.launch.command_line import (  # noqa: E402
    Task,
    main,
    option,
    optional,
    repeated,
    required,
    rest,
    switch,
    task,
)
from commands.launch.run_task import leave  # noqa: E402

CONTENT_OPTION = option(
    "--content",
    "the folder with the posts, if it is not this project's own",
    os.path.join(ROOT, "content"),
)
OUTPUT_OPTION = option(
    "--output",
    "the folder for the finished site, if it is not `output` here",
    os.path.join(ROOT, "output"),
)


@task(
    CONTENT_OPTION,
    OUTPUT_OPTION,
    option("--siteurl", "the address that readers will use, such as https://example.org/blog"),
    switch("--allow-shrink", "go on even if the site loses many of its pages"),
    switch(
        "--replace", "go on even if files are lost that no build has put into the output folder"
    ),
)
def build(content: str, output: str, siteurl: str, allow_shrink: bool, replace: bool) -> int:
    """Make the whole site in the folder `output`."""
    from commands.build import build

    places = Path(content).absolute(), Path(output).absolute()
    return build(*places, siteurl, allow_shrink, replace)


@task(
    CONTENT_OPTION,
    option("--port", "the number after `localhost:` in the address, if not 8000", 8000),
    switch("--no-open", "do not open the browser"),
    switch("--follow", "go to the page whose file was just saved"),
)
def preview(content: str, port: int, no_open: bool, follow: bool) -> int:
    """Show the site at http://localhost:8000 while you write; Ctrl-C ends it."""
    from commands.preview import preview

    return preview(Path(content).absolute(), port, not no_open, follow)


@task(
    CONTENT_OPTION,
    switch("--fix", "mend what has one right answer; each mend is shown before it is made"),
    switch("--yes", "make all these mends without a question; only with --fix"),
)
def check(content: str, fix: bool, yes: bool) -> int:
    """Read everything and name what is wrong, file and line; --fix mends some of it."""
    from commands.check import check

    return check(Path(content).absolute(), fix, yes)


@task(CONTENT_OPTION)
def status(content: str) -> int:
    """List drafts, scheduled posts, and posts without a summary or a topic."""
    from commands.status import status

    return status(Path(content).absolute())


@task(
    option("--name", "what the site is called"),
    option("--author", "who writes it"),
    option("--address", "where readers find it: an address, or <user>.github.io/<repo>"),
    option("--language", "its language, as a tag such as en, de or pt-BR"),
    option("--zone", "the time zone of its dates, as in Europe/Berlin"),
    option("--contact", "where replies go: a public e-mail address, or - for none"),
    switch("--yes", "ask nothing, and take what would be proposed"),
)
def setup(**answers: Any) -> int:
    """Set up the site: six questions, whose answers are written into the settings."""
    from commands.setup import setup

    return setup(**answers)


@task(
    required("title", "the title of the post, in quotation marks"),
    repeated("--topic", "a topic of it; may be given again, or several with commas between them"),
    switch("--question", "begin a reference question: the question, a short answer, the rest"),
    switch("--no-open", "do not open your editor"),
)
def new(title: str, topic: list[str], question: bool, no_open: bool) -> int:
    """Start a new post with this title."""
    from commands.new import new

    return new(title, topics=topic, question=question, opens=not no_open)


@task(
    option("--branch", "also put the built site on a branch of its own, such as gh-pages"),
    option("--siteurl", "the address that readers will use, such as https://example.org/blog"),
    switch("--allow-shrink", "go on even if the site loses many of its pages"),
    switch("--dry-run", "show what would be published, and publish nothing"),
    switch("--yes", "publish without a question"),
    optional(
        "--verify", "publish nothing: say whether the site at this address is what is committed"
    ),
)
def publish(**options: Any) -> int:
    """Publish the site: check it, build it, show what changes, ask, commit and push."""
    from commands.publish import publish

    return publish(**options)


@task(required("file", "the draft: its file, or the last part of its address"), name="publish-post")
def publish_post(file: str) -> int:
    """Turn a draft into a post, dated now or later, and say its address."""
    from commands.publish_post import publish_post

    return publish_post(file)


@task(
    required("file", "the post: its file, or the last part of its address"),
    required("title", "its new title, in quotation marks"),
)
def rename(file: str, title: str) -> int:
    """Give a post another title and address, and take along all that leads to it."""
    from commands.rename import rename

    return rename(file, title)


@task(
    rest("name", "the name of the topic, in quotation marks"),
    switch("--all", "make a topic of each tag that is none yet"),
)
def topic(name: list[str], all: bool) -> int:
    """Start a topic of this name; with --all, one for each tag that is none yet."""
    from commands.topic import topic, topic_all

    return topic_all(" ".join(name)) if all else topic(" ".join(name))


@task(
    required("post", "the post that is answered: the last part of its address, or its file"),
    option("--author", "the name of who wrote the reply, in quotation marks"),
    option("--date", "when it was written, such as 2026-11-23; now if not given"),
    option("--url", "the writer's own site"),
    option("--text", "the reply itself, in quotation marks"),
    option("--file", "a text file with the reply in it"),
    option("--eml", "a mail saved as .eml, which has the name, the date and the reply in it"),
    option("--reply-to", "the file's name of the comment that is answered, if it is not the post"),
    switch("--from-me", "mark it as your own, with your name if no other is given; not with --eml"),
    switch("--dry-run", "show what would be filed, and write nothing"),
)
def comment(post: str, **options: Any) -> int:
    """File a reader's reply under its post, and count it."""
    from commands.comment import comment

    return comment(post, **options)


@task(
    required("source", "the export, its archive, or the folder of posts of the other program"),
    option("--from", "what wrote it, if it is not recognised: wordpress, jekyll, ghost and so on"),
    option("--topics", "a file that maps tags to topics by hand: a line for each, `old = new`"),
    option(
        "--date", "the day for posts of a plain text dump, such as 2026-11-23; today if not given"
    ),
    switch("--dry-run", "show what would be imported, and write nothing"),
    switch("--verify", "compare the words of each post before and after; so it is done anyway"),
    switch("--no-verify", "do not compare them"),
    switch("--fetch", "fetch the pictures from the blog's own address"),
    name="import",
)
def import_(source: str, date: str, **options: Any) -> int:
    """Bring another blog along: from WordPress, Jekyll, Ghost, a feed and others."""
    from commands.import_ import import_

    return import_(
        Path(source).absolute(),
        date,
        form=options["from"].lower(),
        topics_file=options["topics"],
        is_dry=options["dry_run"],
        verifies=not options["no_verify"],
        fetches=options["fetch"],
    )


@task(
    option("--start", "the workflow on GitHub to start if something has come due, as pages.yml"),
    option("--since", "a day such as 2026-11-23; a week ago if not given"),
)
def due(start: str, since: str) -> int:
    """Say which waiting posts have come due; on GitHub, have them published."""
    from commands.due import due

    return due(start, since)


@task(option("--since", "the commit that was there before, by its whole number"))
def changed(since: str) -> int:
    """Say whether more than texts has changed since a commit; a step on GitHub."""
    from commands.changed import changed

    return changed(since)


@task(switch("--address", "only say which address to build for; the steps after this get it"))
def pages(address: bool) -> int:
    """Say what keeps GitHub from showing the site, and what to click."""
    from commands.pages import pages

    return pages(address)


@task(
    CONTENT_OPTION,
    switch("--save", "ask the Wayback Machine to keep the pages that your new posts link to"),
    switch("--all", "ask every link, also those that were good a few days ago"),
    option(
        "--kept", "a copy of the ledger from a run elsewhere: it is read first, and written anew"
    ),
)
def links(content: str, save: bool, all: bool, kept: str) -> int:
    """Ask whether the links to other sites still work, and find archived copies."""
    from commands.links import links

    return links(save, all, Path(content).absolute(), kept)


@task(name="link-issue")
def link_issue() -> int:
    """Keep one issue about dead links up to date; a step on GitHub."""
    from commands.link_issue import link_issue

    return link_issue()


@task(
    CONTENT_OPTION,
    switch("--write", "add what the site shows now to content/addresses.txt"),
    option("--live", "the address of the site, whose own list is compared too"),
)
def addresses(content: str, write: bool, live: str) -> int:
    """List what is new among the addresses that readers have, and what would be lost."""
    from commands.addresses import addresses

    return addresses(Path(content).absolute(), write, live)


@task(rest("words", "words for pytest, after --"))
def test(words: list[str]) -> int:
    """Run all the tests; words after `--` go to pytest, as in `test -- -k topics`."""
    from commands.test import test

    return test(words)


@task(
    option("--posts", "how many posts the made-up site has, if not 1000", 1000),
    option("--topics", "in how many topics, if not 20", 20),
    option("--peer", "what to measure against: hugo or pelican", "hugo"),
    option("--runs", "how often each is run, in turn, if not 5", 5),
    option("--json", "a file for all the figures, as JSON"),
    switch("--preview", "measure how soon a save is on screen instead, beside Hugo's server"),
    switch("--push", "measure what the workflow's own steps take instead, for one new post"),
)
def bench(json: str, **options: Any) -> int:
    """Measure how fast a large site is built, against another generator; minutes."""
    from commands.bench import bench

    return bench(file=json, **options)


TASKS = [value for value in list(globals().values()) if isinstance(value, Task)]

if __name__ == "__main__":
    CODE = main(TASKS, sys.argv[1:])
    KEPT.save()
    leave(CODE)
