"""What a template reads is known when it is compiled, and is what Jinja itself says."""

import pytest
from jinja2 import DictLoader, Environment, meta

from building.pelican_adapter.template_compiler import TemplateCompiler, list_named_addresses
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
    environment.extend(names_read={})
    environment.code_generator_class = TemplateCompiler
    return environment


@pytest.mark.parametrize("version", ["known", "another"])
@pytest.mark.parametrize("name", SOURCES)
def test_the_names_are_those_that_jinja_finds(environment, monkeypatch, name, version):
    versions = {"known": min(KNOWN_VERSIONS["Jinja2"]), "another": "99"}
    monkeypatch.setattr(known_versions, "read_package_version", lambda _: versions[version])
    environment.get_template(name)
    wanted = meta.find_undeclared_variables(environment.parse(SOURCES[name]))
    assert environment.names_read[name] == sorted(wanted) != []


def test_the_addresses_that_a_template_names_are_found_without_drawing_it(environment):
    source = '{% if no %}{{ "rss"|address }}{% endif %}{{ x|address }}{{ "/a/"|address|upper }}'
    assert list_named_addresses(environment.parse(source)) == ["/a/", "/feeds/all.rss.xml"]
