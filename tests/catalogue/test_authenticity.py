"""A digest that only this user can make, by a key that no copy of the project has."""

import os
import stat
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import authenticity
from catalogue.authenticity import KEY_BYTES, authenticate, locate_key, read_key

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights and links")
TEXTS = st.lists(st.text(max_size=4), max_size=4)


@pytest.fixture
def state(tmp_path, monkeypatch):
    """Return the folder that a new key would be kept in."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


@given(one=TEXTS, other=TEXTS)
def test_only_the_same_texts_have_the_same_digest(one, other):
    key = bytes(KEY_BYTES)
    same = authenticate(key, "p", *one) == authenticate(key, "p", *other)
    assert same == (one == other)


def test_another_key_and_another_purpose_make_another_digest():
    digests = {authenticate(key, what, "x") for key in (b"k" * 32, b"l" * 32) for what in "ab"}
    assert len(digests) == 4


def test_the_key_is_made_once_and_is_for_its_owner_only(state):
    key = read_key()
    assert len(key) == KEY_BYTES
    assert read_key() == key
    (path,) = [path for path in state.rglob("*") if path.is_file()]
    assert path == locate_key()
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_two_users_have_two_keys(tmp_path, monkeypatch):
    keys = set()
    for name in ("one", "other"):
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / name))
        keys.add(read_key())
    assert len(keys) == 2


def test_many_first_runs_at_once_end_with_one_key_and_no_litter(state):
    code = "from catalogue.authenticity import read_key; print(read_key().hex())"
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code], cwd=authenticity.ROOT, stdout=subprocess.PIPE
        )
        for _ in range(4)
    ]
    seen = {run.communicate()[0].decode().strip() for run in runs}
    assert read_key().hex() in seen
    assert os.listdir(state / authenticity.FOLDER) == [authenticity.KEY_NAME]


@pytest.mark.parametrize("damage", [b"", b"short", b"k" * 33, b"k" * 4096])
def test_what_is_no_key_is_made_anew(state, damage):
    read_key()
    locate_key().write_bytes(damage)
    key = read_key()
    assert len(key) == KEY_BYTES
    assert read_key() == key


@POSIX
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_key_that_others_may_have_seen_is_made_anew(state, mode):
    key = read_key()
    locate_key().chmod(mode)
    assert read_key() not in (key, b"")
    assert stat.S_IMODE(locate_key().stat().st_mode) == 0o600


@POSIX
@pytest.mark.parametrize("what", ["link", "dangling link", "folder", "pipe"])
def test_what_stands_in_the_place_of_the_key_is_left_alone_and_no_key(state, tmp_path, what):
    read_key()
    path = locate_key()
    path.unlink()
    other = tmp_path / "other"
    if what == "link":
        other.write_bytes(b"k" * KEY_BYTES)
        other.chmod(0o600)
    make = {"folder": path.mkdir, "pipe": lambda: os.mkfifo(path)}
    make.get(what, lambda: path.symlink_to(other))()
    before = path.lstat()
    assert read_key() == b""
    assert path.lstat() == before


@POSIX
def test_a_key_of_another_user_is_no_key_and_is_left_alone(state, monkeypatch):
    key = read_key()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert read_key() == b""
    monkeypatch.undo()
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    assert read_key() == key


@pytest.mark.parametrize(
    ("variables", "platform", "place"),
    [
        ({"HOME": "/home/ann"}, "linux", "/home/ann/.local/state"),
        ({"HOME": "/home/ann", "XDG_STATE_HOME": "/x"}, "linux", "/x"),
        ({"HOME": "/home/ann", "XDG_STATE_HOME": "x"}, "linux", "/home/ann/.local/state"),
        ({"HOME": "/home/ann", "XDG_STATE_HOME": ""}, "linux", "/home/ann/.local/state"),
        ({"HOME": "/Users/ann"}, "darwin", "/Users/ann/Library/Application Support"),
        ({"LOCALAPPDATA": "/c/ann", "HOME": "/d"}, "win32", "/c/ann"),
        ({"HOME": "/d"}, "win32", None),
        ({"HOME": ""}, "linux", None),
        ({"HOME": "/"}, "linux", None),
        ({"HOME": "somewhere"}, "linux", None),
        ({"HOME": "/home/ann", "XDG_STATE_HOME": str(authenticity.ROOT / "a")}, "linux", None),
        ({"HOME": str(authenticity.ROOT)}, "linux", None),
    ],
)
@POSIX
def test_the_key_lies_where_the_system_keeps_such_things_and_never_in_the_project(
    monkeypatch, variables, platform, place
):
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(authenticity.sys, "platform", platform)
    found = locate_key()
    monkeypatch.undo()
    assert found == (place and authenticity.Path(place) / "libraries-got-game" / "key")


def test_a_link_to_a_folder_in_the_project_is_no_place_for_the_key(tmp_path, monkeypatch):
    (tmp_path / "project" / "state").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "project" / "state")
    monkeypatch.setattr(authenticity, "ROOT", tmp_path / "project")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "link"))
    assert locate_key() is None
    assert read_key() == b""


def test_where_no_key_can_be_made_there_is_none(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert read_key() == b""
