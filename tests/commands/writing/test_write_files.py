"""Whatever ends a command while it writes, the content is whole, and the command can be typed again."""

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from catalogue.catalogue import read_catalogue
from catalogue.folder.regular_files import NotRegular
from catalogue.folder.walk import list_files
from catalogue.header.front_matter import read_header
from catalogue.judging import View
from catalogue.problems import Refused
from commands.comment import comment
from commands.import_ import import_
from commands.new import new
from commands.publish_post import publish_post
from commands.rename import rename
from commands.topic import topic
from commands.writing.post_files import CommandFault, explained_writing
from commands.writing.write_files import LOCK, File, finish_writing, lock_content
from commands.writing.write_files import write_files as write_whole
from tests.conftest import NOW, PROJECT, link, write_files

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
KEPT = "Author: Ann Reader\nDate: 2026-03-05\n\nThanks!\n"
HEAD = "---\nTitle: Asked\nComments:  '1' \nDate: 2026-03-04\n---\nText.\n"
CONTENT = {
    "posts/weeding.md": "Title: Weeding\nComments: 0\nDate: 2026-03-04\n\nText.\n",
    "posts/2026/asked.md": HEAD,
    "comments/asked/2026-03-05-ann-reader.md": KEPT,
    "posts/linking.md": "Title: Linking\nDate: 2026-03-06\n\n[x](2026/asked.md), [[asked]].\n",
    "posts/draft.md": "Title: Draft\nDate: 2026-03-06\nStatus: draft\n\nNearly done.\n",
}
DUMP = "\n".join(f"Post {n}\n\n{n}\nCOM\nWords of {n}.\n" for n in "123")
REPLY = {"author": "Ben", "text": "Thanks!"}
# Each command: its function, its words, and its options.
COMMANDS = {
    "new": (new, ["Our week"], {}),
    "topic": (topic, ["Zebras"], {}),
    "import": (import_, [], {"source": "dump.txt", "date": "2026-11-23"}),
    "the first comment": (comment, ["weeding"], REPLY),
    "another comment": (comment, ["asked"], REPLY),
    "publish-post": (publish_post, ["draft"], {}),
    "rename": (rename, ["asked", "Asked again"], {}),
}
FULL = {
    "ENOSPC": "the disk is full. Make room on it, ",
    "EFBIG": "the file is larger than this system allows. Type `ulimit -f unlimited`, ",
}
SIGNALS = ("SIGKILL", "SIGTERM", "SIGHUP", "SIGTERM after")


def run(command, content):
    """Run a command here, in the folder that holds the content."""
    function, words, options = COMMANDS[command]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(content.parent)
        patch.setattr(os, "fsync", lambda _: None)  # the disk is slow, and no power is cut here
        options = {key: Path(word) if key == "source" else word for key, word in options.items()}
        return function(*words, **options, content=content)


def read_content(content):
    """Return every file with its bytes, a folder with False."""
    return {
        path.relative_to(content).as_posix(): path.is_file() and path.read_bytes()
        for path in content.rglob("*")
    }


def hide_today(tree):
    """Return a tree without the lock, and without the days that are not those of the beginning."""
    day = r"20(?!26-03-0|26-11-23)[0-9]{2}-[0-9]{2}-[0-9]{2}( [0-9:]+)?"
    return {
        re.sub(day, "today", name): data and re.sub(day.encode(), b"today", data)
        for name, data in tree.items()
        if name != LOCK
    }


def find_errors(content):
    """Return what would stop a build, as the check finds it."""
    now = datetime.fromisoformat(NOW)
    found = read_catalogue(content, View(ZoneInfo("Europe/London"), now, 10)).problems
    return [problem for problem in found if problem.level == "error"]


@pytest.fixture
def content(tmp_path):
    """Make a content folder, and a dump beside it."""
    write_files(tmp_path / "begin/content", CONTENT)
    write_files(tmp_path / "begin", {"dump.txt": DUMP})
    return tmp_path / "begin/content"


def cut(command, content, ways):
    """Cut a command short at each of its changes; give the folder of each run, and how it went."""
    function, words, options = COMMANDS[command]
    order = {
        "call": (f"{function.__module__}:{function.__name__}", words, options),
        "content": str(content),
        "place": str(content.parents[1] / "cut"),
        "ways": ways,
    }
    child = subprocess.run(
        [sys.executable, "-m", "tests.cut_short", json.dumps(order)],
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
    )
    assert child.stderr == ""
    runs = [json.loads(line) for line in child.stdout.splitlines()]
    return [(Path(folder), *rest) for folder, *rest in runs]


@posix
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_cut_short_at_any_change_can_be_typed_again(content, command):
    whole = content.parents[1] / "whole/content"
    shutil.copytree(content.parent, whole.parent)
    assert run(command, whole) == 0
    begin, done = hide_today(read_content(content)), hide_today(read_content(whole))
    assert not find_errors(whole)
    runs = cut(command, content, SIGNALS)
    assert {way for _, way, *_ in runs} == set(SIGNALS)
    seen = []
    for folder, way, at, code, said in runs:
        place = f"{way} at {at}: {said}"
        left = read_content(folder)
        assert "Traceback" not in said, place
        if way != "SIGKILL":
            assert code in (-15, -1, 143, 129), place
            assert hide_today(left) in (begin, done), place
        is_told = bool(said) and LOCK not in left and hide_today(left) == done
        if left in seen or is_told:  # the same state has the same future
            continue
        seen.append(left)
        finish_writing(folder)  # as the check, the build and the preview do first
        assert not find_errors(folder), place
        assert run(command, folder) == 0, place
        assert LOCK not in read_content(folder), place
        assert hide_today(read_content(folder)) == done, place


@posix
def test_an_import_that_was_killed_and_goes_on_days_later_keeps_the_order_of_the_posts(content):
    dump, kept = content.parent / "dump.txt", []
    for folder, *_ in cut("import", content, ["SIGKILL"]):
        kept.append(len(list(folder.glob("posts/post-*.md"))))
        assert import_(dump, "2026-11-30", folder) == 0
        texts = [(folder / f"posts/post-{n}.md").read_text() for n in "321"]
        dates = [read_header(text, "post").values["Date"] for text in texts]
        assert dates == sorted(set(dates))
    assert {0, 1, 2, 3} == set(kept)


@posix
@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_is_one_sentence_and_leaves_nothing(content, command):
    """It may say so when a name is made or when bytes are written; other bytes may still fit."""
    begin = read_content(content)
    runs = cut(command, content, ("ENOSPC", "EFBIG"))
    assert len(runs) > 10
    for folder, way, at, code, said in runs:
        place = f"{way} at {at}: {said}"
        if code == 0:
            assert way == "EFBIG", place
            continue
        left = read_content(folder)
        # What cannot be removed is passed over; here, the lock may not even be made.
        assert left == begin, place
        assert code == 1, place
        assert said.count("\n") == 1, place
        assert FULL[way] in said, place
        assert "then type the same command again. Nothing was " in said, place


@pytest.mark.parametrize(
    ("command", "name", "target"),
    [
        ("new", "posts", "outside/posts"),
        ("new", "posts", "content/pages"),
        ("new", "posts/our-week.md", "outside/none.md"),
        ("topic", "topics", "outside"),
        ("topic", "topics", "outside/none"),
        ("topic", "topics/zebras.md", "outside/none.md"),
        ("topic", "topics/zebras.md", "outside/posts/weeding.md"),
        ("import", "posts", "outside/posts"),
        ("import", "posts", "outside/none"),
        ("the first comment", "posts", "outside/posts"),
        ("the first comment", "posts/weeding.md", "outside/posts/weeding.md"),
        ("the first comment", "comments", "outside"),
        ("the first comment", "comments", "outside/none"),
        ("the first comment", "comments/weeding", "outside/comments"),
        ("the first comment", "comments/weeding", "content/pages"),
    ],
)
def test_no_command_writes_through_a_link(content, capsys, command, name, target):
    root = content.parent
    write_files(root, {"outside/posts/weeding.md": CONTENT["posts/weeding.md"]})
    write_files(
        root, {"outside/comments/old.md": KEPT, "content/pages/about.md": "Title: A\n\nB\n"}
    )
    place = content / name
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.parent.mkdir(exist_ok=True)
    link(place, root / target)
    before = read_content(root)
    assert run(command, content) == 1
    assert read_content(root) == before
    assert place.is_symlink()
    err = capsys.readouterr().err
    assert err.startswith(str(Path("content", name)))
    assert err.count("\n") == 1


def test_a_link_that_the_walk_would_not_follow_hides_no_post(content, capsys):
    outside = content.parent / "outside"
    shutil.move(content / "posts/2026", outside)
    link(content / "posts/2026", outside)
    before = read_content(content.parent)
    assert run("another comment", content) == 2
    assert read_content(content.parent) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_the_content_folder_itself_may_be_a_link(content, command):
    other = content.parents[1] / "other/content"
    write_files(other.parent, {"dump.txt": DUMP})
    link(other, content)
    assert run(command, other) == 0
    assert not find_errors(content)


def run_at_once(calls):
    """Run calls at the same time; give their exit codes."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def test_comments_that_are_filed_at_once_are_all_filed_and_counted(content):
    calls = [
        partial(comment, post, f"Reader {n}", "2026-03-07", text="Hello.", content=content)
        for n in range(4)
        for post in ("weeding", "asked")
    ]
    assert run_at_once(calls) == [0] * 8
    assert "Comments: 4\n" in (content / "posts/weeding.md").read_text()
    assert "Comments:  '5' \n" in (content / "posts/2026/asked.md").read_text()
    assert not find_errors(content)
    assert not [name for name in read_content(content) if name.endswith(".tmp")]


def test_the_same_command_twice_at_once_writes_once_and_says_why(content, capsys):
    assert sorted(run_at_once([partial(new, "Our week", content)] * 2)) == [0, 1]
    assert "this post is there already" in capsys.readouterr().err
    assert sorted(run_at_once([partial(topic, "Zebras", content)] * 2)) == [0, 1]
    assert "is a topic already" in capsys.readouterr().err
    dump = content.parent / "dump.txt"
    assert run_at_once([partial(import_, dump, "2026-11-23", content)] * 2) == [0, 0]
    assert "Nothing changed" in capsys.readouterr().out
    assert not find_errors(content)


def test_while_one_command_writes_no_other_does_and_its_files_stay(content):
    aside = content / "posts/.writing-0.tmp"
    with lock_content(content):
        aside.write_bytes(b"half a po")
        with (
            pytest.raises(Refused, match="another command is still writing here after 0 seconds"),
            lock_content(content, wait=0),
        ):
            pass
        assert aside.exists()
    with lock_content(content) as was_killed:  # the first one has left it, though it was not killed
        assert not was_killed
        assert not aside.exists()
    assert read_content(content).keys() == CONTENT.keys() | {
        folder.as_posix() for name in CONTENT for folder in Path(name).parents[:-1]
    }


def test_what_a_killed_command_has_left_stops_nothing_and_the_next_one_removes_it(content):
    outside = content.parent / "outside"
    places = ("", "posts/", "posts/2026/", "topics/", "comments/asked/", "images/")
    stale = [f"{place}.writing-{n}.tmp" for place in places for n in (0, 12)]
    mine = ["posts/.writing.md~", "posts/writing-1.tmp", "extra/.writing-1.txt.tmp"]
    write_files(content, dict.fromkeys([*stale, *mine, LOCK], b""))
    write_files(outside, {".writing-0.tmp": b""})
    link(content / "images/there", outside)
    listed = [source.path for source in list_files(content)[0]]
    assert sorted(listed) == sorted(CONTENT)
    (content / "images/there").unlink()
    assert not find_errors(content)
    link(content / "images/there", outside)
    assert run("new", content) == 0
    left = read_content(content)
    assert not left.keys() & {*stale, LOCK}
    assert left.keys() >= set(mine)
    assert (outside / ".writing-0.tmp").exists()


def refuse(*_):
    """Answer as a disk on which a file has one name."""
    raise OSError(errno.EPERM, "Operation not permitted")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_disk_on_which_no_file_has_two_names_is_written_to_as_well(content, monkeypatch, command):
    expected = content.parents[1] / "expected/content"
    shutil.copytree(content.parent, expected.parent)
    assert run(command, expected) == 0
    monkeypatch.setattr(os, "link", refuse)
    assert run(command, content) == 0
    assert hide_today(read_content(content)) == hide_today(read_content(expected))


@pytest.mark.parametrize("can_link", [True, False])
@pytest.mark.parametrize(
    "there", [lambda path: path.write_bytes(b"mine"), Path.mkdir, lambda path: link(path, path)]
)
def test_a_new_file_takes_no_ones_place(tmp_path, monkeypatch, there, can_link):
    """Not a file's, a folder's, a link's, nor that of another file that is written with it."""
    if not can_link:
        monkeypatch.setattr(os, "link", refuse)
    there(tmp_path / "b.md")
    names = os.listdir(tmp_path)
    with pytest.raises(OSError, match=r"b\.md is there already"):
        write_whole([File(tmp_path / name, b"new") for name in ("a.md", "b.md", "c.md")])
    assert os.listdir(tmp_path) == names


@pytest.mark.parametrize("bad", ["x" * 300 + ".md", "d/" + "x" * 300 + ".md"])
def test_when_one_file_cannot_be_written_none_is(tmp_path, bad):
    files = [File(tmp_path / "posts" / name, b"A") for name in ("a.md", "e/f/b.md", bad)]
    with pytest.raises(OSError, match=r"."):
        write_whole(files)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            PermissionError(errno.EACCES, "Permission denied", "/x/.writing-0.tmp"),
            "posts: you are not allowed to write here. Give yourself the right to write, then type the "
            "same command again.",
        ),
        (
            OSError(errno.EROFS, "Read-only file system"),
            "posts: this disk can only be read. Move the project to another disk, then type the same "
            "command again.",
        ),
        (
            FileExistsError(errno.EEXIST, "a.md is there already"),
            "posts: writing failed (a.md is there already). Type the same command again.",
        ),
        (
            OSError(0, "a.md was changed meanwhile"),
            "posts: writing failed (a.md was changed meanwhile). Type the same command again.",
        ),
        (NotRegular(), "posts: this is no file. Move it away, then type the same command again."),
        (
            OSError(errno.EMLINK, "Too many links"),
            "posts: the system says: Too many links. Mend that, then type the same command again.",
        ),
    ],
    ids=str,
)
def test_what_the_disk_refuses_is_told_with_its_place_and_what_to_do(error, said):
    with pytest.raises(CommandFault) as fault, explained_writing("posts", "Nothing was filed."):
        raise error
    assert str(fault.value) == f"{said} Nothing was filed."
    assert fault.value.code == 1
