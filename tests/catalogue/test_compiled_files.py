"""A compiled file is whole, or is the last one."""

import os

import pytest

from catalogue.compiled_files import write_compiled


def test_a_file_takes_the_place_of_the_last_one(tmp_path):
    path = tmp_path / "__pycache__" / "a.pyc"
    for data in (b"first", b"second"):
        write_compiled(str(path), data)
        assert path.read_bytes() == data
    assert list(path.parent.iterdir()) == [path]


def test_what_cannot_be_finished_leaves_the_last_one_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "a.pyc"
    path.write_bytes(b"last")

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError):
        write_compiled(str(path), b"next")
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"last"
