"""Work that is shared out comes back whole, in order, and with its errors."""

import os
from itertools import islice
from pathlib import Path

import pytest

from catalogue import workers
from catalogue.problems import Refused
from catalogue.workers import (
    PIECES_A_CHUNK,
    PIECES_A_PROCESS,
    collect_results,
    fill_queue,
    fork_worker,
    share_work,
    work_beside,
    work_off,
)
from tests.conftest import FORKING

PIECES = list(range(5 * PIECES_A_PROCESS))


def make_doubler():
    return lambda number: [2 * number, os.getpid()]


@pytest.mark.parametrize("cores", [1, 2, 3, None])
def test_results_come_in_the_order_of_the_pieces(monkeypatch, cores):
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    found = list(share_work(make_doubler, PIECES))
    assert [number for number, _ in found] == [2 * number for number in PIECES]


@FORKING
@pytest.mark.parametrize(
    "value",
    ["ä \ud800 \0", b"\0\xff", 1.5, None, ("a", ["b", ("c",)]), {"a": {1: True}}],
    ids=ascii,
)
def test_what_another_process_makes_is_the_same_here(monkeypatch, value):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    pieces = PIECES[: 2 * PIECES_A_PROCESS]
    parent = os.getpid()

    def make_own():
        if os.getpid() == parent:  # so that the other one does all
            os.read(way_out, 1)
        return lambda _: "made here" if os.getpid() == parent else value

    way_out, entrance = os.pipe()
    monkeypatch.setattr(
        workers, "fork_worker", lambda *words: wait_for(fork_worker(*words), entrance)
    )
    assert list(share_work(make_own, pieces)) == [value] * len(pieces)


def wait_for(child, entrance):
    """Return a process once it has ended, though nobody has waited for it; then let this one begin."""
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    os.close(entrance)
    return child


@FORKING
def test_much_work_is_done_by_as_many_processes_as_there_are_cores(monkeypatch):
    """Each process can go on only when all three have begun."""
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    pipes = [os.pipe() for _ in range(3)]

    def make_waiter():
        begun = []

        def work(number):
            if not begun:
                begun.append(number)
                for _, entrance in pipes:
                    os.write(entrance, b"x")
                own = pipes[number // PIECES_A_CHUNK][0]
                assert b"".join(os.read(own, 1) for _ in pipes) == b"xxx"
            return os.getpid()

        return work

    assert len(set(share_work(make_waiter, PIECES))) == 3


def test_little_work_is_done_by_this_process(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    found = list(share_work(make_doubler, PIECES[:PIECES_A_PROCESS]))
    assert {process for _, process in found} == {os.getpid()}


@FORKING
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


@FORKING
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


@FORKING
def test_a_process_that_fails_gives_nothing(tmp_path):
    with Path(tmp_path / "half").open("w+b") as file:
        pieces = [2, 1, 0]
        child = fork_worker(lambda: lambda number: 1 // number, pieces, fill_queue(3), 16, file)
        assert collect_results(child, file) == {}


def test_each_chunk_is_worked_off_once():
    pieces = PIECES[: 3 * PIECES_A_CHUNK + 1]
    queue = fill_queue(len(pieces))
    first = [number for number, _ in islice(work_off(str, pieces, queue), PIECES_A_CHUNK + 2)]
    rest = [number for number, _ in work_off(str, pieces, queue)]
    os.close(queue)
    assert first == [*range(PIECES_A_CHUNK + 2)]
    assert rest == [*range(2 * PIECES_A_CHUNK, 3 * PIECES_A_CHUNK + 1)]


@FORKING
def test_a_long_row_of_pieces_fits_into_the_queue(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert list(share_work(lambda: abs, range(300_000))) == list(range(300_000))


@FORKING
def test_work_beside_a_block_is_done_by_another_process_when_the_block_ends(monkeypatch, tmp_path):
    """The work can end only when the block has begun."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    file, (way_out, entrance) = tmp_path / "made", os.pipe()

    def work():
        file.write_bytes(os.read(way_out, 1) + str(os.getpid()).encode())

    with work_beside(work, is_much=True):
        os.write(entrance, b"x")
    assert file.read_text().startswith("x")
    assert file.read_text() != f"x{os.getpid()}"


@pytest.mark.parametrize(("cores", "is_much"), [(1, True), (2, False), (None, True)])
def test_work_that_no_process_is_worth_or_to_be_had_for_is_done_before_the_block(
    monkeypatch, cores, is_much
):
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    done = []
    with work_beside(lambda: done.append(os.getpid()), is_much):
        assert done == [os.getpid()]
    assert done == [os.getpid()]


@FORKING
def test_work_that_the_process_beside_could_not_do_is_done_after_the_block(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    parent, done = os.getpid(), []
    with work_beside(lambda: done.append(1) if os.getpid() == parent else os._exit(1), True):
        assert done == []
    assert done == [1]


@FORKING
@pytest.mark.parametrize("error", [ValueError(), OSError(), SystemExit(), Refused("why")])
def test_an_error_in_the_block_is_raised_when_the_work_beside_it_is_done(
    monkeypatch, tmp_path, error
):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    file, (way_out, entrance) = tmp_path / "made", os.pipe()

    def work():
        file.write_bytes(os.read(way_out, 1))

    def go_wrong():
        os.write(entrance, b"x")
        raise error

    with pytest.raises(type(error)), work_beside(work, is_much=True):
        go_wrong()
    assert file.read_bytes() == b"x"


@FORKING
def test_ctrl_c_in_the_block_ends_the_process_beside_it(monkeypatch):
    started, fork = [], os.fork
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(os, "fork", lambda: started.append(fork()) or started[-1])
    with pytest.raises(KeyboardInterrupt), work_beside(lambda: os.read(os.pipe()[0], 1), True):
        raise KeyboardInterrupt
    (child,) = started
    with pytest.raises(ChildProcessError):
        os.waitpid(child, 0)
