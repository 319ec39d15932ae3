"""What the tests of the care of links share: a server that misbehaves, and a quick way to it."""

import pytest

from commands.link_care.web import open_web
from tests.commands.link_care.server import make_resolver, serving

SETTINGS = {"SITEURL": "https://blog.example.org", "TIMEZONE": "UTC"}


@pytest.fixture
def server():
    with serving() as server:
        yield server


@pytest.fixture
def waits():
    """List the seconds that would have been waited."""
    return []


@pytest.fixture
def web(waits):
    """Open the way to the server: nothing waits, and an answer has a second to come."""
    return open_web(SETTINGS, make_resolver(), pause=0, save_pause=0, seconds=1, sleep=waits.append)
