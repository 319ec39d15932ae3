"""A blog comes along from every program that it can come from: word for word, with all that belongs to it."""
# ruff: noqa: E501 - the lines of exports are as long as their programs write them

import re
import tarfile
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from catalogue.header.front_matter import read_header
from catalogue.text.markdown_parser import make_text_parser
from commands.check import check
from commands.import_ import import_
from commands.importers import assemble
from commands.importers.bodies.body import make_body
from commands.importers.bodies.links import resolve_markdown
from commands.importers.site import MARKDOWN
from commands.importers.words import find_lost
from tests.commands.importers.exports import (
    OTHER,
    RSS,
    TITLE,
    WXR,
    format_item,
    write_blogger,
    write_ghost,
    write_wxr,
)
from tests.conftest import draw_png


@pytest.fixture
def content(tmp_path, monkeypatch):
    """Make an empty content folder; messages name paths from beside it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content" / "posts").mkdir(parents=True)
    return tmp_path / "content"


def bring(content, files, name=None, **how):
    """Import a file, or a folder of files, and return its exit code."""
    if isinstance(files, dict):
        source = content.parent / (name or "source")
        for path, data in files.items():
            place = source / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data if isinstance(data, bytes) else data.encode())
    else:
        source = content.parent / name
        source.write_bytes(files if isinstance(files, bytes) else files.encode())
    return import_(source, "", content, **how)


def read(content, path):
    """Return the header and the body of a file."""
    header = read_header(
        (content / path).read_text(encoding="utf-8"), path.split("/")[0].rstrip("s")
    )
    assert header.problems == []
    return header.values, header.body.strip()


def list_files(content):
    return sorted(p.relative_to(content).as_posix() for p in content.rglob("*") if p.is_file())


def report(content):
    return (content.parent / "import-report.md").read_text()


def test_wordpress_comes_with_posts_pages_drafts_comments_and_topics(content, capsys):
    assert bring(content, write_wxr(), "export.xml") == 0
    assert list_files(content) == [
        "comments/weeding/2015-06-11-ann-reader.md",
        "comments/weeding/2015-06-12-bob.md",
        "pages/about-us.md",
        "posts/a-draft.md",
        "posts/reading-aloud.md",
        "posts/weeding.md",
        "topics/customer-service.md",
    ]
    values, body = read(content, "posts/weeding.md")
    assert values == {
        "Title": TITLE,
        "Date": "2015-06-01T09:30:00+01:00",
        "Comments": 2,
        "Tags": ["Customer Service"],
        "Author": "Ann Example",
        "Summary": "What we took out.",
        "Aliases": ["/2015/06/weeding/"],
    }
    assert body.split("\n\n") == [
        "We took out **four hundred** books.",
        "Nobody asked“ for them”:\\\nnot once.",
        "[A shelf](https://old.example/shelf.jpg)",
        "The empty shelf",
        "> Every book its reader.",
        "```python\nx = 1 < 2",
        "y = 2\n```",
        "[Film on YouTube](https://www.youtube.com/watch?v=abc1234567)",
        "See [the other](reading-aloud.md) and [again](reading-aloud.md).",
    ]
    values, body = read(content, "posts/reading-aloud.md")
    assert body.split("\n\n")[:2] == ["Words of *blocks*.", "- One\n- Two"]
    assert read(content, "posts/a-draft.md")[0]["Status"] == "draft"
    assert read(content, "pages/about-us.md") == (
        {
            "Title": "About us",
            "Date": "2015-06-03T09:30:00+01:00",
            "Aliases": ["/2015/06/about-us/"],
        },
        "Who we are.",
    )
    values, body = read(content, "comments/weeding/2015-06-12-bob.md")
    assert values == {
        "Author": "Bob",
        "Date": "2015-06-12T10:00:00+01:00",
        "Reply-to": "2015-06-11-ann-reader",
    }
    assert body == "So do I.\n\nTruly."
    values, body = read(content, "comments/weeding/2015-06-11-ann-reader.md")
    assert (values["Url"], body) == (
        "https://ann.example",
        "I **agree**. See [this](https://e.example/x).",
    )
    everything = "".join((content / path).read_text() for path in list_files(content))
    assert not any(
        word in everything for word in ("reader@", "192.0.2", "Secret", "Buy!", "Uncategorized")
    )
    told = capsys.readouterr().out
    assert told.startswith(
        "3 posts, 1 page, 1 of them a draft, 2 comments, 1 new topic, 4 old addresses imported."
    )
    for kind in (
        "private",
        "trash",
        "with a password",
        "spam left",
        "waits left",
        "pingback left",
        "of the web",
    ):
        assert kind in told
    assert check(content) == 0


def test_blogger_comes_with_its_comments_told_apart(content):
    assert bring(content, write_blogger(), "blog.xml") == 0
    assert list_files(content) == [
        "comments/weeding/2015-06-11-ann-reader.md",
        "comments/weeding/2015-06-12-bob.md",
        "posts/a-draft.md",
        "posts/reading-aloud.md",
        "posts/weeding.md",
        "topics/customer-service.md",
    ]
    values, body = read(content, "posts/weeding.md")
    assert values["Comments"] == 2
    assert values["Modified"].startswith("2016-01-02T09:30")
    assert values["Aliases"] == ["/2015/06/weeding.html"]
    assert body == "We took out **four hundred** books.\n\nSee [the other](reading-aloud.md)."
    assert read(content, "posts/reading-aloud.md")[1] == "Aloud,\\\nagain."
    assert (
        read(content, "comments/weeding/2015-06-12-bob.md")[0]["Reply-to"]
        == "2015-06-11-ann-reader"
    )
    assert check(content) == 0


def test_ghost_comes_in_each_of_its_forms(content):
    assert bring(content, write_ghost(), "ghost.json") == 0
    assert [path for path in list_files(content) if not path.startswith("topics")] == [
        "pages/about-us.md",
        "posts/a-draft.md",
        "posts/reading-aloud.md",
        "posts/weeding.md",
    ]
    values, body = read(content, "posts/weeding.md")
    assert (values["Author"], values["Tags"], values["Summary"]) == (
        "Ann Example",
        ["Customer service"],
        "What we took out.",
    )
    assert body == "We took out **four hundred** books.\n\n```python\nx = 1 < 2\n```\n\n1. *One*"
    body = read(content, "posts/reading-aloud.md")[1]
    assert body.startswith("*Aloud*, [again](weeding.md)\\\nand again\n\n")
    assert body.endswith("Some **words**.\n\n- Two")
    assert check(content) == 0


def test_a_feed_comes_with_its_number_of_comments(content):
    assert bring(content, RSS, "feed.xml") == 0
    values, body = read(content, "posts/weeding.md")
    assert (values["Comments"], values["Date"]) == (3, "2015-06-01T09:30:00+01:00")
    assert (values["Summary"], body) == ("Short words.", "We took out **four hundred** books.")


JEKYLL = {
    "_config.yml": "url: https://old.example\nbaseurl: ''\n",
    "_posts/2015-06-01-weeding.md": (
        f'---\nlayout: post\ntitle: "{TITLE}"\ncategories: [Service]\ntags: social-media\n'
        "permalink: /2015/weeding/\n---\n"
        "* TOC\n{:toc}\n\nWe took out *four hundred*{: .red} books.\n\n"
        '![A shelf]({{ site.baseurl }}/assets/shelf.png){: width="80"}\n\n'
        "{% highlight ruby %}\nx = 1 {% 2 %}\n{% endhighlight %}\n\n"
        "See [the other]({% post_url 2015-06-02-reading-aloud %}), `{% raw %}`.\n"
    ),
    "_posts/2015-06-02-reading-aloud.markdown": (
        f'---\ntitle: {OTHER}\npublished: true\n---\n{{% include youtube.html id="abc1234567" %}}\n\n'
        "{% unknown thing %} Words.\n"
    ),
    "_drafts/later.md": "---\ntitle: Later\n---\nNot yet.\n",
    "assets/shelf.png": draw_png(8, 6),
    "README.md": "# Not a post\n",
    "_layouts/post.html": "<p>{{ content }}</p>",
    "_posts/2015-06-03-old.rst": "Old\n===\n",
}


def test_jekyll_comes_with_its_pictures_links_and_marks(content, capsys):
    assert bring(content, JEKYLL) == 0
    assert [path for path in list_files(content) if not path.startswith("topics")] == [
        "images/shelf.png",
        "posts/later.md",
        "posts/reading-aloud.md",
        "posts/weeding.md",
    ]
    values, body = read(content, "posts/weeding.md")
    assert values["Aliases"] == ["/2015/weeding/"]
    assert values["Tags"] == ["Social media", "Service"]
    assert body == (
        "We took out *four hundred* books.\n\n![A shelf](../images/shelf.png)\n\n"
        "```ruby\nx = 1 {% 2 %}\n```\n\nSee [the other](reading-aloud.md), `{% raw %}`."
    )
    body = read(content, "posts/reading-aloud.md")[1]
    assert (
        body
        == "[Film on YouTube](https://www.youtube.com/watch?v=abc1234567)\n\n{% unknown thing %} Words."
    )
    told = capsys.readouterr().out
    assert "mark of another program kept as it is" in told
    assert "file of another form left (.rst)" in told
    assert check(content) == 0


HUGO = {
    "hugo.toml": 'baseURL = "https://old.example/"\n',
    "content/posts/weeding/index.md": (
        '+++\ntitle = "Weeding"\ndate = 2015-06-01T09:30:00+01:00\ntags = ["Service", "service"]\ndraft = false\n+++\n'
        '{{< figure src="shelf.png" caption="The shelf" alt="A shelf" >}}\n\n'
        'See [the other]({{< ref "reading.md" >}}) --- and `{{ code }}`.\n\n'
        "{{< highlight go >}}\nx := 1\n{{< /highlight >}}\n"
    ),
    "content/posts/weeding/shelf.png": draw_png(5, 5),
    "content/posts/reading.md": '{"title": "Reading", "date": "2015-06-02"}\n\nWords of reading.\n',
    "content/posts/_index.md": "---\ntitle: Posts\n---\n",
    "content/about.md": "---\ntitle: About\ntype: page\n---\nWho we are.\n",
}


def test_hugo_comes_with_bundles_shortcodes_and_each_form_of_header(content):
    assert bring(content, HUGO) == 0
    values, body = read(content, "posts/weeding.md")
    assert (values["Title"], values["Tags"]) == ("Weeding", ["Service"])
    assert body == (
        '![A shelf](../images/shelf.png "The shelf")\n\nSee [the other](reading.md) --- and `{{ code }}`.\n\n'
        "```go\nx := 1\n```"
    )
    assert read(content, "posts/reading.md")[0]["Date"] == "2015-06-02T00:00:00"
    assert read(content, "pages/about.md")[1] == "Who we are."
    assert check(content) == 0


OBSIDIAN = {
    "Weeding.md": (
        "---\ntags: [service/desk]\ncreated: 2015-06-01\n---\n# Weeding\n\nSee [[Reading|the other]] and [[Reading#Part]].\n\n"
        "![[shelf.png|300]]\n\n%%hidden%% ==marked== words, ![[nowhere.png]]\n"
    ),
    "Reading.md": "---\ncreated: 2015-06-02\n---\nWords.\n\n## Part\n\nMore.\n",
    "files/shelf.png": draw_png(7, 7),
    ".obsidian/app.json": "{}",
}


def test_obsidian_comes_with_links_by_name_and_embedded_pictures(content):
    assert bring(content, OBSIDIAN) == 0
    values, body = read(content, "posts/weeding.md")
    assert values["Title"] == "Weeding"
    assert "See [the other](reading.md) and [Reading › Part](reading.md)." in body
    assert "![|300](../images/shelf.png)" in body  # with its width
    assert "words that did not come along" not in report(content)
    assert "<!--hidden--> <mark>marked</mark> words" in body
    assert "nowhere.png" in report(content)


PELICAN = {
    "content/weeding.md": (
        "Title: Weeding\nDate: 2015-06-01 09:30\nTags: Service, Desk\nSlug: weeding-books\nSummary: Short.\n\n"
        "See [the other]({filename}sub/reading.md) and ![A shelf]({static}/images/shelf.png).\n\n"
        "On [aims]({filename}#aims) and [no place]({filename}#gone).\n\n## The end {: #aims .big }\n"
    ),
    "content/sub/reading.md": "Title: Reading\nDate: 2015-06-02\nStatus: draft\n\nWords of reading.\n",
    "content/images/shelf.png": draw_png(6, 6),
    "content/pages/about.md": "Title: About\n\nWho we are.\n",
}


def test_pelican_comes_with_its_lines_and_indicators(content):
    assert bring(content, PELICAN) == 0
    values, body = read(content, "posts/weeding-books.md")
    assert (values["Date"], values["Summary"]) == ("2015-06-01T09:30:00", "Short.")
    assert body.split("\n\n") == [
        "See the other and ![A shelf](../images/shelf.png).",  # the other is a draft
        "On [aims](#aims) and no place.",
        "## The end {#aims}",
    ]
    assert "no place called #gone" in report(content)
    assert read(content, "posts/reading.md")[0]["Status"] == "draft"
    assert read(content, "pages/about.md")[1] == "Who we are."


IN_REVIEWS = "content/Reviews/weeding.md"


@pytest.mark.parametrize(
    ("path", "settings", "line", "topics"),
    [
        (IN_REVIEWS, "AUTHOR = 'Ann'", "", ["Desk", "Reviews"]),
        (IN_REVIEWS, None, "", ["Desk", "Reviews"]),
        ("Reviews/weeding.md", None, "", ["Desk", "Reviews"]),
        ("content/blog/Book reviews/weeding.md", "", "", ["Desk", "Book reviews"]),
        (IN_REVIEWS, "", "Category: Films\n", ["Desk", "Films"]),
        (IN_REVIEWS, "USE_FOLDER_AS_CATEGORY = False", "", ["Desk"]),
        (IN_REVIEWS, "CATEGORY_SAVE_AS = ''", "", ["Desk"]),
        (IN_REVIEWS, "FILENAME_METADATA = '(?P<slug>.*)'", "", ["Desk", "Reviews"]),
        ("src/Reviews/weeding.md", "PATH = './src/'", "", ["Desk", "Reviews"]),
        ("src/weeding.md", "PATH = 'src'", "", ["Desk"]),
        ("content/weeding.md", "", "", ["Desk"]),
        ("content/2015/weeding.md", None, "", ["Desk"]),
        ("content/posts/weeding.md", None, "", ["Desk"]),
    ],
)
def test_a_post_of_pelican_keeps_the_category_of_its_folder(content, path, settings, line, topics):
    text = f"Title: Weeding\nDate: 2015-06-01\n{line}Tags: Desk\n\nWords.\n"
    files = {path: text} if settings is None else {path: text, "pelicanconf.py": settings}
    assert bring(content, files) == 0
    assert read(content, "posts/weeding.md")[0]["Tags"] == topics


def test_a_folder_of_another_program_is_no_category(content):
    text = "---\ntitle: Weeding\ndate: 2015-06-01\ntags: [Desk]\n---\nWords.\n"
    assert bring(content, {"hugo.toml": "", IN_REVIEWS: text}) == 0
    assert read(content, "posts/weeding.md")[0]["Tags"] == ["Desk"]


CODE = "```html\n<script>x</script>\n<!--more-->\n![a](b.png) {{< figure src=x >}} {: .c} [[d]]\n{% highlight x %}\ny\n{% endhighlight %}\n```\n\n`<iframe src=x></iframe> %%y%%`"


def test_code_comes_as_it_is_whatever_is_in_it(content, capsys):
    files = {
        "_config.yml": "title: Old\n",
        "_posts/2015-01-02-a.md": f"---\ntitle: A\n---\nWords.\n\n{CODE}\n",
    }
    assert bring(content, files) == 0
    assert read(content, "posts/a.md")[1] == f"Words.\n\n{CODE}"
    assert capsys.readouterr().out.splitlines()[1:] == ["The whole report: import-report.md"]


NOTES = """Words[^1], more[^long] and a last one[^file][^link].

[^1]: First words of a note.
[^long]: Second words.

    Its second paragraph.
[^file]: 2015-06-02-b.md is a file (of mine).
[^link]: [A page](https://e.example/x), or <https://e.example/y>.
[^bare]: https://e.example/z
[^first]: (See above.)"""


@pytest.mark.parametrize(
    ("settings", "path"),
    [("_config.yml", "_posts/2015-06-01-a.md"), ("hugo.toml", "content/posts/a.md")],
)
def test_footnotes_come_as_they_are_and_are_no_links(content, capsys, settings, path):
    other = "---\ntitle: B\ndate: 2015-06-02\n---\nWords.\n"
    text = f"---\ntitle: A\ndate: 2015-06-01\n---\n{NOTES}\n"
    files = {settings: "", path: text, f"{path.rpartition('/')[0]}/2015-06-02-b.md": other}
    assert bring(content, files) == 0
    assert read(content, "posts/a.md")[1] == NOTES
    assert capsys.readouterr().out.splitlines()[1:] == ["The whole report: import-report.md"]


def test_words_that_a_footnote_loses_are_told():
    assert find_lost("A[^1].\n\n[^1]: Two words.", MARKDOWN, "A[^1].\n\n[^1]: Two.") == ["words"]


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("[the other]({{ site.baseurl }}/2015/06/02/b.html)", "[the other](b.md)"),
        ("[the other]({{site.url}}{{ site.baseurl }}/2015/06/02/b.html)", "[the other](b.md)"),
        ("[the other]({{ site.baseurl }}{% post_url 2015-06-02-b %})", "[the other](b.md)"),
        ('[the other]({{ "/2015/06/02/b.html" | relative_url }})', "[the other](b.md)"),
        ("[the other]({{ '/2015/06/02/b.html' | prepend: site.baseurl }})", "[the other](b.md)"),
        ('<a href="{{ site.baseurl }}/2015/06/02/b.html">the other</a>', "[the other](b.md)"),
        ("![A shelf]({{ site.baseurl }}/shelf.png)", "![A shelf](../images/shelf.png)"),
        ("[r]\n\n[r]: {{ site.baseurl }}/2015/06/02/b.html", "[r]\n\n[r]: b.md"),
        ("[the `o[]`]({{ site.baseurl }}/2015/06/02/b.html)", "[the `o[]`](b.md)"),
        ("![The `shelf`]({{ site.baseurl }}/shelf.png)", "![The `shelf`](../images/shelf.png)"),
        ("this\n\n* TOC\n{:toc}", "this"),
        ("this\n\n## End\n{: .a #b}\n\n{: .c}\nOf all", "this\n\n## End {#b}\n\n\nOf all"),
        (
            '\n\n> <blockquote><p><a href="/2015/06/02/b.html">B</a></p>\n> and so\n>\n> [B](/2015/06/02/b.html)',
            '\n\n> <blockquote><p><a href="b.md">B</a></p>\n> and so\n>\n> [B](b.md)',
        ),
        (
            '<script src="https://gist.github.com/ann/1a.js?file=b"></script>',
            "<https://gist.github.com/ann/1a>",
        ),
        (
            '<object data="http://www.youtube.com/v/abc1234567&hl=en"><b>No film</b></object>',
            "[Film on YouTube](https://www.youtube.com/watch?v=abc1234567)",
        ),
        ("this\n\n- Contents of the page\n{: toc .small}", "this"),
        ("{% comment %}Hidden words{% endcomment %}this", "<!--Hidden words-->this"),
        ("The baseurl, `{{ site.baseurl }}`", "The baseurl, `{{ site.baseurl }}`"),
    ],
)
def test_marks_and_addresses_of_jekyll_are_no_lost_words(content, capsys, source, made):
    files = {
        "_config.yml": "",
        "_posts/2015-06-01-a.md": f"---\ntitle: A\n---\nSee: {source}\n",
        "_posts/2015-06-02-b.md": "---\ntitle: B\n---\nWords.\n",
        "shelf.png": draw_png(8, 6),
    }
    assert bring(content, files) == 0
    assert read(content, "posts/a.md")[1] == f"See: {made}"
    assert capsys.readouterr().out.splitlines()[1:] == ["The whole report: import-report.md"]


def test_each_file_of_jekyll_comes_as_what_it_is_and_nothing_in_it_stops_a_build(content):
    entities = " &amp; &c; and" * 30
    comment = (
        "comments:\n- {author: Ann, date: 2015-06-03, url: 'https://e.org/a@e.org', content: So.}\n"
    )
    files = {
        "_config.yml": "permalink: pretty\n",
        "index.html": "---\ntitle: Home\n---\n{% for post in site.posts %}{{ post.title }}{% endfor %}\n",
        "talks.md": "---\ntitle: Talks\n---\nThose I gave.\n",
        "_posts/2015-06-01-a.md": "---\ntitle: A [b]\nexternal_url: https://e.org/a_(b)\n---\n",
        "_posts/2015-06-02-b.md": f"---\ntitle: <i>B</i> of C\nnote: 'A{entities}'\n{comment}---\nWords.\n",
    }
    assert bring(content, files) == 0
    reply = "comments/b/2015-06-03-ann.md"
    assert list_files(content) == [reply, "pages/talks.md", "posts/a.md", "posts/b.md"]
    assert "Url" not in read(content, reply)[0]
    assert read(content, "posts/b.md")[0]["Title"] == "B of C"
    values, body = read(content, "posts/a.md")
    assert (body, "Status" in values) == (r"[A \[b\]](https://e.org/a_%28b%29)", False)
    assert "index.html: it is a template that lists other texts" in report(content)
    assert check(content) == 0


def test_a_bracket_that_nothing_closes_takes_no_longer_with_each_link_behind_it():
    links = " [a](b)" * 24
    begin = time.perf_counter()
    made = resolve_markdown(f"[Open{links}", lambda address, _: f"{address}.md", lambda *_: "")
    assert made == f"[Open{links.replace('(b)', '(b.md)')}"
    assert time.perf_counter() - begin < 1  # each link doubled it


# What is there, and what comes twice


def test_a_second_run_adds_only_what_is_new_and_touches_nothing(content, capsys):
    assert bring(content, JEKYLL) == 0
    (content / "posts/weeding.md").write_text(
        "Title: " + TITLE + "\nDate: 2015-06-01\n\nMy own words now.\n"
    )
    before = {path: (content / path).read_bytes() for path in list_files(content)}
    more = {
        **JEKYLL,
        "_posts/2015-06-09-new.md": "---\ntitle: New\n---\nNew words, [w]({% post_url 2015-06-01-weeding %}).\n",
    }
    assert bring(content, more) == 0
    after = {path: (content / path).read_bytes() for path in list_files(content)}
    assert {path: after[path] for path in before} == before
    assert sorted(after.keys() - before.keys()) == ["posts/new.md"]
    assert "[w](weeding.md)" in read(content, "posts/new.md")[1]
    capsys.readouterr()
    assert bring(content, more) == 0
    assert capsys.readouterr().out.startswith("Nothing new was found.")


UNTITLED = format_item(2, "", "", "Words without a title.")
LATER = UNTITLED.replace("09:30", "17:45").replace("08:30", "16:45").replace("Words", "More words")
DATELESS = re.sub(r"(<wp:post_date(?:_gmt)?>)[^<]*", r"\g<1>0000-00-00 00:00:00", UNTITLED)


@pytest.mark.parametrize(
    "items",
    [
        [UNTITLED],
        [UNTITLED, LATER],
        [DATELESS, DATELESS.replace("Words", "More words")],
        [UNTITLED.replace("<title></title>", "<title>?!</title>")],
        [format_item(1, "Long " * 100, "long", "Words.")],
        [format_item(1, "News", "news", "Words."), format_item(1, "News", "news-2", "More words.")],
    ],
)
def test_a_second_run_adds_no_post_again_whatever_its_title(content, capsys, items):
    export = WXR.format(items="\n".join(items))
    assert bring(content, export, "export.xml") == 0
    before = list_files(content)
    assert len([path for path in before if path.startswith("posts")]) == len(items)
    capsys.readouterr()
    assert bring(content, export, "export.xml") == 0
    assert capsys.readouterr().out.startswith("Nothing new was found.")
    assert list_files(content) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (UNTITLED, LATER),
        (LATER, UNTITLED),
        (
            format_item(1, "News", "news", "Words."),
            format_item(1, "News", "news-2", "More words.").replace("09:30", "07:15"),
        ),
    ],
)
def test_another_post_of_the_same_day_and_title_is_no_post_that_is_there(content, old, new):
    assert bring(content, WXR.format(items=old), "export.xml") == 0
    (before,) = (path for path in list_files(content) if path.startswith("posts"))
    words = read(content, before)[1]
    assert bring(content, WXR.format(items=f"{old}\n{new}"), "export.xml") == 0
    found = {read(content, p)[1] for p in list_files(content) if p.startswith("posts")}
    assert len(found) == 2
    assert words in found


def test_two_posts_of_one_name_are_both_kept_the_second_with_a_number(content):
    files = {
        "_posts/2014-01-01-news.md": "---\ntitle: News\n---\nThe first words of news.\n",
        "_posts/2015-01-01-news.md": "---\ntitle: News\n---\nThe second words of news.\n",
    }
    assert bring(content, files) == 0
    assert read(content, "posts/news.md")[1] == "The first words of news."
    values, body = read(content, "posts/news-2.md")
    assert (values["Aliases"], body) == (["/2015/01/01/news.html"], "The second words of news.")


def test_a_dry_run_writes_nothing_and_names_what_it_would(content, capsys):
    assert bring(content, JEKYLL, is_dry=True) == 0
    assert list_files(content) == []
    assert not (content.parent / "import-report.md").exists()
    assert "posts/weeding.md" in capsys.readouterr().out


def test_topics_are_mapped_by_hand_and_joined_with_those_that_are_there(content):
    (content / "topics").mkdir()
    (content / "topics/desk.md").write_text("Title: Reference desk\nUsed-for: Service\n\nScope.\n")
    (content.parent / "map.txt").write_text("# by hand\nsocial-media = Networks\n")
    assert bring(content, JEKYLL, topics_file=str(content.parent / "map.txt")) == 0
    assert read(content, "posts/weeding.md")[0]["Tags"] == ["Networks", "Reference desk"]
    assert [path for path in list_files(content) if path.startswith("topics")] == [
        "topics/desk.md",
        "topics/networks.md",
    ]


def test_lost_words_are_named_unless_nobody_asks(content, capsys, monkeypatch):
    def lose(*words):
        return make_body(*words).replace("Kept", "").replace("twice", "")

    monkeypatch.setattr(assemble, "make_body", lose)
    files = {"_posts/2015-01-01-a.md": "---\ntitle: A\n---\nKept words, twice and twice.\n"}
    assert bring(content, files, verifies=False) == 0
    assert "did not come along" not in capsys.readouterr().out
    (content / "posts/a.md").unlink()
    assert bring(content, files) == 0
    assert (
        "post with words that did not come along: _posts/2015-01-01-a.md" in capsys.readouterr().out
    )
    assert "kept, twice, twice" in report(content)


def test_programs_in_a_text_are_left_out_and_told(content, capsys):
    files = {"_posts/2015-01-02-b.md": "---\ntitle: B\n---\nKept words.\n\n<script>x</script>\n"}
    assert bring(content, files) == 0
    assert "<script> left out" in capsys.readouterr().out
    assert read(content, "posts/b.md")[1] == "Kept words."


# What is not as it should be


@pytest.mark.parametrize(
    ("data", "name", "seen"),
    [
        (
            "<!DOCTYPE x [<!ENTITY a 'b'>]><rss version='2.0'>&a;</rss>",
            "a.xml",
            "declares entities",
        ),
        ("<rss version='2.0'><channel></channel></rss>", "a.xml", "has no post"),
        ('{"db": [{"data": {}}]}', "a.json", "no table of posts"),
        ('{"posts": [', "a.json", "no JSON"),
        (b"PK\x03\x04 no archive", "a.zip", "the archive cannot be read"),
    ],
)
def test_what_is_no_export_is_told_and_nothing_is_written(content, capsys, data, name, seen):
    assert bring(content, data, name) == 1
    told = capsys.readouterr().err
    assert seen in told
    assert told.rstrip().endswith("Nothing was imported.")
    assert list_files(content) == []


def test_a_damaged_export_is_read_as_far_as_it_goes(content, capsys):
    data = write_wxr()
    cut = data.index("<title>About us")
    assert bring(content, data[:cut], "export.xml") == 0
    assert "posts/reading-aloud.md" in list_files(content)
    assert "pages/about-us.md" not in list_files(content)
    assert "damaged export" in capsys.readouterr().out
    assert "cannot be read, and nothing below it was" in report(content)


def test_a_header_that_cannot_be_read_is_told_with_its_file(content, capsys):
    files = {**JEKYLL, "_posts/2015-06-05-bad.md": "---\ntitle: [\n---\nWords.\n"}
    assert bring(content, files) == 0
    assert "posts/weeding.md" in list_files(content)
    assert "_posts/2015-06-05-bad.md: the header cannot be read as YAML" in report(content).replace(
        "\\", ""
    )


def make_zip(files):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def make_tar(files):
    stream = BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, data in files.items():
            blob = data if isinstance(data, bytes) else data.encode()
            member = tarfile.TarInfo(name)
            member.size = len(blob)
            archive.addfile(member, BytesIO(blob))
    return stream.getvalue()


@pytest.mark.parametrize(("make", "name"), [(make_zip, "old.zip"), (make_tar, "old.tar.gz")])
def test_a_saved_archive_is_read_like_what_is_in_it(content, make, name):
    files = {f"blog-main/{path}": data for path, data in JEKYLL.items()}
    assert bring(content, make(files), name) == 0
    assert {"images/shelf.png", "posts/weeding.md"} <= set(list_files(content))


@pytest.mark.parametrize("make", [make_zip, make_tar])
@pytest.mark.parametrize("path", ["../out.md", "/tmp/out.md", "a/../../out.md", "C:/out.md"])
def test_an_archive_that_leads_out_of_its_folder_is_refused(content, capsys, make, path):
    name = "old.zip" if make is make_zip else "old.tar.gz"
    assert bring(content, make({path: "x", "a.md": "y"}), name) == 1
    assert "leaves its folder" in capsys.readouterr().err
    assert not Path(content.parent / "out.md").exists()


def test_a_format_that_nobody_knows_is_told_with_those_that_are(content, capsys):
    assert bring(content, "x", "a.txt", form="joomla") == 2
    assert "Write one of: dump, wordpress" in capsys.readouterr().err


CODED = """<?xml version="1.0"?>
<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><item>
<title><![CDATA[Q & A: <em>Caf&eacute;</em> &amp; tea &#8211; 1 &lt; 2]]></title><dc:creator>Ann & Bob</dc:creator>
<link>https://old.example/q/</link><wp:post_name>q</wp:post_name><wp:post_type>post</wp:post_type>
<wp:status>publish</wp:status><wp:post_date>2015-06-01 09:30:00</wp:post_date>
<category domain="category"><![CDATA[Books &amp; Reading]]></category>
<category domain="category"><![CDATA[Cats & Dogs]]></category>
<content:encoded><![CDATA[<p>one&nbsp;two caf&eacute;&hellip; &mdash; &amp; R&D end</p><pre>a &amp;amp; b</pre>]]></content:encoded>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author><![CDATA[Tom & Jerry]]></wp:comment_author>
<wp:comment_date>2015-06-02 09:30:00</wp:comment_date><wp:comment_approved>1</wp:comment_approved>
<wp:comment_content><![CDATA[Fish & chips &amp; peas]]></wp:comment_content></wp:comment>
</item></channel></rss>"""


def test_ampersands_and_entities_in_html_of_wordpress_are_what_readers_saw(content):
    assert bring(content, CODED, "coded.xml") == 0
    header, body = read(content, "posts/q.md")
    assert header["Title"] == "Q & A: Café & tea – 1 < 2"
    assert header["Author"] == "Ann & Bob"
    assert "one\u00a0two café… — & R&D end" in body.replace("&nbsp;", "\u00a0")
    assert "a &amp; b" in body
    titles = [
        read(content, f"topics/{path.name}")[0]["Title"] for path in (content / "topics").iterdir()
    ]
    assert sorted(titles) == ["Books & Reading", "Cats & Dogs"]
    (comment,) = (content / "comments/q").iterdir()
    header, body = read(content, f"comments/q/{comment.name}")
    assert (header["Author"], body) == ("Tom & Jerry", "Fish & chips & peas")


@pytest.mark.parametrize(
    "line",
    [
        "expiryDate: 2016-01-01",
        "headless: true",
        "unlisted: true",
        "password: geheim",
        "build:\n  render: never",
        "_build:\n  render: never\n  list: never",
    ],
)
def test_what_was_hidden_where_it_comes_from_is_a_draft_and_told(content, line):
    post = f"---\ntitle: Fut\ndate: 2015-06-02\n{line}\n---\nHidden words.\n"
    assert bring(content, {"content/posts/fut.md": post}) == 0
    assert read(content, "posts/fut.md")[0]["Status"] == "draft"
    assert "text that was hidden made a draft" in report(content).lower()


def test_what_waits_for_a_day_waits_for_it_here_too(content):
    post = "---\ntitle: Fut\ndate: 2015-06-02\npublishDate: 2095-01-01\nexpiryDate: 2096-01-01\n---\nWords.\n"
    assert bring(content, {"content/posts/fut.md": post}) == 0
    header, _ = read(content, "posts/fut.md")
    assert header["Date"].startswith("2095-01-01")
    assert "Status" not in header


def test_the_address_of_a_post_in_words_becomes_a_link(content):
    other = "---\ntitle: Reading\ndate: 2015-06-02\n---\nWords.\n"
    post = (
        "---\ntitle: A\ndate: 2015-06-03\n---\n"
        "At {% post_url 2015-06-02-reading-aloud %} and [here]({{ site.url }}{% post_url 2015-06-02-reading-aloud %}) "
        'and <a href="{% post_url 2015-06-02-reading-aloud %}">there</a>.\n'
    )
    files = {"_posts/2015-06-02-reading-aloud.md": other, "_posts/2015-06-03-a.md": post}
    assert bring(content, files) == 0
    _, body = read(content, "posts/a.md")
    assert "import-post" not in body
    address = "(reading-aloud.md)"
    assert body == f"At [reading aloud]{address} and [here]{address} and [there]{address}."


IN_HTML = """<p>See <a href="/2015/06/02/other/">the <em>other</em></a> & <a href='https://e.org/?a=1&amp;b'>that</a>.</p>

<pre>
code <a href="x">

more
</pre>

<p><a href="https://photos.example/1/"><img src="https://photos.example/1.jpg" alt="A desk"></a></p>
"""
MIXED = """## Heading

<div class="x">See <a href="/2015/06/02/other/">the other</a> and
<img src="/images/shelf.png" alt="A shelf">.</div>

<div>

<a href="https://photos.example/1/"><img src="https://photos.example/1.jpg" alt="A desk"></a>

</div>

<p><a class=y href="https://photos.example/2/"><img src="https://photos.example/2.jpg" alt="A lamp"></a></p>

See <a href="/2015/06/02/other/">the other</a>, [![A chair](https://photos.example/3.jpg)](https://photos.example/3/).
"""


@pytest.mark.parametrize("body", [IN_HTML, MIXED], ids=["all", "some"])
def test_html_in_the_markdown_of_a_blog_shows_its_links_and_pictures_as_before(content, body):
    files = {
        "_config.yml": "permalink: pretty\n",
        "images/shelf.png": draw_png(6, 6),
        "_posts/2015-06-01-a.md": f"---\ntitle: A\n---\n\n{body}",
        "_posts/2015-06-02-other.md": "---\ntitle: Other\n---\n\nWords.\n",
    }
    assert bring(content, files) == 0
    shown = make_text_parser().convert(read(content, "posts/a.md")[1])
    seen = re.sub(r"</?(?:code|pre)[^>]*>", "", shown)
    assert "](" not in seen
    links = {words: address for address, words in re.findall(r'<a href="([^"]*)">(.*?)</a>', shown)}
    if body == IN_HTML:
        assert links["the <em>other</em>"] == "other.md"
        assert links["that"] == "https://e.org/?a=1&amp;b"
        assert read(content, "posts/a.md")[1].count("```") == 2
        assert (links["A desk"], links["photos.example"]) == (
            "https://photos.example/1.jpg",
            "https://photos.example/1/",
        )
    else:
        assert links["the other"] == "other.md"
        assert '<img src="../images/shelf.png" alt="A shelf">' in shown
        assert {"A desk", "A lamp", "A chair", "photos.example"} <= links.keys()


@pytest.mark.parametrize("before", ["", "Some *Markdown*.\n\n"])
def test_code_with_blank_lines_below_a_paragraph_of_html_stays_one_piece(content, before):
    code = "def a():\n    pass\n\n\ndef b():\n    pass"
    body = f'{before}<p>See:</p>\n<pre lang="python">\n{code}\n</pre>\n<p>And <em>so</em> on.</p>\n'
    assert bring(content, {"_posts/2015-06-01-a.md": f"---\ntitle: A\n---\n\n{body}"}) == 0
    shown = make_text_parser().convert(read(content, "posts/a.md")[1])
    (block,) = re.findall(r"<pre.*?</pre>", shown, re.DOTALL)
    assert code in block
    assert "<p>And <em>so</em> on.</p>" in shown


def test_html_that_is_not_whole_stays_for_a_person_to_mend(content):
    body = (
        '<p>One <a href="https://e.org/\'>two</a> three.</p>\n<p>Four <a href="/x/">five</a>.</p>\n'
    )
    assert bring(content, {"_posts/2015-06-01-a.md": f"---\ntitle: A\n---\n\n{body}"}) == 0
    values, kept = read(content, "posts/a.md")
    assert values["Status"] == "draft"
    assert "two</a> three." in kept


def test_a_post_without_a_text_keeps_its_tags_and_its_old_address(content):
    post = "---\ntitle: A\ndate: 2015-06-01\ntags: [Service]\npermalink: /a/b/\n---\n"
    assert bring(content, {"_posts/2015-06-01-a.md": post}) == 0
    header, _ = read(content, "posts/a.md")
    assert (header["Tags"], header["Aliases"], header["Status"]) == (
        ["Service"],
        ["/a/b/"],
        "draft",
    )


JEKYLL_POST = "---\ntitle: {}\ndate: 2015-06-0{}\n---\n\n{}\n"


def test_a_blog_with_texts_that_a_person_has_to_mend_can_be_built_at_once(content):
    broken, long = ("{% post_url 2015-06-01-broken %}", "{% post_url 2015-06-03-long %}")
    linking = f"See [the *broken* one]({broken}) and [this]({long})."
    files = {
        "_config.yml": "permalink: pretty\n",
        "_posts/2015-06-01-broken.md": JEKYLL_POST.format("Broken", 1, "<embed src=x>"),
        "_posts/2015-06-02-linking.md": JEKYLL_POST.format("Linking", 2, linking),
        "_posts/2015-06-03-long.md": JEKYLL_POST.format("Long", 3, "word " * 9_000),
    }
    assert bring(content, files) == 0
    assert read(content, "posts/broken.md")[0]["Status"] == "draft"
    assert "See the *broken* one and [this](long.md)." in read(content, "posts/linking.md")[1]
    header, body = read(content, "posts/long.md")
    assert ("Status" in header, body.split()) == (False, ["word"] * 9_000)
    assert "- posts/linking.md: broken.md" in report(content)
    assert check(content) == 0
