"""Make a skipped test a failure where CI=true: there, whatever a test needs must be in place.

What cannot be put in place does not count: a system without what a test is about, or a user without
the right to do it. A test says that with a `skipif` mark; what could be missing by mistake, such as a
browser, is looked for when the test runs, and `pytest.skip` says so.
"""

import os

import pytest


def count_missed(reporter):
    """Return how many tests were skipped in spite of CI=true, for want of what should be there."""
    skipped = reporter.stats.get("skipped", []) if os.environ.get("CI") == "true" else []
    return sum("skipif" not in report.keywords for report in skipped)


def pytest_sessionfinish(session):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and count_missed(reporter) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    if missed := count_missed(terminalreporter):
        terminalreporter.write_line(f"CI=true: {missed} skipped, which counts as failed.")
