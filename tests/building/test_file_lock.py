"""One process at a time has a lock, and a lock file never outlives its holder's work."""

import pytest

from building.file_lock import release_lock, take_lock, wait_for_lock


def give_up(waited):
    raise TimeoutError(waited)


def test_a_lock_is_had_by_one_at_a_time_and_its_file_goes_with_it(tmp_path):
    path = tmp_path / "new" / ".lock"
    first = wait_for_lock(path, give_up)
    assert take_lock(path) is None
    release_lock(first, path)
    assert not path.exists()
    second = wait_for_lock(path, give_up)
    release_lock(second, path)


def test_who_waits_is_asked_before_each_further_try(tmp_path):
    path, waits = tmp_path / ".lock", []
    first = wait_for_lock(path, give_up)

    def on_wait(waited):
        waits.append(waited)
        if len(waits) == 3:
            release_lock(first, path)

    release_lock(wait_for_lock(path, on_wait), path)
    assert waits == sorted(waits)
    assert len(waits) == 3


def test_what_the_waiting_raises_ends_it(tmp_path):
    path = tmp_path / ".lock"
    first = wait_for_lock(path, give_up)
    with pytest.raises(TimeoutError):
        wait_for_lock(path, give_up)
    release_lock(first, path)


def test_a_file_with_content_is_not_removed(tmp_path):
    path = tmp_path / ".lock"
    path.write_text("words")
    release_lock(wait_for_lock(path, give_up), path)
    assert path.read_text() == "words"
