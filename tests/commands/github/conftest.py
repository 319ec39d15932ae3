"""A repository on GitHub for the tests of what the steps of its workflows do."""

import pytest

from tests.github_api import make_environ, serving_api


@pytest.fixture
def api():
    """Return a stand-in for GitHub's API."""
    with serving_api() as server:
        yield server


@pytest.fixture
def environ(api, tmp_path, monkeypatch):
    """Return the variables of a run on GitHub, whose page is `summary.md` and whose words are `output`."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return make_environ(api, tmp_path)
