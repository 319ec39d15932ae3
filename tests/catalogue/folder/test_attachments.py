"""A file to hand out is what the ending of its name says, or its author is told."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from catalogue.folder.attachments import check_attachment
from catalogue.folder.layout import ATTACHMENT_FORMATS, PLAIN_TEXT
from tests.catalogue.pictures.parts import box


def zipped(*names):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "Words. " * 99)
    return file.getvalue()


def png():
    file = BytesIO()
    Image.new("L", (4, 3)).save(file, "PNG")
    return file.getvalue()


FILM = (
    box(b"ftyp", b"isom\0\0\0\1mp42")
    + box(b"mdat", bytes(99))
    + box(b"moov", box(b"mvhd", bytes(99)))
)
SOUND = {
    "a.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "printed.pdf": b"\x1b%-12345X@PJL\r\n%PDF-1.4\n",
    "a.zip": zipped("a.txt"),
    "empty.zip": zipped(),
    "a.docx": zipped("[Content_Types].xml", "word/document.xml"),
    "long.docx": zipped(*(f"docProps/{n}.xml" for n in range(900)), "word/document.xml"),
    "secret.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99),
    "a.xlsx": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "a.pptx": zipped("[Content_Types].xml", "ppt/presentation.xml"),
    "a.odt": zipped("mimetype", "content.xml"),
    "a.ods": zipped("mimetype", "content.xml"),
    "a.odp": zipped("mimetype", "content.xml"),
    "a.epub": zipped("mimetype", "META-INF/container.xml"),
    "a.mp3": b"ID3\x04" + bytes(99),
    "bare.mp3": b"\xff\xfb\x90\x64" + bytes(99),
    "late.mp3": b"some bytes" + bytes(99) + b"\xff\xf3\x90\x64",
    "a.mp4": FILM,
    "old.mp4": box(b"moov", bytes(9)),
    "a.m4a": FILM.replace(b"isom", b"M4A "),
    "a.ogg": b"OggS\0\2" + bytes(9),
    "a.webm": b"\x1a\x45\xdf\xa3\x9fB\x86\x81\1",
    "a.wav": b"RIFF\x24\0\0\0WAVEfmt ",
    "a.txt": "Words, with ä.\n".encode(),
    "latin.txt": "Wörter\n".encode("latin-1"),
    "windows.txt": "Words\n".encode("utf-16"),
    "a.csv": b"\xef\xbb\xbfName,Year\n",
    "a.tsv": "Name\tYear\n".encode("utf-16"),
    "a.json": b'{"html": "<script>"}',
    "a.srt": b"1\n00:00:01,000 --> 00:00:02,000\n<b>Words</b>\n",
    "a.vtt": b"WEBVTT\n\n<i>x</i>",
    "a.ics": b"BEGIN:VCALENDAR\r\n",
    "a.bib": b"@book{a,\n",
    "a.ris": b"TY  - BOOK\r\n",
    "about.txt": b"ID3 tags, %PDF- and PK are what files begin with. <html> too.",
    "nothing.txt": b"",
}
PAGES = [
    b"<!DOCTYPE html><title>Sign in</title>",
    b"\xef\xbb\xbf\r\n <HTML lang=en>",
    "<!doctype html>".encode("utf-16"),
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
    b"<?xml version='1.0'?>\n<!-- x --><svg onload='x()'/>",
    b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>",
    b"<script>alert(1)</script>",
    b"<!-- <p> --><body>",
    b"<?php phpinfo();",
    b"\n\n<h1>404</h1>",
    b"<!DOCTYPE html>%PDF-1.7",
]


def check(name, data):
    return [(p.level, p.text) for p in check_attachment(BytesIO(data), f"images/{name}")]


def test_every_kind_that_is_handed_out_is_tried_here():
    assert {name[name.rindex(".") :] for name in SOUND} == ATTACHMENT_FORMATS.keys()


@pytest.mark.parametrize("name", SOUND)
def test_a_file_that_is_what_its_ending_says_is_fine(name):
    assert check(name, SOUND[name]) == []
    assert check(name.upper(), SOUND[name]) == []


@pytest.mark.parametrize("data", PAGES)
@pytest.mark.parametrize("ending", sorted(ATTACHMENT_FORMATS))
def test_a_web_page_or_a_drawing_under_another_ending_is_an_error(ending, data):
    ((level, text),) = check(f"a{ending}", data)
    assert level == "error"
    assert text.startswith(f"This is a web page, but its name ends in {ending}. ")


@pytest.mark.parametrize("ending", sorted(ATTACHMENT_FORMATS))
@pytest.mark.parametrize("other", sorted(ATTACHMENT_FORMATS))
def test_one_kind_under_the_ending_of_another_is_an_error_that_names_both(ending, other):
    data = SOUND[f"a{other}"]
    found = check(f"a{ending}", data)
    texts = {each for each, kind in ATTACHMENT_FORMATS.items() if kind == PLAIN_TEXT}
    alike = [texts, {".mp4", ".m4a"}, {".odt", ".ods", ".odp"}]
    is_zip = ending == ".zip" and data.startswith(b"PK")
    if ending == other or is_zip or any({ending, other} <= group for group in alike):
        assert found == []
    else:
        ((level, text),) = found
        assert level == "error"
        assert f"its name ends in {ending}" in text
        assert "instead" in text or "original" in text


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        (
            "a.txt",
            SOUND["a.pdf"],
            "This is a PDF document, but its name ends in .txt. End its name in .pdf",
        ),
        ("a.pdf", png(), "This is a picture, but its name ends in .pdf. End its name in .png"),
        (
            "a.docx",
            zipped("a.txt"),
            "This is a ZIP archive, but its name ends in .docx. End its name in .zip",
        ),
        ("a.mp3", FILM, "This is an MP4 film"),
        (
            "a.mp3",
            SOUND["a.m4a"],
            "This is an MP4 recording, but its name ends in .mp3. End its name in .m4a",
        ),
        ("a.txt", bytes(99), "This is no plain text, but its name ends in .txt."),
        ("a.pdf", b"words", "This is no PDF document, but its name ends in .pdf."),
        ("a.mp4", box(b"ftyp", b"heic\0\0\0\0mif1"), "This is no MP4 film"),
        ("a.pdf", b"version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
    ],
)
def test_what_a_file_is_and_what_to_do_is_said(name, data, words):
    ((level, text),) = check(name, data)
    assert level == "error"
    assert words in text


@pytest.mark.parametrize(
    "notes",
    [
        box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7+52.5+013.4/")),
        box(b"meta", b"com.apple.quicktime.location.ISO6709" + bytes(9)),
        box(b"udta", box(b"loci", bytes(9) + b"A street\0")),
        box(b"moov", box(b"trak", box(b"stsd", bytes(8) + box(b"gpmd", bytes(16))))),
        box(b"uuid", bytes(16) + b"<rdf:Description exif:GPSLatitude='52'/>"),
    ],
)
@pytest.mark.parametrize("ending", [".mp4", ".m4a"])
def test_a_film_that_tells_where_it_was_taken_is_a_warning(ending, notes):
    for film in (FILM + notes, FILM + box(b"moov", notes), box(b"ftyp", b"M4V ") + notes + FILM):
        ((level, text),) = check(f"a{ending}", film)
        assert level == "warning"
        assert "where it was taken" in text


def test_bytes_of_a_film_that_only_look_like_a_place_are_none():
    assert check("a.mp4", FILM + box(b"mdat", b"\xa9xyz\0\x12 exif:GPSLatitude")) == []


class Counted(BytesIO):
    """Count what is read of a file."""

    seen = 0

    def read(self, size=-1):
        data = super().read(size)
        self.seen += len(data)
        return data


def test_of_a_long_film_little_is_read():
    film = Counted(FILM + box(b"mdat", bytes(5_000_000)) + box(b"free") * 5_000)
    assert check_attachment(film, "images/a.mp4") == []
    assert film.seen < 200_000


@settings(max_examples=100, deadline=None)
@given(name=st.sampled_from(sorted(SOUND)), data=st.binary(max_size=99))
def test_no_bytes_raise_and_each_problem_is_one_sentence_for_the_author(name, data):
    for content in (data, SOUND[name] + data, SOUND[name][:20] + data):
        found = check(name, content)
        assert len(found) <= 1
        assert all(level in ("error", "warning") and text for level, text in found)
