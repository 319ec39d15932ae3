"""Recordings and films of the site's own play on its pages, and are found from its feeds."""

import pytest

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
