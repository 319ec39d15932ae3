"""A library in another language translates theme/words.py, and readers find no English word left."""

import json
import re

import pytest

from building import words as reading
from building.words import WORD_LINK, check_words, find_uses, read_words
from catalogue.link_ledger import LinkFacts, format_ledger
from tests.conftest import WOVEN, number_posts

SHOWN = ("alt", "aria-label", "content", "title", "value")
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "αβγδεζηθικλμνξοπρστυφχψωабвг"[:26])
NAMES = {"Atom", "RSS", "JSON", "BibTeX", "RIS", "APA", "MLA", "Chicago", "SKOS", "JSON-LD", "Feed"}
ALERTS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
DEAD = "https://xxx.example/"
GONE = LinkFacts(
    failing_since="2026-02-01",
    last_failed="2026-03-01",
    archived="https://web.archive.org/web/20260109101112/https://xxx.example/",
    archived_on="2026-01-09",
)
OWN = {"SITENAME": "Xxx", "SITESUBTITLE": "Xxx", "CONTACT_EMAIL": "desk@example.org"}
TRICKS = "»{{<b>&\"' "  # before each word: it is longer, and its signs are signs


def translate(word):
    """Return a word in another alphabet, with its placeholders and links as they are."""
    pieces = re.split(r"(\{\w+\}|(?<=\])\([^()\s]*\))", word)
    return TRICKS + "".join(
        piece if number % 2 else piece.lower().translate(LETTERS)
        for number, piece in enumerate(pieces)
    )


@pytest.fixture(scope="module")
def translated(build_site):
    """Build a site of which every word of the theme is in another language, and check the words."""
    words = {
        name: value
        if name == "thousands"
        else tuple(map(translate, value))
        if isinstance(value, tuple)
        else translate(value)
        for name, value in read_words().items()
    }
    files = {
        **WOVEN,
        **number_posts(12),
        "comments/rules/eve.md": "Author: The Librarian\nDate: 2026-03-01\nRole: author\n\nXxx.\n",
        "comments/rules/dan.md": "Author: The Librarian\nDate: 2026-03-02\nReply-to: eve\n\nXxx.\n",
        "posts/revised.md": "Title: Xxx\nDate: 2026-01-05\nModified: 2026-02-05\n\nXxx.\n",
        "posts/noted.md": "Title: Xxx\nDate: 2026-01-06\n\nXxx[^1].\n\n"
        + "".join(f"> [!{kind}]\n> Xxx.\n\n" for kind in ALERTS)
        + "[^1]: Xxx.\n",
        "posts/long.md": "Title: Xxx\nDate: 2026-01-08\n\nQuery: Xxx xxx?\n\nShort answer: Xxx.\n\n"
        "## Xxx\n\n## Xxy\n\n## Xxz\n\n[Xxx](old.md).\n",
        "posts/old.md": "Title: Xxx\nDate: 2025-01-05\nAliases: /old/\nTags: Reading\n\nXxx.\n",
        "posts/dead.md": f"Title: \U0001e900\nDate: 2026-01-09\n\n[Xxx]({DEAD}).\n",
        "links.json": format_ledger({DEAD: GONE}),
        "addresses.txt": "Gone: /posts/withdrawn/ Xxx.\n",
    }
    with pytest.MonkeyPatch.context() as patch:
        source = "".join(f"{name} = {value!r}\n" for name, value in words.items())
        patch.setattr(reading, "read_words_file", lambda: source)
        read_words.cache_clear()
        assert check_words() == []
        site = build_site(files, **OWN)
    read_words.cache_clear()
    return site, words


def list_shown(page):
    """Return every text that a reader sees, hears or finds on a page, but for the style and data."""
    cited = {*page.all("span", class_="Z3988")}  # a citation is in the language of its style
    cited |= {*page.all("p", class_="mark")}  # the author's topic, shortened
    for card in page.all("details", class_="cite"):
        cited |= {element for cite in card.iter("dd") for element in cite.iter()}
    for element in page.all("*"):
        if element in cited:
            continue
        if element.tag not in ("style", "script"):
            yield element.text or ""
        yield element.tail or ""
        if element.tag != "meta" or element.get("name") == "description":
            names = [*SHOWN, *(name for name in element.attrib if name.startswith("data-"))]
            yield from (element.get(name, "") for name in names)


def list_english():
    """Return the words of three letters or more that the theme's own texts have."""
    texts = " ".join(
        text
        for value in read_words().values()
        for text in (value if isinstance(value, tuple) else (value,))
    )
    plain = re.sub(r"\{\w+\}|\]\([^()]*\)|`[^`]*`", " ", texts)
    return {word for word in re.findall(r"[A-Za-z-]{3,}", plain) if word not in NAMES}


def test_no_word_of_the_theme_is_left_on_any_page(translated):
    site, _ = translated
    english = {word.casefold() for word in list_english()}
    content = " ".join([*WOVEN.values(), *number_posts(12).values()]).casefold()
    english -= {*re.findall(r"[a-z-]{3,}", content)}
    found = {}
    for name, page in site.html.items():
        for text in list_shown(page):
            for word in re.findall(
                r"[A-Za-z-]{3,}", re.sub(r"JSON Feed|https:\S+|\{number\}", "", text)
            ):
                if word.casefold() in english:
                    found.setdefault(word, (name, text[:80]))
    assert found == {}
    assert len(english) > 60


def test_every_word_of_the_theme_is_shown_somewhere_as_it_was_written(translated):
    site, words = translated
    shown = " ".join(text for page in site.html.values() for text in list_shown(page))
    shown = " ".join(shown.split())
    plain = {
        name for name, use in find_uses().items() if use.kind == "text" and not use.placeholders
    }
    for name in plain - {"nothing_yet"}:  # which is for a site without posts
        if not WORD_LINK.search(words[name]) and not re.search(r"[*`]", words[name]):
            assert " ".join(words[name].split()) in shown, name


def test_the_months_are_those_of_the_file(translated):
    site, words = translated
    day = site.page("posts/post-01/").texts("time", class_="dt-published")[0]
    assert words["months"][0] in day


def test_the_feed_of_comments_and_the_data_of_a_page_have_the_other_words_too(translated):
    site, words = translated
    feed = site.feed("posts/rules/comments.atom.xml")
    # The author of the site is called as she is in one of two comments of that name.
    roles = {entry.title.rpartition("(")[2].partition(")")[0] for entry in feed.entries}
    assert {words["by_author"], words["by_reader"]} <= roles
    graph = json.loads(site.page("posts/rules/").one("script", type="application/ld+json").text)[
        "@graph"
    ]
    names = {each["author"]["name"] for each in graph[0]["comment"]}
    assert f"The Librarian ({words['by_reader']})" in names
