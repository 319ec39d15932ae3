"""A tree in which something leads nowhere, or cannot be read, never takes the place of the last one."""
# ruff: noqa: E501 - a case is one line

import shutil

import pytest

from building.hidden_texts import HiddenTexts
from building.jobs import Job
from building.prove_tree import prove_tree
from building.tree import Entry
from building.tree_reader import GROUP
from building.tree_sizes import MOST_BYTES, MOST_FILE_BYTES
from catalogue.problems import Refused
from catalogue.project import ROOT
from tests.published import judge

SITE = "https://ann.example/blog"
SETTINGS = {"SITEURL": SITE, "PATH": "content"}
SECRET = "what nobody is to read before the day of the opening"
TEXTS = {
    "posts/open.md": "Title: Open\nDate: 2026-01-01\nTags: Reading\n\nAnyone may read these words of a post.\n",
    "posts/told.md": "Title: Told\nDate: 2026-01-02\nTags: Reading\nSeries: How to run a library on nothing at all\nSummary: The words that I have put into a "
    "summary\n\nText.\n",
    "posts/sketch.md": "Title: Sketch\nDate: 2026-01-01\nStatus: draft\n\n"
    f"Short.\n\n{SECRET}.\n\nAnyone may read these words of a post.\n",
    "posts/later.md": "Title: Later\nDate: 2098-01-01\n\nSome words that have to wait for years.\n",
    "comments/open/ann.md": "Author: Ann\nDate: 2098-01-01\n\nAn answer that nobody has read yet at all.\n",
    "posts/typed.md": f"Title: Typed\nDate: 2026-01-01\n\nSee <{SITE}/posts/typed/>.\n",
    "topics/reading.md": "Title: Reading\n\nScope.\n",
}
DRAFT = "Title: Sketch\nDate: 2026-01-01\nStatus: draft\n\n{}.\n"
CATALOGUE, _ = judge(TEXTS)
PAGE = '<html><head>{head}</head><body id="top"><a href="/blog/">home</a>{body}</body></html>'
FILES = {
    "index.html": PAGE.format(head="", body='<p id="here">x</p><a name="named"></a>'),
    "posts/a/index.html": PAGE.format(head="", body=""),
    "images/a b.png": "x",
    "feeds/all.json": '{"items": []}',
    "sitemap.xml": f"<urlset><url><loc>{SITE}/posts/a/</loc></url></urlset>",
}


def write(folder, files):
    """Write a tree; return its jobs and entries."""
    entries, jobs = {}, []
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        entries[name] = Entry("key", f"{len(text)} 1 2", str(hash(text)))
        jobs.append(Job(name, lambda: b"", None, "template" if name.endswith(".html") else None))
    return jobs, entries


def prove(tmp_path, changes, last=None):
    """Prove a tree with some files changed, `None` for one that is gone; return what is wrong."""
    before = {}
    if last is not None:
        _, before = write(tmp_path / "last", last)
    files = {name: text for name, text in {**FILES, **changes}.items() if text is not None}
    shutil.rmtree(tmp_path / "new", ignore_errors=True)
    jobs, entries = write(tmp_path / "new", files)
    try:
        prove_tree(tmp_path / "new", jobs, entries, before, tmp_path / "last", SETTINGS, CATALOGUE)
    except Refused as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", '<a href="/blog/posts/a/">a</a><a href="#top">up</a><a href="/blog/#here">there</a>'),
        (
            "",
            '<img src="/blog/images/a%20b.png" srcset="/blog/images/a%20b.png 480w, /blog/images/a%20b.png 800w">',
        ),
        (
            f'<link rel="canonical" href="{SITE}/posts/a/"><meta property="og:image" content="{SITE}/images/a%20b.png">',
            "",
        ),
        (
            "",
            '<a href="https://elsewhere.example/x">x</a><a href="mailto:a@b.example">m</a><a href="//cdn.example/x">y</a>',
        ),
        ("", '<a href="/blog/posts/a/?q=1&amp;x=2">q</a><a href="/blog/feeds/all.json">f</a>'),
        ("", "<p>Code: {{ x }} and http://localhost:8000/ in words</p>"),
        ("", '<a href="/blog/posts/a">without its slash</a><a href="/blog#here">the home page</a>'),
        (
            "",
            '<a name="old">x</a><a name="old">y</a><a href="#old">z</a><a href="/blog/#named">w</a>',
        ),
        ("", '<pre>&lt;a id="top" href="/none/" src="/x.png"&gt; &lt;b id="top"&gt;</pre>'),
        ("", '<pre>&lt;a class="{{ x }}" href="{% y %}"&gt;</pre>'),
        ("", '<code>&lt;meta name="image" content="/none.png"&gt; href="/blog/#nowhere"</code>'),
        ("", '<code>&lt;a href="#nowhere" srcset="/blog/none.png 2x"&gt;</code>'),
    ],
)
def test_a_tree_in_which_all_leads_somewhere_passes(tmp_path, head, body):
    assert prove(tmp_path, {"posts/a/index.html": PAGE.format(head=head, body=body)}) == ""


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ('<a href="/blog/posts/b/">b</a>', "leads to /blog/posts/b/, which the site does not have"),
        ('<a href="/posts/a/">a</a>', "leads to /posts/a/, which the site does not have"),
        ('<img src="/blog/images/x.png">', "leads to /blog/images/x.png"),
        ('<img srcset="/blog/images/x.480.webp 480w">', "leads to /blog/images/x.480.webp"),
        ('<a href="/blog/#nowhere">n</a>', "no place of that page is called #nowhere"),
        ('<a href="#nowhere">n</a>', "leads to #nowhere, and no place of it is called so"),
        (f'<link rel="canonical" href="{SITE}/posts/b/">', f"leads to {SITE}/posts/b/"),
        (f'<meta property="og:image" content="{SITE}/card.png">', f"leads to {SITE}/card.png"),
        ('<a href="http://localhost:8000/">l</a>', "leads to this computer"),
        ('<p id="top">x</p>', "has the id “top” twice"),
        ('<a href="{{ address }}">x</a>', "a mark of a template"),
        ('<a class="{% x %}">x</a>', "a mark of a template"),
        ('<a id="a" id="b">x</a><p id="a">y</p>', "has the id “a” twice"),
        ('<a href="/none/" href="/blog/">x</a>', "leads to /none/"),
        ('<img srcset=" , /blog/none.png 2x">', "leads to /blog/none.png"),
        ('<meta name="viewport"><a href="#viewport">x</a>', "leads to #viewport"),
        ('<input name="q"><a href="/blog/posts/a/#q">x</a>', "no place of that page is called #q"),
        (f'<link rel="canonical" href="{SITE}/posts/a">', f"leads to {SITE}/posts/a,"),
        ('<img src="/blog/posts/a">', "leads to /blog/posts/a,"),
        ('<meta name="x" property="og:image" content="/blog/none.png">', "leads to /blog/none.png"),
        ('<script>var x="{{ words.x }}"</script>', "a mark of a template"),
        ('<![x foo]><a href="/none/">x</a>', "leads to /none/"),
        ('<code>a href="/none/"</code><a href="/none/">x</a>', "leads to /none/"),
        (f'<meta name="twitter:image" content="{SITE}/card.png">', f"leads to {SITE}/card.png"),
        ('<a href="\ufdd0posts/a.md\ufdd1">x</a>', "a mark of a template or of a link"),
        (f"<p>{ROOT}/content</p>", "names a folder of this computer"),
    ],
)
def test_what_leads_nowhere_is_told_with_its_page(tmp_path, body, seen):
    head, body = (body, "") if body.startswith(("<meta", "<link")) else ("", body)
    said = prove(tmp_path, {"posts/a/index.html": PAGE.format(head=head, body=body)})
    assert said.startswith("posts/a/index.html ")
    assert seen in said
    assert said.endswith("The site is unchanged.")


@pytest.mark.parametrize(
    ("name", "text", "seen"),
    [
        ("feeds/all.json", '{"items": [', "cannot be read by any program"),
        ("feeds/all.atom.xml", "<feed><entry></feed>", "cannot be read by any program"),
        (
            "sitemap.xml",
            f"<urlset><url><loc>{SITE}/gone/</loc></url></urlset>",
            f"leads to {SITE}/gone/",
        ),
        (
            "feeds/all.atom.xml",
            f'<feed xmlns="http://www.w3.org/2005/Atom"><link href="{SITE}/gone/"/></feed>',
            f"leads to {SITE}/gone/",
        ),
        (
            "feeds/all.atom.xml",
            f"<feed><content>&lt;p&gt;&lt;img src=&quot;{SITE}/x.png&quot;&gt;</content></feed>",
            f"leads to {SITE}/x.png",
        ),
        (
            "feeds/all.rss.xml",
            f"<rss><comments>{SITE}/#nowhere</comments></rss>",
            f"leads to {SITE}/#nowhere, and no place of that page",
        ),
        (
            "feeds/all.json",
            f'{{"items": [{{"content_html": "<a href=\\"{SITE}/gone/\\">x</a>"}}]}}',
            f"leads to {SITE}/gone/",
        ),
        ("site.webmanifest", '{"icons": [{"src": "/blog/x.png"}]}', "leads to /blog/x.png"),
    ],
)
def test_files_for_machines_are_read_too(tmp_path, name, text, seen):
    said = prove(tmp_path, {name: text})
    assert said.startswith(f"{name} ")
    assert seen in said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("feeds/all.rss.xml", '<rss><guid isPermaLink="false">/none/</guid><link/></rss>'),
        (
            "feeds/all.json",
            f'{{"items": [{{"content_text": " href=\\"{SITE}/none/\\"", "url": "{SITE}/#here"}}]}}',
        ),
        (
            "feeds/all.atom.xml",
            f"<feed><content>&lt;code&gt; href=&amp;quot;{SITE}/none/&amp;quot;</content></feed>",
        ),
        (
            "feeds/all.atom.xml",
            f'<feed><content>&lt;code> href="{SITE}/none/" href="{SITE}/#nowhere"</content></feed>',
        ),
    ],
)
def test_what_is_no_link_of_a_file_for_machines_is_not_taken_for_one(tmp_path, name, text):
    assert prove(tmp_path, {name: text}) == ""


LINKED = {**FILES, "posts/a/index.html": PAGE.format(head="", body='<a href="/blog/#here">h</a>')}


def test_a_page_that_was_not_drawn_anew_is_read_when_what_it_leads_to_is_gone(tmp_path):
    other = PAGE.format(head="", body="")
    changes = {"posts/a/index.html": LINKED["posts/a/index.html"], "index.html": other}
    assert "posts/a/index.html leads to /blog/#here" in prove(tmp_path, changes, LINKED)
    more = {
        **LINKED,
        "posts/a/index.html": PAGE.format(head="", body='<img src="/blog/images/b.png">'),
    }
    last = {**more, "images/b.png": "x"}
    assert "leads to /blog/images/b.png" in prove(tmp_path, more, last)


def test_a_feed_that_was_not_made_anew_is_read_when_what_it_leads_to_is_gone(tmp_path):
    last = {**FILES, "feeds/all.json": f'{{"url": "{SITE}/images/b.png"}}', "images/b.png": "x"}
    assert f"feeds/all.json leads to {SITE}/images/b.png" in prove(
        tmp_path, {"feeds/all.json": last["feeds/all.json"]}, last
    )


@pytest.mark.parametrize(
    ("name", "text", "path"),
    [
        (
            "index.html",
            PAGE.format(head="", body=f"<p>x {SECRET}.</p><p id='here'>"),
            "posts/sketch.md",
        ),
        ("feeds/all.json", f'{{"items": [{{"content_html": "{SECRET}"}}]}}', "posts/sketch.md"),
        ("feeds/a.xml", "<a>Some words that have to wait for years</a>", "posts/later.md"),
        ("a.html", "<p>An answer that nobody has read yet at all.", "comments/open/ann.md"),
    ],
)
def test_words_of_a_text_that_is_not_published_are_named(tmp_path, name, text, path):
    assert f"{name} shows words of {path}, which is not published" in prove(tmp_path, {name: text})


def test_words_that_a_published_text_has_too_are_no_fault(tmp_path):
    page = PAGE.format(head="", body="<p>Anyone may read these words of a post.</p>")
    assert prove(tmp_path, {"posts/a/index.html": page}) == ""


@pytest.mark.parametrize(
    "words",
    [
        "The words of the subtitle of this blog",
        "The words that I have put into a summary",
        "How to run a library on nothing at all",
    ],
)
def test_a_draft_may_say_what_a_summary_or_the_settings_say(words):
    catalogue, _ = judge({**TEXTS, "posts/sketch.md": DRAFT.format(words)})
    hidden = HiddenTexts(catalogue, {"SITESUBTITLE": "The words of the subtitle of this blog"})
    (mark,) = hidden.find(f"<p>{words}</p>".encode())
    assert hidden.explain(mark) == ""


def test_a_place_that_is_missing_is_told_also_of_a_large_tree(tmp_path):
    page = PAGE.format(head="", body='<a href="/blog/#nowhere">n</a>')
    said = prove(tmp_path, {f"posts/p{n}/index.html": page for n in range(2 * GROUP + 1)})
    assert said.startswith("posts/p0/index.html leads to /blog/#nowhere, and no place of that page")
    assert said.endswith(f" and {2 * GROUP + 1 - 5} more. The site is unchanged.")


def test_what_an_author_types_elsewhere_excuses_no_link_of_a_template(tmp_path):
    head = f'<link rel="canonical" href="{SITE}/posts/typed/">'
    told = f"leads to {SITE}/posts/typed/, which the site does not have"
    assert told in prove(tmp_path, {"posts/a/index.html": PAGE.format(head=head, body="")})
    anchor = PAGE.format(head="", body=f'<a href="{SITE}/posts/typed/">x</a>')
    assert prove(tmp_path, {"posts/a/index.html": anchor}) == ""


def test_the_folder_of_the_site_may_stand_in_a_text(build_site):
    text = f"Title: Where\nDate: 2026-01-01\n\nType `cd {ROOT}/content` there.\n"
    assert f"cd {ROOT}/content" in build_site({"posts/where.md": text}).page("posts/where/").words


def test_what_was_proved_before_is_not_read_again(tmp_path):
    broken = {
        **FILES,
        "posts/a/index.html": PAGE.format(head="", body='<a href="/blog/never/">n</a>'),
    }
    assert prove(tmp_path, broken, broken) == ""
    assert "never" in prove(tmp_path, broken)


def prove_sizes(folder, sizes):
    """Prove a tree of files of these sizes; return what is told of it."""
    entries = {f"{n}.bin": Entry("", f"{size} 1 2", "") for n, size in enumerate(sizes)}
    return prove_tree(folder, [], entries, entries, folder, SETTINGS, CATALOGUE)


def test_a_tree_that_github_does_not_take_is_refused(tmp_path):
    prove_sizes(tmp_path, [MOST_FILE_BYTES - 1] * 10)
    with pytest.raises(Refused, match="100 MB or more"):
        prove_sizes(tmp_path, [MOST_FILE_BYTES])
    with pytest.raises(Refused, match="more than 1 GB in 11 files"):
        prove_sizes(tmp_path, [MOST_BYTES // 11 + 1] * 11)


FILE_TOLD = "0.bin has {} MB, and GitHub takes no file of 100 MB."
SITE_TOLD = "The site has {} MB in {} files, and GitHub Pages takes 1 GB. Its largest file is "


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ([MOST_FILE_BYTES // 2 - 1], []),
        ([MOST_FILE_BYTES // 2, 1], [FILE_TOLD.format(50)]),
        ([MOST_FILE_BYTES - 1], [FILE_TOLD.format(99)]),
        ([MOST_BYTES // 25] * 12 + [0], []),
        (
            [MOST_BYTES // 25] * 12 + [MOST_BYTES // 50],
            [f"{SITE_TOLD.format(500, 13)}9.bin with 40 MB"],
        ),
    ],
)
def test_from_the_half_of_github_s_limits_on_it_is_told(tmp_path, sizes, told):
    found = prove_sizes(tmp_path, sizes)
    assert len(found) == len(told)
    for text, start in zip(found, told, strict=True):
        assert text.startswith(start)
