"""Each page has the style that it needs, and a policy that admits no other."""

import base64
import hashlib
import re
from dataclasses import fields

import pytest

from building.pelican_adapter.stylesheet import (
    TEXT_PARTS,
    Policy,
    Stylesheet,
    find_text_parts,
    format_source,
    join_layers,
    minify,
)
from catalogue.project import ROOT

STYLE = ROOT / "theme" / "static" / "style"


@pytest.mark.parametrize(
    ("source", "small"),
    [
        (
            "/* why\n */\n@layer a {\n  .b :is(p, q) { x: 1; } /* c */\n\n}\n",
            "@layer a{.b :is(p,q){x:1}}",
        ),
        ('a::after { content: " ; {x: y} > \\" " }', 'a::after{content:" ; {x: y} > \\" "}'),
        ("a > b + c { m: calc(1px + 2px) -3px }", "a>b + c{m:calc(1px + 2px) -3px}"),
        (".a :hover, .a:hover { x: y }", ".a :hover,.a:hover{x:y}"),
        (
            "@media (width > 36rem) and (x: y) { a { b: c } }",
            "@media (width>36rem) and (x:y){a{b:c}}",
        ),
        ("@media (2rem < width <= 3rem) { a { b: c } }", "@media (2rem<width<=3rem){a{b:c}}"),
        ('p::after { content: "</style>" }', 'p::after{content:"<\\/style>"}'),
    ],
)
def test_css_loses_its_comments_and_needless_blanks_and_nothing_else(source, small):
    assert minify(source) == small


@pytest.mark.parametrize(
    ("css", "joined"),
    [
        ("@layer a{p{x:y}}@layer a{q{x:y}}", "@layer a{p{x:y}q{x:y}}"),
        ("@layer a{p{x:y}}@layer b{q{x:y}}", "@layer a{p{x:y}}@layer b{q{x:y}}"),
        ("@layer a,b;@layer a{p{x:y}}", "@layer a,b;@layer a{p{x:y}}"),
        ('@layer a{p{x:"}"}}@layer a{q{x:"{"}}', '@layer a{p{x:"}"}q{x:"{"}}'),
        ("@layer a{p{q{x:y}}}@layer a{}", "@layer a{p{q{x:y}}}"),
        ("p{x:y}q{x:y}", "p{x:y}q{x:y}"),
        ("", ""),
    ],
)
def test_what_follows_in_one_layer_is_one_block(css, joined):
    assert join_layers(css) == joined


def test_a_page_has_what_is_always_there_and_the_parts_that_it_names_each_once():
    style = Stylesheet({"base": "b{}", "one": "1{}", "two": "2{}"})
    assert style("two one two") == "b{}2{}1{}"
    assert style("") == "b{}"


def test_a_part_that_is_none_is_named_with_the_nearest_one():
    with pytest.raises(ValueError, match=r"has no comment\.css\. Did you mean comments\?"):
        Stylesheet({"base": "", "comments": ""})("comment")


@pytest.mark.parametrize(
    ("html", "parts"),
    [
        ("<p>Words.</p>", ""),
        ("<pre><code>x</code></pre>", " blocks mono code"),
        ("<table></table>", " table"),
        ('<p class="dquo float-left">x</p>', " placed"),
        ('<p class="dquo">float-left</p>', ""),
        ('<ol start="2" type="a"></ol>', " blocks placed"),
        ('<ol start="1984"></ol>', " blocks placed"),
        ('<ol class="lower-alpha"></ol>', " blocks placed"),
        ('<ol start="19"></ol>', " blocks"),
        ('<img src="x" align="left">', " picture placed"),
    ],
)
def test_a_text_needs_the_parts_that_its_html_shows(html, parts):
    assert find_text_parts(html) == parts
    assert find_text_parts("", ["<p>x</p>", html]) == parts


def test_notes_are_put_beside_their_signs():
    html = '<div class="footnote"><ol><li id="fn-1"></li><li id="fn-2"></li></ol></div>'
    part = find_text_parts(html).split()[-1]
    assert part == "beside:2"
    style = Stylesheet({"base": ""})(part)
    assert "[id=fnref-2]{anchor-name:--r2}" in style
    assert "[id=fn-2]{anchor-name:--n2;top:max(anchor(--r2 top," in style
    assert "fn-3" not in style


def test_every_part_that_a_text_may_need_is_there():
    assert {path.stem for path in STYLE.glob("*.css")} >= TEXT_PARTS.keys()


def test_every_part_is_used_somewhere():
    templates = "".join(p.read_text("utf-8") for p in (ROOT / "theme/templates").rglob("*.html"))
    named = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"set styles = (.*)", templates))))
    assert {path.stem for path in STYLE.glob("*.css")} <= {*named, *TEXT_PARTS, "base"}


def test_the_policy_names_the_style_by_its_hash_and_allows_nothing_of_others():
    digest = base64.b64encode(hashlib.sha256(b"p{}1{}").digest()).decode()
    policy = Policy(Stylesheet({"base": "p{}", "one": "1{}"}))("one")
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data:; media-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
    )


@pytest.mark.parametrize(
    ("scripts", "data", "sources"),
    [
        ("", "", ""),
        ("'self'", "", "; script-src 'self'; "),
        ("", "{}", f"; script-src {format_source('{}')}; "),
        ("'self'", "{}", f"; script-src 'self' {format_source('{}')}; "),
    ],
)
def test_what_programs_and_data_a_page_has_is_named_in_its_policy(scripts, data, sources):
    policy = Policy(Stylesheet({"base": "p{}"}))("", scripts, data)
    assert sources in policy
    assert policy.count("script-src") == (1 if sources else 0)


def test_what_was_drawn_by_now_is_no_part_of_what_a_page_shows():
    policy = Policy(Stylesheet({"base": "p{}"}))
    policy("", "'self'")
    assert [item.name for item in fields(policy)] == ["stylesheet"]
    assert [item.name for item in fields(policy.stylesheet)] == ["parts"]
