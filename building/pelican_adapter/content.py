"""A record as Pelican's plugins and the templates see a post or a page.

Pelican reads a file into its `Content` in a hundred steps, of which this site needs none: the record
has been read and checked.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from catalogue.comment_threads import count_comments
from catalogue.dates import read_moment, read_revision
from catalogue.records import Record
from catalogue.selection import Catalogue
from catalogue.text.plain_text import cut_description
from plugins.archived_links import ArchivedCopy, mark_copies
from plugins.markdown_words import WORDS_FOR_FILMS, put_film_words, put_words
from plugins.page_text import prepare_text

# The types of what a card holds.
PLAIN = frozenset((str, Markup, int, float, bool, type(None), datetime))


class Content:
    """A published post or page; plugins add their facts to it as plain attributes."""

    # Of its dead links, by their addresses.
    copies: Mapping[str, ArchivedCopy] = MappingProxyType({})

    def __init__(
        self, record: Record, catalogue: Catalogue, root: str, words: Any, language: str
    ) -> None:
        """Copy what is shown from the record.

        `root` is the path that the site lies under, `words` are those of the theme, in its `language`.
        """
        values, address = record.values, catalogue.addresses[record.path]
        self._catalogue, self._root, self._words = catalogue, root, words
        self._language = language
        self.record = record
        self.title = record.title
        self.title_html = Markup(record.title_html)  # noqa: S704 - written from plain text
        self.slug = record.slug
        self.url = address.lstrip("/")
        self.feed_id = catalogue.post_ids.get(record.path, "")  # an article's
        summary, self.description = record.summary, record.description
        if WORDS_FOR_FILMS in self.description:  # else the body need not be loaded
            summary = put_film_words(summary, record.html, words, is_html=True)
            self.description = put_film_words(self.description, record.html, words)
        self.summary = Markup(summary)  # noqa: S704 - set from plain text
        self.date = read_moment(values["Date"], catalogue.zone) if "Date" in values else None
        self.revised = read_revision(record, catalogue.now, catalogue.zone)
        self.comment_count = count_comments(record, catalogue.comments.get(record.path))
        self.minutes = record.minutes
        self.badge = catalogue.badge(record)

    @property
    def html(self) -> str:
        """The HTML of the body, with targets in place of the addresses of internal links."""
        is_other = self.record.values.get("Lang", self._language) != self._language
        return put_words(self.record.html, self._words, self._language if is_other else "")

    @property
    def brief(self) -> str:
        """What search engines and other sites are told of it."""
        return cut_description(self.description or self.title)

    @property
    def content(self) -> Markup:
        """The HTML of the body, every link with its address."""
        targets, is_first = self._catalogue.targets, not self.record.values.get("Image")
        return mark_copies(prepare_text(self.html, self._root, targets, is_first), self.copies)

    def card(self) -> dict[str, Any]:
        """Return what other pages may show of it, and what their keys have for it.

        These are its plain attributes, those too that a plugin adds, the values of its header, and how
        its topics are called; no page may show anything else of another text.
        """
        card = {name: fact for name, fact in vars(self).items() if type(fact) in PLAIN}
        card["values"] = self.record.values
        card["topics"] = [topic.label for topic in getattr(self, "topics", ())]
        return card

    def facts(self) -> dict[str, Any]:
        """Return what only its own page may show, beside its card: the body, comments, neighbours."""
        own = {"topics", "_catalogue", "_root", "_words"}
        facts = vars(self).items()
        return {name: fact for name, fact in facts if type(fact) not in PLAIN and name not in own}

    def __str__(self) -> str:
        """Return the path of its file, which names it in messages."""
        return self.record.path
