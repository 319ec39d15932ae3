"""A text is made ready for its page: its tables, headings, code and bare links."""

import pytest

from plugins.page_text import prepare_text, set_tables
from tests.conftest import draw_png

TABLE = "| Year | Lent |\n|:----:|-----:|\n| 2019 | 12 |\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<td align="right">', '<td class="text-right">'),
        ('<td align="center" colspan="2">', '<td colspan="2" class="text-center">'),
        ('<td class="text-left" align="right">', '<td class="text-left">'),
        (
            '<thead><tr><th align="left">x</th></tr></thead>',
            '<thead><tr><th scope="col" class="text-left">x</th></tr></thead>',
        ),
        (
            '<thead><tr><th scope="row">x</th></tr></thead>',
            '<thead><tr><th scope="row">x</th></tr></thead>',
        ),
        ("<tbody><tr><th>x</th></tr></tbody>", "<tbody><tr><th>x</th></tr></tbody>"),
        (
            '<thead><tr><th align="right"></th><th>x</th></tr></thead>',
            '<thead><tr><td class="text-right"></td><th scope="col">x</th></tr></thead>',
        ),
        ('<tr><th id="a" scope="row" lang="he"> </th></tr>', '<tr><td id="a" lang="he"></td></tr>'),
        ('<img align="right" src="x">', '<img align="right" src="x">'),
        ("<p>a td align=&quot;right&quot;</p>", "<p>a td align=&quot;right&quot;</p>"),
    ],
)
def test_a_table_is_written_as_html_has_it_today(before, after):
    assert set_tables(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<img src="x" align="left" alt="">', '<img src="x" alt="" class="float-left">'),
        ('<img align="Right" class="y">', '<img class="float-right y">'),
        ('<img align="left" class="y float-right">', '<img class="y float-right">'),
        ('<img align="middle">', '<img align="middle">'),
        ('<ol type="a" start="3">', '<ol type="a" start="3" class="lower-alpha">'),
        ('<ol class="y" type="I">', '<ol class="upper-roman y" type="I">'),
        ('<ol type="1">', '<ol type="1">'),
        ('<p title="<ol type=">x</p>', '<p title="<ol type=">x</p>'),
    ],
)
def test_a_picture_at_one_side_and_a_list_with_letters_say_so_by_a_class(before, after):
    assert prepare_text(before, "", {}) == after


def test_code_is_reached_by_keyboard_and_a_bare_link_is_marked():
    source = '<pre><code>x</code></pre><p><a href="https://e.com">https://e.com</a></p>'
    html = prepare_text(f'{source}<pre class="y">x</pre>', "", {})
    assert '<pre tabindex="0"><code>' in html
    assert '<pre tabindex="0" class="y">' in html
    assert '<a class="bare" href="https://e.com">' in html


@pytest.mark.parametrize(
    ("link", "is_bare"),
    [
        ('<a href="https://e.com/x" title="A title">https://e.com/x</a>', True),
        ('<a href="https://e.com/x"><code>https://e.com/x</code></a>', True),
        ('<a href="https://e.com/x" rel="me"><code>e.com/x</code></a>', True),
        ('<a href="mailto:ann@e.com">ann@e.com</a>', True),
        ('<a href="mailto:ann@e.com">Ann</a>', False),
        ('<a href="https://e.com/x" title="A title">e.com</a>', False),
        ('<a href="https://e.com/x" class="y">https://e.com/x</a>', False),
    ],
)
def test_a_link_is_bare_whose_words_are_its_address(link, is_bare):
    assert ('class="bare"' in prepare_text(f"<p>{link}</p>", "", {})) == is_bare


def test_a_box_has_what_is_but_there_or_not_without_a_value():
    box = '<input type="checkbox" disabled="" checked="">'
    html = prepare_text(f'<p><label>{box} x</label> <code>disabled=""</code></p>', "", {})
    assert '<input type="checkbox" disabled checked> x' in html
    assert '<code>disabled=""</code>' in html


def test_a_scope_note_is_made_ready_as_a_text_is(build_site):
    note = f"Title: A\n\n{TABLE}\n![A card](../images/card.png)\n"
    site = build_site({"topics/a.md": note, "images/card.png": draw_png()})
    page = site.page("topics/a/")
    assert [td.get("class") for td in page.all("td")] == ["text-center", "text-right"]
    assert not [e for e in page.all("*") if e.get("align")]
    assert [(img.get("width"), img.get("height")) for img in page.all("img")] == [("4", "3")]


def test_a_table_of_a_text_has_heads_of_columns_and_no_old_attribute(build_site):
    post = f"Title: A\nDate: 2026-03-01\nTags: Reading\n\n{TABLE}"
    page = build_site({"posts/a.md": post}).page("posts/a/")
    assert [th.get("scope") for th in page.all("th")] == ["col", "col"]
    assert [td.get("class") for td in page.all("td")] == ["text-center", "text-right"]
    assert not [e for e in page.all("*") if e.get("align")]
