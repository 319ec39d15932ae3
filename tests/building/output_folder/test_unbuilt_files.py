"""Nobody's words are lost with the last tree: neither a file of others in it, nor an edit of ours."""

import os
import shutil
import sys
import unicodedata

import pytest

from building.jobs import Job
from building.output_folder.place import MARKER, MARKER_TEXT, read_list
from building.output_folder.unbuilt_files import (
    check_unbuilt_files,
    describe_losses,
    list_names,
)
from building.tree import Entry, write_tree
from catalogue.problems import Refused

TEXTS = {"index.html": "Home", "posts/a/index.html": "A", "images/käfer.png": "K"}
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other files and rights")


def make_tree(folder, texts, last=None, kept=None):
    """Print a tree as a build does, with its list; give its entries."""
    folder.mkdir()
    jobs = [Job(name, lambda text=text: text.encode(), None) for name, text in texts.items()]
    return write_tree(jobs, lambda job: texts[job.file], folder, last, kept)


@pytest.fixture
def tree(tmp_path):
    entries = make_tree(tmp_path / "output", TEXTS)
    return tmp_path / "output", entries


def describe(folder, last, new):
    """Return what is refused, a line for each file; nothing of the tree was carried over."""
    drawn = {name: Entry(*entry) for name, entry in new.items()}
    with pytest.raises(Refused) as refused:
        check_unbuilt_files(folder, last, drawn)
    *lines, remedy = str(refused.value).splitlines()
    assert remedy == (
        f"Move what you want to keep out of {folder}; to let the rest go, add --replace. "
        "The site is unchanged."
    )
    return [line.removeprefix(f"{folder}/").split(":")[0] for line in lines]


# What a build may know of the tree: all, or nothing but the tree's own list.
KNOWN = pytest.mark.parametrize("is_known", [True, False], ids=["with entries", "without"])


@KNOWN
def test_a_tree_as_it_was_left_may_go_whatever_comes_after_it(tree, is_known):
    folder, entries = tree
    last = entries if is_known else {}
    for new in (entries, {}, {"index.html": Entry("k", "s", "d"), "new.html": Entry("", "", "")}):
        check_unbuilt_files(folder, last, new)


@KNOWN
@pytest.mark.parametrize(
    "name",
    ["novel.txt", ".notes", ".hidden/deep.txt", "posts/a/index.html~", "posts/b.md", "käfer"],
)
def test_a_file_that_no_build_made_is_named(tree, is_known, name):
    folder, entries = tree
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("my novel")
    assert describe(folder, entries if is_known else {}, entries) == [name]


@KNOWN
def test_a_file_that_a_build_would_write_over_for_the_first_time_is_named(tree, is_known):
    folder, entries = tree
    (folder / "robots.txt").write_text("mine")
    new = {**entries, "robots.txt": Entry("key", "stamp", "digest")}
    assert describe(folder, entries if is_known else {}, new) == ["robots.txt"]


@KNOWN
@pytest.mark.parametrize("words", ["Hone", "Home, sweet home", ""])
def test_a_file_of_ours_with_other_words_is_named_also_where_it_is_deleted(tree, is_known, words):
    folder, entries = tree
    (folder / "index.html").write_text(words)
    os.utime(folder / "index.html", (0, 0))
    for new in (entries, {}):
        assert describe(folder, entries if is_known else {}, new) == ["index.html"]


@KNOWN
def test_a_file_with_the_words_that_it_had_or_will_have_may_go(tree, tmp_path, is_known):
    folder, entries = tree
    other = make_tree(tmp_path / "other", {**TEXTS, "index.html": "Welcome"})
    (folder / "index.html").unlink()
    for text in ("Home", "Welcome"):
        (folder / "index.html").write_text(text)
        check_unbuilt_files(folder, entries if is_known else {}, other)


@KNOWN
def test_a_copied_tree_may_go(tree, tmp_path, is_known):
    """It has other inodes and times: a backup, another disk, another computer."""
    folder, entries = tree
    shutil.copytree(folder, tmp_path / "copy", copy_function=shutil.copyfile)
    check_unbuilt_files(tmp_path / "copy", entries if is_known else {}, {})


def test_a_tree_that_is_older_than_what_is_kept_of_it_may_go(tree, tmp_path):
    folder, entries = tree
    shutil.copytree(folder, tmp_path / "backup")
    newer = make_tree(tmp_path / "new", {"index.html": "Another"}, folder, entries)
    check_unbuilt_files(tmp_path / "backup", newer, newer)


@KNOWN
@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "posts/desktop.ini", "._index.html"])
def test_the_litter_of_systems_and_empty_folders_stop_nothing(tree, is_known, name):
    folder, entries = tree
    (folder / name).write_text("litter")
    (folder / "empty/deep").mkdir(parents=True)
    check_unbuilt_files(folder, entries if is_known else {}, entries)


@POSIX
@KNOWN
@pytest.mark.parametrize("what", ["link", "link to a folder", "pipe", "link in place of ours"])
def test_what_is_no_file_is_named_and_not_opened(tree, tmp_path, is_known, what):
    folder, entries = tree
    (tmp_path / "home").mkdir()
    (tmp_path / "home/index.html").write_text("Home")
    name = "thing"
    if what == "pipe":
        os.mkfifo(folder / name)
    elif what == "link in place of ours":
        name = "index.html"
        (folder / name).unlink()
        (folder / name).symlink_to(tmp_path / "home/index.html")
    else:
        (folder / name).symlink_to(tmp_path / ("home" if "folder" in what else "home/index.html"))
    assert describe(folder, entries if is_known else {}, entries) == [name]


def test_a_folder_that_cannot_be_looked_into_is_named(tmp_path):
    """Root may look into any folder: here a file stands where a folder was."""
    (tmp_path / "shut").write_text("")
    assert [*list_names(tmp_path / "shut")] == [""]
    assert describe_losses([("shut/", False)], "output").startswith(
        f"{os.path.join('output', 'shut/')}: this folder cannot be looked into, and this build would"
    )


def test_a_name_in_the_other_form_of_its_signs_is_the_same_name(tree):
    """Old disks of Macs keep names in decomposed form."""
    folder, entries = tree
    name = next(name for name in entries if "käfer" in name)
    decomposed = unicodedata.normalize("NFD", name)
    (folder / name).rename(folder / decomposed)
    check_unbuilt_files(folder, entries, entries)
    (folder / decomposed).write_text("other words")
    assert describe(folder, entries, entries) == [decomposed]


def test_ten_files_are_named_and_the_others_counted(tree):
    folder, entries = tree
    for number in range(10, 25):
        (folder / f"{number}.txt").write_text("words")
    lines = describe(folder, entries, entries)
    assert lines == [*(f"{number}.txt" for number in range(10, 20)), "... and 5 files more."]


def test_a_tree_of_an_older_version_has_no_list_and_what_is_not_written_again_is_named(tree):
    folder, entries = tree
    (folder / MARKER).write_text(MARKER_TEXT)
    (folder / "index.html").write_text("of an older version")
    check_unbuilt_files(folder, {}, entries)
    few = {name: entry for name, entry in entries.items() if name == "index.html"}
    assert sorted(describe(folder, {}, few)) == sorted(entries.keys() - few.keys())


@pytest.mark.parametrize(
    "damage", [b"", b"\xff\xfe", b"words\n", MARKER_TEXT.encode() + b"no list\n  \n"]
)
def test_a_damaged_list_makes_no_stranger_ours(tree, damage):
    folder, entries = tree
    (folder / MARKER).write_bytes(damage)
    (folder / "novel.txt").write_text("my novel")
    assert describe(folder, {}, entries) == ["novel.txt"]
    assert describe(folder, entries, entries) == ["novel.txt"]


def test_a_list_that_names_a_file_with_other_bytes_gives_it_to_nobody(tree):
    """A tree may come with a clone, and its list say that all the author will ever write is ours."""
    folder, entries = tree
    with (folder / MARKER).open("a") as file:
        file.write(f"{'0' * 32}  novel.txt\n")
    (folder / "novel.txt").write_text("my novel")
    assert describe(folder, {}, entries) == ["novel.txt"]


def test_the_list_says_the_same_of_files_that_were_drawn_and_carried_over(tree, tmp_path):
    folder, entries = tree
    texts = {**TEXTS, "new.html": "New"}
    make_tree(tmp_path / "warm", texts, folder, entries)
    make_tree(tmp_path / "cold", dict(reversed(texts.items())))
    assert read_list(tmp_path / "warm").keys() == texts.keys()
    marks = [(tmp_path / name / MARKER).read_bytes() for name in ("warm", "cold")]
    assert marks[0] == marks[1]
    assert marks[0].startswith(MARKER_TEXT.encode())


def test_where_there_is_no_tree_nothing_is_lost(tmp_path):
    check_unbuilt_files(tmp_path / "output", {}, {})
