"""What every page needs is right whatever the site's address is."""

import base64
import hashlib

import pytest
from jinja2 import DictLoader, Environment, meta

from building.pelican_adapter.templates import (
    Once,
    format_permalink,
    format_policy,
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


ONCE = {
    "page.html": (
        "{% from 'macro.html' import show %}"
        "{% once %}{{ site() }}{% endonce %} "
        "{% once here %}{{ here }}{{ count(here) }}{% endonce %} "
        "{% once here, 2 %}{{ count(here) }}{% endonce %} {{ show(here, count) }}"
    ),
    "macro.html": "{% macro show(a, count) %}{% once a %}{{ a }}{{ count(a) }}{% endonce %}{% endmacro %}",
}


def dress_once():
    """Give an environment with the tag, and the list of what its templates have asked for."""
    environment = Environment(loader=DictLoader(ONCE), autoescape=True, extensions=[Once])
    asked = []
    environment.globals.update(
        site=lambda: asked.append("site") or "Site",
        count=lambda here: asked.append(here) or len(asked),
    )
    return environment, asked


def test_what_stands_in_once_is_drawn_once_for_each_value():
    environment, asked = dress_once()
    page = environment.get_template("page.html")
    first, other = page.render(here="a"), page.render(here="<b>")
    assert first == "Site a2 3 a4"
    assert other == "Site &lt;b&gt;5 6 &lt;b&gt;7"
    assert asked == ["site", "a", "a", "a", "<b>", "<b>", "<b>"]
    assert (page.render(here="a"), page.render(here="<b>")) == (first, other)
    assert len(asked) == 7


def test_two_tags_with_the_same_value_are_kept_apart():
    source = "{% once a %}1{% once a %}2{% endonce %}{% endonce %}{% once a %}3{% endonce %}"
    template = Environment(autoescape=True, extensions=[Once]).from_string(source)
    assert [template.render(a="x") for _ in range(2)] == ["123", "123"]


def test_nothing_that_was_drawn_once_outlives_its_environment():
    for _ in range(2):
        environment, asked = dress_once()
        environment.get_template("page.html").render(here="a")
        assert asked == ["site", "a", "a", "a"]


def test_the_names_that_a_template_reads_in_once_are_known():
    source = "{% once here %}{{ shown }}{% endonce %}"
    environment = Environment(autoescape=True, extensions=[Once])
    assert meta.find_undeclared_variables(environment.parse(source)) == {"here", "shown"}


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
