"""What the tests of publishing share: blogs in repositories of their own."""

import pytest

from tests.repositories import PAGES, Blog


@pytest.fixture
def blog(tmp_path):
    """Return a blog whose texts are published, and whose site is not."""
    blog = Blog(tmp_path)
    blog.push()
    return blog


@pytest.fixture
def live(blog):
    """Return a blog whose site is on its branch."""
    assert blog.publish(pages=PAGES) == 0
    return blog
