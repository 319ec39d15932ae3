"""A site that would lose an address that was published is told so, with the very line that keeps it."""

import re

import pytest

from tests.published import follow, judge, publish, tell

WEEDING = (
    "Title: Weeding the stacks\nDate: 2026-01-02\nTags: Reading\n\nWe took four hundred books from the "
    "crowded shelves: deselection at its best.\n\n## The shelves\n\nEmpty shelves please readers[^1].\n\n"
    "[^1]: A note.\n"
)
SITE = {
    "posts/weeding.md": WEEDING,
    "posts/hours.md": "Title: Opening hours\nDate: 2026-01-03\n\nWe open at nine, says the library door.\n",
    "topics/reading.md": "Title: Reading\n\nPosts about reading and shelves.\n",
    "pages/about.md": "Title: About\nAliases: /who/\n\nWho writes here about [a list](../images/list.pdf).\n",
    "comments/weeding/ann.md": "Author: Ann\nDate: 2026-01-04\n\nFine.\n",
    "images/list.pdf": "PDF",
    "extra/key.txt": "key",
}


@pytest.fixture(scope="module")
def ledger():
    return publish(SITE)


def without(*paths, **files):
    return {path: text for path, text in SITE.items() if path not in paths} | files


def told(files, ledger, address):
    """Return what is said of one address, after which its own `Gone:` line is offered, in its line."""
    lines = ledger.decode().splitlines()
    end = " If it was withdrawn on purpose, write `Gone:` before it in this line."
    for line, text in tell(files, ledger):
        if text.endswith(end):
            assert re.split(r"\s", lines[line - 1])[0] == address
            return text.removesuffix(end).removeprefix(f"{address} was published and is gone")
    return None


def test_a_site_that_is_as_it_was_published_loses_nothing(ledger):
    assert tell(SITE, ledger) == []
    assert b"/posts/weeding/#the-shelves\n" in ledger
    assert b"#fn" not in ledger


def test_the_text_of_a_post_whose_file_has_another_name_is_found_by_its_words(ledger):
    files = without("posts/weeding.md", "comments/weeding/ann.md") | {
        "posts/shelves.md": WEEDING.replace("Weeding the stacks", "Empty rooms").replace(
            "four", "five"
        ),
        "comments/shelves/ann.md": SITE["comments/weeding/ann.md"],
    }
    assert told(files, ledger, "/posts/weeding/") == (
        "; the text is now in posts/shelves.md: add there `Aliases: /posts/weeding/`."
    )
    mended, after = follow(files, ledger)
    assert after == ledger
    assert "Aliases: /posts/weeding/" in mended["posts/shelves.md"]
    assert judge(mended, after)[0].post_ids["posts/shelves.md"].endswith("2026-01-02:posts/weeding")


def test_a_text_that_has_other_aliases_already_gets_one_more(ledger):
    text = WEEDING.replace("Tags:", "Aliases: /old/\nTags:")
    files = without("posts/weeding.md", "comments/weeding/ann.md") | {
        "posts/a.md": text,
        "comments/a/ann.md": SITE["comments/weeding/ann.md"],
    }
    assert told(files, ledger, "/posts/weeding/") == (
        "; the text is now in posts/a.md: add it to the Aliases in line 3 there: `/posts/weeding/`."
    )
    mended, _ = follow(files, ledger)
    assert "Aliases: /posts/weeding/, /old/" in mended["posts/a.md"]


def test_a_post_that_is_nowhere_is_offered_as_withdrawn_and_once_for_all_below_it(ledger):
    files = without("posts/weeding.md", "comments/weeding/ann.md")
    (only,) = [text for _, text in tell(files, ledger) if "/posts/" in text]
    assert only.startswith("/posts/weeding/ was published and is gone. Put its file back.")
    mended, after = follow(files, ledger)
    assert b"Gone: /posts/weeding/ tag:" in after
    assert mended == files


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (
            "Status: draft",
            ": posts/weeding.md is a draft again. Take out its line 3, which says so.",
        ),
        ("Modified: 2026-01-05", None),
    ],
)
def test_a_post_that_is_a_draft_again_says_so(ledger, line, why):
    text = WEEDING.replace("Tags:", f"{line}\nTags:")
    assert told(without(**{"posts/weeding.md": text}), ledger, "/posts/weeding/") == why


def test_a_post_whose_date_has_not_come_says_so(ledger):
    text = WEEDING.replace("2026-01-02", "2031-01-02")
    assert told(without(**{"posts/weeding.md": text}), ledger, "/posts/weeding/") == (
        ": posts/weeding.md waits for its day. Write another in its line 2."
    )


def test_a_renamed_topic_is_kept_as_another_name_and_its_feeds_stay(ledger):
    files = without("topics/reading.md") | {
        "topics/books.md": SITE["topics/reading.md"].replace("Title: Reading", "Title: Books"),
        "posts/weeding.md": WEEDING.replace("Tags: Reading", "Tags: Books"),
    }
    assert told(files, ledger, "/topics/reading/") == (
        "; the text is now in topics/books.md: add there `Used-for: reading`."
    )
    mended, after = follow(files, ledger)
    assert after == ledger
    assert {"/topics/reading/feed.rss.xml", "/topics/books/feed.rss.xml"} <= judge(mended, after)[
        0
    ].planned


def test_an_alias_that_was_taken_out_is_offered_again(ledger):
    text = SITE["pages/about.md"].replace("Aliases: /who/\n", "")
    assert told(without(**{"pages/about.md": text}), ledger, "/who/") == (
        "; the text is now in pages/about.md: add there `Aliases: /who/`."
    )


def test_a_heading_with_other_words_is_offered_a_place_of_the_old_name(ledger):
    text = WEEDING.replace("## The shelves", "## These shelves")
    files = without(**{"posts/weeding.md": text})
    assert told(files, ledger, "/posts/weeding/#the-shelves") == (
        "; #these-shelves is like it. Write above that heading in posts/weeding.md: "
        '`<a id="the-shelves"></a>`.'
    )
    mended, after = follow(files, ledger)
    assert after == ledger
    assert judge(mended, after)[1] == []


def test_a_comment_that_is_gone_is_named_by_its_file(ledger):
    files = without("comments/weeding/ann.md")
    (only,) = tell(files, ledger)
    assert told(files, ledger, "/posts/weeding/#comment-ann") == (
        ". Put its file back: comments/weeding/ann.md."
    )
    assert only[1].startswith("/posts/weeding/#comment-ann was published and is gone")


def test_a_comment_that_lies_with_another_post_is_named(ledger):
    files = without("comments/weeding/ann.md") | {
        "comments/hours/ann.md": SITE["comments/weeding/ann.md"]
    }
    assert told(files, ledger, "/posts/weeding/#comment-ann") == (
        "; the comment is now in comments/hours/ann.md. Move it to comments/weeding."
    )


def test_a_file_that_no_text_shows_any_more_stays(ledger):
    about = SITE["pages/about.md"].replace("[a list](../images/list.pdf)", "lists")
    catalogue, problems = judge(without(**{"pages/about.md": about}), ledger)
    assert problems == []
    assert "/images/list.pdf" in catalogue.planned


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        (
            "images/other.pdf",
            "PDF",
            "; it may be images/other.pdf now. Name that images/list.pdf again.",
        ),
        (
            "images/List.pdf",
            "new",
            "; it is images/List.pdf now. Name that images/list.pdf again before anything else: links need "
            "no change then.",
        ),
        (
            "images/lists.pdf",
            "new",
            "; it may be images/lists.pdf now. Name that images/list.pdf again.",
        ),
        ("images/list.txt", "new", ". Put the file back: images/list.pdf."),
    ],
)
def test_a_file_is_found_by_its_bytes_or_by_its_name(ledger, name, data, why):
    about = SITE["pages/about.md"].replace("list.pdf", name.rpartition("/")[2])
    files = without("images/list.pdf") | {"pages/about.md": about, name: data}
    assert told(files, ledger, "/images/list.pdf") == why


def test_a_file_of_the_root_is_put_back_into_extra(ledger):
    assert (
        told(without("extra/key.txt"), ledger, "/key.txt") == ". Put the file back: extra/key.txt."
    )


@pytest.mark.parametrize(
    "line",
    ["/Posts/Weeding/", "/posts/weeding/index.html", "/ABOUT/", "/Posts/weeding/#the-shelves"],
)
def test_an_address_that_differs_by_capitals_alone_leads_on(ledger, line):
    assert tell(SITE, ledger + f"{line}\n".encode()) == []


def test_what_comes_and_goes_by_itself_is_not_asked_about():
    asked = "Title: Why\nDate: 2026-02-02\n\nQuery: Why?\n\nShort answer: So.\n"
    many = {f"posts/n{n}.md": f"Title: N{n}\nDate: 2026-03-0{n}\n\nWord{n}.\n" for n in range(1, 9)}
    others = {
        f"posts/m{n}.md": f"Title: M{n}\nDate: 2025-03-0{n}\n\nTerm{n}.\n" for n in range(1, 5)
    }
    ledger = publish({**SITE, **many, **others, "posts/why.md": asked})
    withdrawn = [*many, *others, "posts/why.md"]
    lines = ledger.decode().split("\n")
    slugs = {path[6:-3] for path in withdrawn}
    gone = [f"Gone: {x}" if x.split(" ")[0][7:-1] in slugs else x for x in lines]
    assert tell(SITE, "\n".join(gone).encode()) == []


def test_a_link_to_a_withdrawn_page_is_an_error_in_its_line(ledger):
    hours = SITE["posts/hours.md"] + "\nSee [that](/posts/old/) and [this](/posts/old).\n"
    files = without(**{"posts/hours.md": hours})
    _, problems = judge(files, ledger + b"Gone: /posts/old/\n")
    assert {(each.path, each.line, each.level) for each in problems} == {
        ("posts/hours.md", 6, "error")
    }
    assert {each.text for each in problems} == {
        f"{url} leads to a page that was withdrawn. Take the link out."
        for url in ("/posts/old", "/posts/old/")
    }


def test_of_very_many_the_first_are_searched_for():
    lines = "".join(f"/posts/n{number}/\n" for number in range(1_000, 2_000))
    found = tell(SITE, lines.encode())
    assert len(found) == 1_000
    assert next(number for number, text in found if "Mend those above it first" in text) == 101


def test_without_any_text_another_fault_says_more(ledger):
    assert tell({}, ledger) == []


def test_a_ledger_by_hand_has_no_words_and_the_slug_serves():
    files = without("posts/weeding.md", "comments/weeding/ann.md") | {
        "posts/weeding-again.md": WEEDING
    }
    found = dict(tell(files, b"/posts/weeding/\n/posts/weeding/#the-shelves\n"))
    assert "the text is now in posts/weeding-again.md" in found[1]
