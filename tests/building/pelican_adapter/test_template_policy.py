"""What a browser would drop from a page in silence is named with its line when the site is built."""

import pytest
from jinja2 import DictLoader, Environment, TemplateSyntaxError

from building.pelican_adapter.stylesheet import format_source
from building.pelican_adapter.template_policy import PolicyGuard, find_dropped
from catalogue.project import ROOT

SHOWN = "{% set scripts = program|policy_source %}"
FETCHED = "{% set scripts = \"'self' 'wasm-unsafe-eval'\" if has_index else '' %}"


@pytest.mark.parametrize(
    ("source", "line", "seen"),
    [
        ("<p>\n<script>x()</script>", 2, "a script"),
        ('<SCRIPT src="/a.js"></script>', 1, "a script"),
        ("{# set\n #}\n<style>p { color: red }</style>", 3, "a <style> of its own"),
        ("<style>{{ other }}</style>", 1, "a <style> of its own"),
        ('<p\n style="color: red">x</p>', 2, "a style attribute"),
        ('<p class="{% if a > b %}c{% endif %}" style="{{ x }}">', 1, "a style attribute"),
        ('<a href="x" onclick="y()">z</a>', 1, "a program in an attribute"),
        ('<a href="javascript:y()">z</a>', 1, "a program in an attribute"),
        ('<link rel="stylesheet" href="/a.css">', 1, "a stylesheet that is fetched"),
        ('<link href="/a.css" rel=stylesheet>', 1, "a stylesheet that is fetched"),
        ('<iframe src="/a/"></iframe>', 1, "a page of another site in a frame"),
        ('<img alt="" src="https://elsewhere.example/a.png">', 1, "a file of another site"),
        ("<img alt='' src=//elsewhere.example/a.png>", 1, "a file of another site"),
        ('<form\n action="https://elsewhere.example/">', 2, "a form that is sent elsewhere"),
        ("<FORM method=post action=//{{ host }}/take>", 1, "a form that is sent elsewhere"),
        ('<form action="mailto:{{ address }}">', 1, "a form that is sent elsewhere"),
        ('<button formaction="http://{{ host }}/">x</button>', 1, "a form that is sent elsewhere"),
        ('<form action="javascript:y()"></form>', 1, "a program in an attribute"),
        ('<p title="a>b" style="color:red">', 1, "a style attribute"),
        ("<p title='>' data-x=\"'\"\nstyle=x>", 2, "a style attribute"),
        ('<br/style="color:red">', 1, "a style attribute"),
        ('<p class="x"style="color:red">', 1, "a style attribute"),
        ('<a title="a > b" onclick="y()">z</a>', 1, "a program in an attribute"),
        ('<img alt=">" src="//elsewhere.example/a.png">', 1, "a file of another site"),
        ('<link title=">" rel="stylesheet" href="/a.css">', 1, "a stylesheet that is fetched"),
        ('<link rel="alternate stylesheet" href="/a.css">', 1, "a stylesheet that is fetched"),
        ('<form data-x="{{ ">" }}>" action="//a.example/">', 1, "a form that is sent elsewhere"),
        ('<script type="text/javascript" data-x="application/ld+json">x</script>', 1, "a script"),
        ('<script type=module type="application/ld+json">x</script>', 1, "a script"),
        ("<script", 1, "a script"),
        (SHOWN + "<p>\n<script>other()</script>", 2, "a script"),
        (SHOWN + '<script\n src="/a.js"></script>', 1, "a script"),
        (SHOWN + "\n<script>{{ other }}</script>", 2, "a script"),
        (SHOWN + "<script> {{ program }} </script>", 1, "a script"),
        (SHOWN + "<script>{{ program }};other()</script>", 1, "a script"),
        (SHOWN + "<script>{{ program|upper }}</script>", 1, "a script"),
        (FETCHED + "<script>x()</script>", 1, "a script"),
        (FETCHED + "<script>{{ program }}</script>", 1, "a script"),
        (FETCHED + '<script src="data:text/javascript,x()"></script>', 1, "a script"),
        ("{% set scripts = program %}<script>{{ program }}</script>", 1, "a script"),
        ('{% set scripts = "" %}<script>x()</script>', 1, "a script"),
        ('<meta>\n<base href="/b/">', 2, "an address that all links of the page begin with"),
    ],
)
def test_what_the_policy_drops_is_found_with_its_line(source, line, seen):
    assert [found[:2] for found in find_dropped(source)] == [(line, seen)]


@pytest.mark.parametrize(
    "source",
    [
        "<style>{{ stylesheet(styles) }}</style>",
        '<script type="application/ld+json">{{ data }}</script>',
        SHOWN + "\n<script type=module>{{ program }}</script><SCRIPT>{{program|safe}}</SCRIPT >",
        SHOWN + "<script>\n{{- program -}}\n</script>",
        FETCHED
        + '<script src="{{ "/a.js"|address }}" data-x="a>b"></script><script src=/b.js></script>',
        '{% set scripts = a|policy_source ~ " " ~ b | policy_source if c else "" %}'
        "<script>{{ b }}</script><script>{{ a }}</script>",
        "{% set scripts %}{{ a|policy_source }}{% endset %}<script>{{ a }}</script>",
        f'{{% set scripts = "{format_source("x()")}" %}}<script>x()</script>',
        "<script type='Application/LD+JSON' data-x='>'>{{ data }}</script>",
        '<p title="a style = b, on time = c" data-style="x" class="a>b">style = "x"</p>',
        '{# <p style="x"> <script> #}<p class="style">{{ f(style="x", onload=1) }}</p>',
        '<p>one = 2, style = 3, "online = 4"</p>',
        '<a href="https://elsewhere.example/">x</a><img src="{{ site_root }}/a.png" alt="">',
        '<form action="{{ site_root }}/search/" data-action="https://elsewhere.example/"></form>',
        '<form method="get">action = https://elsewhere.example/</form>',
        '<my-form action="//elsewhere.example/"></my-form><form-row action="//a.example/"></form-row>',
        "<baseline-mark></baseline-mark><base-line></base-line>",
        '<link rel="icon" href="{{ icon }}"><link rel="schema.DC" href="http://purl.org/dc/terms/">',
    ],
)
def test_what_the_policy_admits_is_left_alone(source):
    assert not list(find_dropped(source))


def test_no_template_of_the_theme_has_such_a_thing():
    templates = sorted((ROOT / "theme" / "templates").rglob("*.html"))
    assert len(templates) > 10
    assert not [each for each in templates if list(find_dropped(each.read_text("utf-8")))]


def test_such_a_template_is_refused_with_the_remedy_for_its_first_fault():
    loader = DictLoader({"page": '<p>\n<p style="a">\n<script></script>'})
    with pytest.raises(
        TemplateSyntaxError, match=r"style attribute .* theme/static/style/"
    ) as told:
        Environment(loader=loader, extensions=[PolicyGuard]).get_template("page")
    assert told.value.lineno == 2
