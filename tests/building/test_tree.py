"""What has not changed is carried over as it is, and all else is drawn anew."""

import errno
import os
import shutil

import pytest

from building import tree as drawing
from building.jobs import Job
from building.tree import SOME, group_jobs, read_tree, write_tree


def make_jobs(texts, drawn):
    def draw(file):
        drawn.append(file)
        return texts[file].encode()

    return [Job(file, lambda file=file: draw(file), None) for file in texts]


@pytest.fixture
def tree(tmp_path):
    """Return a function that prints texts into a new tree after the last, and tells what was drawn."""
    trees = []

    def print_next(texts, keys=None):
        drawn = []
        output = tmp_path / f"tree-{len(trees)}"
        output.mkdir()
        last, kept = trees[-1] if trees else (None, None)
        entries = write_tree(
            make_jobs(texts, drawn),
            lambda job: (keys or {}).get(job.file, "same"),
            output,
            last,
            kept,
        )
        trees.append((output, entries))
        return output, drawn

    return print_next


TEXTS = {"index.html": "Home", "posts/a/index.html": "A", "posts/a/citation.bib": "@a"}


def test_a_file_with_the_same_key_is_carried_over_and_not_drawn(tree):
    first, drawn = tree(TEXTS)
    assert sorted(drawn) == sorted(TEXTS)
    second, drawn = tree({**TEXTS, "new.html": "New"})
    assert drawn == ["new.html"]
    assert read_tree(second) == {**read_tree(first), "new.html": read_tree(second)["new.html"]}


def test_a_file_with_another_key_is_drawn_and_the_last_tree_keeps_its_own(tree):
    first, _ = tree(TEXTS)
    second, drawn = tree({**TEXTS, "index.html": "Here"}, {"index.html": "other"})
    assert drawn == ["index.html"]
    assert ((first / "index.html").read_text(), (second / "index.html").read_text()) == (
        "Home",
        "Here",
    )


def put_back(folder):
    """Put a tree back as a workflow does that has kept it: with the times of its files, in new places."""
    kept = folder.with_name("kept")
    folder.rename(kept)  # it stays, so that no file gets the inode that it had
    shutil.copytree(kept, folder)


def test_a_tree_that_was_kept_and_put_back_is_carried_over_and_known_again(tree):
    first, _ = tree(TEXTS)
    put_back(first)
    second, drawn = tree({**TEXTS, "new.html": "New"})
    assert drawn == ["new.html"]
    assert {name: (second / name).read_text() for name in TEXTS} == TEXTS
    third, drawn = tree({**TEXTS, "new.html": "New"})
    assert drawn == []
    assert read_tree(third) == read_tree(second)


def test_of_a_tree_that_was_put_back_what_has_other_bytes_is_drawn(tree):
    first, _ = tree(TEXTS)
    put_back(first)
    page = first / "index.html"
    times = page.stat()
    page.write_text("Hemo")
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    second, drawn = tree(TEXTS)
    assert drawn == ["index.html"]
    assert (second / "index.html").read_text() == "Home"


@pytest.mark.parametrize(
    "tamper",
    [
        lambda path: path.write_text("A!"),
        lambda path: path.unlink(),
        lambda path: os.utime(path, ns=(0, 0)),
        lambda path: (path.unlink(), path.symlink_to("../../index.html")),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=["written to", "removed", "other time", "a link", "a folder"],
)
def test_a_file_that_is_not_as_it_was_left_is_drawn(tree, tamper):
    first, _ = tree(TEXTS)
    tamper(first / "posts/a/index.html")
    second, drawn = tree(TEXTS)
    assert drawn == ["posts/a/index.html"]
    assert (second / "posts/a/index.html").read_text() == "A"


def test_on_a_disk_without_hard_links_all_is_drawn(tree, monkeypatch):
    tree(TEXTS)

    def refuse(*_, **__):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    second, drawn = tree(TEXTS)
    assert sorted(drawn) == sorted(TEXTS)
    assert (second / "posts/a/citation.bib").read_text() == "@a"


def test_two_processes_print_what_one_prints(tree, monkeypatch):
    texts = {f"posts/{n}/{name}": f"{n} {name}" for n in range(3 * SOME) for name in ("a", "b")}
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    output, _ = tree(texts)
    assert {name: (output / name).read_text() for name in texts} == texts
    _, drawn = tree(texts)
    assert drawn == []


def test_what_the_disk_refuses_is_raised_whichever_process_meets_it(tree, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def fill(path, _):
        raise OSError(errno.ENOSPC, "full", path)

    monkeypatch.setattr(drawing, "write_file", fill)
    with pytest.raises(OSError, match="full"):
        tree({f"posts/{n}/index.html": "x" for n in range(3 * SOME)})


def test_bytes_that_the_disk_takes_piece_by_piece_are_all_written(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:3]))
    drawing.write_file(tmp_path / "a/b.html", b"0123456789")
    assert (tmp_path / "a/b.html").read_bytes() == b"0123456789"


@pytest.mark.parametrize("most", [1, 2, 3, 50])
def test_the_files_of_a_post_are_one_group_and_all_lists_are_few(most):
    posts = [f"posts/{slug}/{file}" for file in ("index.html", "citation.bib") for slug in "abc"]
    lists = [
        "index.html",
        "topics/a/index.html",
        "topics/b/index.html",
        "feeds/all.atom.xml",
        "posts.xml",
    ]
    files = [lists[0], *posts, *lists[1:]]
    jobs = make_jobs(dict.fromkeys(files, ""), [])
    groups = [[job.file for job in group] for group in group_jobs(jobs, most)]
    assert len(groups) - 3 <= min(most, len(lists))
    # Whatever the number of processes, in one order.
    assert [file for group in groups[:-3] for file in group] == lists
    assert groups[-3:] == [[f"posts/{s}/index.html", f"posts/{s}/citation.bib"] for s in "abc"]


def test_a_site_without_lists_has_no_group_of_them():
    assert group_jobs([], 2) == []
