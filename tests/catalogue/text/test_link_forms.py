"""An address is typed anew in the form that it had."""

import pytest

from catalogue.text.link_forms import retype_address, retype_link


@pytest.mark.parametrize(
    ("url", "path", "target", "typed"),
    [
        ("old.md", "posts/a.md", "posts/new.md", "new.md"),
        ("./old.md", "posts/a.md", "posts/new.md", "./new.md"),
        ("./old.md", "posts/2024/a.md", "posts/new.md", "../new.md"),
        ("old.md#x?y", "posts/a.md", "posts/new.md", "new.md#x?y"),
        ("old.md?v=1#x", "posts/a.md", "posts/new.md", "new.md?v=1#x"),
        ("../posts/old.md", "pages/a.md", "posts/new.md", "../posts/new.md"),
        ("old.md", "posts/a.md", "posts/a (b)/new name.md", "a%20%28b%29/new%20name.md"),
        ("{filename}old.md", "posts/a.md", "posts/new.md", "{filename}new.md"),
        ("{filename}/posts/old.md#x", "posts/a.md", "posts/new.md", "{filename}/posts/new.md#x"),
        ("|filename|old.md", "posts/a.md", "posts/new.md", "|filename|new.md"),
        ("[[old]]", "posts/a.md", "posts/new.md", "[[new]]"),
        ("[[old#A b]]", "posts/a.md", "posts/new.md", "[[new#A b]]"),
    ],
)
def test_a_link_to_a_file_keeps_its_form(url, path, target, typed):
    assert retype_link(url, path, target) == typed


@pytest.mark.parametrize(
    ("url", "typed"),
    [
        ("/posts/old/", "/posts/new/"),
        ("/posts/old", "/posts/new"),
        ("/posts/old/#x", "/posts/new/#x"),
        ("/posts/old/index.html", "/posts/new/index.html"),
    ],
)
def test_an_address_keeps_its_last_slash_or_goes_without(url, typed):
    assert retype_address(url, "/posts/new/") == typed
