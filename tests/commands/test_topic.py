"""`topic` adds a record to the authority file, and never a second one for the same name."""

import pytest

from commands.check import check
from commands.topic import topic, topic_all


@pytest.fixture
def content(tmp_path):
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").write_text("Title: A\nDate: 2024-05-01\n\nWords.\n")
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics/cats.md").write_text("Title: Cats\nUsed-for: felines\n\nCats.\n")
    return tmp_path


def test_a_new_topic_is_made_and_passes_the_check(content, capsys):
    assert topic("Café culture", content) == 0
    assert "cafe-culture.md" in capsys.readouterr().out
    text = (content / "topics/cafe-culture.md").read_text(encoding="utf-8")
    assert text.startswith("Title: Café culture\n\n")
    assert check(content) == 0


@pytest.mark.parametrize("name", ["Cats", "cats", " FELINES ", "felines"])
def test_a_name_or_variant_that_is_taken_is_refused_with_its_file(content, capsys, name):
    before = sorted(content.rglob("*"))
    assert topic(name, content) == 1
    assert "topics/cats.md" in capsys.readouterr().err
    assert sorted(content.rglob("*")) == before


@pytest.mark.parametrize("name", ["", "  ", "!!!", "con", "Index", "a\nTitle: b", "\u202ex"])
def test_what_cannot_be_a_name_is_refused(content, capsys, name):
    expected = 0 if name == "a\nTitle: b" else 2  # blanks and line ends become one blank
    assert topic(name, content) == expected
    assert all(path.read_text().count("\nTitle:") == 0 for path in content.rglob("*.md"))
    assert bool(capsys.readouterr().err) == bool(expected)


def read_titles(content):
    """Return the first header lines of all topics, by file."""
    return {
        path.name: path.read_text(encoding="utf-8").split("\n\n")[0]
        for path in (content / "topics").iterdir()
    }


def test_names_that_differ_in_their_signs_are_topics_beside_each_other(content):
    for name in ("C", "C++", "C#", ".NET", "R&D", "A/B testing"):
        assert topic(name, content) == 0
    assert read_titles(content) == {
        "cats.md": "Title: Cats\nUsed-for: felines",
        "c.md": "Title: C",
        "c-plus-plus.md": "Title: C++",
        "c-sharp.md": "Title: C#",
        "dot-net.md": "Title: .NET",
        "r-d.md": "Title: R&D",
        "a-b-testing.md": "Title: A/B testing",
    }
    post = "Title: A\nDate: 2024-05-01\nTags: C++, C#, c, .net, R & D, A / B testing\n\nWords.\n"
    (content / "posts/a.md").write_text(post)
    assert check(content) == 0


def test_a_name_whose_address_is_taken_is_told_by_whom(content, capsys):
    (content / "topics/c.md").write_text("Title: C++\n\nC.\n")
    before = read_titles(content)
    assert topic("C", content) == 1
    assert "“C” would have the address of “C++” (/topics/c/)" in capsys.readouterr().err
    assert topic("Feline's", content) == 1
    told = capsys.readouterr().err
    assert "“felines”" in told
    assert "topics/cats.md" in told
    assert read_titles(content) == before


def test_a_name_is_shown_as_it_is_in_its_record(content):
    assert topic("*Emma* & _co_ <i>", content) == 0
    assert check(content) == 0


def test_a_name_is_read_as_a_tag_is(content):
    assert topic("#libraries", content) == 0
    assert read_titles(content)["libraries.md"] == "Title: libraries"


def tag_posts(content, *lines):
    for number, tags in enumerate(lines):
        header = f"Title: Post {number}\nDate: 2024-05-01\nTags: {tags}"
        (content / f"posts/{number}.md").write_text(f"{header}\n\nWords {number}.\n", "utf-8")


def test_all_tags_become_topics_with_one_command(content, capsys):
    tag_posts(
        content,
        "cats, Teens, C++",
        "teens, résumé",
        "teens, Resume, resume",
        'cats, "Oslo, Norway"',
    )
    assert check(content) == 0
    assert "tasks.py topic --all" in capsys.readouterr().err
    assert topic_all(content=content) == 0
    assert read_titles(content) == {
        "cats.md": "Title: Cats\nUsed-for: felines",
        "c-plus-plus.md": "Title: C++",
        "oslo-norway.md": "Title: Oslo, Norway",
        "resume.md": "Title: résumé\nUsed-for: Resume",
        "teens.md": "Title: teens",
    }
    told = capsys.readouterr().out
    assert "topics/resume.md: résumé, Resume\n" in told
    assert "4 topics are there." in told
    assert check(content) == 0
    assert "All is well" in capsys.readouterr().out
    assert topic_all(content=content) == 0
    assert capsys.readouterr().out == "Every tag is a topic already.\n"


def test_a_tag_that_can_be_no_topic_is_told_and_the_others_are_made(content, capsys):
    tag_posts(content, "♪, Teens, Feline's, Index")
    assert topic_all(content=content) == 1
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 3
    assert all("posts/0.md:3: “" in line for line in told.splitlines())
    assert "teens.md" in read_titles(content)


def test_of_all_topics_none_is_made_if_one_cannot_be_written(content, monkeypatch, capsys):
    tag_posts(content, "Teens, Robots")
    before = read_titles(content)

    def refuse(pairs, begun):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("commands.writing.write_files.put_files", refuse)
    assert topic_all(content=content) == 1
    assert "Nothing was changed." in capsys.readouterr().err
    assert read_titles(content) == before


def test_one_name_and_all_of_them_is_no_command(content, capsys):
    before = read_titles(content)
    assert topic_all("Teens", content) == 2
    assert "not both" in capsys.readouterr().err
    assert read_titles(content) == before
