"""Make the files of an import: posts, comments, topics and pictures, each as this site reads it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from commands.importers.bodies.body import make_body
from commands.importers.comments import Replies
from commands.importers.header import collect_header
from commands.importers.judge import Draft, settle
from commands.importers.places import Fetch, Places
from commands.importers.plan import choose_aliases, choose_targets, group_places, read_present
from commands.importers.site import Site, SitePost
from commands.importers.topics import Topics, read_topics_file
from commands.importers.words import find_lost

Progress = Callable[[str], None]
LOST_SHOWN = 12  # words that a note names


@dataclass
class Assembled:
    """The files of an import, in the order in which they are written, and their numbers."""

    files: dict[str, bytes] = field(default_factory=dict)  # by path in the content folder
    counts: dict[str, tuple[int, str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Terms:
    """What an import goes by."""

    content: Path  # the folder that the files are for
    now: datetime  # the date of a post that has none
    topics_file: str = ""  # what the author says of topics
    fetch: Fetch | None = None  # gets pictures of the web, if that may be
    verifies: bool = True  # the words of each post are compared


def assemble(site: Site, terms: Terms, progress: Progress) -> Assembled:
    """Return the files of all that is new of a blog; what a person should know is told to `site`.

    Raises CommandFault for a file of topics that cannot be read.
    """
    maker = Maker(site, terms)
    new = [number for number in range(len(site.posts)) if number not in maker.there]
    for done, number in enumerate(new):
        progress(f"Posts {'━' * (20 * done // len(new))} {done} of {len(new)}")
        maker.add(number)
    return maker.finish()


class Maker:
    """The state of an import: what was made by now."""

    def __init__(self, site: Site, terms: Terms) -> None:
        """Begin with nothing made."""
        self.site, self.terms = site, terms
        present = read_present(terms.content)
        self.targets, self.there = choose_targets(site.posts, present)
        new = [post for number, post in enumerate(site.posts) if number not in self.there]
        tags = [tag for post in new for tag in post.tags]
        self.topics = Topics(tags, present.topics, read_topics_file(terms.topics_file))
        self.places = Places(site, self.targets, terms.content / "images", terms.fetch)
        self.planner = Replies()
        self.taken = {**present.aliases, **group_places(self.targets.values())}
        self.drafts: dict[str, Draft] = {}
        self.replies: dict[str, bytes] = {}
        self.numbers = dict.fromkeys(("posts", "pages", "comments", "aliases"), 0)

    def add(self, number: int) -> None:
        """Make the files of one post."""
        post, target = self.site.posts[number], self.targets[number]
        body = make_body(post, target, self.places)
        if self.terms.verifies and (lost := find_lost(post.body, post.form, body)):
            shown = ", ".join(lost[:LOST_SHOWN])
            more = f" and {len(lost) - LOST_SHOWN} more" if len(lost) > LOST_SHOWN else ""
            self.site.tell("post with words that did not come along", post.place, f"{shown}{more}")
        values = self.make_header(post, target)
        slug = target.rpartition("/")[2].removesuffix(".md")
        replies = self.planner.plan(post, slug, self.site, self.terms.now)
        if post.kind == "page":
            replies = []
        elif post.total is not None and post.total > len(post.comments) > 0:
            self.site.tell(
                "post that had more comments than the export has", post.place, str(post.total)
            )
        if post.kind == "post":
            values["Comments"] = str(len(replies) or post.total or 0)
        self.drafts[target] = Draft(post.place, values, body)
        self.replies |= {path: reply.encode() for path, reply in replies}
        self.numbers["comments"] += len(replies)
        self.numbers["pages" if post.kind == "page" else "posts"] += 1

    def make_header(self, post: SitePost, target: str) -> dict[str, str]:
        """Return the lines of a post's header by their keys."""
        image = self.places.find_picture(post.image, post, target) if post.image else ""
        image = image if image.startswith("../") else ""
        topics = self.topics.find(post.tags)
        values = collect_header(post, self.site, topics, image, self.terms.now)
        aliases = choose_aliases(post, target, self.site, self.taken)
        for alias in aliases:
            self.taken[alias.strip("/").casefold()] = target
        if aliases:
            values["Aliases"] = ", ".join(aliases)
        self.numbers["aliases"] += len(aliases)
        return values

    def finish(self) -> Assembled:
        """Return all files: what others need comes first, so that a killed run leaves a whole site."""
        for name, wrong in self.topics.refused.items():
            self.site.tell("tag that cannot be a topic", name, wrong)
        topics = self.topics.format_files()
        pictures = {f"images/{name}": data for name, data in sorted(self.places.files.items())}
        others = {**pictures, **topics, **self.replies}
        files = {**others, **settle(self.drafts, others, self.terms.content, self.site)}
        drafts = sum("Status" in draft.values for draft in self.drafts.values())
        counts = {
            "posts": (self.numbers["posts"], "post", ""),
            "pages": (self.numbers["pages"], "page", ""),
            "drafts": (drafts, "of them a draft", "of them drafts"),
            "comments": (self.numbers["comments"], "comment", ""),
            "pictures": (len(pictures), "picture", ""),
            "topics": (len(topics), "new topic", ""),
            "aliases": (self.numbers["aliases"], "old address", "old addresses"),
        }
        return Assembled(files, counts)
