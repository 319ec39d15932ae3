"""What Markdown says in English is said in the words of the theme, wherever a text is shown."""

import pytest

from building.pelican_adapter import templates
from building.words import Words, read_words
from plugins.markdown_words import put_words
from tests.conftest import draw_png, fold

FILM = "https://www.youtube.com/watch?v=abcdefghijk"
WORDS = Words(
    film_on="Film: {site}",
    note="Hinweis",
    tip="Tipp & Trick",
    important="Wichtig",
    warning="Achtung",
    caution='Vor"sicht',
    back_to_text="Zurück von {number}",
    back_to_place="Zurück von {number}, {place}. Stelle",
)


def test_words_in_another_language_than_the_text_say_so_below_a_film_too():
    source = (
        f'<figure><a href="{FILM}">My talk</a><figcaption>Film on YouTube</figcaption></figure>'
    )
    assert '<figcaption><span lang="de" dir="ltr">Film: YouTube</span></figcaption>' in put_words(
        source, WORDS, "de"
    )


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('<p class="admonition-title">Note</p>', '<p class="admonition-title">Hinweis</p>'),
        ('<p class="admonition-title">Tip</p>', '<p class="admonition-title">Tipp &amp; Trick</p>'),
        (
            '<p class="admonition-title">Caution</p>',
            '<p class="admonition-title">Vor&quot;sicht</p>',
        ),
        (
            '<a class="footnote-backref" href="#fnref-1" title="Jump back to footnote 12 in the text">↩</a>',
            '<a class="footnote-backref" href="#fnref-1" title="Zurück von 12" '
            'aria-label="Zurück von 12">↩</a>',
        ),
        (
            f'<figure><a href="{FILM}">My talk</a><figcaption>Film on YouTube</figcaption></figure>',
            f'<figure><a href="{FILM}">My talk</a><figcaption>Film: YouTube</figcaption></figure>',
        ),
        (
            f'<figure><a href="{FILM}">My talk</a><figcaption>A<br>Film on YouTube</figcaption></figure>',
            f'<figure><a href="{FILM}">My talk</a><figcaption>A<br>Film: YouTube</figcaption></figure>',
        ),
        # Words of the author.
        (
            f'<figure><a href="{FILM}">My talk</a><figcaption>Film on Vimeo</figcaption></figure>',
            f'<figure><a href="{FILM}">My talk</a><figcaption>Film on Vimeo</figcaption></figure>',
        ),
        ('<p class="admonition-title">Note this</p>', '<p class="admonition-title">Note this</p>'),
        ('<p class="admonition-title">Info</p>', '<p class="admonition-title">Info</p>'),
        ("<p>Note</p>", "<p>Note</p>"),
    ],
)
def test_the_words_of_markdown_become_those_of_the_theme(source, shown):
    assert put_words(source, WORDS) == shown


ALERTS = "".join(
    f"> [!{name}]\n> Words.\n\n" for name in "NOTE TIP IMPORTANT WARNING CAUTION".split()
)
TEXT = f"Words[^1].\n\n{ALERTS}[^1]: A note.\n"
HEADER = "Title: {}\nDate: 2026-01-02\nTags: Reading\n\n".format
FILES = {
    "posts/a.md": HEADER("A") + TEXT,
    "posts/b.md": HEADER("B") + "Query: Why?\n\nShort answer: So.\n\n" + TEXT,
    "pages/about.md": f"Title: About\n\nOther words.\n\n{TEXT}",
    "topics/reading.md": f"Title: Reading\n\n{TEXT}",
}


def test_each_place_that_shows_a_text_shows_it_in_the_words_of_the_theme(build_site, monkeypatch):
    words = Words({**read_words(), **WORDS})
    monkeypatch.setattr(templates, "read_words", lambda: words)
    site = build_site(FILES)
    for address in ("posts/a/", "posts/b/", "about/", "topics/reading/"):
        page = site.page(address)
        names = page.texts("p", class_="admonition-title")
        assert names == ["Hinweis", "Tipp & Trick", "Wichtig", "Achtung", 'Vor"sicht']
        assert page.one("a", class_="footnote-backref").get("aria-label") == "Zurück von 1"
    for name in ("feeds/all.atom.xml", "topics/reading/feed.rss.xml"):
        for entry in site.feed(name).entries:
            text = entry.content[0].value
            assert "Achtung" in text
            assert "Zurück von 1" in text
            assert "Warning" not in text


def test_the_ways_back_from_one_note_to_several_places_are_told_apart(build_site):
    text = "One[^a], two[^b], one again[^a].\n\n[^a]: A note.\n[^b]: Another.\n"
    page = build_site({"posts/a.md": HEADER("A") + text}).page("posts/a/")
    ways = page.all("a", class_="footnote-backref")
    assert [(way.get("href"), way.get("aria-label")) for way in ways] == [
        ("#fnref-1", "Back to the text from note 1"),
        ("#fnref2-1", "Back to the text from note 1, place 2"),
        ("#fnref-2", "Back to the text from note 2"),
    ]
    assert {way.get("href")[1:] for way in ways} <= {*page.ids}


def test_a_summary_that_names_a_film_has_the_words_of_the_theme(build_site, monkeypatch):
    words = Words({**read_words(), **WORDS, "film_on": "Film <bei> {site}"})
    monkeypatch.setattr(templates, "read_words", lambda: words)
    film = "https://www.youtube.com/watch?v=abcdefghijk\n"
    mine = HEADER("B").replace("-02", "-03") + "Film on YouTube, I say.\n"
    site = build_site({"posts/a.md": HEADER("A") + film, "posts/b.md": mine})
    assert site.page("").texts("div", class_="p-summary") == [
        "Film on YouTube, I say.",
        "Film <bei> YouTube",
    ]
    assert site.page("posts/a/").meta("description") == "Film <bei> YouTube"
    assert {
        fold(entry.summary.replace("&nbsp;", " "))
        for entry in site.feed("feeds/all.atom.xml").entries
    } == {
        "Film on YouTube, I say.",
        "Film &lt;bei&gt; YouTube",
    }


def test_a_text_without_words_is_described_by_what_its_picture_shows(build_site):
    files = {
        "posts/a.md": HEADER("A") + '![Shelves & "books"](../images/a.png)\n',
        "posts/b.md": HEADER("B") + "* * *\n",
        "images/a.png": draw_png(),
    }
    site = build_site(files)
    assert site.page("posts/a/").meta("description") == 'Shelves & "books"'
    assert site.page("posts/b/").meta("description") == "B"
