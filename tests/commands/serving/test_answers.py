"""A path is answered as GitHub Pages would answer it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commands.serving.answers import (
    HEADERS,
    HTML_TYPE,
    NONE,
    PAGE,
    answer_path,
    find_media_type,
    format_head,
)
from commands.serving.origin import split_target

FILES = ("a b/index.html", "old.php/index.html", "404.html")
SECRET = b"A draft"
quick = settings(deadline=None, database=None)


def draw(file):
    return (PAGE, SECRET) if file in FILES else (NONE, b"")


def test_an_old_address_of_a_program_leads_on_as_github_does_it():
    assert answer_path("/old.php", draw).location == "/old.php/"
    assert answer_path("/old.php/", draw).data == SECRET
    assert answer_path("/a%20b", draw).location == "/a%20b/"
    assert answer_path("/about", lambda _: (NONE, b"")).status == 404


@quick
@given(st.text(alphabet=st.sampled_from("/\\:.%25F0aé?#@ \r\n\t[]") | st.characters(), max_size=20))
@example("/")
def test_no_redirect_leaves_this_host_and_no_answer_has_a_line_too_many(text):
    everything = lambda file: (PAGE if file.endswith("/index.html") else NONE, b"")  # noqa: E731
    try:
        _, path = split_target(text)
    except ValueError:
        return
    answer = answer_path(path, everything)
    head = format_head(answer, "Fri, 27 Nov 2026 00:00:00 GMT").decode("ascii")
    assert "\\" not in answer.location
    assert not answer.location.startswith("//")
    assert answer.location[:1] in ("", "/")
    lines = head.split("\r\n")
    assert len(lines) == 1 + 3 + len(HEADERS) + bool(answer.location) + 2
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("about/index.html", HTML_TYPE),
        ("old.shtml", HTML_TYPE),
        ("feeds/all.atom.xml", "text/xml; charset=utf-8"),
        ("feeds/all.json", "application/json"),
        ("topics.jsonld", "application/ld+json"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.PNG", "image/png"),
        ("a.webp", "image/webp"),
        ("a.avif", "image/avif"),
        ("a.svg", "image/svg+xml"),
        ("a.tar.gz", "application/gzip"),
        ("a.wav", "audio/wav"),
        ("a.ttf", "font/ttf"),
        ("CNAME", "application/octet-stream"),
        ("data:text.html/x", "application/octet-stream"),
    ],
)
def test_a_file_has_one_type_on_every_computer(file, kind):
    assert find_media_type(file) == kind
