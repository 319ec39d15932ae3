"""Faults of the project itself, of the disk and of time: the site is the old one or the new one."""

import hashlib
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from building.output_folder.place import MARKER
from catalogue.reading_cache import ReadingCache
from tests.forked import CODE, OWN, compile_code, copy

PROJECT_ROOT = Path(__file__).parents[2]
PROJECT = [*CODE, OWN / "content"]
POST = "Title: {title}\nDate: 2024-05-01\nTags: Social media\n\n{title} has words.\n"


def read_tree(folder):
    """Return the hash of every file, by its path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


class Project:
    """A copy of the project that a test may break."""

    def __init__(self, folder, paths=PROJECT, forgotten="__pycache__"):
        self.folder = folder
        self.output = folder / "output"
        copy(paths, folder, forgotten)

    def command(self, *words):
        return [sys.executable, str(PROJECT_ROOT / "tests/run_task.py"), str(self.folder), *words]

    def build(self, *words, **environ):
        return subprocess.run(
            self.command("build", *words),
            cwd=self.folder,
            env={**os.environ, "GITHUB_ACTIONS": "", **environ},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def edit(self, name, old, new):
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def post(self, name, **values):
        path = self.folder / "content/posts" / name
        path.write_text(POST.format(title=values.get("title", name)), encoding="utf-8")


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    made = Project(tmp_path_factory.mktemp("built"))
    compile_code(made.folder)  # once for all
    assert made.build().returncode == 0
    return made


@pytest.fixture
def project(tmp_path, built):
    return Project(tmp_path, built.folder.iterdir(), "")


FAULTS = {
    "a template that ends too early": (
        "theme/templates/article.html",
        "{% endblock %}",
        "",
        "theme/templates/article.html:",
    ),
    "a misspelt name in a template": (
        "theme/templates/article.html",
        "article.brief",
        "article.descripton",
        "theme/templates/article.html:",
    ),
    "a page in a template that the site does not have": (
        "theme/templates/404.html",
        "{% block main %}",
        '{% block main %}{{ "nowhere"|address }}',
        "theme/templates/404.html:",
    ),
    "a text of one page that would be shown on others": (
        "theme/templates/article.html",
        "{% once article.authors %}",
        "{% once article.authors %}{{ article.date|day }}",
        "theme/templates/article.html:",
    ),
    "a word of the theme that is filled with nothing": (
        "theme/words.py",
        "{total}",
        "{totla}",
        "theme/words.py:",
    ),
    "an address among the settings": (
        "pelicanconf.py",
        "AUTHOR =",
        'ARTICLE_URL = "blog/{slug}/"\nAUTHOR =',
        "catalogue/addresses.py",
    ),
    "a page without its main block": (
        "theme/templates/page.html",
        "{% block main %}",
        "{% block mian %}",
        "theme/templates",
    ),
    "a missing plugin": (
        "building/pelican_adapter/fixed_settings.py",
        '"plugins.feeds"',
        '"plugins.feds"',
        "plugins.feds",
    ),
    "a plugin that raises when it is registered": (
        "plugins/archives.py",
        "    from pelican import signals\n",
        "    raise ValueError\n",
        "plugins.archives",
    ),
    "a plugin that raises while it works": (
        "plugins/feeds.py",
        "    read = cache(",
        "    1 / 0\n    read = cache(",
        "plugins/feeds.py:",
    ),
    "settings that are no Python": ("pelicanconf.py", "AUTHOR =", "AUTHOR = =", "pelicanconf.py:"),
    "a misspelt setting": ("pelicanconf.py", "SITESUBTITLE", "SITESUBTITEL", "SITESUBTITLE"),
    "a page that nobody planned": (
        "plugins/archives.py",
        "    writer.add_page(",
        '    (__import__("pathlib").Path(generator.output_path) / "stray.html").touch()\n'
        "    writer.add_page(",
        "stray.html",
    ),
    "a page that nobody planned, at the very end": (
        "plugins/feeds.py",
        "    signals.article_writer_finalized.connect(write_feeds)\n",
        "    signals.article_writer_finalized.connect(write_feeds)\n"
        '    place = lambda pelican: open(pelican.output_path + "/stray.html", "w").close()\n'
        "    signals.finalized.connect(place, weak=False)\n",
        "stray.html",
    ),
    "a page that is not written": (
        "plugins/topics.py",
        '    writer.add_page(SITE["topics"], "topics")\n',
        "",
        "topics/index.html",
    ),
    "a mistake in a post": (
        "content/posts/three-requests-i-asked-of-our-library-lead-team.md",
        "Date:",
        "Dote:",
        "three-requests-i-asked-of-our-library-lead-team.md:2:",
    ),
}


def test_no_fault_of_the_project_touches_the_site_or_shows_a_traceback(project):
    """One copy of the project, broken in turn in each way and mended again."""
    before = read_tree(project.output)
    for fault, (name, old, new, told) in FAULTS.items():
        whole = (project.folder / name).read_text(encoding="utf-8")
        project.edit(name, old, new)
        done = project.build(GITHUB_ACTIONS="true")
        (project.folder / name).write_text(whole, encoding="utf-8")
        assert done.returncode == 1, fault
        assert told in done.stderr, f"{fault}: {done.stderr}"
        shown = f"::error file={name},line=" if told.endswith(":") else "::error"
        assert shown in done.stderr, f"{fault}: {done.stderr}"
        assert "Traceback" not in done.stdout + done.stderr, fault
        assert read_tree(project.output) == before, fault
    assert project.build().returncode == 0


def test_a_site_that_would_lose_its_posts_is_refused_until_it_is_meant(project):
    for number in range(8):
        project.post(f"post-{number}.md")
    assert project.build().returncode == 0
    before = read_tree(project.output)
    for post in sorted((project.folder / "content/posts").glob("post-*.md")):
        post.unlink()
    project.edit("content/pages/about.md", "Title: About", "Title: About\nStatus: draft")
    for topic in (project.folder / "content/topics").iterdir():
        topic.unlink()
    done = project.build()
    assert done.returncode == 1
    assert "--allow-shrink" in done.stderr
    assert read_tree(project.output) == before
    assert project.build("--allow-shrink").returncode == 0
    shutil.rmtree(project.folder / "content/posts")
    (project.folder / "content/posts").mkdir()
    done = project.build()
    assert (done.returncode, "no posts" in done.stderr) == (1, True)


def test_a_deleted_a_renamed_and_a_withdrawn_post_leave_the_site(project):
    for name in ("deleted.md", "renamed.md", "withdrawn.md"):
        project.post(name)
    assert project.build().returncode == 0
    posts = project.folder / "content/posts"
    (posts / "deleted.md").unlink()
    (posts / "renamed.md").rename(posts / "new-name.md")
    project.edit("content/posts/withdrawn.md", "Date:", "Status: draft\nDate:")
    assert project.build().returncode == 0
    names = {path.name for path in (project.output / "posts").iterdir()}
    assert names & {"deleted", "renamed", "withdrawn", "new-name"} == {"new-name"}
    everything = b"".join(path.read_bytes() for path in project.output.rglob("*.*ml"))
    assert b"withdrawn" not in everything


@pytest.mark.parametrize(
    "damage", [b"", b"no database at all", b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_damaged_store_is_made_anew(project, damage):
    before = read_tree(project.output)
    folder = project.folder / ".cache"
    shutil.rmtree(folder)
    folder.mkdir()
    for name in ("readings.sqlite3", "trees.sqlite3"):
        (folder / name).write_bytes(damage)
    done = project.build()
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert ("made anew" in done.stderr) == bool(damage)
    assert read_tree(project.output) == before


def change(file, statement):
    with sqlite3.connect(file) as connection:
        assert connection.execute(statement).rowcount
    connection.close()


def test_what_is_kept_is_believed_only_as_it_was_kept(project):
    """Written by hand into what is kept: HTML that no post has, and facts that no code expects."""
    before = read_tree(project.output)
    shutil.rmtree(project.folder / ".cache")
    assert project.build().returncode == 0
    readings, trees = (project.folder / ".cache" / f"{n}.sqlite3" for n in ("readings", "trees"))
    change(readings, "update readings set body = body || '<script>PWNED</script>'")
    change(
        readings,
        """update readings set facts = replace(facts, '"summary": "', '"summary": "PWNED')""",
    )
    change(trees, "update builds set facts = '[1]'")
    shutil.rmtree(project.output)
    done = project.build()
    assert (done.returncode, done.stderr) == (0, "")
    assert read_tree(project.output) == before
    change(readings, "update readings set facts = replace(facts, '2026-', 'yesterday')")
    change(trees, """update builds set facts = replace(facts, '"next": ', '"next": "x", "n": ')""")
    done = project.build()
    assert (done.returncode, done.stderr) == (0, "")
    assert read_tree(project.output) == before


def test_a_store_that_came_with_a_clone_is_made_anew(project, tmp_path_factory, monkeypatch):
    """Whoever sends it has made it with the very same code, for the very same place and files."""
    before = read_tree(project.output)
    shutil.rmtree(project.folder / ".cache")
    state = {"XDG_STATE_HOME": str(tmp_path_factory.mktemp("somebody-else"))}
    assert project.build(**state).returncode == 0
    with monkeypatch.context() as patch:
        patch.setenv(*state.popitem())
        sent = ReadingCache(project.folder / ".cache/readings.sqlite3", project.folder / "content")
        assert sent.cached
        for path in sent.cached:
            digest, facts = sent.parse(path)
            sent.add(path, "", digest, {**facts, "summary": "PWNED"}, "<script>PWNED</script>")
        sent.save()
    shutil.rmtree(project.output)
    done = project.build()
    assert (done.returncode, done.stderr) == (0, "")
    assert read_tree(project.output) == before


def test_where_no_key_can_be_kept_the_site_is_the_same_and_nothing_is_kept(project, tmp_path):
    before = read_tree(project.output)
    (tmp_path / "a-file").write_text("")
    shutil.rmtree(project.folder / ".cache")
    done = project.build(XDG_STATE_HOME=str(tmp_path / "a-file"))
    assert done.returncode == 0
    assert done.stderr.startswith("Nothing is kept for the next run")
    assert len(done.stderr.splitlines()) == 1
    assert read_tree(project.output) == before
    assert not (project.folder / ".cache").exists()


@pytest.mark.parametrize("kept", ["all", "thrown away", "never kept"])
def test_a_strangers_file_in_the_output_stops_the_build_until_it_may_go(project, kept):
    if kept != "all":
        shutil.rmtree(project.folder / ".cache")
    if kept == "never kept":
        project.edit(
            "building/pelican_adapter/fixed_settings.py",
            'READING_CACHE = ".cache/readings.sqlite3"',
            'READING_CACHE = ""',
        )
    good = read_tree(project.output)
    (project.output / "about/index.html").write_text("my own words about me")
    (project.output / "novel.txt").write_text("my novel")
    (project.output / "posts/.DS_Store").write_text("litter")
    before = read_tree(project.output)
    done = project.build()
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "output/about/index.html: this file was changed after it was built, and this build would "
        "undo that.",
        "output/novel.txt: no build made this file, and this build would delete it.",
        "Move what you want to keep out of output; to let the rest go, add --replace. "
        "The site is unchanged.",
    ]
    assert read_tree(project.output) == before
    assert project.build("--replace").returncode == 0
    assert read_tree(project.output) == good


def test_after_an_update_posts_may_be_renamed_and_deleted_as_ever(project):
    for name in ("deleted.md", "renamed.md"):
        project.post(name)
    assert project.build().returncode == 0
    shutil.rmtree(project.folder / ".cache")
    posts = project.folder / "content/posts"
    (posts / "deleted.md").unlink()
    (posts / "renamed.md").rename(posts / "new-name.md")
    done = project.build()
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows replaces no folder that one is in")
def test_a_site_can_be_built_into_the_folder_that_one_is_in(project):
    place = project.folder / "empty"
    place.mkdir()
    command = project.command("build", "--output", ".")
    done = subprocess.run(command, cwd=place, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"in {place} for" in done.stdout
    assert read_tree(place) == read_tree(project.output)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_build_that_is_killed_at_any_moment_leaves_a_whole_site(project):
    """A dozen moments from the start to beyond the end of a build, at random but always the same."""
    for number in range(20):
        project.post(f"post-{number}.md")
    old = read_tree(project.output)
    started = time.monotonic()
    done = project.build("--output", "elsewhere")
    took = time.monotonic() - started
    assert done.returncode == 0
    new = read_tree(project.folder / "elsewhere")
    assert old != new
    moments = random.Random(7)
    seen = set()
    # The soonest while it is old.
    for moment in sorted(moments.uniform(0.1, 1.1) for _ in range(12)):
        build = subprocess.Popen(
            project.command("build"),
            cwd=project.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moment * took)
        build.send_signal(signal.SIGKILL)
        build.wait()
        found = read_tree(project.output)
        assert found in (old, new)
        seen.add("old" if found == old else "new")
    assert "old" in seen
    assert project.build().returncode == 0
    assert read_tree(project.output) == new
    assert {path.name for path in project.folder.glob(".output*")} == set()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_build_says_so_and_changes_nothing(project, number, code):
    for post in range(150):
        project.post(f"post-{post}.md")
    before = read_tree(project.output)
    build = subprocess.Popen(
        project.command("build"), cwd=project.folder, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while not list(project.folder.glob(".output.building-*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    build.send_signal(number)
    _, told = build.communicate(timeout=60)
    assert (build.returncode, "Traceback" in told) == (code, False)
    assert read_tree(project.output) == before


def test_two_builds_at_once_take_turns(project):
    project.post("one-more.md")
    builds = [
        subprocess.Popen(project.command("build"), cwd=project.folder, stdout=subprocess.DEVNULL)
        for _ in range(3)
    ]
    assert [build.wait(timeout=120) for build in builds] == [0, 0, 0]
    assert (project.output / "posts/one-more/index.html").is_file()


def test_the_same_input_gives_the_same_bytes_in_another_place_and_time(project, tmp_path):
    (tmp_path / "a folder with blanks").mkdir()
    again = Project(tmp_path / "a folder with blanks")
    done = again.build(PYTHONHASHSEED="7", TZ="Pacific/Auckland", LC_ALL="C")
    assert done.returncode == 0
    assert read_tree(again.output) == read_tree(project.output)


@pytest.mark.parametrize(
    "address",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https://a/?b",
        "http://[",
        "https://a:b",
        "https://ann:secret@a.example",
    ],
)
def test_an_address_that_is_none_is_refused(project, address):
    done = project.build("--siteurl", address)
    assert (done.returncode, "https://example.github.io/blog" in done.stderr) == (2, True)


def test_what_waits_is_said_in_the_authors_words(project):
    project.edit(
        "content/posts/three-requests-i-asked-of-our-library-lead-team.md",
        "Date: 2026-11-23 12:00",
        "Date: 2030-11-05 09:00",
    )
    done = project.build()
    assert (
        "1 post is waiting: “Three requests I asked of our library lead team” "
        "goes live Tuesday 5 November 2030 at 09:00"
    ) in done.stdout.replace("\u00a0", " ")
    done = project.build(SOURCE_DATE_EPOCH="1930000000")
    assert "waiting" not in done.stdout


def test_on_github_each_problem_is_told_on_its_line_of_the_pull_request(project):
    project.edit("content/pages/about.md", "Summary", "Sumary")
    done = project.build(GITHUB_ACTIONS="true")
    assert "::error file=content/pages/about.md,line=2::Unknown header" in done.stderr


def read_inodes(folder):
    """Return what tells whether a file has been written anew, by its path."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


NAMED = {"404.html", "llms.txt", "search/index.html", "sitemap.xml"}  # they name and date each post
FEEDS = {f"feeds/all.{kind}" for kind in ("atom.xml", "json", "rss.xml")}
OWN = {
    f"posts/post-20/{name}" for name in ("index.html", "card.png", "citation.bib", "citation.ris")
}
CARD = {"posts/post-20/card.png"}
TOPIC = "topics/social-media"
BODY = {"posts/post-20/index.html", *FEEDS, f"{TOPIC}/feed.atom.xml", f"{TOPIC}/feed.rss.xml"}
LISTS = {"page/2/index.html", "archives/index.html"}
LISTS |= {f"{TOPIC}/{name}" for name in ("index.html", "bibliography.bib", "bibliography.ris")}
COUNTS = {"subscribe/index.html", "topics.jsonld", "topics/customer-service/index.html"}
AROUND = {f"posts/post-{number}/index.html" for number in (17, 18, 19, 21, 22, 23)}


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("has words.\n", "has words.\n\nAnd a remark.\n", BODY),
        ("Title: post-20", "Title: Post 20", OWN | BODY | LISTS | AROUND),
        ("Tags:", "Comments: 7\nTags:", OWN - CARD | BODY | LISTS | AROUND | COUNTS),
    ],
    ids=["body", "title", "count"],
)
def test_after_an_edit_only_what_shows_it_is_written(project, old, new, written):
    """Names, not seconds: none of the other files is drawn again."""
    for number in range(10, 31):
        project.post(f"post-{number}.md")
        project.edit(f"content/posts/post-{number}.md", "2024-05-01", f"2027-01-{number}")
    environ = {"SOURCE_DATE_EPOCH": "1893456000"}
    assert project.build(**environ).returncode == 0
    before = read_inodes(project.output)
    project.edit("content/posts/post-20.md", old, new)
    assert project.build(**environ).returncode == 0
    after = read_inodes(project.output)
    before, after = ({n: s for n, s in x.items() if "/pagefind/" not in n} for x in (before, after))
    assert after.keys() == before.keys()
    found = {name for name in after if after[name] != before[name]} - {MARKER, "topics/index.html"}
    assert found - NAMED == written - NAMED


def test_after_an_edit_of_a_topic_no_post_without_it_is_written(project):
    """But for those beside a post that has it."""
    for number in range(10, 15):
        project.post(f"post-{number}.md")
    environ = {"SOURCE_DATE_EPOCH": "1893456000"}
    assert project.build(**environ).returncode == 0
    before = read_inodes(project.output)
    project.edit("content/topics/customer-service.md", "Title: Customer service", "Title: Service")
    project.edit("content/topics/customer-service.md", "Used-for: ", "Used-for: customer service, ")
    assert project.build(**environ).returncode == 0
    after = read_inodes(project.output)
    found = {name for name in after if name in before and after[name] != before[name]}
    with_topic = "posts/three-requests-i-asked-of-our-library-lead-team/index.html"
    assert with_topic in found
    posts = {name for name in found if name.startswith("posts/") and name.endswith("index.html")}
    page = (project.output / with_topic).read_text(encoding="utf-8")
    around = re.findall(r'rel="(?:prev|next)" href="/(posts/[^"]*)"', page)
    assert posts == {with_topic, *(f"{url}index.html" for url in around)}


def test_a_build_with_nothing_changed_touches_nothing_and_says_the_same(project):
    project.edit("content/pages/about.md", "Summary", "Sumary-hint: x\nSummary")
    project.edit("content/pages/about.md", "Sumary-hint: x\n", "")
    old = time.time() - 60
    for path in (project.folder / "content").rglob("*"):
        os.utime(path, (old, old))
    time.sleep(2.1)  # what was changed a moment ago may change once more, and is read again
    first = project.build()
    folder = project.output.stat()
    before = read_inodes(project.output)
    again = project.build()
    assert (again.returncode, again.stdout, again.stderr) == (0, first.stdout, first.stderr)
    assert read_inodes(project.output) == before
    assert project.output.stat().st_ino == folder.st_ino


def test_a_comment_that_waits_is_said_and_comes_in_its_time_without_another_change(project):
    (post,) = list((project.folder / "content/posts").glob("three-*.md"))
    folder = project.folder / "content/comments" / post.stem
    folder.mkdir(parents=True)
    late = "Author: Ann\nDate: 2031-03-04 05:06\n\nXylophone.\n"
    (folder / "late.md").write_text(late, encoding="utf-8")
    page = project.output / "posts" / post.stem / "index.html"
    header = re.sub("(?m)^Comments: .*$", "Comments: 1", post.read_text(encoding="utf-8"))
    post.write_text(header, encoding="utf-8")
    before, after = "1930367159", "1930367160"  # seconds before and after that moment
    for _ in range(2):  # the second finds nothing to do, and says the same
        done = project.build(SOURCE_DATE_EPOCH=before)
        assert "1 comment is waiting: that of Ann on “" in done.stdout
        assert "appears Tuesday 4 March 2031 at 05:06" in done.stdout
        assert "Xylophone" not in page.read_text(encoding="utf-8")
    done = project.build(SOURCE_DATE_EPOCH=after)
    assert "waiting" not in done.stdout
    assert "Xylophone" in page.read_text(encoding="utf-8")
    project.build(SOURCE_DATE_EPOCH=before)  # a clock that was wrong
    assert "Xylophone" not in page.read_text(encoding="utf-8")
