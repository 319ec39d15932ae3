"""A drawing is published without what it tells besides what is drawn, and every other byte stays."""

import base64
from io import BytesIO
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from catalogue.pictures.clean_svg import UncleanDrawing, clean_svg
from catalogue.pictures.facts import read_picture_facts
from catalogue.pictures.png import format_chunk
from catalogue.pictures.svg import judge_svg

NAMES = (
    'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:i="http://www.inkscape.org/namespaces/inkscape" '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
)
POST = "Title: A\nDate: 2026-03-01\nTags: Reading\n\n![A desk](../images/desk.svg)\n"
MARK = "Zq7Mark"


def wrap(inside, more=""):
    """Return a drawing with something inside, in its second line."""
    return f'<svg {NAMES} viewBox="0 0 40 20"{more}>\n{inside}\n</svg>'


def clean(inside):
    """Return what is left of what is inside a drawing."""
    before, after = wrap("¦").encode().split("¦".encode())
    cleaned = clean_svg(before + inside.encode() + after).data
    assert cleaned.startswith(before)
    assert cleaned.endswith(after)
    return cleaned[len(before) : -len(after)].decode()


def photograph(kind="JPEG", place=True):
    """Return a photograph with notes of its camera."""
    exif = Image.Exif()
    exif[0x010F] = MARK
    if place:
        exif[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0), 3: "E", 4: (13.0, 24.0, 0.0)}
    stream = BytesIO()
    Image.effect_noise((24, 16), 90).save(stream, kind, exif=exif)
    return stream.getvalue()


def embed(data, kind="jpeg"):
    """Return a picture as an address that has it inside."""
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


@pytest.mark.parametrize(
    ("inside", "left"),
    [
        (r"<!-- C:\Users\Ann --><g/>", "<g/>"),
        ("<text>A<!-- x --> desk</text>", "<text>A desk</text>"),
        ("<metadata>Ann<rdf:li>x</rdf:li><!-- y --></metadata>", "<metadata></metadata>"),
        ("<metadata id='m'/><i:grid/>",) * 2,
        ("<i:page i:x='A' y='B'><i:a>Ann</i:a></i:page>", "<i:page></i:page>"),
        ("<g i:label='&gt;Ann>'  id='a'\n i:cx = \"2\"/>", "<g  id='a'/>"),
        (
            "<style>a{b:'/* 1 */'} /* 2 */ c{d:e}</style>",
            "<style>a{b:'/* 1 */'} /**/ c{d:e}</style>",
        ),
        ("<style><![CDATA[a>b{c:d}/* <Ann> */]]></style>", "<style>a&gt;b{c:d}/**/</style>"),
        ("<style><!-- Ann -->a{b:c}</style>", "<style>a{b:c}</style>"),
        ("<g style='/* Ann */fill:red'/>", "<g style='/**/fill:red'/>"),
        ("<title>A desk</title><desc>By Ann &amp; Bob</desc>",) * 2,
        ("<g  id = 'a' data-name='> /* x */'/><text>/* y */ <![CDATA[<!-- z -->]]></text>",) * 2,
        ("<g xml:space='preserve'/><use xlink:href='#a'/>",) * 2,
    ],
)
def test_what_is_not_drawn_goes_and_all_else_stays(inside, left):
    assert judge_svg(wrap(inside).encode())[1] == ""
    assert clean(inside) == left
    assert clean(left) == left


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP"])
@pytest.mark.parametrize("write", [str, quote, lambda text: text.replace("A", "&#65;")])
@pytest.mark.parametrize("name", ["href", "xlink:href"])
def test_a_photograph_inside_is_published_as_one_beside_it_is(kind, write, name):
    data = photograph(kind)
    kind, address = kind.lower(), embed(data, kind.lower())
    head, _, code = address.partition(",")
    left = clean(f"<image width='9' {name}='{head},{write(code)}'/>")
    assert left.startswith(f"<image width='9' {name}='data:image/{kind};base64,")
    published = base64.b64decode(left.partition(",")[2].removesuffix("'/>"))
    assert MARK.encode() in data
    assert MARK.encode() not in published
    with Image.open(BytesIO(published)) as image, Image.open(BytesIO(data)) as original:
        assert not image.getexif()
        assert image.tobytes() == original.tobytes()


def test_code_in_lines_as_programs_write_it_is_read():
    code = base64.encodebytes(photograph()).decode().replace("\n", "&#10;")
    assert MARK not in base64.b64decode(
        clean(f'<image href="data:image/jpeg;base64,{code}"/>').split(",")[1][:-3]
    ).decode("latin-1")


def replace(data, at, other):
    """Return bytes with others from a place on."""
    return data[:at] + other + data[at + len(other) :]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (photograph()[:300], "damaged"),
        (b"BM no picture of ours", "damaged"),
        (b"", "damaged"),
        (photograph("PNG")[:33] + format_chunk(b"ABCD", b"Ann"), "not known here"),
        (replace(photograph("PNG"), 16, b"\0\0\x19\0" * 2), "40 million pixels"),
        (replace(photograph("WebP"), 24, b"\0\x19\0" * 2), "40 million pixels"),
        (photograph().replace(b"\0\x10\0\x18", b"\x19\0" * 2, 1), "40 million pixels"),
    ],
)
def test_a_picture_inside_that_cannot_be_cleaned_is_an_error_with_its_line(data, words):
    drawing = wrap(f"<g/>\n<image href='{embed(data)}'/>").encode()
    facts, (problem,) = read_picture_facts(drawing, "images/a.svg")
    assert facts is None
    assert (problem.path, problem.line, problem.level) == ("images/a.svg", 3, "error")
    assert words in problem.text
    assert "picture inside this drawing" in problem.text


def test_what_may_be_drawn_again_from_where_nothing_is_drawn_is_refused():
    with pytest.raises(UncleanDrawing, match="Plain SVG") as error:
        clean("<use href='#a'/><metadata>\n<g id='a'/></metadata>")
    assert error.value.line == 3


@pytest.mark.parametrize("place", [True, False])
def test_a_place_in_a_drawing_is_a_warning_as_in_a_photo(place):
    drawing = wrap(f"<image href='{embed(photograph(place=place))}'/>").encode()
    facts, problems = read_picture_facts(drawing, "images/a.svg")
    assert facts.shows_place == place
    assert [problem.level for problem in problems] == ["warning"] * place
    assert all("where a photo in it was taken" in problem.text for problem in problems)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "latin-1", "cp1252"])
def test_a_drawing_in_another_encoding_shows_the_same(encoding):
    named = "utf-16" if encoding.startswith("utf-16") else encoding.removesuffix("-sig")
    start = f'<?xml version="1.0" encoding="{named}"?>'
    drawing = start + wrap("<text id='ü'>Bücher</text>¦<g id='ä'/>")
    source = drawing.replace("¦", "<!-- für Ann -->").encode(encoding)
    assert judge_svg(source)[1] == ""
    cleaned = clean_svg(source).data
    if named == "utf-16":  # published in UTF-8, which needs no declaration
        assert cleaned.decode() == drawing.replace("¦", "").removeprefix(start)
    else:
        assert cleaned == drawing.replace("¦", "").encode(encoding)
    assert judge_svg(cleaned) == judge_svg(source)


def test_comments_around_the_drawing_and_in_its_document_type_go():
    kind = "<!DOCTYPE svg [<!-- Ann -->]>"
    cleaned = clean_svg(f"<!-- Ann -->{kind}{wrap('<g/>')}<!-- Ann -->".encode()).data
    assert cleaned.decode() == f"<!DOCTYPE svg []>{wrap('<g/>')}"


PIECES = [
    "<!-- Zq7Mark -->", "<metadata>Zq7Mark</metadata>", "<g i:label='Zq7Mark'>", "</g>", "<g>",
    "<style>/* Zq7Mark */</style>", "<i:a>Zq7Mark<i:b/></i:a>", "<path d='M0 0'/>", " ", "é",
    f"<image href='{embed(photograph())}'/>", "<![CDATA[&]]>",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_mixture_is_cleaned_once_for_all(pieces):
    drawing = wrap("".join(pieces)).encode()
    if judge_svg(drawing)[1]:
        return
    cleaned = clean_svg(drawing).data
    assert MARK.encode() not in cleaned
    assert base64.b64encode(b"Exif\0\0") not in cleaned
    assert judge_svg(cleaned)[:2] == judge_svg(drawing)[:2]
    assert clean_svg(cleaned).data == cleaned


def test_a_site_has_no_fact_of_a_photo_in_a_drawing(build_site):
    inside = f"<!-- {MARK} --><image href='{embed(photograph())}'/>"
    drawing = wrap(inside, f' i:export-filename="/home/{MARK}/x.png"').encode()
    site = build_site({"posts/a.md": POST, "images/desk.svg": drawing})
    published = site.bytes("images/desk.svg")
    code = published.partition(b"base64,")[2].partition(b"'")[0]
    assert MARK.encode() not in published + base64.b64decode(code)
    assert len(base64.b64decode(code)) > 100
