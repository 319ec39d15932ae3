"""What is wrong with comments is told with its file, its line and what to type."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from catalogue.catalogue import read_catalogue
from catalogue.judging import View
from tests.conftest import LEAST, write_files

POST = "Title: Weeding\nDate: 2026-03-04 09:30\nTags: Reading\n{}\nText.\n"


def post(header=""):
    return POST.format(header + "\n" if header else "")


def comment(author="Ann", date="2026-03-05", body="Words.", **header):
    lines = [f"Author: {author}", f"Date: {date}"]
    lines += [f"{key.replace('_', '-')}: {value}" for key, value in header.items()]
    return "\n".join([*lines, "", body, ""])


def read_problems(folder, files):
    """Return what is wrong in a content folder."""
    write_files(folder, {**LEAST, **files})
    now = datetime(2030, 1, 1, tzinfo=UTC)
    return read_catalogue(folder, View(ZoneInfo("UTC"), now, 10)).problems


def locate(problems):
    return [(p.path, p.line, p.level) for p in sorted(problems) if "Tags" not in p.text]


@pytest.mark.parametrize(
    ("files", "path", "line", "words"),
    [
        ({"comments/weedign/a.md": comment()}, "comments/weedign", 0, "Did you mean weeding?"),
        ({"comments/Weeding/a.md": comment()}, "comments/Weeding", 0, "Did you mean weeding?"),
        ({"posts/café.md": post("Slug: coffee") + "Of coffee.\n", "comments/Cafe\u0301/a.md": comment()},
         "comments/Café", 0, "Did you mean coffee?"),
        ({"posts/it-s.md": post() + "Of it.\n", "comments/It’s/a.md": comment()},
         "comments/It’s", 0, "Did you mean it-s?"),
        ({"posts/coffee.md": post("Aliases: /old/zzz/") + "Of coffee.\n", "comments/zzz/a.md": comment()},
         "comments/zzz", 0, "Did you mean coffee? Rename the folder to it."),
        ({"comments/zzz/a.md": comment()}, "comments/zzz", 0, "There is no post at posts/zzz/"),
        ({"comments/weeding/a b.md": comment()}, "comments/weeding/a b.md", 0, "example to a-b.md"),
        ({"comments/weeding/a.md": comment(Reply_to="bne"), "comments/weeding/ben.md": comment()},
         "comments/weeding/a.md", 3, "Write: Reply-to: ben"),
        ({"comments/weeding/a.md": comment(Reply_to="ben"), "comments/weeding/2026-03-01-ben.md": comment()},
         "comments/weeding/a.md", 3, "Write: Reply-to: 2026-03-01-ben"),
        ({"comments/weeding/a.md": comment(Reply_to="a")}, "comments/weeding/a.md", 3, "answers itself"),
        ({"comments/weeding/b.md": comment(Reply_to="c"), "comments/weeding/c.md": comment(Reply_to="b"),
          "comments/weeding/a.md": comment(Reply_to="c")},
         "comments/weeding/b.md", 3, "This comment and c.md answer one another in a ring."),
        ({"comments/weeding/a.md": comment("ann@example.org")}, "comments/weeding/a.md", 1, "only the name"),
        ({"comments/weeding/a.md": comment(Url="https://x.org/?m=ann%40x.org")},
         "comments/weeding/a.md", 3, "Url holds an e-mail address"),
        ({"comments/weeding/a.md": comment(Url="x.org")}, "comments/weeding/a.md", 3, "Url: https://"),
        ({"comments/weeding/a.md": comment(date="soon")}, "comments/weeding/a.md", 2, ": Date: 2026-11-23"),
        ({"comments/weeding/a.md": comment(body="")}, "comments/weeding/a.md", 3, "There is no text."),
        ({"comments/weeding/a.md": "Words.\n"}, "comments/weeding/a.md", 1, "has no header"),
        ({"posts/weeding.md": post("Comments: 3"), "comments/weeding/a.md": comment()},
         "posts/weeding.md", 4, "3 stands here, and comments/weeding has 1 file. Write: Comments: 1, or"),
        ({"posts/weeding.md": post("Comments: 0"), "comments/weeding/a.md": comment()},
         "posts/weeding.md", 4, "0 stands here, and comments/weeding has 1 file. Write: Comments: 1."),
        ({"posts/weeding.md": post() + '\n<b id="comment-a">x</b>\n'}, "posts/weeding.md", 7, "my-comment-a"),
        ({"posts/weeding.md": post() + '\n<a name="main">x</a>\n'}, "posts/weeding.md", 7, "my-main"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_what_to_type(tmp_path, files, path, line, words):
    problems = read_problems(tmp_path, {"posts/weeding.md": post(), **files})
    assert locate(problems) == [(path, line, "error")]
    assert words in problems[0].text


def test_a_folder_may_have_another_form_of_hyphen(tmp_path):
    files = {"posts/a-b.md": post("Comments: 1") + "Of a.\n", "comments/a\u2011b/a.md": comment()}
    assert locate(read_problems(tmp_path, files)) == []


def test_a_folder_of_strangers_costs_no_more_than_it_must(tmp_path):
    files = {f"comments/stranger-{n}/a.md": comment() for n in range(30)}
    problems = read_problems(tmp_path, {"posts/stranger.md": post(), **files})
    assert len(problems) == 30
    assert sum("Did you mean" in problem.text for problem in problems) == 10


@pytest.mark.parametrize(("stated", "level"), [("2", None), ("1", "error"), ("3", "error")])
def test_the_count_of_the_post_is_that_of_the_files_with_those_that_wait(tmp_path, stated, level):
    files = {
        "posts/weeding.md": post(f"Comments: {stated}"),
        "comments/weeding/a.md": comment("Ann"),
        "comments/weeding/late.md": comment("Ben", "2030-03-01"),
    }
    problems = read_problems(tmp_path, files)
    assert locate(problems) == ([("posts/weeding.md", 4, level)] if level else [])


def test_of_many_comments_by_one_namesake_the_first_five_are_named(tmp_path):
    files = {f"comments/weeding/{n}.md": comment("The Librarian") for n in "abcdefgh"}
    write_files(tmp_path, {**LEAST, "posts/weeding.md": post(), **files})
    view = View(ZoneInfo("UTC"), datetime(2030, 1, 1, tzinfo=UTC), 10, names=("The Librarian",))
    problems = sorted(read_catalogue(tmp_path, view).problems)
    assert [path for path, *_ in locate(problems)] == [
        "comments",
        *(f"comments/weeding/{n}.md" for n in "abcde"),
    ]
    seen = "3 more comments are by “The Librarian”: each needs a line Role: author or Role: reader."
    assert problems[0].text == seen


def test_a_namesake_is_warned_of_until_the_file_says_who_it_is(tmp_path):
    write_files(
        tmp_path,
        {
            **LEAST,
            "posts/weeding.md": post(),
            "comments/weeding/a.md": comment("the librarian"),
            "comments/weeding/b.md": comment("The Librarian", Role="reader"),
            "comments/weeding/c.md": comment("The Librarian", Role="author"),
            "comments/weeding/d.md": comment("Ann", Role="boss"),
        },
    )
    now = datetime(2030, 1, 1, tzinfo=UTC)
    problems = read_catalogue(
        tmp_path, View(ZoneInfo("UTC"), now, 10, names=("The Librarian", "Site"))
    ).problems
    assert locate(problems) == [
        ("comments/weeding/a.md", 1, "warning"),
        ("comments/weeding/d.md", 3, "error"),
    ]
    assert "Role: author" in min(problems).text
