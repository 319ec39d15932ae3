"""A key changes with all that a page shows, and with nothing else."""

from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment

from building.jobs import Job
from building.page_keys import PageKeys
from building.pelican_adapter.content import Content
from building.pelican_adapter.template_compiler import TemplateCompiler
from catalogue.records import Record
from catalogue.text.links import Link
from catalogue.text.targets import Target

TEMPLATES = {
    "page.html": '{% extends "base.html" %}{% from "macro.html" import m %}'
    '{{ shown }}{{ article.title }}{{ "/about/"|address }}',
    "base.html": '{% include "part.html" %}{{ SITENAME }}',
    "part.html": "{{ everywhere }}",
    "macro.html": "{% macro m() %}{% endmacro %}",
    "other.html": "Other",
}


def make_text(values=None, **facts):
    text = Content.__new__(Content)
    record = Record("posts/a.md", "post", values=values or {}, digest="d")
    day = datetime(2026, 1, 2, tzinfo=UTC)
    text.__dict__ = {"title": "A", "date": day, "topics": [], "record": record, **facts}
    return text


def sign(
    templates=TEMPLATES, context=None, constants=None, targets=None, planned=("/about/",), **words
):
    """Return the key of a page of one template."""
    environment = Environment(loader=DictLoader(templates))
    environment.filters["address"] = str
    environment.code_generator_class = TemplateCompiler
    template = environment.get_template("page.html")
    shared = {"everywhere": 1, "nowhere": 1, "SITENAME": "S", **(context or {})}
    job = Job("a/index.html", lambda: b"", words, template, shared)
    return PageKeys(constants or {"SITENAME": "S"}, targets or {}, planned, {}).make_key(job)


@dataclass
class Thing:
    name: str


@pytest.mark.parametrize(
    "change",
    [
        {"templates": {**TEMPLATES, name: TEMPLATES[name] + "!"}}
        for name in ("page.html", "base.html", "part.html", "macro.html")
    ]
    + [
        {"context": {"everywhere": 2}},
        {"constants": {"SITENAME": "T"}},
        {"planned": ()},
        {"planned": ("/about/", "/questions/")},
        {"shown": 2},
        {"shown": [1, {"a": Thing("b")}]},
        {"shown": make_text(title="B")},
        {"shown": [make_text(values={"Place": "Here"})]},
        {"article": make_text(title="B")},
        {"article": make_text(topics=[SimpleNamespace(label=("a", "A", "topics/a/"))])},
        {"article": make_text(newer=make_text(title="N"))},
        {"article": make_text(related=[make_text(date=datetime(2026, 1, 3, tzinfo=UTC))])},
    ],
)
def test_what_a_page_shows_is_in_its_key(change):
    usual = {"shown": 1, "article": make_text()}
    assert sign(**{**usual, **change}) != sign(**usual)


@pytest.mark.parametrize(
    "change",
    [
        {"templates": {**TEMPLATES, "other.html": "Changed"}},
        {"context": {"nowhere": 2}},
        {"context": {"SITENAME": "in the context, as a constant is"}},
        {"hidden": 2},
        {"targets": {"posts/b.md": Target("/posts/b/")}},
        {"planned": ("/about/", "/posts/b/")},
    ],
)
def test_what_a_page_does_not_show_is_not_in_its_key(change):
    usual = {"shown": 1, "article": make_text()}
    assert sign(**{**usual, **change}) == sign(**usual)


def test_a_text_shows_the_addresses_and_sizes_of_what_it_links_to_and_of_nothing_else():
    links = [Link(1, "img", "../images/a.png", "images/a.png"), Link(2, "a", "/b.pdf", "/b.pdf")]
    text = Record("posts/a.md", "post", digest="d", links=links)
    usual = {"images/a.png": Target("/images/a.png", 40, 30), "/b.pdf": Target("/b.pdf")}
    keys = {
        sign(shown=text, targets={**usual, path: Target(*target)})
        for path, target in [
            ("images/c.png", ("/images/c.png", 1, 1)),
            ("images/a.png", ("/images/a.png", 40, 31)),
            ("images/a.png", ("/images/A.png", 40, 30)),
            ("/b.pdf", ("/c.pdf",)),
        ]
    }
    assert len(keys) == 4
    assert sign(shown=text, targets=usual) in keys


def test_a_text_shows_the_place_that_a_link_by_name_leads_to():
    links = [Link(1, "a", "[[b#Aims]]", "posts/b.md", fragment) for fragment in ("", "aims")]
    texts = [Record("posts/a.md", "post", digest="d", links=[link]) for link in links]
    targets = {"posts/b.md": Target("/posts/b/")}
    assert sign(shown=texts[0], targets=targets) != sign(shown=texts[1], targets=targets)


def test_a_list_shows_of_a_text_its_card_and_not_what_stands_around_it():
    plain = sign(shown=[make_text()])
    assert sign(shown=[make_text(newer=make_text(title="N"), replies=[Thing("c")])]) == plain
    assert sign(shown=[make_text(comments=3)]) != plain


def test_what_cannot_be_reduced_to_a_key_stops_the_build():
    with pytest.raises(TypeError, match="SimpleNamespace cannot be reduced"):
        sign(shown=SimpleNamespace())
