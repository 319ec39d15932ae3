"""A text that has moved away from its address, where another one is now, is told."""

import pytest

from tests.published import judge, publish

OLD = (
    "Title: Weeding\nDate: 2026-01-02\n\nWe took hundred books from crowded shelves: deselection.\n"
)
NEW = "Title: Gardens\nDate: 2026-02-02\n\nFlowers outside every window please whoever passes along.\n"
HOURS = (
    "Title: Hours\nDate: 2026-01-03\n\nOpening times confuse all evening visitors, says somebody.\n"
)
SITE = {"posts/weeding.md": OLD, "posts/hours.md": HOURS}
MOVED = {**SITE, "posts/shelves.md": OLD.replace("hundred", "many"), "posts/weeding.md": NEW}


@pytest.fixture(scope="module")
def ledger():
    return publish(SITE)


def test_a_text_whose_address_another_has_taken_is_told(ledger):
    (problem,) = judge(MOVED, ledger)[1]
    assert (problem.path, problem.line, problem.level) == ("posts/shelves.md", 1, "warning")
    assert problem.text == (
        "This was published at /posts/weeding/, where posts/weeding.md is now: old links lead to that. Give "
        "the other text a line of its own, Slug: another-name, and add here Aliases: /posts/weeding/"
    )


def test_who_does_what_it_says_is_told_nothing_and_the_id_goes_along(ledger):
    files = {
        **MOVED,
        "posts/shelves.md": MOVED["posts/shelves.md"].replace(
            "Date:", "Aliases: /posts/weeding/\nDate:"
        ),
        "posts/weeding.md": NEW.replace("Date:", "Slug: gardens\nDate:"),
    }
    catalogue, problems = judge(files, ledger)
    assert problems == []
    assert catalogue.post_ids["posts/shelves.md"].endswith("2026-01-02:posts/weeding")


@pytest.mark.parametrize(
    "files",
    [
        {**SITE, "posts/more.md": NEW},  # another text altogether
        {**SITE, "posts/weeding.md": NEW},  # a text that was written anew
        {**SITE, "posts/copy.md": OLD.replace("hundred", "many").replace("Weeding", "Again")},
    ],
)
def test_what_is_only_new_or_alike_is_not_told(ledger, files):
    assert judge(files, ledger)[1] == []


def test_many_new_texts_at_once_are_not_looked_through(ledger):
    many = {f"posts/n{n}.md": f"Title: N{n}\nDate: 2026-03-03\n\nWord{n}.\n" for n in range(5)}
    assert judge({**MOVED, **many}, ledger)[1] == []
