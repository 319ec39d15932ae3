"""Sanitise the HTML of a text: what comes out of here is what is published, and nothing changes it.

`nh3` (the Ammonia sanitiser) parses as browsers do (HTML Standard, 13.2) and writes what it has kept
anew, so that whoever parses the page reads what was judged.
"""

from collections.abc import Collection, Mapping

import nh3

from catalogue.text.html_allowlist import (
    ADDED,
    ATTRIBUTES,
    ELEMENTS,
    EVERYWHERE,
    FOLLOWED,
    SCHEMES,
    filter_attribute,
)

PASSES = 4  # of the sanitiser, until it changes nothing any more


class UnstableHtml(ValueError):
    """Raised for HTML that each reading turns into something else: no browser is sure to show the same."""


class Sanitiser:
    """A sanitiser with one allow-list, made once for many texts."""

    def __init__(
        self,
        elements: frozenset[str] = ELEMENTS,
        attributes: Mapping[str, frozenset[str]] = ATTRIBUTES,
        everywhere: frozenset[str] = EVERYWHERE,
    ) -> None:
        """Build it for an allow-list: elements, attributes of some elements, attributes of all."""
        self.addresses: Collection[str] | None = None  # that are kept, if not all are
        self.cleaner = nh3.Cleaner(
            tags=set(elements),
            attributes={
                "*": set(everywhere),
                **{tag: set(names) for tag, names in attributes.items()},
            },
            attribute_filter=self.filter,
            url_schemes=set(SCHEMES),
            generic_attribute_prefixes={"data-"} if everywhere else set(),
            set_tag_attribute_values={
                tag: {**values} for tag, values in ADDED.items() if tag in elements
            },
            link_rel=None,
        )

    def filter(self, _tag: str, name: str, value: str) -> str | None:
        """Return what is published of an attribute; nothing is raised, for nh3 would not pass it on."""
        if name not in FOLLOWED:
            return filter_attribute(name, value)
        is_known = self.addresses is None or value in self.addresses or value.startswith("#")
        return value if is_known else None

    def clean(self, source: str) -> str:
        """Return a piece of HTML as browsers read it, without what is not on the list."""
        self.addresses = None
        return self.cleaner.clean(source)

    def sanitise(self, source: str, addresses: Collection[str] | None = None) -> tuple[str, bool]:
        """Return what is published of a piece of HTML, and whether that is just what it says.

        If addresses are given, links and pictures keep those alone, and places on the same page.
        Raises UnstableHtml.
        """
        self.addresses = addresses
        before = source
        for _ in range(PASSES):
            cleaned = self.cleaner.clean(source)
            if cleaned == source:
                return cleaned, cleaned == before
            source = cleaned
        raise UnstableHtml
