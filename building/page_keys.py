"""Reduce all that a page shows to a short key: with the same key it is the same page.

A key is a hash of data that is collected without knowing a template: every fact about the page's own
subject, of every other text or topic that it can reach what such a one shows of itself (its *card*),
the values of the names that the template reads, and the sources of the template and all that it
includes, and all settings. It may change when the page does not, never the other way round. The code
and the packages are not in it: whoever keeps keys sees to that.
"""

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from jinja2 import Environment, meta
from markupsafe import Markup
from pelican.paginator import Page, Paginator

from building.jobs import Job, Template
from building.pelican_adapter.content import Text
from catalogue.records import Record
from plugins.comments import Comment
from plugins.topics import Topic

PLAIN = frozenset((str, Markup, int, float, bool, type(None), datetime))
REFERENCE = re.compile(r"""\{%-?\s*(?:extends|include|from|import)\s+["']([^"']+)["']""")


class Signer:
    """Make the keys of one site's jobs; what many pages show is reduced once."""

    def __init__(
        self,
        constants: Mapping[str, Any],
        addresses: Mapping[str, str],
        names: Mapping[str, Sequence[str]],
    ) -> None:
        """Begin.

        `constants` are the settings; `addresses` those of all files, by path: a text shows those that
        it links to; `names` what each template is known to read, by a hash of its source.
        """
        self.addresses = addresses
        self.known = names
        self.names: dict[str, Sequence[str]] = {}  # the same for the templates that were met
        self.cards: dict[int, str] = {}
        self.templates: dict[tuple[str, int], tuple[str, Collection[str]]] = {}
        self.encode = json.JSONEncoder(default=self.reduce, separators=(",", ":")).encode
        self.site = ""
        self.site = self.hash(constants)

    def sign(self, job: Job) -> str:
        """Give the key of a job."""
        shows = job.shows
        if job.template is None:
            return self.reduce(shows) if isinstance(shows, Text) else self.hash(shows)
        key, names = self.read_template(job.template, job.context)
        shown = {name: self.open(value) for name, value in shows.items() if name in names}
        if block := job.context.get("linked_data", {}).get(job.file):
            shown["linked_data"] = [block.func.__qualname__, block.args]
        return self.hash([key, shown])

    def hash(self, value: Any) -> str:
        """Hash anything that a page shows."""
        text = self.site + self.encode(value)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def open(self, value: Any) -> Any:
        """Give all facts about the subject of a page, where a list has its card."""
        if isinstance(value, Text):
            around = [
                (name, fact)
                for name, fact in vars(value).items()
                if type(fact) not in PLAIN and name != "topics" and name[0] != "_"
            ]
            return [value, around]
        if isinstance(value, Topic):  # not what it has counted and keeps for the next who asks
            return [getattr(value, field.name) for field in fields(value)]
        return value

    def reduce(self, value: Any) -> Any:
        """Give data for JSON in place of an object."""
        if isinstance(value, Text):
            return self.cards.get(id(value)) or self.make_card(value)
        if isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, Record):
            links = [self.addresses.get(link.target, "") for link in value.links]
            return [value.digest, links] if links else value.digest
        if isinstance(value, Topic):
            return [*value.label, value.used_for, value.posts, value.comments]
        if isinstance(value, Comment):
            above = value.reply_to
            said = [value.role, value.badge, above and above.role]
            return [value.record, value.permalink, value.depth, above and above.record, *said]
        if isinstance(value, Page):
            return [value.number, value.url, value.object_list]
        if isinstance(value, Paginator):
            return value.num_pages
        if is_dataclass(value):
            return [getattr(value, field.name) for field in fields(value)]
        if callable(value):
            return getattr(value, "__qualname__", type(value).__name__)
        raise TypeError(f"{type(value).__name__} cannot be reduced to a key")

    def make_card(self, text: Text) -> str:
        """Reduce what a text shows of itself on other pages; keep it for the next."""
        facts: dict[str, Any] = {
            name: fact
            for name, fact in vars(text).items()
            if type(fact) in PLAIN and name[0] != "_"
        }
        facts["topics"] = [topic.label for topic in getattr(text, "topics", ())]
        card = self.cards[id(text)] = self.hash(facts)
        return card

    def read_template(
        self, template: Template, context: Mapping[str, Any]
    ) -> tuple[str, Collection[str]]:
        """Give a hash of a template with all that it includes and finds in its context, and all names."""
        place = template.name, id(context)
        if place not in self.templates:
            environment = template.environment
            sources: dict[str, str] = {}
            names: set[str] = set()
            waiting = [template.name]
            while waiting:
                name = waiting.pop()
                if name not in sources:
                    assert environment.loader
                    text, file, _ = environment.loader.get_source(environment, name)
                    sources[name] = key = self.hash(text)
                    if key not in self.names:
                        self.names[key] = self.known.get(key) or read_names(
                            environment, text, name, file
                        )
                    names.update(self.names[key])
                    waiting += REFERENCE.findall(text)
            shared = names - {"linked_data"}  # one page shows its own part only
            shown = {name: context[name] for name in shared & context.keys() if not name.isupper()}
            self.templates[place] = (
                self.hash([sorted(sources.items()), sorted(shown.items())]),
                names,
            )
        return self.templates[place]


def read_names(environment: Environment, source: str, name: str, file: str | None) -> list[str]:
    """List the names that a template takes from its context; its name and file are for errors."""
    return sorted(meta.find_undeclared_variables(environment.parse(source, name, file)))
