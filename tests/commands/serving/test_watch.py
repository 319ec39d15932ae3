"""A change is seen, and all later ones, however an editor, a sync tool or Git brings it about."""

import os
import queue
import shutil
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from commands.serving.watch import follow_changes, follow_until_replaced


def read(places):
    """Read all that is there now, as a preview does."""
    paths = [path for place in places for path in (place, *sorted(place.rglob("*")))]
    state = []
    for path in paths:
        with suppress(OSError):
            state.append(
                (str(path), path.read_text() if path.is_file() else path.stat().st_ctime_ns)
            )
    return state


class Watch:
    """Read at every yield, in a thread of its own: a watch that is deaf would never come back."""

    def __init__(self, places):
        self.places = places
        self.states = queue.Queue()
        self.is_over = False
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self):
        self.thread.start()
        self.states.get(timeout=30)
        return self

    def __exit__(self, *_):
        self.is_over = True
        (self.places[0] / "last.md").write_text("last")
        self.thread.join(30)

    def run(self):
        for _ in follow_changes(self.places):
            if self.is_over:
                return
            self.states.put(read(self.places))

    def sees(self, change, *words):
        """Make a change, and wait until what it left was read."""
        before = read(self.places)
        change(*words)
        after = read(self.places)
        assert after != before
        while self.states.get(timeout=30) != after:
            pass


@pytest.fixture
def places(tmp_path):
    (tmp_path / "content" / "posts").mkdir(parents=True)
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "base.html").write_text("first")
    (tmp_path / "settings.py").write_text("first")
    return [tmp_path / name for name in ("content", "theme", "settings.py")]


def save_beside(path, text):
    """Save as editors do that never leave half a file: write another one, and rename it."""
    path.with_name("aside").write_text(text)
    os.replace(path.with_name("aside"), path)


def make_anew(folder):
    """Delete a folder and make it again, as a sync tool or a change of branch does; it may look the same."""
    shutil.rmtree(folder)
    (folder / "posts").mkdir(parents=True)


def swap(folder):
    """Put another folder in the place of one, as a deployment does."""
    new = folder.with_name("new")
    (new / "posts").mkdir(parents=True)
    folder.rename(folder.with_name("old"))
    new.rename(folder)


@pytest.mark.parametrize("change", [make_anew, swap])
def test_a_folder_made_anew_is_followed_and_all_that_comes_after(places, change):
    content = places[0]
    with Watch(places) as watch:
        watch.sees(change, content)
        watch.sees((content / "posts" / "a.md").write_text, "first")
        watch.sees((content / "posts" / "a.md").write_text, "second")
        watch.sees((content / "posts" / "a.md").unlink)


def test_a_file_that_is_replaced_again_and_again_is_followed(places):
    with Watch(places) as watch:
        watch.sees(save_beside, places[2], "second")
        watch.sees(save_beside, places[2], "third")
        watch.sees(places[2].write_text, "fourth")
        watch.sees(places[1].joinpath("base.html").write_text, "second")


def test_what_is_gone_is_waited_for(places):
    content, theme, settings = places
    with Watch(places) as watch:
        watch.sees(shutil.rmtree, content)
        watch.sees(settings.unlink)
        watch.sees((theme / "base.html").write_text, "second")
        watch.sees(content.mkdir)
        watch.sees((content / "a.md").write_text, "first")
        watch.sees(settings.write_text, "second")


def test_what_was_never_there_is_waited_for_too(tmp_path):
    with Watch([tmp_path / "content"]) as watch:
        watch.sees((tmp_path / "content").mkdir)
        watch.sees((tmp_path / "content" / "a.md").write_text, "first")


def test_a_link_that_is_turned_to_another_folder_is_followed(places, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(places[0])
    with Watch([link]) as watch:
        link.unlink()
        watch.sees(link.symlink_to, places[1])
        watch.sees((places[1] / "base.html").write_text, "second")


def test_without_the_systems_help_the_files_are_looked_at_again_and_again(places):
    changes = follow_until_replaced(places, polls=True, last=None)
    next(changes)
    (places[0] / "posts" / "a.md").write_text("first")
    next(changes)
    changes.close()


def test_it_says_which_files_have_changed(places):
    content, theme, settings = places
    seen = queue.Queue()

    def run():
        for paths in follow_changes(places):
            seen.put(paths)
            if paths and content / "last.md" in paths:
                return

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert seen.get(timeout=30) is None
    for path, save in (
        (content / "posts" / "a.md", Path.write_text),
        (theme / "base.html", save_beside),
        (settings, save_beside),
        (settings, Path.write_text),
    ):
        save(path, "new")
        found = set()
        while path not in found:
            found |= seen.get(timeout=30)
    (content / "last.md").write_text("last")
    thread.join(30)
    assert not thread.is_alive()
