"""`topic` adds a record to the authority file, and never a second one for the same name."""

import pytest

from commands.check import check
from commands.topic import topic


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
