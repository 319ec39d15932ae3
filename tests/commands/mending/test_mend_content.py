"""`check --fix` mends what has one right answer, shows it before, and touches nothing else."""

import pytest

from building.settings import read_constants
from commands import check as checking
from commands.check import check
from commands.mending import mend_content as mending
from tests.conftest import LEAST, draw_png, read_files, write_files

HEAD = "Date: 2024-05-01\nTags: reading\n"
NEW = f"Title: New\n{HEAD}Aliases: /posts/weeding/, /2019/05/old-name.html\n\n## Aims\n\nWords of new.\n"


@pytest.fixture
def content(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    constants = {**read_constants(), "READING_CACHE": ""}
    monkeypatch.setattr(checking, "read_constants", lambda: constants)
    write_files(tmp_path / "content", {**LEAST, "posts/new.md": NEW, "images/a.png": draw_png()})
    return tmp_path / "content"


def mend(content, text, name="posts/a.md"):
    """Return what --fix makes of one file, after it has been seen that all others stay."""
    write_files(content, {name: text})
    before = read_files(content)
    check(content, fix=True, yes=True)
    after = read_files(content)
    assert {**after, name: b""} == {**before, name: b""}
    return after[name].decode()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Titel: A\n" + HEAD, "Title: A\n" + HEAD),
        ("Title: A\nDate: 2024-05-01\nTag: reading\n", "Title: A\n" + HEAD),
        ("Title: A\nDat: 2024-05-01\nTgas: reading\n", "Title: A\n" + HEAD),
        ("Title: A\n" + HEAD + "Coments: 3\n", "Title: A\n" + HEAD + "Comments: 3\n"),
        (
            "---\ntitel: A\ndate: 2024-05-01\n---\n",
            "---\ntitle: A\ndate: 2024-05-01\n---\n",
        ),
        (
            '+++\ntitel = "A"\ndate = 2024-05-01\n+++\n',
            '+++\ntitle = "A"\ndate = 2024-05-01\n+++\n',
        ),
        ('{"titel": "A", "date": "2024-05-01"}\n', '{"title": "A", "date": "2024-05-01"}\n'),
    ],
)
def test_a_misspelt_key_is_mended_in_every_form_of_header(content, wrong, right):
    assert mend(content, f"{wrong}\nWords.\n") == f"{right}\nWords.\n"


@pytest.mark.parametrize(
    "link",
    [
        "[x]({})",
        "[x](<{}>)",
        '[x]({} "why")',
        '<a href="{}">x</a>',
        "[x][y]\n\n[y]: {}",
        "Two lines\nof [words that\ngo on]({}) here.",
    ],
)
@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("weeding.md", "new.md"),
        ("weeding.md#aims", "new.md#aims"),
        ("./weeding.md", "./new.md"),
        ("../posts/weeding.md", "new.md"),
        ("2019-05-01-weeding.md", "new.md"),
        ("old-name.md", "new.md"),
        ("New.md", "new.md"),
        ("{filename}weeding.md", "{filename}new.md"),
        ("{filename}/posts/weeding.md", "{filename}/posts/new.md"),
        ("/About/", "/about/"),
    ],
)
def test_a_link_by_an_old_name_or_with_other_capitals_is_mended(content, link, wrong, right):
    text = "Title: A\n" + HEAD + "\n{}\n\nAnd `" + wrong + "` as it is.\n"
    assert mend(content, text.replace("{}", link.replace("{}", wrong))) == text.replace(
        "{}", link.replace("{}", right)
    )


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("[[weeding]]", "[[new]]"),
        ("[[weeding|words]]", "[[new|words]]"),
        ("[[weeding#Aims]]", "[[new#Aims]]"),
    ],
)
def test_a_link_by_an_old_name_in_brackets_is_mended(content, wrong, right):
    text = f"Title: A\n{HEAD}\nSee %s now.\n"
    assert mend(content, text % wrong) == text % right


@pytest.mark.parametrize(
    "text",
    [
        "Title: Reading\nStart-here:\n- %s.md: why\n\nPosts.\n",
        "Title: Reading\nStart-here:\n- %s — why\n\nPosts.\n",
        "Title: Reading\nStart-here: %s\n\nPosts.\n",
    ],
)
def test_a_post_to_begin_with_by_an_old_name_is_mended(content, capsys, text):
    assert mend(content, text % "weeding", "topics/reading.md") == text % "new"
    write_files(content, {"topics/reading.md": text % "weeding"})
    assert check(content) == 1
    assert "It has another name now. Write: new" in capsys.readouterr().err


def test_a_picture_with_other_capitals_is_mended(content):
    text = f"Title: A\n{HEAD}\n![white](../images/%s)\n"
    assert mend(content, text % "A.PNG") == text % "a.png"


def test_code_that_shows_the_link_before_it_stays(content):
    text = f"Title: A\n{HEAD}\n`[x](weeding.md)` is written for [x](%s).\n"
    assert mend(content, text % "weeding.md") == text % "new.md"


def test_a_number_below_that_of_the_files_is_mended_and_one_above_it_is_not(content):
    write_files(content, {"comments/a/b.md": "Author: Ann\nDate: 2024-05-02\n\nYes.\n"})
    text = f"Title: A\n{HEAD}Comments: %s\n\nWords.\n"
    assert mend(content, text % "0") == text % "1"
    assert mend(content, text % "2") == text % "2"  # a file may be missing


@pytest.mark.parametrize(
    "text",
    [
        f"Title: A\n{HEAD}\n[x](nowhere.md)\n",
        f"Title: A\n{HEAD}\n[x](newer.md)\n",  # near a name is not that name
        "Title: A\nTitel: B\nDate: 2024-05-01\n\nWords.\n",
        "Title: A\nDate: soon\n\nWords.\n",
        f"Title: A\n{HEAD}Zebra: x\n\nWords.\n",
        "Title: A\nDate: 2024-05-01\nLag: de\n\nWords.\n",  # Lang, or Tags
        f"Title: A\n{HEAD}\nAll is well.\n",
    ],
)
def test_what_has_more_answers_or_none_is_left_alone(content, capsys, text):
    assert mend(content, text) == text
    assert "Nothing was mended." in capsys.readouterr().out


def test_a_name_that_two_posts_had_is_left_alone(content):
    other = NEW.replace("Title: New", "Title: Newer").replace("Words of", "More words of")
    write_files(content, {"posts/newer.md": other.replace("/2019/05/old-name.html", "/b/weeding/")})
    text = f"Title: A\n{HEAD}\n[x](weeding.md)\n"
    assert mend(content, text) == text


def test_line_ends_stay(content):
    text = f"Titel: A\n{HEAD}\n[x](weeding.md)\n".replace("\n", "\r\n")
    assert mend(content, text) == text.replace("Titel", "Title").replace("weeding", "new")


def test_without_a_terminal_each_mend_is_shown_and_none_is_made(content, capsys):
    write_files(content, {"posts/a.md": f"Titel: A\n{HEAD}\nWords.\n"})
    before = read_files(content)
    assert check(content, fix=True) == 1
    assert read_files(content) == before
    out = capsys.readouterr().out.replace("\\", "/").splitlines()
    assert out[:3] == ["content/posts/a.md:1:", "  - Titel: A", "  + Title: A"]
    assert out[3].endswith("python3 tasks.py check --fix --yes")


@pytest.mark.parametrize(
    ("answers", "mended"),
    [("yy", "ab"), ("yn", "a"), ("ny", "b"), ("a", "ab"), ("q", ""), ("nn", ""), ("yq", "a")],
)
def test_at_a_terminal_only_what_is_wanted_is_mended(content, monkeypatch, answers, mended):
    write_files(content, {f"posts/{n}.md": f"Titel: {n}\n{HEAD}\nOf {n}.\n" for n in "ab"})
    given = iter(answers)
    monkeypatch.setattr(mending, "find_asker", lambda: lambda question: next(given))
    check(content, fix=True)
    assert [n for n in "ab" if "Title:" in (content / f"posts/{n}.md").read_text()] == [*mended]
    assert list(given) == []


def test_what_was_hidden_by_a_mistake_is_mended_in_the_same_run(content):
    text = f"Titel: A\n{HEAD}Coments: 0\n\n[x](weeding.md)\n"
    write_files(content, {"comments/a/b.md": "Author: Ann\nDate: 2024-05-02\n\nYes.\n"})
    assert mend(content, text) == f"Title: A\n{HEAD}Comments: 1\n\n[x](new.md)\n"
    assert check(content) == 0


def test_yes_without_fix_is_a_wrong_command(content, capsys):
    assert check(content, yes=True) == 2
    assert "check --fix --yes" in capsys.readouterr().err
