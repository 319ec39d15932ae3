"""Zotero gets one and the same item whichever of a post's four citations it takes.

The tables are those of Zotero's translators Embedded Metadata, COinS (Dublin Core), RIS and BibTeX:
the field of an item by the name that the format has for it.
"""

from urllib.parse import parse_qs

import pytest

from tests.plugins.sources import read_bibtex, read_ris

TITLE, ABSTRACT = "C++ & “<b>R&D</b>” at 50%?", "What C++ is for; a + b & “more”."
URL = "https://example.github.io/blog/posts/weeding/"
POST = (
    f"Title: {TITLE}\nDate: 2026-03-04\nTags: C++, Customer service\nSummary: {ABSTRACT}\n"
    "Author: Ursula K. Le Guin and {Smith & Sons}\nLang: de\n\nText.\n"
)
ITEM = {
    "itemType": "blogPost",
    "title": TITLE,
    "creators": ["Le Guin, Ursula K.", "Smith & Sons"],
    "date": "2026-03-04",
    "blogTitle": "Libraries Got Game",
    "url": URL,
    "language": "de",
    "tags": ["C++", "Customer service"],
    "abstractNote": ABSTRACT,
}
LISTS = ("creators", "tags")
EMBEDDED = {
    "z:itemType": "itemType",
    "citation_title": "title",
    "citation_author": "creators",
    "citation_publication_date": "date",
    "DC.source": "blogTitle",
    "citation_public_url": "url",
    "citation_language": "language",
    "DC.subject": "tags",
    "description": "abstractNote",
}
COINS = {
    "rft.type": "itemType",
    "rft.title": "title",
    "rft.creator": "creators",
    "rft.date": "date",
    "rft.source": "blogTitle",
    "rft.identifier": "url",
    "rft.language": "language",
    "rft.subject": "tags",
    "rft.description": "abstractNote",
}
RIS = {
    "type_of_reference": "itemType",
    "title": "title",
    "authors": "creators",
    "date": "date",
    "secondary_title": "blogTitle",
    "urls": "url",
    "language": "language",
    "keywords": "tags",
    "abstract": "abstractNote",
}
BIBTEX = {
    "title": "title",
    "author": "creators",
    "date": "date",
    "howpublished": "blogTitle",
    "url": "url",
    "language": "language",
    "keywords": "tags",
    "abstract": "abstractNote",
}
# What a format has another word for.
SPELT = {"BLOG": "blogPost", "german": "de"}


def collect(pairs, table):
    """Return an item of what names and values say; a date is of digits, a name without its end mark."""
    item = {field: [] for field in LISTS}
    for name, value in pairs:
        field = table.get(name)
        if field in LISTS:
            item[field].append(value.rstrip(",;"))
        elif field == "date":
            item[field] = value.rstrip("/").replace("/", "-")
        elif field:
            item[field] = SPELT.get(value, value)
    return item


def spread(record, separators):
    """Yield the names and values of a record, one for each of several values."""
    for name, value in record.items():
        values = value if isinstance(value, list) else [value]
        if name in separators:
            values = value.split(separators[name])
        yield from ((name, each) for each in values)


def read_head(site):
    metas = site.page("posts/weeding/").all("meta")
    return collect([(each.get("name"), each.get("content")) for each in metas], EMBEDDED)


def read_coins(site):
    span = site.page("posts/weeding/").one("span", class_="Z3988")
    return collect(spread(parse_qs(span.get("title"), strict_parsing=True), {}), COINS)


def read_ris_file(site):
    (record,) = read_ris(site.text("posts/weeding/citation.ris"))
    return collect(spread(record, {}), RIS)


def read_bibtex_file(site):
    (entry,) = read_bibtex(site.text("posts/weeding/citation.bib"))
    item = collect(spread(entry, {"author": " and ", "keywords": ", "}), BIBTEX)
    return {"itemType": "blogPost", **item}  # it has no word for a post of a blog


@pytest.fixture(scope="module")
def cited(build_site):
    files = {"posts/weeding.md": POST, "topics/cpp.md": "Title: C++\n\nPrograms.\n"}
    files["topics/service.md"] = "Title: Customer service\n\nPeople.\n"
    return build_site(files, siteurl="https://example.github.io/blog")


@pytest.mark.parametrize("read", [read_head, read_coins, read_ris_file, read_bibtex_file])
def test_each_citation_gives_the_whole_item(cited, read):
    assert read(cited) == ITEM
