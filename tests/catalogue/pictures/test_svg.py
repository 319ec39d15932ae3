"""A drawing is served when it is one, and refused with its line when it could do more."""

import pytest

from catalogue.pictures.svg import judge_svg

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 40 20"'
)
INKSCAPE = "http://www.inkscape.org/namespaces/inkscape"
PIXEL = "data:image/png;base64,iVBORw0KGgo="


def judge(inside, more=""):
    """Judge a drawing with something inside, in its second line."""
    return judge_svg(f"{HEAD}{more}>\n{inside}\n</svg>".encode())


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h40v20z" fill="url(#g)" style="stroke:#000;mask:url(\'#m\')"/>',
        '<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>',
        f'<image href="{PIXEL}" width="1" height="1"/><image xlink:href="{PIXEL}"/>',
        '<symbol id="s"><circle r="3"/></symbol><use href="#s"/><use xlink:href="#s"/>',
        "<style>.a{fill:red}#b{filter:url(#f)}</style><text class='a'>What we read, on Monday</text>",
        "<title>onload=alert(1)</title><desc>javascript: is no word here</desc>",
        "<!-- a note --><g/>",
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>',
        f'<g xmlns:i="{INKSCAPE}" i:label="Layer 1" i:export-filename="C:\\Ann\\x.png"/>',
    ],
)
def test_a_drawing_is_served(inside):
    assert judge(inside) == ((40, 20), "", 0)


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        ("<script>x()</script>", "<script>"),
        ("<SCRIPT/>", "<SCRIPT>"),
        ('<g onload="x()"/>', "onload="),
        ('<g ONCLICK="x()"/>', "ONCLICK="),
        (
            '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
            "<foreignObject>",
        ),
        ('<p xmlns="http://www.w3.org/1999/xhtml"/>', "<p>"),
        ('<script xmlns="http://www.w3.org/1999/xhtml"/>', "<script>"),
        ('<a href="javascript:x()"><path/></a>', "<a>"),
        ('<use href="https://evil.example/x.svg#a"/>', "href="),
        ('<use xlink:href="other.svg#a"/>', "href="),
        ('<image href="//evil.example/pixel.png"/>', "href="),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "href="),
        ('<image href=" javascript:x()"/>', "href="),
        ('<animate attributeName="href" to="javascript:x()"/>', "<animate>"),
        ('<set attributeName="onload" to="x()"/>', "<set>"),
        ("<style>@import 'https://evil.example/a.css'</style>", "a style that loads"),
        ("<style>a{b:url(//evil.example)}</style>", "a style that loads"),
        ("<style>a{b:image-set('//evil.example' 1x)}</style>", "a style that loads"),
        ("<style><g/>@import '//evil.example';</style>", "<g> in a style"),
        ('<g xml:base="https://evil.example/"><use href="#a"/></g>', "base="),
        ("<style>a{b:u\\72l(//evil.example)}</style>", "a style that loads"),
        ('<path style="fill:url( &quot;https://evil.example&quot; )"/>', "style="),
        ('<path fill="url(https://evil.example/#g)"/>', "fill="),
        ("<?xml-stylesheet href='x.css'?>", "<?xml-stylesheet ?>"),
        ('<handler xmlns="http://www.w3.org/2001/xml-events"/>', "<handler>"),
        ('<g id="a"><use href="#a"/></g>', "<use> of itself"),
    ],
)
def test_what_could_do_more_is_refused_with_its_line(inside, seen):
    _, text, line = judge(inside)
    assert seen in text
    assert "save it as PNG" in text
    assert line == (2 if "of itself" not in seen and "style that" not in seen else 3)


def test_entities_are_refused_before_they_grow():
    source = f'<!DOCTYPE svg [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>{HEAD}><text>&b;</text></svg>'
    assert "<!ENTITY>" in judge_svg(source.encode())[1]


def test_attributes_that_a_document_type_adds_are_refused():
    source = f'<!DOCTYPE svg [<!ATTLIST image href CDATA "{PIXEL}">]>{HEAD}><image/></svg>'
    assert "<!ATTLIST>" in judge_svg(source.encode())[1]


def test_a_document_type_without_entities_is_what_drawing_programs_write():
    kind = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert judge_svg(f'<?xml version="1.0"?>\n{kind}\n{HEAD}/>'.encode())[1] == ""


def test_copies_are_counted_also_where_every_element_has_a_name():
    levels = ['<g id="l0"><path id="p"/></g>']
    levels += [
        f'<g id="l{n}">'
        + "".join(f'<use id="u{n}-{k}" href="#l{n - 1}"/>' for k in range(10))
        + "</g>"
        for n in range(1, 6)
    ]
    assert "more than a page can show" in judge("".join(levels), ' id="root"')[1]


def test_a_long_chain_of_copies_is_refused_and_ends_no_run():
    chain = "".join(f'<g id="c{n}"><use href="#c{n + 1}"/></g>' for n in range(3000))
    assert "too many times" in judge(chain)[1]


def test_copies_of_copies_are_counted_before_a_browser_draws_them():
    levels = ['<g id="l0"><path/></g>']
    levels += [f'<g id="l{n}">' + f'<use href="#l{n - 1}"/>' * 10 + "</g>" for n in range(1, 6)]
    assert "more than a page can show" in judge(f"<defs>{''.join(levels)}</defs>")[1]


@pytest.mark.parametrize(
    "data",
    [
        b"<svg",
        b"",
        HEAD.encode() + b">",
        b"\xff\xfe<\0",
        b"<svg xmlns='http://www.w3.org/2000/svg'><g></svg>",
        b"<?xml version='1.0' encoding='no-such'?><svg/>",
    ],
)
def test_what_is_cut_off_is_named(data):
    assert "damaged or was cut off" in judge_svg(data)[1]


@pytest.mark.parametrize("data", [b"<html/>", b"<svg/>", b"<svg xmlns='urn:x'/>"])
def test_what_is_no_drawing_is_refused(data):
    assert judge_svg(data)[1]


def test_very_deep_and_very_large_ones_are_refused():
    assert judge("<g>" * 200 + "</g>" * 200)[1]
    assert judge("<g/>" * 30_000)[1]
    assert judge(f"<!--{'x' * 1_000_001}-->")[1]


@pytest.mark.parametrize(
    ("more", "size"),
    [
        ("", (40, 20)),
        (' width="80"', (80, 40)),
        (' width="1in" height="2in"', (96, 192)),
        (' width="100%" height="100%"', (40, 20)),
        (' height="10px"', (20, 10)),
    ],
)
def test_its_size_is_that_of_its_box_or_as_typed(more, size):
    assert judge("<g/>", more)[0] == size


def test_a_drawing_is_shown_with_its_size_and_not_changed(build_site):
    data = f"{HEAD}><path d='M0 0h40v20z'/></svg>".encode()
    post = "Title: A\nDate: 2026-03-01\nTags: Reading\n\n![A wedge](../images/wedge.svg)\n"
    site = build_site({"posts/a.md": post, "images/wedge.svg": data})
    picture = site.page("posts/a/").one("img")
    assert (picture.get("width"), picture.get("height")) == ("40", "20")
    assert site.bytes("images/wedge.svg") == data
