"""A browser that hangs when a test has ended keeps no other test waiting."""

import os
import signal
import sys

import pytest

from tests.browser.conftest import Browser


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_browser_that_does_not_close_a_context_is_killed_and_the_next_one_works(browser):
    own = Browser(browser.play, browser.path)
    own.seconds_to_close = 1
    context = own.open_context()
    context.new_page()
    os.kill(own.process, signal.SIGSTOP)
    own.close(context)
    assert own.open_context().new_page().evaluate("6 * 7") == 42
    own.close(own.running)
