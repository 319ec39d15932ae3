"""What takes too long is ended, what does not is left alone, and no clock runs on after it."""

import signal
import sys
import threading

import pytest

from catalogue.text.time_limit import TooSlow, time_limit

timed = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no interval timer")


def run_for_ever():
    with time_limit(0.02):
        while True:
            pass


@timed
def test_what_takes_too_long_is_ended():
    with pytest.raises(TooSlow):
        run_for_ever()


@timed
def test_no_clock_runs_after_the_block():
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(10):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
    assert signal.getsignal(signal.SIGALRM) == before


def test_in_another_thread_there_is_no_limit():
    done = []

    def work():
        with time_limit(0.0001):
            done.append(sum(range(100_000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done
