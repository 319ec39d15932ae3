"""What every page needs is right whatever the site's address is."""

from datetime import date
from functools import partial
from types import SimpleNamespace

import pytest
from jinja2 import Environment, StrictUndefined, TemplateRuntimeError, TemplateSyntaxError, meta
from markupsafe import Markup

from building.pelican_adapter.templates import (
    Constants,
    fill,
    find_address,
    format_permalink,
    mark_up,
    prepare,
    prepare_environment,
    read_root,
)
from building.words import format_counted, format_date
from plugins.page_text import mark_bare_links


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


CATALOGUE = SimpleNamespace(planned={"/", "/topics/", "/feeds/all.atom.xml", "/about/"})


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('{{ "home"|address }}', "/blog/home"),
        ('{{ "home"|address(in_full=true) }}', "https://e.org/blog/home"),
        ("{{ words.ways|marked }}", 'See <a href="/blog/topics">topics</a>'),
        ('{{ "a/index.html"|permalink }}', "https://e.org/blog/a/"),
    ],
)
def test_nothing_that_depends_on_the_pages_of_a_site_is_worked_out_beforehand(source, shown):
    """The code is kept for the next site, which may have other pages, and another address."""
    asked = []

    def find(name, in_full=False):
        asked.append(name)
        return f"{'https://e.org' if in_full else ''}/blog/{name}"

    site = {"SITEURL": "https://e.org/blog", "DATE_FORM": "{day}", "DEFAULT_LANG": "en"}
    words = {"ways": "See [topics](topics)", "months": (), "thousands": ","}
    environment = Environment(autoescape=True)
    prepare_environment(environment, site, words, find)
    code = environment.compile(environment.parse(source), "x", "x", raw=True)
    assert not asked
    assert "e.org" not in code
    template = environment.from_string(source)
    assert template.render() == shown


@pytest.fixture
def environment():
    """Return an environment with the filter for addresses, the words and the path of a site."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, extensions=[Constants])
    words = {"home": "<Home>", "posts": ("{number} post", "{number} posts")}
    environment.extend(constants=("/blog", words))
    environment.filters.update(
        address=partial(find_address, catalogue=CATALOGUE, site_url="https://e.org/blog"),
        counted=partial(format_counted, thousands="."),
        filled=partial(fill, prepared=prepare),
    )
    return environment


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('{{ "home"|address }}', "/blog/"),
        ('{{ "topics"|address }}', "/blog/topics/"),
        ('{{ "/about/"|address }}', "/blog/about/"),
        ('{{ "atom"|address(in_full=true) }}', "https://e.org/blog/feeds/all.atom.xml"),
    ],
)
def test_a_page_is_named_by_its_name_or_its_address(environment, source, shown):
    assert environment.from_string(source).render() == shown


@pytest.mark.parametrize("name", ["archives", "/abuot/", "about", "", "/topics"])
def test_a_page_that_the_site_does_not_have_ends_the_build(environment, name):
    template = environment.from_string('{{ "' + name + '"|address }}')
    with pytest.raises(TemplateRuntimeError, match=f"^the site has no page “{name}”. Write one of"):
        template.render()


def test_words_and_the_path_of_the_site_are_put_in_when_a_template_is_compiled(environment):
    source = "{{ words.home }} {{ site_root }}/ {{ 1|counted(words.posts) }} {{ a.words }} {{ a.site_root }}"
    shown = environment.from_string(source).render(a={"words": 7, "site_root": 8})
    assert shown == "&lt;Home&gt; /blog/ 1\N{NO-BREAK SPACE}post 7 8"
    assert meta.find_undeclared_variables(environment.parse(source)) == {"a"}


def test_a_word_that_there_is_not_is_told_with_the_line_of_the_template(environment):
    with pytest.raises(TemplateSyntaxError, match=r"no word hoem in theme/words\.py") as told:
        environment.from_string("\n{{ words.hoem }}")
    assert told.value.lineno == 2


@pytest.mark.parametrize(
    ("word", "values", "shown"),
    [
        ("Part {number} of {total}", {"number": 1, "total": 3}, "Part 1 of 3"),
        ("{b} & {a}", {"a": "<i>", "b": Markup("<b>B</b>")}, "<b>B</b> &amp; &lt;i&gt;"),
        ('{ {a} } "{" <', {"a": "{b}"}, "{ {b} } &#34;{&#34; &lt;"),
        ("[a](b) *c* `d`", {}, "[a](b) *c* `d`"),
    ],
)
def test_a_word_is_text_and_what_it_is_filled_with_too(word, values, shown):
    assert fill(word, prepared=prepare, **values) == shown


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("See [the <list>](topics).", 'See <a href="/topics">the &lt;list&gt;</a>.'),
        ("*a* `b_c` 2 * 3 [x] (y)", "<em>a</em> <code>b_c</code> 2 * 3 [x] (y)"),
        ("<b> { } {a} [b {a}](c)", '&lt;b&gt; { } &lt; <a href="/c">b &lt;</a>'),
    ],
)
def test_a_sentence_may_have_links_stresses_and_code(word, shown):
    prepared = partial(mark_up, find=lambda name: f"/{name}")
    assert fill(word, prepared=prepared, a="<") == shown


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0 posts"), (1, "1 post"), (2, "2 posts"), (12345, "12.345 posts")]
)
def test_a_number_stands_with_its_noun_on_one_line(number, shown):
    made = format_counted(number, ("{number} post", "{number} posts"), ".")
    assert made == shown.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("{day} {month} {year}", "3 März 2026"),
        ("{day}.{month_number}.{year}", "3.3.2026"),
        ("{month} {day}, {year}", "März 3, 2026"),
        ("{year}年{month_number}月{day}日", "2026年3月3日"),
    ],
)
def test_a_date_has_the_form_of_the_author_and_the_months_of_the_words(form, shown):
    assert format_date(date(2026, 3, 3), form, ["", "", "März", *[""] * 9]) == shown


@pytest.mark.parametrize(
    ("html", "is_marked"),
    [
        ('<a href="https://e.org/a?b=1&amp;c">https://e.org/a?b=1&amp;c</a>', True),
        ('<a href="http://www.e.org">www.e.org</a>', True),
        ('<a href="https://e.org" rel="ugc nofollow">https://e.org</a>', True),
        ('<a href="https://e.org/5%3C1::A%3E2" rel="x">https://e.org/5&lt;1::A&gt;2</a>', True),
        ('<a href="https://e.org/5%3C1::A%3E2">https://e.org/5&lt;1::A&gt;3</a>', False),
        ('<a href="https://e.org">e.org, the site</a>', False),
        ('<a href="https://e.org/a">https://e.org</a>', False),
        ('<a class="x" href="https://e.org">https://e.org</a>', False),
    ],
)
def test_a_link_that_shows_its_own_address_is_marked_for_paper(html, is_marked):
    assert (mark_bare_links(html) != html) is is_marked
    assert ('class="bare"' in mark_bare_links(html)) is is_marked
