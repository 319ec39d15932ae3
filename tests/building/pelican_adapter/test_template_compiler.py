"""A compiled template shows what Jinja's own shows, and what it reads is what Jinja itself says."""

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError, meta
from markupsafe import Markup

from building.pelican_adapter.template_compiler import (
    TemplateCompiler,
    list_named_addresses,
    list_names_read,
)
from catalogue import known_versions
from catalogue.known_versions import KNOWN_VERSIONS

SOURCES = {
    "plain": "{{ a }} {{ b.c }} {{ d['e'] }}{% set f = a %}{{ f }}",
    "loop": "{% for x in xs if x.y %}{{ x }}{{ loop.index }}{% else %}{{ none_of_them }}{% endfor %}",
    "macro": "{% macro m(a, b=c) %}{{ a }}{{ b }}{{ d }}{% endmacro %}{{ m(1) }}",
    "blocks": "{% extends base %}{% block one %}{{ a }}{% block two %}{{ b }}{% endblock %}{% endblock %}",
    "with": "{% with a = b %}{{ a }}{% endwith %}{% include name %}{% from other import m %}{{ m(c) }}",
    "in a filter": "{{ a|default(b) }}{% filter upper %}{{ c }}{% endfilter %}{% if d %}{% endif %}",
}


@pytest.fixture
def environment():
    environment = Environment(loader=DictLoader(SOURCES))
    environment.globals.clear()
    environment.filters["address"] = str
    environment.code_generator_class = TemplateCompiler
    return environment


@pytest.mark.parametrize("version", ["known", "another"])
@pytest.mark.parametrize("name", SOURCES)
def test_the_names_are_those_that_jinja_finds(environment, monkeypatch, name, version):
    versions = {"known": min(KNOWN_VERSIONS["Jinja2"]), "another": "99"}
    monkeypatch.setattr(known_versions, "read_package_version", lambda _: versions[version])
    found = list_names_read(environment.get_template(name))
    wanted = meta.find_undeclared_variables(environment.parse(SOURCES[name]))
    assert found == sorted(wanted) != []


def test_the_addresses_that_a_template_names_are_found_without_drawing_it(environment):
    source = '{% if no %}{{ "rss"|address }}{% endif %}{{ x|address }}{{ "/a/"|address|upper }}'
    assert list_named_addresses(environment.parse(source)) == ["/a/", "/feeds/all.rss.xml"]


class Marked:
    """An object that says itself how it is written in HTML."""

    def __html__(self):
        return "<b>own</b>"

    def __str__(self):
        return "<not this>"


class MarkedText(Markup):
    """Markup of a kind of its own."""


class Text(str):
    """A text of a kind of its own."""


SHOWN = {
    "text": 'a <b> & "c"',
    "kind of text": Text("<i>"),
    "markup": Markup("<b>bold</b> &amp; "),
    "kind of markup": MarkedText("<i>kind</i>"),
    "object with HTML": Marked(),
    "number": 3,
    "nothing": None,
    "list": ["<", Markup("<b>")],
}
PLACES = {
    "a page": "<p>{{ x }}</p>{{ x }}",
    "a macro": "{% macro m(y, z='<') %}[{{ y }}{{ z }}]{% endmacro %}{{ m(x) }}{{ m(x, z=x) }}",
    "a macro with a caller": "{% macro m() %}({{ caller(x) }}){% endmacro %}"
    "{% call(y) m() %}{{ y }}{% endcall %}",
    "a loop": "{% for y in [x, x] %}{{ loop.index }}{{ y }}{{ f(y) }}{% endfor %}",
    "a block": "{% block b %}{{ x }}{{ f(x, z=x) }}{% endblock %}{{ self.b() }}",
    "a set text": "{% set y %}{{ x }}!{% endset %}{{ y }}",
    "a filter": "{{ x|default('<') }}{% filter upper %}{{ x }}{% endfilter %}",
    "a choice": "{{ x if x else '<' }}{{ '<' ~ x }}{{ x is none }}",
    "no escaping": "{% autoescape false %}{{ x }}{% endautoescape %}{{ x }}",
    "a choice of escaping": "{% autoescape on %}{{ x }}{{ f(x) }}{% endautoescape %}",
}


def show(source, values, *, is_own):
    """Return what a template shows, compiled by this site's compiler or by Jinja's."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    if is_own:
        environment.code_generator_class = TemplateCompiler
    return environment.from_string(source).render(**values)


@pytest.mark.parametrize("on", [True, False])
@pytest.mark.parametrize("kind", SHOWN)
@pytest.mark.parametrize("place", PLACES)
def test_what_is_shown_is_what_jinja_shows(place, kind, on):
    values = {"x": SHOWN[kind], "on": on, "f": lambda value, z="": Markup("{}-{}").format(value, z)}
    assert show(PLACES[place], values, is_own=True) == show(PLACES[place], values, is_own=False)


@pytest.mark.parametrize("source", ["{{ y }}", "{{ x.y }}", "{{ y() }}", "{{ m(y) }}"])
def test_a_name_that_nobody_has_set_ends_the_page(source):
    source = f"{{% macro m(z) %}}{{{{ z }}}}{{% endmacro %}}{source}"
    with pytest.raises(UndefinedError, match="y"):
        show(source, {"x": {}}, is_own=True)
