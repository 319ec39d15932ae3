"""A post that asks and answers is set as a reference question, and listed with the others."""

import pytest

from catalogue.text.plain_text import strip_tags
from tests.conftest import read_numbers

HEADER = "Title: Wi-Fi\nDate: 2026-01-02\nTags: Reading\n"
ASKED = "Query: Where is the *Wi-Fi*?\n\nShort answer: Everywhere.\n\nThe long answer.\n"


def test_a_question_s_page_shows_its_question_its_answer_and_the_rest(build_site):
    body = "Hello.\n\nQuery: Where is the [desk](/about/)?\n\nIt moved.\n\nShort answer: *Here*.\n\nEnd."
    site = build_site({"posts/desk.md": f"{HEADER}\n{body}\n"}, siteurl="https://example.org/b")
    page = site.page("posts/desk/")
    text = page.one("div", class_="e-content")
    frame = page.one("dl", class_="question")
    assert page.text(frame) == "Query: Where is the desk? Short answer: Here."
    assert [page.text(e) for e in frame.iter("dt")] == ["Query:", "Short answer:"]
    assert page.text(text) == f"Hello. {page.text(frame)} It moved. End."
    assert [e.get("href") for e in frame.iter("a")] == ["/b/about/"]
    assert page.meta("description") == "Here."


@pytest.mark.parametrize(
    ("title", "asked", "shown"),
    [
        ("Do we lend umbrellas?", "Do we lend umbrellas?", ""),
        ("Do we lend umbrellas", "*Do* we lend “UMBRELLAS”?", ""),
        ("Who reads R&D?", "Who reads R & D?", ""),
        ("Can I borrow C++ books?", "Can I borrow **C# books**?", "Can I borrow C# books?"),
        ("Can I borrow C books?", "Can I borrow C++ books?", "Can I borrow C++ books?"),
        ("Is it 5?", "Is it 5%?", "Is it 5%?"),
        ("हिन्दी?", "हिन्दा?", "हिन्दा?"),
        ("Is it x2?", "Is it x<sup>2</sup>?", "Is it x2?"),
        ("Do we lend it?", "Do we [lend](https://example.com/u) it?", "Do we lend it?"),
        ("Do we lend it?", "Do we <abbr title='This'>lend</abbr> it?", "Do we lend it?"),
        ("Do we lend it?", "Do we lend it?[^1]", "Do we lend it?1"),
    ],
)
def test_the_question_is_shown_where_it_has_more_than_the_title(title, asked, shown, build_site):
    body = (
        f"Query: {asked}\n\nShort answer: Yes.\n\n{'[^1]: Ann asked.' if '[^1]' in asked else ''}"
    )
    post = f"Title: {title}\nDate: 2026-01-02\nTags: Reading\n\n{body}\n"
    page = build_site({"posts/a.md": post}).page("posts/a/")
    frame = page.one("dl", class_="question")
    assert [page.text(e) for e in frame.iter("dd")] == [*filter(None, [shown]), "Yes."]
    assert ("https://example.com/u" in [e.get("href") for e in frame.iter("a")]) == (
        "[lend]" in asked
    )


def test_a_feed_keeps_the_order_that_the_author_wrote_in(build_site):
    body = "Query: Why?\n\nBetween.\n\nShort answer: So.\n\nEnd."
    site = build_site({"posts/why.md": f"{HEADER}\n{body}\n"})
    (entry,) = site.feed("feeds/all.atom.xml").entries
    assert strip_tags(entry.content[0].value) == "Query: Why? Between. Short answer: So. End."
    assert entry.summary == "So."


def test_the_list_has_every_question_with_its_answer_newest_first(build_site):
    ask = "Title: Post {n}\nDate: 2026-01-0{n}\nTags: Reading\nComments: {n}\n\n"
    ask += "Question: Number {n} & <b>so</b>?\n\nShort answer: *Answer* {n}.\n\nMore.\n"
    posts = {f"posts/q{n}.md": ask.format(n=n) for n in (1, 3, 2)}
    posts["posts/plain.md"] = "Title: Plain\nDate: 2026-01-05\n\nNothing is asked.\n"
    posts["posts/draft.md"] = ask.format(n=4).replace("Comments", "Status: draft\nComments")
    site = build_site(posts)
    page = site.page("questions/")
    assert page.texts("h2") == [f"Number {n} & so?" for n in (3, 2, 1)]
    assert [e.get("href") for e in page.one("main").iter("a") if "/posts/" in e.get("href")] == [
        f"/posts/q{n}/" for n in (3, 2, 1)
    ]
    for number, shown in zip((3, 2, 1), page.all("section", class_="reference"), strict=True):
        line = page.text(shown).split("? ")[1]
        assert read_numbers(line) == [number, 2026, 1, number, number]
        assert line.endswith(f" Answer {number}. Reading")
    for name, other in site.pages.items():
        masthead = other.one("nav", class_="nav").iter("a")
        links = [e for e in masthead if e.get("href") == "/questions/"]
        assert len(links) == 1, name
        assert (links[0].get("aria-current") == "page") == (name == "questions/index.html")
    assert "Short answer" not in site.page("posts/plain/").words


def test_without_a_question_there_is_no_list_and_no_way_to_one(sample):
    assert not [name for name in sample.files if name.startswith("questions")]
    assert not [name for name, page in sample.pages.items() if "/questions/" in page.source]


@pytest.mark.parametrize("body", ["Nothing is asked.", ASKED], ids=["none asks", "one asks"])
def test_no_page_may_be_called_questions_whether_a_post_asks_one_or_not(body, build_site):
    """Else the page would be an error on the day on which some post asks its first."""
    page = {"pages/questions.md": "Title: Questions\n\nAsk me.\n"}
    page["posts/b.md"] = f"{HEADER}\n{body}\n"
    with pytest.raises(AssertionError, match=r"pages/questions\.md:1: The address /questions/ "):
        build_site(page)


def test_a_question_is_in_its_list_and_its_answer_wherever_the_post_is(seeded):
    page = seeded.page("questions/")
    (question,) = page.texts("h2")
    assert question.startswith("What do we do if our wider organisation's IT department")
    (link,) = [e.get("href") for e in page.one("main").iter("a") if "/posts/" in e.get("href")]
    post = seeded.page(link.lstrip("/"))
    answer = "Libraries got swag. Libraries got game. So wield it."
    assert post.texts("h1") == [question]
    assert question not in post.post  # its title is the question
    assert post.texts("dd")[0].startswith(answer)
    assert post.meta("description").startswith(answer)
    for name in ("questions/", "", "topics/social-media/"):
        assert answer in seeded.page(name).words
    assert "I'm a fangirl" in post.words
