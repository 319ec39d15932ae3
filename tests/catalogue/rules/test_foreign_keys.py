"""Header lines that are not used are named once a run, whatever the number of files."""

from catalogue.records import Record
from catalogue.rules.foreign_keys import check_foreign_keys


def make(path, **unused):
    return Record(path, "post", unused=unused)


def test_header_lines_that_are_not_used_are_one_warning_at_the_first_of_them():
    records = [make(f"posts/{n:03}.md", layout=2, guid=7) for n in range(1, 1_200)]
    records += [make("posts/z.md", Layout=2), make("posts/000.md", kind=5, author_profile=4)]
    (problem,) = check_foreign_keys(records)
    assert (problem.path, problem.line, problem.level) == ("posts/000.md", 4, "warning")
    assert problem.text == (
        "Header lines that this site does not use: layout (1,200 files), guid (1,199 files), "
        "author_profile (1 file), kind (1 file). Mend what is a slip; the others do no harm."
    )


def test_headers_of_which_all_is_used_are_no_problem():
    assert list(check_foreign_keys([make("posts/a.md"), make("posts/b.md")])) == []


def test_of_many_keys_the_most_frequent_are_named():
    records = [
        make("posts/a.md", **{f"k{n:02}": n + 1 for n in range(30)}),
        make("posts/b.md", k29=1),
    ]
    (problem,) = check_foreign_keys(records)
    assert "use: k29 (2 files), k00 (1 file), k01 (1 file)," in problem.text
    assert "k18 (1 file), 10 more. Mend" in problem.text
