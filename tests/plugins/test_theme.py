"""What every page needs is right whatever the site's address is."""

import base64
import hashlib

import pytest

from plugins.theme import (
    format_permalink,
    format_policy,
    format_thousands,
    read_root,
    read_stylesheet,
)


@pytest.mark.parametrize(
    ("address", "root"),
    [
        ("https://example.org", ""),
        ("https://example.org/", ""),
        ("https://example.github.io/blog", "/blog"),
        ("http://localhost:8000", ""),
        ("https://example.org/a/b", "/a/b"),
    ],
)
def test_the_root_is_the_path_of_the_address(address, root):
    assert read_root(address) == root


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("index.html", "https://e.org/b/"),
        ("posts/a/index.html", "https://e.org/b/posts/a/"),
        ("posts\\a\\index.html", "https://e.org/b/posts/a/"),
        ("404.html", "https://e.org/b/404.html"),
    ],
)
def test_a_permalink_is_what_a_reader_would_type(file, address):
    assert format_permalink(file, "https://e.org/b") == address


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (999, "999"), (1024, "1,024")])
def test_thousands_have_commas(number, text):
    assert format_thousands(number) == text


def test_the_policy_names_the_style_by_its_hash_and_allows_nothing_else():
    digest = base64.b64encode(hashlib.sha256(b"p { color: red }").digest()).decode()
    policy = format_policy("p { color: red }")
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_a_stylesheet_loses_its_comments_and_indents_and_nothing_else(tmp_path):
    path = tmp_path / "style.css"
    path.write_text(
        "/* why\n */\n@layer a {\n  .b :is(p) { x: 1; } /* c */\n\n}\n", encoding="utf-8"
    )
    assert str(read_stylesheet(path, 1)).split("\n") == ["@layer a {", ".b :is(p) { x: 1; }", "}"]


def test_a_stylesheet_cannot_close_its_element(tmp_path):
    path = tmp_path / "style.css"
    path.write_text('p::after { content: "</style>" }', encoding="utf-8")
    assert "</" not in read_stylesheet(path, 1)
