"""What stands alone in a paragraph is a figure, and a recording that is written as a picture plays."""

import re
from time import process_time

import pytest

from catalogue.text.film_frames import replace_frames
from catalogue.text.films import Film, find_film
from catalogue.text.markdown_reader import MarkdownReader
from catalogue.text.targets import TARGET_CLOSE, TARGET_OPEN

READER = MarkdownReader()
DESK = '<img alt="desk" src="images/d.png">'
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
FRAME = '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>'
FRAME_LINK = f'<a href="{YOUTUBE}">Film on YouTube</a>'
FRAME_FIGURE = f"<figure>{FRAME_LINK}</figure>"
# As Vimeo hands them out.
VIMEO = (
    '<iframe src="https://player.vimeo.com/video/12345678?h=ab12" style="position:absolute;top:0" '
    'frameborder="0" allow="autoplay; fullscreen" allowfullscreen title="T"></iframe>'
)
RESPONSIVE = f'<div style="padding:56.25% 0 0 0;position:relative;">{VIMEO}</div>'
VIMEO_LINK = '<a href="https://vimeo.com/12345678/ab12">T</a>'
RESPONSIVE_FIGURE = f"<figure>{VIMEO_LINK}<figcaption>Film on Vimeo</figcaption></figure>"
SCRIPT = '<script src="https://player.vimeo.com/api/player.js"></script>'
BY_LINE = (
    '<p><a href="https://vimeo.com/12345678">The Talk</a> from <a href="https://vimeo.com/jo">Jo</a> on '
    '<a href="https://vimeo.com">Vimeo</a>.</p>'
)
UUID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"


def read(text: str):
    body = READER.read(text, 1, "posts/a.md")
    return body.html.replace(TARGET_OPEN, "").replace(TARGET_CLOSE, "").strip(), body.problems


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            '![desk](../images/d.png "The *desk* -- in \'62")',
            f"<figure>{DESK}<figcaption>The <em>desk</em> — in ’62</figcaption></figure>",
        ),
        (
            '[![desk](../images/d.png "Cap")](b.md)',
            f'<figure><a href="posts/b.md">{DESK}</a><figcaption>Cap</figcaption></figure>',
        ),
        (
            '![desk][d]\n\n[d]: ../images/d.png "Cap"',
            f"<figure>{DESK}<figcaption>Cap</figcaption></figure>",
        ),
        ("![desk](../images/d.png)", f"<p>{DESK}</p>"),
    ],
)
def test_a_picture_with_a_caption_alone_is_a_figure(text, html):
    assert read(text) == (html, [])


@pytest.mark.parametrize("before", ["- ", "> ", "1. "])
def test_a_figure_stands_in_lists_and_quotations_too(before):
    html, problems = read(f'{before}![desk](../images/d.png "Cap")')
    assert f"<figure>{DESK}<figcaption>Cap</figcaption></figure>" in html
    assert not problems


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('![desk](../images/d.png "One")\n![desk](../images/d.png "Two")', ["One", "Two"]),
        ('[![desk](../images/d.png "One")](b.md)\n![desk](../images/d.png "Two")', ["One", "Two"]),
        ('Words\n![desk](../images/d.png "One")\nMore.', ["Words", "One", "More."]),
        ('![desk](../images/d.png "One")\n![desk](../images/d.png)', ["One"]),
        ('![desk](../images/d.png "One") ![desk](../images/d.png "Two")', ["One", "Two"]),
        ('Words\n![desk](../images/d.png "One")![desk](../images/d.png)', ["Words", "One"]),
    ],
)
def test_each_picture_with_a_caption_alone_on_its_line_is_a_figure(text, lines):
    html, problems = read(text)
    assert html.count("<figcaption>") == text.count('"') / 2
    assert "title=" not in html
    assert re.sub(r"\s*(?:<[^>]*>\s*)+", "|", html).strip("|").split("|") == lines
    assert not problems


def test_a_width_behind_the_words_of_a_picture_is_read_as_obsidian_writes_it():
    for typed in ("desk|300", "desk|300x200"):
        html, problems = read(f"![{typed}](../images/d.png)")
        assert 'alt="desk"' in html
        assert 'width="300"' in html
        assert not problems
    assert 'alt="a|b 300"' in read("![a|b 300](../images/d.png)")[0]


def test_a_title_of_a_picture_within_a_line_stays_its_title():
    html, _ = read('See ![desk](../images/d.png "Cap") here')
    assert "<figure" not in html
    assert 'title="Cap"' in html


def test_a_caption_may_have_a_note():
    html, problems = read('![desk](../images/d.png "See[^1]")\n\n[^1]: Note.')
    assert 'id="fnref-1"' in html
    assert 'id="fn-1"' in html
    assert not problems


def test_a_caption_without_a_picture_is_told():
    text = "Text.\n\n<figure><figcaption>Cap</figcaption></figure>"
    _, (problem,) = read(text)
    assert (problem.line, problem.level) == (3, "warning")
    assert problem.text.startswith("A caption stands here without a picture. Write: ![")


@pytest.mark.parametrize(
    "inside", [f"{DESK.replace('images', '../images')}<figcaption>c</figcaption>", "<p>Words</p>"]
)
def test_a_figure_by_html_stays(inside):
    html, problems = read(f"<figure>{inside}</figure>")
    assert html.startswith("<figure>")
    assert not problems


def test_a_recording_and_a_film_in_a_line_are_players_with_a_name():
    html, problems = read("x ![A reading](../images/t.mp3)\n\nx ![A film](../images/t.mp4)")
    assert '<audio aria-label="A reading" controls="" preload="none" src="images/t.mp3">' in html
    assert '<video aria-label="A film" controls="" preload="metadata" src="images/t.mp4">' in html
    assert '<a href="images/t.mp3">A reading</a></audio>' in html
    assert not problems


def test_a_recording_without_a_name_is_told():
    _, (problem,) = read("Text.\n\n![](../images/t.mp3)")
    assert problem.line == 3
    assert problem.text.endswith("t.mp3 has no name. Write: ![its name](../images/t.mp3)")


@pytest.mark.parametrize(
    ("address", "film"),
    [
        ("https://youtu.be/dQw4w9WgXcQ?si=x", Film(YOUTUBE, "YouTube")),
        (
            "https://m.youtube.com/watch?app=x&v=dQw4w9WgXcQ&t=42s",
            Film(f"{YOUTUBE}&t=42s", "YouTube"),
        ),
        ("//www.youtube-nocookie.com/embed/dQw4w9WgXcQ", Film(YOUTUBE, "YouTube")),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", Film(YOUTUBE, "YouTube")),
        ("https://vimeo.com/12345678", Film("https://vimeo.com/12345678", "Vimeo")),
        ("https://vimeo.com/12345678#t=1m2s", Film("https://vimeo.com/12345678#t=1m2s", "Vimeo")),
        (
            "https://player.vimeo.com/video/12345678?h=ab12cd&x=1#t=30s",
            Film("https://vimeo.com/12345678/ab12cd#t=30s", "Vimeo"),
        ),
        ("https://vimeo.com/12345678#comments", Film("https://vimeo.com/12345678", "Vimeo")),
        ("https://youtu.be/dQw4w9WgXcQ#t=42", Film(f"{YOUTUBE}&t=42", "YouTube")),
        (
            "https://player.vimeo.com/video/12345678?h=abcdef12&x=1",
            Film("https://vimeo.com/12345678/abcdef12", "Vimeo"),
        ),
        (
            f"https://tube.example.org/videos/embed/{UUID}",
            Film(f"https://tube.example.org/w/{UUID}", "tube.example.org"),
        ),
        (
            f"https://tube.example.org/w/{UUID}?start=1m2s",
            Film(f"https://tube.example.org/w/{UUID}?start=1m2s", "tube.example.org"),
        ),
        (
            f"https://tube.example.org/videos/embed/{UUID}?title=0&start=62s&x=1",
            Film(f"https://tube.example.org/w/{UUID}?start=62s", "tube.example.org"),
        ),
        (
            f"https://tube.example.org/w/{UUID}?start=%22x",
            Film(f"https://tube.example.org/w/{UUID}", "tube.example.org"),
        ),
        *(
            (
                f"https://tube.example.org/{path}/{UUID}?start=1s",
                Film(f"https://tube.example.org/w/p/{UUID}", "tube.example.org"),
            )
            for path in ("video-playlists/embed", "w/p", "videos/watch/playlist")
        ),
        *(
            (f"https://vimeo.com/{path}/76979871", Film("https://vimeo.com/76979871", "Vimeo"))
            for path in ("groups/motion/videos", "groups/a-b/videos", "channels/staff-picks")
        ),
        *(
            (f"https://vimeo.com/{path}{more}", Film(f"https://vimeo.com/{path}", "Vimeo"))
            for path in ("album/1234567/video/76979871", "showcase/1234567/video/76979871")
            for more in ("", "/", "?share=copy", "/embed")
        ),
        *(
            (
                f"https://vimeo.com/showcase/1234567{more}",
                Film("https://vimeo.com/showcase/1234567", "Vimeo"),
            )
            for more in ("", "/embed", "/embed2")
        ),
        ("https://vimeo.com/groups/motion", None),
        ("https://vimeo.com/showcase/motion/embed", None),
        ("https://tube.example.org/video-playlists/embed/x", None),
        ("https://www.youtube.com/@library", None),
        ("https://www.youtube.com/playlist?list=PL1", None),
        (
            "https://www.youtube.com/playlist?list=PLabcdefghij",
            Film("https://www.youtube.com/playlist?list=PLabcdefghij", "YouTube"),
        ),
        ("https://www.youtube.com/embed/videoseries", None),
        ("https://youtube.com.evil.org/embed/dQw4w9WgXcQ", None),
        ("https://youtube.com@evil.org/embed/dQw4w9WgXcQ", None),
        ("javascript://youtube.com/embed/dQw4w9WgXcQ", None),
        ("https://[/watch", None),
        ("https://vimeo.com/about", None),
    ],
)
def test_a_film_is_known_by_its_address(address, film):
    assert find_film(address) == film


@pytest.mark.parametrize(
    ("typed", "address", "site"),
    [
        ("https://vimeo.com/groups/motion/videos/76979871", "https://vimeo.com/76979871", "Vimeo"),
        ("https://vimeo.com/album/1234567/video/76979871", "", "Vimeo"),
        ("https://vimeo.com/showcase/1234567/video/76979871", "", "Vimeo"),
        (
            f'<iframe src="https://framatube.org/video-playlists/embed/{UUID}"></iframe>',
            f"https://framatube.org/w/p/{UUID}",
            "framatube.org",
        ),
        (
            "<iframe src='https://vimeo.com/showcase/1234567/embed'></iframe>",
            "https://vimeo.com/showcase/1234567",
            "Vimeo",
        ),
        (f"https://framatube.org/w/{UUID}?start=1m2s", "", "framatube.org"),
    ],
)
def test_films_in_groups_and_lists_of_films_are_figures(typed, address, site):
    link = f'<a href="{address or typed}">Film on {site}</a>'
    assert read(typed) == (f"<figure>{link}</figure>", [])


def test_an_address_of_a_film_alone_is_a_figure():
    assert read("https://youtu.be/dQw4w9WgXcQ") == (
        f'<figure><a href="{YOUTUBE}">Film on YouTube</a></figure>',
        [],
    )
    assert "<figure" not in read("See https://youtu.be/dQw4w9WgXcQ")[0]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://youtu.be/dQw4w9WgXcQ?si=AbCdEfGhIjKlMn0_", YOUTUBE),
        ("https://youtu.be/dQw4w9WgXc_", f"{YOUTUBE[:-1]}_"),
        ("www.youtube.com/watch?v=dQw4w9WgX__", f"{YOUTUBE[:-2]}__"),
        ("youtu.be/dQw4w9WgXc_", f"{YOUTUBE[:-1]}_"),
        ("https://www.youtube.com/playlist?list=PLabcdefg_", ""),
    ],
)
def test_an_address_of_a_film_that_ends_in_an_underscore_is_whole(typed, address):
    figure = f'<figure><a href="{address or typed}">Film on YouTube</a></figure>'
    assert read(typed) == (figure, [])
    assert read(f"Watch\n{typed}") == (f"<p>Watch</p>\n{figure}", [])


ADDRESS = "https://youtu.be/dQw4w9WgXcQ"
TITLED = f'<figure><a href="{YOUTUBE}">A talk</a><figcaption>Film on YouTube</figcaption></figure>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (f"Watch this:\n{ADDRESS}", f"<p>Watch&nbsp;this:</p>\n{FRAME_FIGURE}"),
        (f"A\n{ADDRESS}\n*b\nc*", f"<p>A</p>\n{FRAME_FIGURE}\n<p><em>b&nbsp;c</em></p>"),
        (f"{ADDRESS}\n{ADDRESS}", f"{FRAME_FIGURE}\n{FRAME_FIGURE}"),
        (f"A  \n{ADDRESS}\\\nB", f"<p>A</p>\n{FRAME_FIGURE}\n<p>B</p>"),
        (f"A\n![A talk]({ADDRESS})\nB", f"<p>A</p>\n{TITLED}\n<p>B</p>"),
        (f"- A\n  {ADDRESS}\n  B", f"<ul>\n<li>A\n{FRAME_FIGURE}\nB</li>\n</ul>"),
        (f"> A\n> {ADDRESS}", f"<blockquote>\n<p>A</p>\n{FRAME_FIGURE}\n</blockquote>"),
        ("A\nwww.youtube.com/watch?v=dQw4w9WgXcQ", f"<p>A</p>\n{FRAME_FIGURE}"),
        ("A\nyoutu.be/dQw4w9WgXcQ", f"<p>A</p>\n{FRAME_FIGURE}"),
    ],
)
def test_an_address_alone_on_a_line_parts_its_paragraph(text, html):
    assert read(text) == (html, [])


@pytest.mark.parametrize(
    "text",
    [
        f"one\n{ADDRESS} two",
        f"one\n[A talk]({ADDRESS})\ntwo",
        f"*one\n{ADDRESS}\ntwo*",
        f"- [A talk]({ADDRESS})\n- [B]({ADDRESS})",
        f"- [A talk]({ADDRESS})\n\n- [B]({ADDRESS})",
        f"x[^1]\n\n[^1]: [A talk]({ADDRESS})",
        f"# {ADDRESS}",
        "youtu.be is\na site",
    ],
)
def test_a_film_in_a_sentence_or_a_list_of_links_stays_there(text):
    assert "<figure" not in read(text)[0]


@pytest.mark.parametrize(
    "text", ["www.youtube.com/watch?v=dQw4w9WgXcQ", "youtu.be/dQw4w9WgXcQ", f"![]({ADDRESS})"]
)
def test_an_address_may_lack_its_beginning_and_stand_in_a_picture(text):
    assert read(text) == (FRAME_FIGURE, [])


@pytest.mark.parametrize("text", [f"[A talk]({ADDRESS})", f"![A talk]({ADDRESS})"])
def test_a_film_has_the_title_that_it_is_given_and_says_where_it_leads(text):
    assert read(text) == (TITLED, [])
    captioned = TITLED.replace("<figcaption>", "<figcaption>Given in <em>May</em><br>")
    assert read(text[:-1] + ' "Given in *May*")') == (captioned, [])


STILL = "https://img.youtube.com/vi/dQw4w9WgXcQ/0.jpg"
TUBE = f"https://tube.example.org/w/{UUID}"


@pytest.mark.parametrize(
    ("still", "address", "html"),
    [
        (STILL, ADDRESS, TITLED),
        ("https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg", ADDRESS, TITLED),
        ("//i3.ytimg.com/vi/dQw4w9WgXcQ/2.jpg", ADDRESS, TITLED),
        (ADDRESS, ADDRESS, TITLED),
        (
            "https://i.vimeocdn.com/video/1.webp",
            "https://vimeo.com/12345678",
            TITLED.replace(YOUTUBE, "https://vimeo.com/12345678").replace("YouTube", "Vimeo"),
        ),
        (
            "https://tube.example.org/lazy-static/previews/1.jpg",
            TUBE,
            TITLED.replace(YOUTUBE, TUBE).replace("YouTube", "tube.example.org"),
        ),
    ],
)
def test_a_still_of_a_film_s_own_site_in_the_link_to_it_gives_way_to_its_words(
    still, address, html
):
    assert read(f"[![A talk]({still})]({address})") == (html, [])


def test_a_still_without_words_leaves_the_film_and_in_a_line_a_link():
    assert read(f"[![]({STILL})]({ADDRESS})") == (FRAME_FIGURE, [])
    line = f'<p>See <a href="{ADDRESS}">A talk</a>.</p>'
    assert read(f"See [![A talk]({STILL})]({ADDRESS}).") == (line, [])


IMAGE = f'<img src="{STILL}" alt="A talk">'
CAPTIONED = TITLED.replace("<figcaption>", "<figcaption>Cap<br>")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (f'<a href="{ADDRESS}">{IMAGE}</a>', TITLED),
        (f"<A target=_blank href='{ADDRESS}' title='Cap'>{IMAGE}</A>", CAPTIONED),
        (
            f'<a href="http://www.youtube.com/watch?feature=x&v=dQw4w9WgXcQ\n" target="_blank"><img '
            f'src="{STILL}" \nalt="A talk" width="240" border="10" /></a>',
            TITLED.replace("A talk", "A\ntalk"),
        ),
        (f'<a href="{ADDRESS}">\n  {IMAGE}\n</a>', TITLED),
        (f'<p align="center">\n<a href="{ADDRESS}">\n{IMAGE}</a>\n</p>', TITLED),
        (f'<div><a href="{ADDRESS}" title="Cap">{IMAGE}</a></div>', CAPTIONED),
        (f"<ul><li><a href={ADDRESS}>{IMAGE}</a></li></ul>", f"<ul><li>{TITLED}</li></ul>"),
        (
            f'<figure><a href="{ADDRESS}">{IMAGE}</a><figcaption>Mine</figcaption></figure>',
            f'<figure><a href="{YOUTUBE}">A talk</a><figcaption>Mine</figcaption></figure>',
        ),
        (f'<a href="{ADDRESS}">![A talk]({STILL})</a>', TITLED),
        (f"[{IMAGE}]({ADDRESS})", TITLED),
        (f'[![A talk]({STILL} "Cap")]({ADDRESS})', CAPTIONED),
        (f'<a href="{ADDRESS}"><img src="{STILL}"></a>', FRAME_FIGURE),
        (
            f'*See* <a href="{ADDRESS}">{IMAGE}</a>, <a href="{ADDRESS}">{IMAGE}</a>.',
            f'<p><em>See</em> <a href="{ADDRESS}">A talk</a>, <a href="{ADDRESS}">A talk</a>.</p>',
        ),
        (
            f'<p>See <a href="{ADDRESS}">{IMAGE}</a> there.</p>',
            f'<p>See <a href="{YOUTUBE}">A talk</a>&nbsp;there.</p>',
        ),
    ],
)
def test_a_still_in_a_link_that_is_typed_as_html_gives_way_to_its_words_too(text, html):
    assert read(text) == (html, [])


def test_stills_typed_as_html_take_no_line_along():
    lines = (
        f'<div>\n<a\nhref="{ADDRESS}">\n{IMAGE}\n</a></div>\n\n<a\nhref="{ADDRESS}">{IMAGE}</a> and'
    )
    _, (problem,) = read(f"{lines}\n<b onclick=x>y</b>")
    assert problem.line == 9


def test_an_own_picture_in_the_link_to_a_film_stays_and_says_where_it_leads():
    typed = f'<a href="{ADDRESS}"><img src="../images/a.jpg" alt="A talk"></a>'
    assert "<img" in read(typed)[0]
    picture = '<img alt="A talk" src="images/a.jpg">'
    told = f'<figure><a href="{ADDRESS}">{picture}</a><figcaption>Film on YouTube</figcaption></figure>'
    assert read(f"[![A talk](../images/a.jpg)]({ADDRESS})") == (told, [])
    captioned = told.replace("Film on", "Cap<br>Film on")
    assert read(f'[![A talk](../images/a.jpg "Cap")]({ADDRESS})') == (captioned, [])
    assert f"<li>{told}</li>" in read(f"- [![A talk](../images/a.jpg)]({ADDRESS})")[0]
    html, _ = read(
        f"One\n[![A talk](../images/a.jpg)]({ADDRESS})\nbehind [![A talk](../images/a.jpg)]({ADDRESS})."
    )
    assert (html.count("<figure>"), html.count("Film on YouTube")) == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        f"[![A talk](https://elsewhere.example/a.jpg)]({ADDRESS})",
        f"[![A talk]({STILL})](https://elsewhere.example/)",
        f"[![A talk]({STILL}) and more]({ADDRESS})",
        f"[![A talk](https://img.youtube.com.evil.example/a.jpg)]({ADDRESS})",
        f'<a href="https://elsewhere.example/">{IMAGE}</a>',
        f'<a href="{ADDRESS}">{IMAGE} and more</a>',
        f'x <a href="{ADDRESS}">and {IMAGE}</a>',
        f"![A talk]({STILL})",
    ],
)
def test_any_other_picture_of_another_site_is_told(text):
    (problem,) = read(text)[1]
    assert "lies on another site. Save it in content/images/ and write: ../images/" in problem.text
    link = f"or link to the film: [its title]({YOUTUBE})"
    assert problem.text.endswith(link) == (STILL in text and "evil" not in text)


@pytest.mark.parametrize(
    "text",
    [
        f"[![A talk]({ADDRESS})](https://elsewhere.example/)",
        f'<img src="{ADDRESS}" alt="A talk">',
        f'<video src="{ADDRESS}"></video>',
    ],
)
def test_a_film_elsewhere_that_is_no_link_of_its_own_is_told_with_the_link_to_write(text):
    (problem,) = read(text)[1]
    seen = f"{ADDRESS} is a film on YouTube, to which only a link of its own leads."
    assert problem.text == f"{seen} Write: [its title]({YOUTUBE})"


def test_a_film_as_a_picture_in_a_line_is_a_link_with_its_words():
    assert read(f"See ![A talk]({ADDRESS}).") == (
        f'<p>See <a href="{YOUTUBE}">A talk</a>.</p>',
        [],
    )


@pytest.mark.parametrize("before", ["one", "[one\ntwo](https://e.org)", "*one\ntwo* three"])
def test_behind_a_film_in_a_paragraph_lines_are_counted_on(before):
    text = f"First.\n\n{before}\n{ADDRESS}\nthree\n<b onclick=x>y</b>"
    _, (problem,) = read(text)
    assert problem.line == len(text.split("\n"))


@pytest.mark.parametrize("between", ["\n", " "])
def test_two_recordings_are_told_apart_by_the_eye(between):
    html, problems = read(f"![One](../images/a.mp3){between}![Two](../images/b.mp3)")
    assert html.count("<figure><audio ") == 2
    assert "<figcaption>One</figcaption>" in html
    assert "<figcaption>Two</figcaption>" in html
    assert not problems


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            '<iframe width="560" src="https://www.youtube.com/embed/dQw4w9WgXcQ?si=1" '
            'title="How to weed" allow="x; y" allowfullscreen></iframe>',
            f'<figure><a href="{YOUTUBE}">How to weed</a><figcaption>Film on YouTube</figcaption></figure>',
        ),
        (
            '<p>\n<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>\n</p>',
            f'<figure><a href="{YOUTUBE}">Film on YouTube</a></figure>',
        ),
        (
            'Text: <iframe src="https://player.vimeo.com/video/12345678" title="T"></iframe>.',
            '<p>Text: <a href="https://vimeo.com/12345678">T</a>.</p>',
        ),
        (f"{RESPONSIVE}{SCRIPT}", RESPONSIVE_FIGURE),
        (f"{RESPONSIVE}\n{SCRIPT}", RESPONSIVE_FIGURE),
        (f"{RESPONSIVE}\n\n{SCRIPT}", RESPONSIVE_FIGURE),
        (
            f"Text: {VIMEO}{SCRIPT}.",
            f"<p>Text: {VIMEO_LINK}.</p>",
        ),
        (
            f"{VIMEO}\n{BY_LINE}",
            '<figure><a href="https://vimeo.com/12345678/ab12">The Talk</a><figcaption>from '
            '<a href="https://vimeo.com/jo">Jo</a> on <a href="https://vimeo.com">Vimeo</a>.</figcaption>'
            "</figure>",
        ),
        (
            f"{VIMEO}\n{BY_LINE.replace('12345678', '87654321')}",
            f"{RESPONSIVE_FIGURE}\n{BY_LINE.replace('12345678', '87654321')}",
        ),
        (
            '<iframe src="https://www.youtube.com/embed/videoseries?si=a&amp;list=PLabcdefghij"></iframe>',
            '<figure><a href="https://www.youtube.com/playlist?list=PLabcdefghij">Film on YouTube</a>'
            "</figure>",
        ),
        (f"{FRAME}\n{FRAME}", f"{FRAME_FIGURE}\n{FRAME_FIGURE}"),
        (f"<p>Text\n{FRAME}\nmore.</p>", f"<p>Text\n{FRAME_LINK}&nbsp;more.</p>"),
        (f"<ul><li>{FRAME}</li></ul>", f"<ul><li>{FRAME_FIGURE}</li></ul>"),
        (f"<div>\n{FRAME}\n<p>It.</p></div>", f"<div>\n{FRAME_FIGURE}\n<p>It.</p></div>"),
        (
            f'<figure><div class="x">{FRAME}</div><figcaption>Mine</figcaption></figure>',
            f"<figure>{FRAME_LINK}<figcaption>Mine</figcaption></figure>",
        ),
    ],
)
def test_the_frame_of_a_film_is_a_link(text, html):
    assert read(text) == (html, [])


@pytest.mark.parametrize(
    "text",
    [
        f"{RESPONSIVE}{SCRIPT.replace('player.vimeo.com', 'player.vimeo.com.evil.org')}",
        f"{RESPONSIVE}{SCRIPT.replace('<script', '<script onload=x')}",
        f"{RESPONSIVE}{SCRIPT.replace('></', '>go()</')}",
        f"Text {VIMEO}{SCRIPT.replace('></', '>go()</')}",
        SCRIPT,
    ],
)
def test_another_program_than_that_of_a_frame_is_refused(text):
    html, (problem, *_) = read(f"One.\n\n{text}")
    assert not html
    assert (problem.line, problem.level) == (3, "error")
    assert problem.text.startswith("<script> is not allowed") or "program" in problem.text


def test_what_goes_with_a_frame_takes_no_line_along():
    parted = VIMEO.replace(" title", "\ntitle")
    _, (problem,) = read(f"<div>\n{parted}\n</div>\n{SCRIPT}\n\n<b onclick=x>y</b>")
    assert problem.line == 7


def test_many_frames_are_read_in_proportion():
    for sign in (
        '<iframe "',
        "<p>",
        '<p><iframe src="',
        f'<p>{FRAME}<p><a href="x">',
        '<a "',
        "<a ><img '",
        f'<a href="{ADDRESS}"><img ',
        f'<p><a href="{ADDRESS}">{IMAGE}',
    ):
        source = sign * (100_000 // len(sign))
        start = process_time()
        replace_frames(source)
        assert process_time() - start < 10


def test_another_frame_is_refused_on_its_line():
    film = '<iframe\nsrc="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>'
    _, problems = read(f'{film}\n\n<iframe src="https://e.org/embed/x"></iframe>')
    assert [(each.line, each.level) for each in problems] == [(4, "error")]
    assert problems[0].text.startswith("<iframe> is not allowed in a text.")


def test_the_frame_of_a_film_cannot_smuggle_html():
    frame = (
        '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ" title="&lt;script&gt;"></iframe>'
    )
    assert "&lt;script&gt;" in read(frame)[0]


def test_a_player_alone_is_a_figure():
    html, _ = read("![A reading](../images/t.mp3)")
    assert html.startswith("<figure><audio ")
    assert html.endswith("</audio><figcaption>A reading</figcaption></figure>")


@pytest.mark.parametrize(
    ("title", "label", "caption"),
    [
        ("", "", "A reading"),
        (' "A reading"', "", "A reading"),
        (' "By *me*"', 'aria-label="A reading" ', "By <em>me</em>"),
    ],
)
def test_a_player_is_named_below_it_and_its_name_is_said_once(title, label, caption):
    html, _ = read(f"![A reading](../images/t.mp3{title})")
    assert html.startswith(f"<figure><audio {label}controls")
    assert f"</audio><figcaption>{caption}</figcaption>" in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("![[d.png|desk]]", f"<p>{DESK}</p>"),
        ("![[d.png|desk|300]]", '<p><img alt="desk" src="images/d.png" width="300"></p>'),
        ("![[images/d.png|desk]]", f"<p>{DESK}</p>"),
        ("![[my desk.png|desk]]", '<p><img alt="desk" src="images/my desk.png"></p>'),
    ],
)
def test_an_embedded_picture_is_shown_with_its_words(text, html):
    assert read(text) == (html, [])


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("![|300](../images/d.png)", "Write: ![what it shows](../images/d.png)"),
        ("![[my desk.png]]", "Write: ![what it shows](<../images/my desk.png>)"),
        ("![](<../images/my desk.png>)", "Write: ![what it shows](<../images/my desk.png>)"),
        ("![[talk.mp3]]", "Write: ![its name](../images/talk.mp3)"),
        ("![](<../images/my talk.mp3>)", "Write: ![its name](<../images/my talk.mp3>)"),
    ],
)
def test_words_are_asked_for_with_an_address_that_may_be_typed(text, remedy):
    _, (problem,) = read(text)
    assert problem.text.endswith(remedy)
    _, problems = read(remedy.removeprefix("Write: "))
    assert not problems


def test_a_recording_in_a_link_is_its_words_there_and_is_told():
    html, problems = read("[![Talk](../images/talk.mp3)](b.md) [x ![](../images/t.mp4)](c.md)")
    assert '<a href="posts/b.md"><span>Talk</span></a>' in html
    assert '<a href="posts/c.md">x <span>t.mp4</span></a>' in html
    assert [problem.text for problem in problems] == [
        "Within a link, the recording talk.mp3 is not played. "
        "Write it beside the link: ![Talk](../images/talk.mp3)",
        "Within a link, the film t.mp4 is not played. "
        "Write it beside the link: ![its name](../images/t.mp4)",
    ]


@pytest.mark.parametrize("text", ["![[d.png]]", "![[d.png|300]]", "![[d.png|300x200]]"])
def test_an_embedded_picture_without_words_is_shown_and_asked_for_them(text):
    html, (problem,) = read(f"Text.\n\n{text}")
    assert 'src="images/d.png"' in html
    assert ('width="300"' in html) == ("300" in text)
    assert (problem.line, problem.level) == (3, "warning")
    assert problem.text.endswith("Write: ![what it shows](../images/d.png)")


def test_an_embedded_text_stays_as_it_was_typed_and_is_told():
    html, (problem,) = read("![[weeding]]")
    assert html == "<p>![[weeding]]</p>" or "weeding" in html
    assert problem.text.endswith("Write: [[weeding]]")
