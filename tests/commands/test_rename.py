"""A post gets another title and address; all that leads to it goes along, or nothing is changed."""

import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from building.settings import read_constants
from commands import check as checking
from commands import rename as renaming
from commands.check import check
from commands.rename import rename
from tests.conftest import LEAST, draw_png, read_files, write_files

HEAD = "Date: 2024-05-01\nTags: reading\n"
OLD = f"Title: Weeding\n{HEAD}Comments: 1\n\n## Aims\n\nWords, [here](#aims).\n"
REPLY = "Author: Ann\nDate: 2024-05-02\n\nYes.\n"
FILES = {**LEAST, "posts/weeding.md": OLD, "comments/weeding/2024-05-02-ann.md": REPLY}
NEW_NAME = "New name"


@pytest.fixture
def content(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    constants = {**read_constants(), "READING_CACHE": "", "SITEURL": "https://example.org/blog"}
    for module in (renaming, checking):
        monkeypatch.setattr(module, "read_constants", lambda: constants)
    write_files(tmp_path / "content", FILES)
    return tmp_path / "content"


def rename_whole(content, name="weeding", title=NEW_NAME):
    """Rename a post and return the files, after the check has found nothing."""
    assert check(content) == 0
    assert rename(name, title, content) == 0
    assert check(content) == 0
    return {name: data.decode() for name, data in read_files(content).items()}


def test_the_file_its_comments_and_its_address_move_and_the_old_one_leads_there(content, capsys):
    files = rename_whole(content)
    assert files == {
        **LEAST,
        "posts/new-name.md": OLD.replace("Weeding", NEW_NAME).replace(
            "Comments: 1\n", "Comments: 1\nAliases: /posts/weeding/\n"
        ),
        "comments/new-name/2024-05-02-ann.md": REPLY,
    }
    assert not (content / "comments/weeding").exists()
    out = capsys.readouterr().out.replace("\\", "/")
    assert "content/posts/weeding.md is content/posts/new-name.md now." in out
    assert "Its address: https://example.org/blog/posts/new-name/" in out
    assert "The old one, /posts/weeding/, leads there." in out


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("[x](weeding.md)", "[x](new-name.md)"),
        ("[x](weeding.md#aims)", "[x](new-name.md#aims)"),
        ("[x](./weeding.md 'why')", "[x](./new-name.md 'why')"),
        ("[x](../posts/weeding.md)", "[x](new-name.md)"),
        ("[x]({filename}weeding.md)", "[x]({filename}new-name.md)"),
        ("[x]({filename}/posts/weeding.md)", "[x]({filename}/posts/new-name.md)"),
        ("[x](/posts/weeding/)", "[x](/posts/new-name/)"),
        ("[x](/posts/weeding#aims)", "[x](/posts/new-name#aims)"),
        ("[x](/posts/weeding/index.html)", "[x](/posts/new-name/index.html)"),
        ("<a href='weeding.md'>x</a>", "<a href='new-name.md'>x</a>"),
        ("[x][y]\n\n[y]: weeding.md", "[x][y]\n\n[y]: new-name.md"),
        ("[[weeding]]", "[[new-name]]"),
        ("[[Weeding]]", "[[New name]]"),
        ("[[weeding|x]]", "[[new-name|x]]"),
        ("[[weeding#Aims|x]]", "[[new-name#Aims|x]]"),
        ("<https://example.org/blog/posts/weeding/>", "<https://example.org/blog/posts/new-name/>"),
        ("`[x](weeding.md)` [x](weeding.md)", "`[x](weeding.md)` [x](new-name.md)"),
        ("`weeding.md` is no link", "`weeding.md` is no link"),
        (
            "`weeding.md` [x][z] [y][z] [w](weeding.md)\n\n[z]: weeding.md",
            "`weeding.md` [x][z] [y][z] [w](new-name.md)\n\n[z]: new-name.md",
        ),
        (
            "`[x](weeding.md)` [x](weeding.md) [x](weeding.md)",
            "`[x](weeding.md)` [x](new-name.md) [x](new-name.md)",
        ),
        (
            "[x](weeding.md) [y](other.md) [z](weeding.md)",
            "[x](new-name.md) [y](other.md) [z](new-name.md)",
        ),
        (
            "https://example.org/blog/posts/weeding-more/",
            "https://example.org/blog/posts/weeding-more/",
        ),
    ],
)
def test_a_link_of_another_post_is_changed_in_its_own_form_and_nothing_else(content, typed, wanted):
    text = f"Title: Other\n{HEAD}\nBefore. %s\n\nAfter.\n"
    write_files(content, {"posts/other.md": text % typed})
    assert rename_whole(content)["posts/other.md"] == text % wanted


@pytest.mark.parametrize(
    ("name", "text", "typed", "wanted"),
    [
        (
            "pages/about.md",
            "Title: About\n\n[x](%s)\n",
            "../posts/weeding.md",
            "../posts/new-name.md",
        ),
        ("pages/about.md", "Title: About\n\n[x](%s)\n", "/posts/weeding/", "/posts/new-name/"),
        (
            "topics/reading.md",
            "Title: Reading\n\n[x](%s)\n",
            "../posts/weeding.md",
            "../posts/new-name.md",
        ),
        (
            "topics/reading.md",
            "Title: Reading\nStart-here:\n- %s: why\n\nPosts.\n",
            "weeding.md",
            "new-name.md",
        ),
        ("topics/reading.md", "Title: Reading\nStart-here: %s\n\nPosts.\n", "weeding", "new-name"),
        ("posts/2024/a.md", f"Title: A\n{HEAD}\n[x](%s)\n", "../weeding.md", "../new-name.md"),
        (
            "posts/draft.md",
            f"Title: A\nStatus: draft\n{HEAD}\n[x](%s)\n",
            "weeding.md",
            "new-name.md",
        ),
    ],
)
def test_links_of_pages_topics_lists_and_drafts_go_along(content, name, text, typed, wanted):
    write_files(content, {name: text % typed})
    assert rename_whole(content)[name] == text % wanted


def test_a_full_address_in_a_comment_goes_along(content):
    name = "comments/weeding/2024-05-03-ben.md"
    text = "Author: Ben\nDate: 2024-05-03\n\nSee https://example.org/blog/posts/%s/ again.\n"
    write_files(content, {name: text % "weeding"})
    post = OLD.replace("Comments: 1", "Comments: 2")
    write_files(content, {"posts/weeding.md": post})
    files = rename_whole(content)
    assert files["comments/new-name/2024-05-03-ben.md"] == text % "new-name"


def test_links_of_the_post_to_itself_and_to_others_lead_where_they_led(content):
    text = OLD.replace(
        "[here](#aims)", "[a](weeding.md#aims), [b](other.md), [c](../pages/about.md)"
    )
    write_files(content, {"posts/weeding.md": text, "posts/other.md": f"Title: O\n{HEAD}\nOf O.\n"})
    files = rename_whole(content)
    assert (
        "[a](new-name.md#aims), [b](other.md), [c](../pages/about.md)" in files["posts/new-name.md"]
    )


def test_the_day_in_the_files_name_and_its_folder_stay(content):
    (content / "posts/2024").mkdir()
    (content / "posts/weeding.md").rename(content / "posts/2024/2024-05-01-weeding.markdown")
    assert "posts/2024/2024-05-01-new-name.markdown" in rename_whole(content)


def test_a_post_in_a_folder_of_its_own_moves_with_its_pictures(content):
    text = OLD.replace("Words", "Words ![white](a.png)")
    (content / "posts/weeding.md").unlink()
    other = f"Title: Other\n{HEAD}\n[x](weeding/index.md) ![w](weeding/a.png)\n"
    picture = {"posts/weeding/index.md": text, "posts/weeding/a.png": draw_png()}
    write_files(content, {**picture, "posts/other.md": other})
    assert check(content) == 0
    assert rename("weeding", NEW_NAME, content) == 0
    assert check(content) == 0
    files = read_files(content)
    assert files["posts/new-name/a.png"] == draw_png()
    assert b"![white](a.png)" in files["posts/new-name/index.md"]
    assert files["posts/other.md"].decode() == other.replace("weeding", "new-name")
    assert not (content / "posts/weeding").exists()


def test_a_slug_line_goes_along(content):
    write_files(content, {"posts/old-file.md": OLD.replace("Tags:", "Slug: weeding\nTags:")})
    (content / "posts/weeding.md").unlink()
    text = rename_whole(content)["posts/new-name.md"]
    assert "Slug: new-name\n" in text
    assert "Aliases: /posts/weeding/\n" in text


@pytest.mark.parametrize("change", [("Tags", "Status: draft\nTags"), ("2024-05-01", "2099-05-01")])
def test_what_no_reader_has_seen_leaves_no_alias(content, change):
    write_files(content, {"posts/a.md": f"Title: A\n{HEAD}\nWords of A.\n"})
    write_files(content, {"posts/weeding.md": OLD.replace(*change)})
    assert rename("weeding", NEW_NAME, content) == 0
    assert "Aliases" not in (content / "posts/new-name.md").read_text()


def test_back_again_is_another_alias_and_no_error(content):
    rename_whole(content)
    files = rename_whole(content, "new-name", "Weeding")
    assert "Aliases: /posts/weeding/, /posts/new-name/\n" in files["posts/weeding.md"]


def test_a_title_with_the_same_address_changes_the_title_alone(content):
    files = rename_whole(content, "weeding", "Weeding!")
    assert files == {**FILES, "posts/weeding.md": OLD.replace("Title: Weeding", "Title: Weeding!")}


def test_the_same_title_again_changes_nothing(content, capsys):
    before = read_files(content)
    assert rename("weeding", "Weeding", content) == 0
    assert read_files(content) == before
    assert "it is called so already" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        ({"posts/new-name.md": f"Title: B\n{HEAD}\nOf B.\n"}, 1, "is there already"),
        ({"posts/2024/b.md": f"Title: B\n{HEAD}Slug: new-name\n\nOf B.\n"}, 1, "/posts/new-name/"),
        (
            {"posts/b.md": f"Title: B\n{HEAD}Aliases: /posts/new-name/\n\nOf B.\n"},
            1,
            "/posts/new-name/",
        ),
        ({"comments/new-name/a.md": REPLY}, 1, "is there already"),
        ({"posts/weeding.md": "Title: Weeding\nDate: soon\n\nWords.\n"}, 1, "Mend that first"),
    ],
)
def test_what_stands_in_the_way_is_told_and_nothing_is_changed(content, capsys, more, code, said):
    write_files(content, more)
    before = read_files(content)
    assert rename("weeding", NEW_NAME, content) == code
    assert read_files(content) == before
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize("title", ["", "♥", "x" * 201, "Index"])
def test_a_title_that_names_nothing_is_a_wrong_command(content, title):
    before = read_files(content)
    assert rename("weeding", title, content) == 2
    assert read_files(content) == before


def test_a_post_that_is_not_there_is_a_wrong_command_with_the_nearest(content, capsys):
    assert rename("weding", NEW_NAME, content) == 2
    assert "Did you mean weeding?" in capsys.readouterr().err


def test_an_error_in_another_file_that_was_there_before_does_not_stop_it(content):
    write_files(content, {"posts/other.md": "Title: Other\nDate: soon\n\nWords.\n"})
    assert rename("weeding", NEW_NAME, content) == 0


def test_line_ends_and_the_other_bytes_stay(content):
    text = f"Title: Other\r\n{HEAD}".replace("\n", "\r\n").replace("\r\r", "\r")
    text += "\r\n[x](weeding.md)  \r\nand\t[y](weeding.md)\r\n"
    write_files(content, {"posts/other.md": text.encode()})
    rename_whole(content)
    wanted = text.replace("weeding.md", "new-name.md").encode()
    assert (content / "posts/other.md").read_bytes() == wanted


PIECES = {
    "[x](weeding.md)": "[x](new-name.md)",
    "[x](weeding.md#aims)": "[x](new-name.md#aims)",
    "`weeding.md`": "`weeding.md`",
    "`[x](weeding.md)`": "`[x](weeding.md)`",
    "[x](/posts/weeding/)": "[x](/posts/new-name/)",
    "[x](third.md)": "[x](third.md)",
    "[[weeding]]": "[[new-name]]",
    "`[[weeding]]`": "`[[weeding]]`",
    "[x][y]": "[x][y]",
    "weeding.md": "weeding.md",
    "\n": "\n",
    "\n\n": "\n\n",
}


@settings(
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(sorted(PIECES)), min_size=1, max_size=12))
def test_however_links_and_code_stand_together_only_links_are_changed(content, pieces):
    shutil.rmtree(content)
    text = f'Title: Other\n{HEAD}\nWords %s.\n\n[y]: %s "why"\n'
    third = {"posts/third.md": f"Title: Third\n{HEAD}\nOf three.\n"}
    typed = text % (" ".join(pieces), "weeding.md")
    write_files(content, {**FILES, **third, "posts/other.md": typed})
    assert rename("weeding", NEW_NAME, content) == 0
    is_linked = "[x][y]" in pieces  # a reference that nothing uses is no link
    wanted = text % (
        " ".join(PIECES[piece] for piece in pieces),
        "new-name.md" if is_linked else "weeding.md",
    )
    assert (content / "posts/other.md").read_text() == wanted


@pytest.mark.parametrize("status", ["", "Status: draft\n"])
def test_a_post_that_was_published_keeps_its_address_and_its_id(content, status):
    write_files(content, {"posts/weeding.md": OLD.replace(HEAD, HEAD + status)})
    ledger = "/posts/weeding/ tag:me@example.org,2024-05-01:posts/weeding\n"
    write_files(content, {"addresses.txt": ledger})
    assert rename("weeding", NEW_NAME, content) == 0
    assert "Aliases: /posts/weeding/\n" in (content / "posts/new-name.md").read_text()
    catalogue = checking.judge_content(content)
    assert check(content) == (1 if status else 0)
    if not status:
        assert catalogue.post_ids["posts/new-name.md"] == ledger.split()[1]
