"""What stands in `{% once %}` is drawn once, and nothing may stand there that differs from page to page."""

import pytest
from jinja2 import DictLoader, Environment, TemplateSyntaxError, meta

from building.pelican_adapter.once import Once
from building.pelican_adapter.template_compiler import TemplateCompiler

ONCE = {
    "page.html": (
        "{% from 'macro.html' import show %}"
        "{% once %}{{ SITE() }}{% endonce %} "
        "{% once here %}{{ here }}{{ COUNT(here) }}{% endonce %} "
        "{% once here, 2 %}{{ COUNT(here) }}{% endonce %} {{ show(here, COUNT) }}"
    ),
    "macro.html": "{% macro show(a, COUNT) %}{% once a %}{{ a }}{{ COUNT(a) }}{% endonce %}{% endmacro %}",
}


def make_environment():
    """Return an environment with the tag, and the list of what its templates have asked for."""
    environment = Environment(loader=DictLoader(ONCE), autoescape=True, extensions=[Once])
    asked = []
    environment.globals.update(
        SITE=lambda: asked.append("site") or "Site",
        COUNT=lambda here: asked.append(here) or len(asked),
    )
    return environment, asked


def test_what_stands_in_once_is_drawn_once_for_each_value():
    environment, asked = make_environment()
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
        environment, asked = make_environment()
        environment.get_template("page.html").render(here="a")
        assert asked == ["site", "a", "a", "a"]


def test_the_names_that_a_template_reads_in_once_are_known():
    source = "{% once here %}{{ SHOWN }}{% endonce %}"
    environment = Environment(autoescape=True, extensions=[Once])
    assert meta.find_undeclared_variables(environment.parse(source)) == {"here", "SHOWN"}


def compile_once(source, **others):
    """Compile a template, which may import macros from others."""
    others = {f"{name}.html": text for name, text in others.items()}
    environment = Environment(loader=DictLoader({"page.html": source, **others}), extensions=[Once])
    environment.code_generator_class = TemplateCompiler
    return environment.get_template("page.html")


@pytest.mark.parametrize(
    ("source", "name", "line"),
    [
        # The example of a date that one post would have shown on the page of another.
        ("{% once article.author %}{{ article.date }}{% endonce %}", "article", 1),
        (
            "{% once article.author %}{{ article.author.name }}\n{{ article }}{% endonce %}",
            "article",
            2,
        ),
        ("\n{% once %}\n{{ output_file }}{% endonce %}", "output_file", 3),
        ("{% set a = 1 %}{% once %}{{ a }}{% endonce %}", "a", 1),
        ("{% for a in b %}{% once %}{{ a }}{% endonce %}{% endfor %}", "a", 1),
        ("{% macro m(a) %}{% once %}{{ a }}{% endonce %}{% endmacro %}", "a", 1),
        ("{% once %}{% for a in b %}{{ a }}{% endfor %}{% endonce %}", "b", 1),
        ("{% once a %}{% if b %}{% endif %}{% endonce %}", "b", 1),
        ("{% once a %}{{ a|f(b) }}{% endonce %}", "b", 1),
        ("{% once a %}{% include 'x' %}{% endonce %}", "include", 1),
        ("{% once a %}{{ self.title() }}{% endonce %}", "self", 1),
        ("{% once a %}{% once b %}{{ a }}{% endonce %}{% endonce %}", "b", 1),
        ("{% macro m() %}\n{{ b }}{% endmacro %}{% once a %}{{ m() }}{% endonce %}", "b", 2),
    ],
)
def test_what_may_differ_where_the_key_is_the_same_is_refused_with_its_line(source, name, line):
    with pytest.raises(TemplateSyntaxError) as refused:
        compile_once(source.replace("|f(b)", "|default(b)"))
    assert refused.value.message.startswith(f"“{name}” stands inside {{% once %}}")
    assert (refused.value.lineno, refused.value.name) == (line, "page.html")


@pytest.mark.parametrize(
    "source",
    [
        "{% once %}{{ SITENAME }}{{ site_url }}{% endonce %}",
        "{% once %}{% for link in navigation %}{{ link }}{{ loop.last }}{% endfor %}{% endonce %}",
        "{% once a %}{{ a.b.c }}{% endonce %}",
        "{% once a.b %}{{ a.b }}{{ a.b.c }}{% endonce %}",
        "{% once a, b.c %}{{ a }}{{ b.c }}{% endonce %}",
        "{% once %}{% set a = 1 %}{{ a }}{% endonce %}",
        "{% once a %}{% if a %}{% set b %}{{ a }}{% endset %}{{ b }}{% endif %}{% endonce %}",
        "{% once a %}{% for b, c in a %}{{ b }}{{ c }}{% endfor %}{% endonce %}",
        "{% once %}{% with a = 1 %}{{ a }}{% endwith %}{% endonce %}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{% once a %}{{ m(a) }}{% endonce %}",
        "{% from 'macros.html' import m, n as o %}{% once a %}{{ m(a) }}{{ o(a) }}{% endonce %}",
        "{% once a %}{% once a %}{{ a }}{% endonce %}{% endonce %}",
    ],
)
def test_what_is_the_same_wherever_the_key_is_may_stand_there(source):
    macros = "{% macro m(x) %}{{ x }}{% endmacro %}{% macro n(x) %}{{ x }}{% endmacro %}"
    compile_once(source, macros=macros)
