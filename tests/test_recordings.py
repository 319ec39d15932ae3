"""Recordings and films of the site's own play on its pages, and are found from its feeds."""

import pytest

from tests.catalogue.folder.test_film_size import mp4, track
from tests.conftest import draw_png

MP3 = b"ID3\x03" + bytes(64)
MP4 = bytes(4) + b"ftypisom" + bytes(64)
HEADER = "Title: A talk\nDate: 2026-11-23\n\n"
MEDIA = {
    "images/talk.mp3": MP3,
    "images/talk.mp4": MP4,
    "images/first.png": draw_png(),
    "images/talk.vtt": "WEBVTT\n",
}
TEXT = """<audio src="../images/talk.mp3" autoplay loop></audio>

<video poster="../images/first.png"><source src="../images/talk.mp4" type="video/mp4">
<track src="../images/talk.vtt" kind="captions" srclang="en">Words.</video>
"""


def test_a_recording_plays_from_its_own_file(build_site):
    site = build_site({**MEDIA, "posts/talk.md": HEADER + TEXT})
    page = site.page("posts/talk/")
    (audio,), (video,) = page.all("audio"), page.all("video")
    assert audio.attrib == {"src": "/images/talk.mp3", "controls": ""}
    assert video.attrib == {"poster": "/images/first.png", "controls": ""}
    assert [each.get("src") for each in page.all("source")] == ["/images/talk.mp4"]
    assert [each.get("src") for each in page.all("track")] == ["/images/talk.vtt"]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ('<audio src="../images/none.mp3"></audio>', "There is no recording ../images/none.mp3"),
        ('<video src="../images/first.png"></video>', "../images/first.png is no film"),
        (
            '<video src="https://e.org/a.mp4"></video>',
            "The film https://e.org/a.mp4 lies on another",
        ),
        ('<video poster="../images/talk.mp3"></video>', "../images/talk.mp3 is no picture"),
        (
            '<audio src="../images/talk.mp3" onplay="x"></audio>',
            "onplay= in <audio> runs a program",
        ),
    ],
)
def test_what_does_not_play_is_an_error(build_site, tag, text):
    with pytest.raises(AssertionError) as caught:
        build_site({**MEDIA, "posts/talk.md": HEADER + tag})
    assert f"posts/talk.md:4: {text}" in str(caught.value)


def test_what_an_author_sets_is_set_by_the_theme(build_site):
    text = (
        '<p style="text-align:center">x</p>\n\n<img src="../images/first.png" alt="y" align="right" '
        'style="float:right; width:33%">\n\n<center>z</center>\n\n<article><section>w</section></article>\n'
    )
    page = build_site({**MEDIA, "posts/talk.md": HEADER + text}).page("posts/talk/")
    assert page.texts("p", class_="text-center") == ["x"]
    assert page.texts("div", class_="text-center") == ["z"]
    assert page.one("img", class_="float-right").get("class") == "float-right width-33"
    assert "w" in page.post


def test_a_link_to_a_pdf_keeps_its_place_and_tells_kind_and_size(build_site):
    pdf = b"%PDF-1.4\n" + bytes(1_200_000)
    text = (
        "[Programme](../images/p.pdf#search=R%26D%20%22a%22&page=2) and [the PDF](../images/p.pdf), "
        "or [it](/images/p.pdf#nameddest=Ch%201) (PDF, 1.2 MB).\n"
    )
    site = build_site({"images/p.pdf": pdf, "posts/talk.md": HEADER + text})
    body = site.page("posts/talk/").one("div", class_="e-content")
    words = " ".join("".join(body.itertext()).replace("\N{NO-BREAK SPACE}", " ").split())
    assert words == "Programme (PDF, 1.2 MB) and the PDF (1.2 MB), or it (PDF, 1.2 MB)."
    assert [link.get("href").removeprefix("/images/p.pdf") for link in body.iter("a")] == [
        "#search=R%26D%20%22a%22&page=2",
        "",
        "#nameddest=Ch%201",
    ]
    (entry,) = site.feed("feeds/all.atom.xml").entries
    assert "</a> (PDF, 1.2" in entry.content[0].value


def test_a_link_to_a_pdf_by_its_name_does_so_too(build_site):
    pdf = b"%PDF-1.4\n" + bytes(1_200_000)
    text = (
        "[[p & q.pdf|Programme]], [[p & q.pdf#page=2&zoom=100,0,0|its end]], [[p & q.pdf|the PDF]] "
        "and [[p & q.pdf#nameddest=Ch 1%26]], as [[talk]] has it.\n"
    )
    site = build_site({"images/p & q.pdf": pdf, "posts/talk.md": HEADER + text})
    body = site.page("posts/talk/").one("div", class_="e-content")
    words = " ".join("".join(body.itertext()).replace("\N{NO-BREAK SPACE}", " ").split())
    assert words == (
        "Programme (PDF, 1.2 MB), its end (PDF, 1.2 MB), the PDF (1.2 MB) "
        "and p & q.pdf > nameddest=Ch 1%26 (1.2 MB), as talk has it."
    )
    links = [link.get("href") for link in body.iter("a")]
    assert [link.removeprefix("/images/p%20&%20q.pdf") for link in links[:4]] == [
        "",
        "#page=2&zoom=100,0,0",
        "",
        "#nameddest=Ch%201%26",
    ]
    assert links[4].endswith("posts/talk/")


def test_figures_players_and_films_are_shown_on_the_page(build_site):
    text = (
        '![A recording](../images/talk.mp3)\n\n![Red](../images/first.png "The *first*")\n\n'
        "https://youtu.be/dQw4w9WgXcQ\n"
    )
    site = build_site({**MEDIA, "posts/talk.md": HEADER + text})
    page = site.page("posts/talk/")
    (audio,) = page.all("audio")
    assert (audio.get("aria-label"), audio.get("preload")) == (None, "none")
    player, picture, film = page.all("figure")
    assert player.find("audio") is audio
    assert player.find("figcaption").text == "A recording"
    assert picture.find("img").get("width")
    assert "".join(picture.find("figcaption").itertext()) == "The first"
    assert film.find("a").get("href") == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert film.find("a").text == "Film on YouTube"


def test_a_title_from_right_to_left_has_its_own_direction(build_site):
    title = "שלום עולם!"
    head = f"Title: {title}\nDate: 2026-11-23\n\n"
    long = "This is a sentence of a text that goes on. " * 8
    site = build_site({"posts/a.md": head + long, "posts/b.md": HEADER + "Plain."})
    (heading,) = site.page("posts/a/").all("h1")
    assert heading.get("dir") == "rtl"
    assert heading.find("bdi").text == title
    assert site.page("posts/b/").all("h1")[0].get("dir") is None
    found = [
        each.get("content")
        for each in site.page("posts/a/").all("meta")
        if (each.get("name") or each.get("property")) in ("description", "og:description")
    ]
    assert len(found) == 2
    assert all(text.endswith("goes on.") and 80 < len(text) <= 160 for text in found)


def test_a_film_keeps_its_place_before_it_is_loaded(build_site):
    text = """![A talk](../images/talk.mp4)

<video poster="../images/first.png"><source src="../images/talk.mp4" type="video/mp4"></video>

<video src="../images/talk.mp4" width="320"></video>

<video src="../images/talk.mp4" height="100" width="100"></video>

<video src="../images/odd.mp4"></video>
"""
    files = {**MEDIA, "images/talk.mp4": mp4(track(b"vide", 640, 360)), "images/odd.mp4": MP4}
    site = build_site({**files, "posts/talk.md": HEADER + text})
    sizes = [
        (film.get("width"), film.get("height")) for film in site.page("posts/talk/").all("video")
    ]
    assert sizes == [
        ("640", "360"),
        ("640", "360"),
        ("320", "180"),
        ("100", "100"),
        (None, None),
    ]
