"""Work that is shared out comes back whole, in order, and with its errors."""

import os
from pathlib import Path

import pytest

from plugins import workers
from plugins.workers import SOME, collect, fork_worker, share_work

PIECES = list(range(5 * SOME))
forking = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def make_doubler():
    return lambda number: [2 * number, os.getpid()]


@pytest.mark.parametrize("cores", [1, 2, 3, None])
def test_results_come_in_the_order_of_the_pieces(monkeypatch, cores):
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    found = list(share_work(make_doubler, PIECES))
    assert [number for number, _ in found] == [2 * number for number in PIECES]


@forking
def test_much_work_is_done_by_as_many_processes_as_there_are_cores(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    assert len({process for _, process in share_work(make_doubler, PIECES)}) == 3


def test_little_work_is_done_by_this_process(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    found = list(share_work(make_doubler, PIECES[:SOME]))
    assert {process for _, process in found} == {os.getpid()}


@forking
def test_what_a_process_that_dies_has_not_done_is_done_here(monkeypatch):
    parent = os.getpid()
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def make_mortal():
        return lambda number: number if os.getpid() == parent else os.abort()

    assert list(share_work(make_mortal, PIECES)) == PIECES


def test_an_error_is_raised_here_wherever_it_was_met(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def make_stumbler():
        return lambda number: 1 // (number - PIECES[-1])

    with pytest.raises(ZeroDivisionError):
        list(share_work(make_stumbler, PIECES))


@forking
def test_no_process_is_left_behind_when_the_work_is_broken_off(monkeypatch):
    started = []
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(
        workers, "fork_worker", lambda *words: started.append(fork_worker(*words)) or started[-1]
    )
    parent = os.getpid()

    def make_sleeper():
        def work(_):
            if os.getpid() == parent:
                raise KeyboardInterrupt
            os.read(os.pipe()[0], 1)  # for ever

        return work

    with pytest.raises(KeyboardInterrupt):
        list(share_work(make_sleeper, PIECES))
    (child,) = started
    with pytest.raises(ChildProcessError):
        os.waitpid(child, 0)


@forking
def test_a_process_that_fails_gives_nothing(tmp_path):
    with Path(tmp_path / "half").open("w+b") as file:
        child = fork_worker(lambda: lambda number: 1 // number, [2, 1, 0], file)
        assert collect(child, file) == []
