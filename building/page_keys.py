"""Reduce all that a page shows to a short key: with the same key it is the same page.

A key is a hash of data that is collected without knowing a template:
- every fact about the page's own subject, which its `facts()` gives;
- of each other post, topic or comment that it can reach only what `card()` gives;
- the values of the names that the template reads, the sources of the template and of all that it
  includes, all settings, and all words of the theme.
It may change when the page does not, never the other way round. The code and the packages are not in
it: whoever caches keys sees to that.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any

from building.check_theme import NAMING
from building.jobs import Job, LazyTemplate
from building.pelican_adapter.template_compiler import list_names_read
from building.words import read_words
from catalogue.addresses import SITE
from catalogue.records import Record
from catalogue.text.targets import Target

PLACES = {"OUTPUT_PATH", "PATH", "READING_CACHE", "THEME"}  # where things lie, which no page shows


class PageKeys:
    """The keys of one site's jobs; what many pages show is reduced once."""

    def __init__(
        self,
        settings: Mapping[str, Any],
        targets: Mapping[str, Target],
        planned: Collection[str],
        names: Mapping[str, Sequence[str]],
    ) -> None:
        """Begin.

        `targets` are what links lead to, by path: a text shows those of its own; `planned` the addresses
        of all that the site has; `names` what each template is known to read, by a hash of its source.
        """
        self.targets, self.planned = targets, planned
        self.known = names
        self.names: dict[str, Sequence[str]] = {}  # the same for the templates that were met
        self.cards: dict[int, str] = {}  # by the identity of their subjects,
        self.subjects: list[Any] = []  # which are kept, so that nothing else gets it
        self.templates: dict[tuple[str, int], tuple[str, Collection[str]]] = {}
        self.encode = json.JSONEncoder(
            default=self.reduce, separators=(",", ":"), check_circular=False
        ).encode  # what goes round in a circle is an error all the same
        self.site = ""
        shown = {name: value for name, value in settings.items() if name not in PLACES}
        pages = [name for name, address in SITE.items() if address in planned]
        self.site = self.hash([shown, pages, read_words()])

    def make_key(self, job: Job) -> str:
        """Return the key of a job."""
        shows = job.shows
        if job.template is None:
            return self.make_card(shows) if hasattr(shows, "card") else self.hash(shows)
        key, names = self.read_template(job.template, job.context)
        shown = {name: self.open(value) for name, value in shows.items() if name in names}
        if block := job.context.get("linked_data", {}).get(job.file):
            shown["linked_data"] = block.shows
        return self.hash([key, shown])

    def hash(self, value: Any) -> str:
        """Return a hash of anything that a page shows."""
        text = self.site + self.encode(value)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def open(self, value: Any) -> Any:
        """Return the subject of a page with all its facts, where a list has its card."""
        return [value, value.facts()] if hasattr(value, "facts") else value

    def reduce(self, value: Any) -> Any:
        """Return data for JSON in place of an object."""
        if card := self.cards.get(id(value)):  # most are posts on the pages of others
            return card
        if isinstance(value, datetime):
            return value.isoformat()
        if hasattr(value, "card"):
            return self.make_card(value)
        if isinstance(value, Record):
            links = [(self.targets.get(link.target), link.fragment) for link in value.links]
            return [value.digest, links] if links else value.digest
        if is_dataclass(value):
            kind: Any = type(value)  # by its declared type it may have no hash
            return [getattr(value, name) for name in list_fields(kind)]
        if callable(value):
            return getattr(value, "__qualname__", type(value).__name__)
        raise TypeError(f"{type(value).__name__} cannot be reduced to a key")

    def make_card(self, subject: Any) -> str:
        """Return a hash of what a subject shows of itself on other pages; it is made once."""
        card = self.cards.get(id(subject))
        if card is None:
            card = self.cards[id(subject)] = self.hash(subject.card())
            self.subjects.append(subject)
        return card

    def read_template(
        self, template: LazyTemplate, context: Mapping[str, Any]
    ) -> tuple[str, Collection[str]]:
        """Return a hash of a template with all that it includes and finds in its context, and all names."""
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
                    text, *_ = environment.loader.get_source(environment, name)
                    sources[name] = key = self.hash(text)
                    if key not in self.names:
                        self.names[key] = self.known.get(key) or list_names_read(
                            environment.get_template(name)
                        )
                    names.update(self.names[key])
                    waiting += NAMING.findall(text)
            shared = names - {"linked_data"}  # one page shows its own part only
            shown = {name: context[name] for name in shared & context.keys() if not name.isupper()}
            # A page that names an address which is gone has to be drawn again, and fails.
            gone = sorted(n for n in names if n.startswith("/") and n not in self.planned)
            key = self.hash([sorted(sources.items()), sorted(shown.items()), gone])
            self.templates[place] = key, names
        return self.templates[place]


@cache
def list_fields(kind: type[Any]) -> list[str]:
    """Return the names of the fields of a dataclass."""
    return [field.name for field in fields(kind)]
