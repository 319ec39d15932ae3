"""A post's page, its head and its files say how to cite it."""

from urllib.parse import parse_qs

import pytest

from tests.plugins.sources import read_bibtex, read_ris

POSTS = {
    "posts/weeding.md": (
        'Title: "Weeding" & <b>{me}</b>, 50%?\nDate: 2026-03-04 23:30\nModified: 2026-05-06\n'
        "Tags: Reading\nAuthor: Ursula K. Le Guin and {Smith & Sons}\n\nText.\n"
    ),
    "posts/reading.md": "Title: On Reading\nDate: 2026-01-02\nTags: Reading\n\nText.\n",
    "topics/silence.md": "Title: Silence\n\nNothing is written about it yet.\n",
}
TITLE = "“Weeding” & <b>{me}</b>, 50%?"
ABSTRACT = "Text."
URL = "https://example.github.io/blog/posts/weeding/"


@pytest.fixture(scope="module")
def cited(build_site):
    return build_site(POSTS, siteurl="https://example.github.io/blog")


def test_a_post_shows_three_citations_and_two_files(cited):
    page = cited.page("posts/weeding/")
    card = page.one("details", class_="cite")
    assert [page.text(term) for term in card.iter("dt")] == ["APA", "MLA", "Chicago"]
    apa, mla, chicago = ("".join(item.itertext()) for item in card.iter("dd"))
    site = "Libraries Got Game"
    title, inner = TITLE, TITLE.replace("“", "‘").replace("”", "’")
    assert apa == f"Le Guin, U. K., & Smith & Sons. (2026, March 4). {title} {site}. {URL}"
    start = f"Le Guin, Ursula K., and Smith & Sons. “{inner}” {site},"
    assert (mla, chicago) == (f"{start} 4 Mar. 2026, {URL}.", f"{start} March 4, 2026. {URL}.")
    assert [i.text for i in card.iter("i")] == [site] * 3
    links = [a.get("href") for a in card.iter("a")]
    assert links == ["/blog/posts/weeding/citation.bib", "/blog/posts/weeding/citation.ris"]


def test_the_head_of_a_post_has_what_zotero_reads(cited):
    page = cited.page("posts/weeding/")
    pairs = [(m.get("name"), m.get("content")) for m in page.all("meta")]
    kept = [p for p in pairs if p[0] and p[0].startswith(("citation_", "DC", "z:"))]
    assert kept == [
        ("citation_title", TITLE),
        ("citation_author", "Le Guin, Ursula K.;"),
        ("citation_author", "Smith & Sons,"),
        ("citation_publication_date", "2026/03/04"),
        ("citation_language", "en"),
        ("citation_public_url", URL),
        ("z:itemType", "blogPost"),
        ("DC.source", "Libraries Got Game"),
        ("DC.subject", "Reading"),
        ("DCTERMS.modified", "2026-05-06"),
    ]
    assert {link.get("rel") for link in page.all("link")} >= {"schema.DC", "schema.DCTERMS"}
    assert page.one("link", rel="canonical").get("href") == URL


def test_a_post_has_one_span_that_says_the_same(cited):
    span = cited.page("posts/weeding/").one("span", class_="Z3988")
    assert parse_qs(span.get("title"), strict_parsing=True) == {
        "ctx_ver": ["Z39.88-2004"],
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:dc"],
        "rft.type": ["blogPost"],
        "rft.title": [TITLE],
        "rft.source": ["Libraries Got Game"],
        "rft.date": ["2026-03-04"],
        "rft.identifier": [URL],
        "rft.language": ["en"],
        "rft.creator": ["Le Guin, Ursula K.", "Smith & Sons,"],
        "rft.subject": ["Reading"],
        "rft.description": [ABSTRACT],
    }


def test_the_files_of_a_post_are_read_back(cited):
    (entry,) = read_bibtex(cited.text("posts/weeding/citation.bib"))
    (record,) = read_ris(cited.text("posts/weeding/citation.ris"))
    assert entry["title"] == record["title"] == TITLE
    assert entry["url"] == record["urls"][0] == URL
    assert entry["author"] == "Le Guin, Ursula K. and Smith & Sons"
    assert record["authors"] == ["Le Guin, Ursula K.", "Smith & Sons"]
    assert entry["note"] == "Revised 6 May 2026"
    assert entry["abstract"] == record["abstract"] == ABSTRACT


def test_a_topic_has_a_bibliography_of_its_posts_newest_first(cited):
    entries = read_bibtex(cited.text("topics/reading/bibliography.bib"))
    records = read_ris(cited.text("topics/reading/bibliography.ris"))
    assert [entry["ID"] for entry in entries] == ["weeding", "reading"]
    assert [record["title"] for record in records] == [TITLE, "On Reading"]
    links = [a.get("href") for a in cited.page("topics/reading/").all("a")]
    assert {f"/blog/topics/reading/bibliography.{e}" for e in ("bib", "ris")} <= set(links)


def test_a_topic_without_posts_has_no_bibliography_and_no_link_to_one(cited):
    assert "topics/silence/bibliography.bib" not in cited.files
    assert "bibliography" not in cited.page("topics/silence/").source


def test_lines_of_ris_end_as_its_specification_says(cited):
    data = cited.bytes("topics/reading/bibliography.ris")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert data.startswith(b"TY  - BLOG\r\n")
    assert data.endswith(b"ER  - \r\n")


def test_no_text_can_leave_its_place_on_the_page(build_site):
    bad = "\"><script>'&"
    files = {"posts/a.md": f"Title: {bad}\nDate: 2026-01-02\nAuthor: {{{bad}}}\n\nText.\n"}
    page = build_site(files, SITENAME=bad).page("posts/a/")
    assert len(page.all("script")) == 1  # the linked data
    pairs = {(meta.get("name"), meta.get("content")) for meta in page.all("meta")}
    assert {("DC.source", bad), ("citation_author", f"{bad},")} <= pairs
    card = page.one("details", class_="cite")
    assert {element.tag for element in card.iter()} == set("details summary dl dt dd i p a".split())
    assert [i.text for i in card.iter("i")] == [bad] * 3
