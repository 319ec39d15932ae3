"""What was published stays in the ledger; what is published comes to it."""

import pytest

from catalogue.address_ledger import parse_address_ledger
from catalogue.ledger_update import make_ledger
from tests.published import judge, publish

POST = "Title: Weeding\nDate: 2026-01-02\n\nWe took books from the shelves.\n\n## Why\n\nSo.\n"
SITE = {"posts/weeding.md": POST, "pages/about.md": "Title: About\n\n[A list](../images/a.txt)\n",
        "images/a.txt": "list"}  # fmt: skip


def lines(data):
    return data.decode().splitlines()


def test_the_first_ledger_has_pages_feeds_files_ids_and_the_words_of_texts():
    assert lines(publish(SITE)) == [
        "/",
        "/about/ (about list)",
        "/archives/",
        "/feeds/all.atom.xml",
        "/feeds/all.json",
        "/feeds/all.rss.xml",
        "/images/a.txt (a330395cc0a53ad1)",
        "/posts/weeding/ tag:example.org,2026-01-02:posts/weeding (books from shelves took weeding)",
        "/posts/weeding/#why",
        "/search/",
        "/subscribe/",
        "/topics.jsonld",
        "/topics/",
    ]


def test_a_publishing_of_the_same_changes_no_byte():
    ledger = publish(SITE)
    assert publish(SITE, ledger) == ledger


def test_another_text_at_an_address_keeps_its_line():
    ledger = publish(SITE)
    edited = {**SITE, "posts/weeding.md": POST.replace("took books", "bought many journals")}
    assert publish(edited, ledger) == ledger


def test_another_file_at_an_address_has_its_own_digest():
    ledger = publish(SITE)
    after = publish({**SITE, "images/a.txt": "longer list"}, ledger)
    assert [b for a, b in zip(lines(ledger), lines(after), strict=True) if a != b] == [
        line for line in lines(after) if line.startswith("/images/")
    ]


def test_the_id_goes_along_with_a_renamed_post():
    renamed = {**SITE, "posts/shelves.md": POST.replace("Date:", "Aliases: /posts/weeding/\nDate:")}
    del renamed["posts/weeding.md"]
    ledger = parse_address_ledger(publish(renamed, publish(SITE)))
    assert ledger.ids == {"/posts/shelves/": "tag:example.org,2026-01-02:posts/weeding"}
    assert {"/posts/weeding/", "/posts/weeding/#why", "/posts/shelves/#why"} <= ledger.lines.keys()
    assert ledger.words["/posts/weeding/"]


def test_a_withdrawn_page_keeps_its_id_and_reason_and_neither_words_nor_what_lay_below():
    marked = publish(SITE).decode().replace("/posts/weeding/ tag", "Gone: /posts/weeding/ tag", 1)
    files = {path: text for path, text in SITE.items() if path != "posts/weeding.md"}
    row = next(line for line in marked.splitlines() if line.startswith("Gone:"))
    after = publish(files, marked.replace(row, f"{row} It was wrong.").encode())
    assert [line for line in lines(after) if "weeding" in line] == [
        "Gone: /posts/weeding/ tag:example.org,2026-01-02:posts/weeding It was wrong."
    ]
    again = publish(SITE, after)
    assert parse_address_ledger(again).gone == {}
    assert parse_address_ledger(again).ids == parse_address_ledger(publish(SITE)).ids


def test_no_draft_and_nothing_that_waits_comes_into_the_ledger():
    more = {
        "posts/draft.md": "Title: Draft\nDate: 2026-01-02\nStatus: draft\n\nSecretword.\n",
        "posts/later.md": "Title: Later\nDate: 2031-01-02\n\nSecretword.\n",
    }
    catalogue, _ = judge({**SITE, **more})
    assert make_ledger(catalogue, parse_address_ledger(b"")) == publish(SITE)


def test_what_the_ledger_cannot_name_is_not_in_it_and_all_else_is_read_back():
    odd = (
        "## Half\N{ZERO WIDTH NON-JOINER}space\n\n## Soft\N{SOFT HYPHEN}hyphen\n\n"
        '<a id="x#y"></a> <a id="b?c"></a> <a id="q w"></a> <a id="100%"></a>\n'
    )
    files = {
        **SITE,
        "posts/odd.md": f"Title: Odd\nDate: 2026-01-09\n\n{odd}",
        "extra/a?b.pdf": "x",
        "extra/zero\N{ZERO WIDTH JOINER}.pdf": "y",
    }
    ledger = parse_address_ledger(publish(files))
    assert ledger.problems == ()
    assert {"/posts/odd/#b?c", "/posts/odd/#q w", "/posts/odd/#100%"} <= ledger.lines.keys()
    assert not {"/posts/odd/#x#y", "/a?b.pdf"} & ledger.lines.keys()


@pytest.mark.parametrize(
    "reason", ["(The list was wrong.)", "(2019) wrong list", "(Wrong)", "It (all) was wrong."]
)
def test_a_reason_may_stand_in_parentheses(reason):
    ledger = publish(SITE) + f"Gone: /posts/old/ {reason}\n".encode()
    assert parse_address_ledger(ledger).gone == {"/posts/old/": reason}
    assert f"Gone: /posts/old/ {reason}\n".encode() in publish(SITE, ledger)
