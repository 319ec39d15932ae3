"""A build that keeps what it can of the last one gives what a build from nothing gives, to the byte.

Everything is built twice: in one copy of the project that keeps what it has read and made, and in
another that is emptied of it before each build. WARM_EXAMPLES=100 looks for a hundred ways to tell
the two apart that no run has tried before, and for the shortest of those that do.
"""

import ast
import contextlib
import copy
import io
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)
from PIL import Image

from tests.forked import Worker, copy_code

EXAMPLES = int(os.environ.get("WARM_EXAMPLES", "0"))
STEPS = 36  # more than there are kinds of edits, each of which has its turn before any has two
HOUR_NS = 3600 * 10**9
ONE_PLACE = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows locks files and has no kill"
)


@pytest.fixture(scope="session")
def workers():
    """Return two workers, one for each copy, that order their sets differently."""
    with Worker(seed=1) as warm, Worker(seed=2) as cold:
        yield warm, cold


@pytest.fixture(scope="session")
def code(tmp_path_factory):
    """Return the project without its content, and with short lists."""
    folder = tmp_path_factory.mktemp("code")
    copy_code(folder)
    conf = folder / "pelicanconf.py"
    conf.write_bytes(assign(conf.read_bytes(), "DEFAULT_PAGINATION", "3"))
    navigation = '["home", "topics", "questions", "archives", "/about/"]'
    conf.write_bytes(assign(conf.read_bytes(), "NAVIGATION", navigation))
    return folder


def read_tree(folder):
    """Return what each name in a folder stands for: a file's bytes, or what else it is."""
    if not folder.is_dir():
        return {}
    return {
        path.relative_to(folder).as_posix(): f"link to {os.readlink(path)}"
        if path.is_symlink()
        else "folder"
        if path.is_dir()
        else path.read_bytes()
        for path in folder.rglob("*")
    }


def describe_difference(warm, cold):
    """Return what of two trees is not the same, with the first lines that differ."""
    lines = [f"only warm: {name}" for name in sorted(warm.keys() - cold.keys())]
    lines += [f"only cold: {name}" for name in sorted(cold.keys() - warm.keys())]
    for name in sorted(warm.keys() & cold.keys()):
        if warm[name] != cold[name]:
            pairs = [
                data.splitlines() if isinstance(data, bytes) else [data]
                for data in (warm[name], cold[name])
            ]
            place = next((p for p in zip(*pairs, strict=False) if p[0] != p[1]), ("", "its length"))
            lines.append(f"{name}:\n  warm: {place[0]!r}\n  cold: {place[1]!r}")
    return "\n".join(lines)


class Twins:
    """One site twice: `warm` keeps from build to build what it can, `cold` nothing at all."""

    def __init__(self, folder, code, workers):
        self.folder, self.workers = folder, workers
        self.warm, self.cold = folder / "warm", folder / "cold"
        for place in (self.warm, self.cold):
            shutil.copytree(code, place)
        # All files that a test may change.
        self.files = {
            name: data
            for name, data in read_tree(code).items()
            if isinstance(data, bytes) and "__pycache__" not in name
        }
        self.code = dict(self.files)
        self.output = self.warm / "output"
        self.ahead_ns = 0
        self.replace = False  # once the finished site has been tampered with, that may be lost

    def remove(self):
        for place in (self.warm, self.cold):
            shutil.rmtree(place)

    def save(self, files, pen="in place"):
        """Let these be the files, besides the code that is not among them; touch what differs only."""
        files = self.code | files
        before = read_tree(self.output)
        for name in self.files.keys() - files.keys():
            for place in (self.warm, self.cold):
                (place / name).unlink()
        for name, data in files.items():
            if self.files.get(name) != data:
                write_with(pen, self.warm / name, data)
                write_with("in place", self.cold / name, data)
        self.files = files
        assert read_tree(self.output) == before, "an edit reached the finished site"

    def edit(self, changes, pen="in place"):
        """Write some files, and leave the others."""
        self.save(self.files | changes, pen)

    def rename(self, old, new):
        """Return a file another name, and with it all that the disk knows of the file."""
        for place in (self.warm, self.cold):
            (place / new).parent.mkdir(parents=True, exist_ok=True)
            (place / old).rename(place / new)
        self.files[new] = self.files.pop(old)

    def order(self, place, call, options, environ, **more):
        """Put into words for a worker what it is to do."""
        return {
            "folder": str(place),
            "call": [call, [], options],
            "log": str(self.folder / place.name) + ".log",
            "environ": {"SOURCE_DATE_EPOCH": format_epoch(NOW)} | environ,
            **more,
        }

    def start_warm(self, **more):
        """Start a build that may use what is kept."""
        options = {"allow_shrink": True, "replace": self.replace}
        call = ("commands.build:build", options, {})
        return self.workers[0].start(**self.order(self.warm, *call, **more))

    def build_warm(self, **more):
        """Build, hold it against nothing yet, and give the tree."""
        assert self.end_warm(self.start_warm(**more)) == 0
        return read_tree(self.output)

    def end_warm(self, process):
        return self.workers[0].end(process)

    def run(self, call, options, environ=None, **more):
        """Do one thing in both copies at once; give the two exit codes, each with what was printed."""
        for name in (".cache", "output"):
            shutil.rmtree(self.cold / name, ignore_errors=True)
        more = {"ahead_ns": self.ahead_ns} | more
        orders = (
            self.order(self.warm, call, options, environ or {}, **more),
            self.order(self.cold, call, options, environ or {}),
        )
        started = [
            (worker, worker.start(**order))
            for worker, order in zip(self.workers, orders, strict=True)
        ]
        codes = [worker.end(process) for worker, process in started]
        return [
            (
                code,
                read_log(self.folder / f"{name}.log.out"),
                read_log(self.folder / f"{name}.log.err"),
            )
            for code, name in zip(codes, ("warm", "cold"), strict=True)
        ]

    def check(self, environ=None):
        """Prove that `check` says the same of both."""
        warm, cold = self.run("commands.check:check", {}, environ)
        assert warm == cold

    def prove(self, code=0, *, environ=None, siteurl="", **more):
        """Build both, and prove that they do, say and make the same; give the tree."""
        before = read_tree(self.output)
        options = {"siteurl": siteurl, "allow_shrink": True, "replace": self.replace}
        with hold_files(self.output) as held:
            warm, cold = self.run("commands.build:build", options, environ, **more)
            assert warm == cold
            assert warm[0] == code, warm
            for name, file in held.items():
                assert file.read() == before[name], f"{name} of the last site was written to"
        found, wanted = read_tree(self.output), before if code else read_tree(self.cold / "output")
        assert found == wanted, describe_difference(found, wanted)
        assert [path.name for path in self.warm.glob(".output*")] == []
        return found


def read_log(path):
    """Return what was printed, without what is said of a cache that was damaged: there is but one."""
    lines = path.read_text(encoding="utf-8").splitlines()
    # Who has built here before is not told of the setup, whatever became of the cache.
    lines = [line for line in lines if "tasks.py setup" not in line]
    return [line for line in lines if not line.endswith("was damaged and has been made anew.")]


def write_with(pen, path, data):
    """Write a file as one program or another does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if pen == "anew" and path.exists():
        other = path.with_name("other~")
        other.write_bytes(data)
        other.replace(path)
        return
    times = path.stat() if pen == "with its old time" and path.exists() else None
    path.write_bytes(data)
    if times:
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@contextlib.contextmanager
def hold_files(folder):
    """Open every file of a tree, so that it can still be read when it has lost its name."""
    with contextlib.ExitStack() as stack:
        names = [] if sys.platform == "win32" else read_tree(folder)
        yield {
            name: stack.enter_context((folder / name).open("rb"))
            for name in names
            if (folder / name).is_file() and not (folder / name).is_symlink()
        }


def format_epoch(moment):
    return str(int(datetime.fromisoformat(f"{moment}+00:00").timestamp()))


def draw_picture(version):
    """Draw a picture: versions 0 and 1 differ in a colour only, and are of one length."""
    stream = io.BytesIO()
    Image.new("RGB", (4 + version // 2, 3), ("#102030", "#302010")[version % 2]).save(stream, "PNG")
    return stream.getvalue()


# The site that the edits begin with, and what they choose from.

NOW = "2026-06-01T00:00:00"
DUE = "2026-07-01 12:00"
CLOCKS = (
    NOW,
    "2026-07-01T11:59:59",
    "2026-07-01T12:00:00",
    "2027-01-01T00:00:00",
    "2026-03-05T00:00:00",
)
PAST = ("2026-01-05", "2026-03-04 09:30", "2026-03-04", "2025-12-31", "2024-02-29 23:59")
STEMS = [f"p{number}" for number in range(10)]
PLAIN, PLACES, QUESTION, PICTURE, OTHER_PICTURE = range(5)
BODIES = (
    "Plain words, a few of them.\n",
    'Opening words, "quoted".\n\n## A place\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n[^1]\n\n[^1]: Note.\n',
    "Query: May readers *eat* here?\n\nShort answer: No.\n\nThey may drink water.\n",
    "A picture.\n\n![A card](../images/a.png)\n",
    "Other words.\n\n![Another card](../images/b.png)\n\nSee [the note](/note.txt).\n",
)
POST_HEADERS = {
    "Title": ("A title", 'Another & "title"', "Weeding", "A title that is longer than the others"),
    "Date": (*PAST, DUE, "2026-08-01"),
    "Tags": (None, "reading", "weeding", "reading, weeding", "silence", "library-work, reading"),
    "Comments": (None, "0", "3", "12"),
    "Modified": (None, "2027-05-05", "2027-05-06 10:00"),
    "Slug": (None, "called-{stem}"),
    "Aliases": (None, "/old/{stem}/", "/old/{stem}/, /older-{stem}.html"),
    "Series": (None, "Desk notes", "desk-notes", "Night shift"),
    "Summary": (None, "In short.", "In other words."),
    "Image": (None, "a.png", "b.png"),
    "Author": (None, "Guest Reader"),
    "Status": (None, "draft"),
}
TOPIC_HEADERS = {
    "Title": ("{stem}", "All about {stem}"),
    "Used-for": (None, "{stem} by name", "{stem} by name, other {stem}"),
    "Summary": (None, "A topic."),
    "Aliases": (None, "/subject/{stem}/"),
}
SEE_ALSO = {"reading": "weeding", "silence": "weeding", "library-work": "silence"}
BROADER = {"reading": "library-work", "weeding": "library-work"}
PAGE_HEADERS = {
    "Title": ("About", "About us"),
    "Modified": (None, "2027-05-05"),
    "Summary": (None, "Who writes."),
    "Status": (None, "draft"),
    "Slug": (None, "called-{stem}"),
    "Aliases": (None, "/old-{stem}/"),
}
PAGES = ("about", "desk", "rules")
REPLIERS = ("ann", "ben", "cy")


def list_values(headers):
    return [(key, value) for key, values in headers.items() for value in values]


# What is edited of the project itself. No edit knows a word or a value that may be changed for its own
# sake: it finds its place by a tag, a block, or the name of a constant, wherever the project keeps it.


def put_after(path, anchor, text):
    """Return an edit that puts a text behind the first match of a pattern in a template."""

    def edit(files):
        source = files[path].decode()
        found = re.search(anchor, source)
        assert found, f"{path} has no {anchor}: let tests/test_warm.py name another place in it."
        return files | {path: (source[: found.end()] + text + source[found.end() :]).encode()}

    return edit


def append(path, text):
    """Return an edit that puts a text at the end of a file."""

    def edit(files):
        assert path in files, f"There is no {path}: let tests/test_warm.py name another file."
        return files | {path: files[path] + text.encode()}

    return edit


def set_constant(name, value, path=""):
    """Return an edit of the only constant of that name; `{old}` in its new value stands for the old."""

    def edit(files):
        begin = re.compile(rf"^{name}\b.* = ".encode(), re.MULTILINE)
        found = [n for n in files if n.endswith(".py") and path in n and begin.search(files[n])]
        remedy = "let tests/test_warm.py name another constant, or say in which file."
        assert len(found) == 1, f"{name} is set in {found or 'no file'}: {remedy}"
        return files | {found[0]: assign(files[found[0]], name, value)}

    return edit


def assign(data, name, value):
    """Return a module with another value for one of its constants."""
    lines = data.splitlines(keepends=True)
    assigned = (n for n in ast.parse(data).body if isinstance(n, ast.Assign | ast.AnnAssign))
    (node,) = (n.value for n in assigned if ast.unparse(n).startswith((f"{name} = ", f"{name}: ")))
    start = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
    end = sum(map(len, lines[: node.end_lineno - 1])) + node.end_col_offset
    new = value.replace("{old}", data[start:end].decode())
    return data[:start] + new.encode() + data[end:]


MAIN = "{% block main %}"
TEMPLATES = "theme/templates"
UPPER = "[*map(str.upper, {old})]"
VERSIONS = {
    "a part of every page": put_after(f"{TEMPLATES}/base.html", "<main.*?>", "<hr>"),
    "a part of some pages": put_after(
        f"{TEMPLATES}/article.html", MAIN, "{% if article.backlinks %}<hr>{% endif %}"
    ),
    "a macro": put_after(f"{TEMPLATES}/macros/post.html", r"{% macro record\(.*?%}", "<hr>"),
    "the topic's template": put_after(f"{TEMPLATES}/topic.html", MAIN, "<hr>"),
    "the redirect's template": put_after(f"{TEMPLATES}/redirect.html", "<body>", "<hr>"),
    "the template of one page": put_after(f"{TEMPLATES}/404.html", MAIN, "<hr>"),
    "the archive's template": put_after(f"{TEMPLATES}/archives.html", MAIN, "<hr>"),
    "the stylesheet": append("theme/static/style/base.css", "\nhr { order: 1 }\n"),
    "the site's name": set_constant("SITENAME", '"Libraries Had Game"'),
    "the author": set_constant("AUTHOR", '"A Librarian"'),
    "the motto": set_constant("SITESUBTITLE", '"Somebody on something."'),
    "the mail address": set_constant("CONTACT_EMAIL", '"desk@example.org"'),
    "the authority": set_constant("FEED_AUTHORITY", '"game.example.org"'),
    "the time zone": set_constant("TIMEZONE", '"Asia/Tokyo"'),
    "the length of a list": set_constant("DEFAULT_PAGINATION", "2"),
    "a module that reads": set_constant("OPENING_WORDS", "3"),
    "a module that reads comments": set_constant(
        "LINK_OPEN", '{old}.replace("ugc nofollow", "nofollow ugc")'
    ),
    "a plugin that relates": set_constant("MOST_POSTS", "1"),
    "a plugin that writes": set_constant("FEED_LENGTH", "2"),
    "a plugin that cites": set_constant("MLA_MONTHS", UPPER),
    "a module that says the day": set_constant("MONTHS", UPPER, "catalogue/dates"),
    "nothing but a remark": append("commands/build.py", "# A remark.\n"),
}
# What is wrong at the end of a plugin: it works as before, but for one thing more at some moment.
MORE = """
register_as_before = register


def register() -> None:
    from pelican import signals

    register_as_before()
    signals.{}.connect({}, weak=False)
"""
STRAY = "lambda pelican: open(pelican.output_path + '/stray.html', 'w').close()"
FAULTS = {
    "a post without a date": {"content/posts/bad.md": "Title: Bad\n\nNo date.\n"},
    "a link to nowhere": {
        "content/posts/bad.md": "Title: Bad\nDate: 2026-01-01\n\nSee [this](nowhere.md).\n"
    },
    "comments on nothing": {
        "content/comments/nothing/ann.md": "Author: Ann\nDate: 2026-01-01\n\nWell.\n"
    },
    "a picture that is none": {
        "content/images/bad.png": "no picture",
        "content/posts/bad.md": "Title: Bad\nDate: 2026-01-01\n\n![Bad](../images/bad.png)\n",
    },
    "a mistake in a template": put_after(f"{TEMPLATES}/404.html", MAIN, "{{ nobody.knows }}"),
    "a block that is not closed": put_after(f"{TEMPLATES}/topics.html", MAIN, "{% if topics %}"),
    "a mistake in a plugin": append(
        "plugins/archives.py", MORE.format("initialized", "lambda _: 0 / 0")
    ),
    "a page that nobody planned": append("plugins/feeds.py", MORE.format("finalized", STRAY)),
    "a misspelt setting": append("pelicanconf.py", 'SITESUBTITEL = ""\n'),
}
ADDRESSES = ("", "https://example.org", "https://example.org/blog")


def make_post(number):
    """Make a post that has something of everything, as its number says."""
    head = {
        "Title": f"Post *{number}*",
        "Date": PAST[number % len(PAST)],
        "Tags": ("reading", "weeding", "reading, weeding", None)[number % 4],
        "Series": "Desk notes" if number % 3 == 0 else None,
    }
    return {"head": head, "body": number % len(BODIES), "note": 0, "links": [], "replies": {}}


def begin_site():
    """Return the site that the edits begin with, as plain data."""
    site = {
        "posts": {stem: make_post(number) for number, stem in enumerate(STEMS[:7])},
        "pages": {"about": {"head": {"Title": "About"}, "note": 0, "links": ["p0"]}},
        "topics": {
            stem: {"head": {"Title": stem}, "note": 0, "starts": []}
            for stem in ("library-work", "reading", "silence", "weeding")
        },
        "relations": [],
        "images": {"a.png": 0, "b.png": 0},
        "extra": {"note.txt": 0},
        "versions": [],
    }
    site["posts"]["p0"]["links"] = ["p1"]
    site["posts"]["p1"]["replies"] = {
        "ann": {"note": 0, "to": None},
        "ben": {"note": 0, "to": "ann"},
    }
    site["posts"]["p2"]["head"]["Aliases"] = "/old/{stem}/"
    site["posts"]["p5"]["head"]["Date"] = DUE
    site["topics"]["reading"]["starts"] = ["p2", "p0"]
    return site


def format_head(stem, head):
    lines = [
        f"{key}: {value.format(stem=stem)}\n" for key, value in head.items() if value is not None
    ]
    return "".join(lines)


def format_note(note):
    return f"Note {note}.\n" if note else ""


def format_links(site, own, links, folder):
    """Name those of some posts that can be read, in one sentence."""
    shown = [
        stem
        for stem in links
        if stem != own and stem in site["posts"] and is_shown(site["posts"][stem])
    ]
    return "".join(f"\nSee [that]({folder}{stem}.md).\n" for stem in shown)


def is_shown(post):
    """Return whether a post is published, whatever the clock says."""
    return not post["head"].get("Status") and post["head"]["Date"] in PAST


def format_post(site, stem):
    post = site["posts"][stem]
    head = dict(post["head"])
    if head.get("Image"):
        head["Image-alt"] = "A card"
    if post["replies"]:
        head.pop("Comments", None)
    links = format_links(site, stem, post["links"], "")
    # A link by name is a link while there is such a text.
    links += "".join(f"\nAnd [[{name}#a-place|that]].\n" for name in post["links"])
    return f"{format_head(stem, head)}\n{BODIES[post['body']]}\n{format_note(post['note'])}{links}"


def format_topic(site, stem):
    topic = site["topics"][stem]
    head = dict(topic["head"])
    if ("Broader", stem) in site["relations"]:
        head["Broader"] = BROADER[stem]
    if ("See-also", stem) in site["relations"]:
        head["See-also"] = SEE_ALSO[stem]
    starts = [name for name in topic["starts"] if name in site["posts"]]
    listed = "Start-here:\n" + "".join(f"  - {name}.md: why {name}\n" for name in starts)
    return f"{format_head(stem, head)}{listed * bool(starts)}\nWhat it is.\n\n{format_note(topic['note'])}"


def format_replies(stem, post):
    """Return the files of a post's comments, which lie in a folder named after its address."""
    slug = (post["head"].get("Slug") or "{stem}").format(stem=stem)
    files = {}
    for number, (name, reply) in enumerate(post["replies"].items(), 1):
        to = f"Reply-to: {reply['to']}\n" if reply["to"] in post["replies"] else ""
        text = f"Author: {name.title()}\nDate: 2026-04-{number:02}\n{to}\nI <see>.\n\n"
        files[f"content/comments/{slug}/{name}.md"] = text.replace(
            "<see>", "see <https://example.com/>"
        ) + format_note(reply["note"])
    return files


def format_site(site, code):
    """Return every file of the content and of the project, as bytes."""
    texts = {f"content/posts/{stem}.md": format_post(site, stem) for stem in site["posts"]}
    for stem, post in site["posts"].items():
        texts |= format_replies(stem, post)
    for stem in site["topics"]:
        texts[f"content/topics/{stem}.md"] = format_topic(site, stem)
    for stem, page in site["pages"].items():
        links = format_links(site, None, page["links"], "../posts/")
        texts[f"content/pages/{stem}.md"] = (
            f"{format_head(stem, page['head'])}\nWords.\n\n{format_note(page['note'])}{links}"
        )
    for name, version in site["extra"].items():
        texts[f"content/extra/{name}"] = f"Version {version} of this."
    files = {name: text.encode() for name, text in texts.items()}
    for name, version in site["images"].items():
        files[f"content/images/{name}"] = draw_picture(version)
    files = code | files
    for version in site["versions"]:
        files = VERSIONS[version](files)
    return files


def break_site(files, fault):
    """Put a mistake into the files."""
    change = FAULTS[fault]
    if isinstance(change, dict):
        return files | {name: text.encode() for name, text in change.items()}
    return change(files)


def exchange(path, other):
    """Exchange the names of two files."""
    between = path.with_name("between")
    path.rename(between)
    if other != path:
        other.rename(path)
    between.rename(other)


def exchange_for_link(path, other):
    """Make a file a link to another one."""
    path.unlink()
    if sys.platform != "win32":  # there this needs a right that few have
        path.symlink_to(other)


# What a person or another program may do to the finished site: to one file, with another at hand.
TAMPERINGS = {
    "more bytes": lambda path, _: path.write_bytes(path.read_bytes() + b" "),
    "other bytes of the same size": lambda path, _: write_with(
        "in place", path, path.read_bytes()[::-1]
    ),
    "no bytes": lambda path, _: path.write_bytes(b""),
    "gone": lambda path, _: path.unlink(),
    "another file in its place": lambda path, _: write_with("anew", path, b"Another."),
    "two files changed places": exchange,
    "a link in its place": exchange_for_link,
    "a file too many": lambda path, _: path.with_name("stray.html").write_bytes(b"Stray."),
    "a folder too many": lambda path, _: (path.parent / "stray/deep").mkdir(parents=True),
    "its folder gone": lambda path, _: shutil.rmtree(path.parent),
}
ANY = st.integers(0, 99)


EDITS = {}


def edit(**strategies):
    """Enter a method in the table of edits, with what it is given."""

    def enter(function):
        EDITS[function.__name__] = st.fixed_dictionaries(strategies)
        return function

    return enter


def draw_edit(author):
    """Choose one of the edits that have not had their turn; rules of their own would leave many out."""
    names = st.sampled_from(sorted(author.waiting))
    return names.flatmap(lambda name: st.tuples(st.just(name), EDITS[name]))


class Author(RuleBasedStateMachine):
    """Edit a site in every way that an author has, and prove after each that warm is cold."""

    def __init__(self, twins):
        super().__init__()
        self.twins = twins
        self.site = begin_site()
        self.past, self.kept = [], False
        self.clock, self.siteurl, self.site_url = NOW, "", ""
        self.pace_ns = 0
        self.is_proved = True
        self.waiting = set(EDITS)

    @property
    def environ(self):
        address = {"SITE_URL": self.site_url} if self.site_url else {}
        return {"SOURCE_DATE_EPOCH": format_epoch(self.clock)} | address

    def prove(self, code=0):
        """Build, the machine's clock being later than at the last time by as much as is the pace."""
        self.is_proved = True
        self.twins.ahead_ns += self.pace_ns
        self.twins.prove(code, environ=self.environ, siteurl=self.siteurl)

    def pick(self, kind, which):
        """Choose one of those that there are."""
        names = sorted(self.site[kind])
        return names[which % len(names)]

    @initialize(seconds=st.sampled_from([10, 0, 3600]))
    def begin(self, seconds):
        """Let so many seconds pass between any two builds: what is older is trusted more."""
        self.pace_ns = seconds * 10**9
        self.twins.save(format_site(self.site, self.twins.code))
        self.prove()

    def teardown(self):
        """Prove what has not been proved yet, and clean up."""
        try:
            if not self.is_proved:
                self.prove()
        finally:
            self.twins.remove()

    @rule(
        edit=st.runner().flatmap(draw_edit),
        pen=st.sampled_from(["in place", "anew", "with its old time"]),
        then=st.sampled_from(["go on", "build", "build", "build", "check and build"]),
    )
    def step(self, edit, pen, then):
        """Edit, save the files in some way, and most often build."""
        name, drawn = edit
        self.waiting.discard(name)
        self.waiting = self.waiting or set(EDITS)
        self.past.append(copy.deepcopy(self.site))
        getattr(self, name)(**drawn)
        self.twins.save(format_site(self.site, self.twins.code), pen)
        self.is_proved = False
        if then == "check and build":
            self.twins.check(self.environ)
        if then != "go on":
            self.prove()

    @edit()
    def nothing(self):
        """Change nothing."""

    @edit(which=ANY, entry=st.sampled_from(list_values(POST_HEADERS)))
    def head_a_post(self, which, entry):
        self.site["posts"][self.pick("posts", which)]["head"][entry[0]] = entry[1]

    @edit(which=ANY, title=st.sampled_from(POST_HEADERS["Title"]))
    def retitle_a_post(self, which, title):
        self.site["posts"][self.pick("posts", which)]["head"]["Title"] = title

    @edit(which=ANY, date=st.sampled_from(POST_HEADERS["Date"]))
    def redate_a_post(self, which, date):
        self.site["posts"][self.pick("posts", which)]["head"]["Date"] = date

    @edit(which=ANY, tags=st.sampled_from(POST_HEADERS["Tags"]))
    def tag_a_post(self, which, tags):
        self.site["posts"][self.pick("posts", which)]["head"]["Tags"] = tags

    @edit(which=ANY, status=st.sampled_from(["draft", None]))
    def withdraw_a_post_or_publish_it(self, which, status):
        self.site["posts"][self.pick("posts", which)]["head"]["Status"] = status

    @edit(which=ANY, body=st.integers(0, len(BODIES) - 1))
    def write_a_post_anew(self, which, body):
        self.site["posts"][self.pick("posts", which)]["body"] = body

    @edit(kind=st.sampled_from(["posts", "topics", "pages"]), which=ANY, note=st.integers(0, 3))
    def note_something_in_a_text(self, kind, which, note):
        if self.site[kind]:
            self.site[kind][self.pick(kind, which)]["note"] = note

    @edit(kind=st.sampled_from(["posts", "pages"]), which=ANY, to=ANY)
    def link_a_text_to_a_post_or_no_more(self, kind, which, to):
        if self.site[kind]:
            links = self.site[kind][self.pick(kind, which)]["links"]
            toggle(links, self.pick("posts", to))

    @edit(number=st.integers(0, 9))
    def add_a_post(self, number):
        self.site["posts"].setdefault(STEMS[number], make_post(number))

    @edit(which=ANY)
    def delete_a_post(self, which):
        if len(self.site["posts"]) > 3:
            del self.site["posts"][self.pick("posts", which)]

    @edit(which=ANY, number=st.integers(0, 9))
    def rename_a_post(self, which, number):
        """Where the new name is taken, the two change their names."""
        old, new = self.pick("posts", which), STEMS[number]
        posts = self.site["posts"]
        if old == new:
            return
        first, second, between = (f"content/posts/{name}.md" for name in (old, new, "between"))
        self.twins.rename(first, between)
        if new in posts:
            self.twins.rename(second, first)
        self.twins.rename(between, second)
        posts[old], posts[new] = posts.get(new), posts[old]
        if posts[old] is None:
            del posts[old]

    @edit(which=ANY, name=st.sampled_from(REPLIERS), to=st.sampled_from([None, *REPLIERS]))
    def comment_on_a_post(self, which, name, to):
        """A comment answers those only that came before: a ring is an error."""
        replies = self.site["posts"][self.pick("posts", which)]["replies"]
        to = to if to in replies and REPLIERS.index(to) < REPLIERS.index(name) else None
        replies.setdefault(name, {"note": 0, "to": to})["note"] += 1

    @edit(which=ANY, name=st.sampled_from(REPLIERS))
    def delete_a_comment(self, which, name):
        self.site["posts"][self.pick("posts", which)]["replies"].pop(name, None)

    @edit(which=ANY, entry=st.sampled_from(list_values(TOPIC_HEADERS)))
    def head_a_topic(self, which, entry):
        self.site["topics"][self.pick("topics", which)]["head"][entry[0]] = entry[1]

    @edit(
        relation=st.sampled_from(
            [("Broader", stem) for stem in BROADER] + [("See-also", stem) for stem in SEE_ALSO]
        )
    )
    def relate_topics_or_no_more(self, relation):
        """A topic that is beside another one cannot be broader than it as well."""
        toggle(self.site["relations"], relation)
        if relation[0] == "Broader" or relation[1] == "library-work":
            other = ("See-also", "library-work")
            if relation != other and other in self.site["relations"]:
                self.site["relations"].remove(other)

    @edit(which=ANY, post=ANY)
    def begin_a_topic_with_a_post_or_no_more(self, which, post):
        toggle(self.site["topics"][self.pick("topics", which)]["starts"], self.pick("posts", post))

    @edit(stem=st.sampled_from(PAGES), entry=st.sampled_from(list_values(PAGE_HEADERS)))
    def head_a_page(self, stem, entry):
        page = {"head": {"Title": stem.title()}, "note": 0, "links": []}
        self.site["pages"].setdefault(stem, page)["head"][entry[0]] = entry[1]

    @edit(stem=st.sampled_from(PAGES))
    def delete_a_page(self, stem):
        self.site["pages"].pop(stem, None)

    @edit(name=st.sampled_from(["a.png", "b.png"]), version=st.integers(0, 3))
    def draw_a_picture_anew(self, name, version):
        self.site["images"][name] = version

    @edit(
        name=st.sampled_from(["note.txt", "robots.txt", "deep/er.txt"]), version=st.integers(0, 2)
    )
    def add_a_file_or_change_it(self, name, version):
        self.site["extra"][name] = version

    @edit(name=st.sampled_from(["robots.txt", "deep/er.txt"]))
    def delete_a_file(self, name):
        self.site["extra"].pop(name, None)

    @edit(version=st.sampled_from(sorted(VERSIONS)))
    def change_the_project_or_change_it_back(self, version):
        toggle(self.site["versions"], version)

    @edit(steps=st.integers(1, 4))
    def undo(self, steps):
        """Go back to how the site was some edits ago."""
        self.site = copy.deepcopy(self.past[-steps:][0])

    @edit(clock=st.sampled_from(CLOCKS))
    def look_at_another_day(self, clock):
        self.clock = clock

    @edit(siteurl=st.sampled_from(ADDRESSES), site_url=st.sampled_from(ADDRESSES))
    def move_the_site(self, siteurl, site_url):
        self.siteurl, self.site_url = siteurl, site_url

    @edit(seconds=st.sampled_from([-86400, 86400, -1]))
    def turn_the_machines_clock(self, seconds):
        self.twins.ahead_ns += seconds * 10**9

    @edit(
        fault=st.sampled_from(sorted(FAULTS)), kind=st.sampled_from(["posts", "topics"]), which=ANY
    )
    def make_a_mistake_and_repair_it_with_another_edit(self, fault, kind, which):
        """The edit stays when the mistake goes: what was made for neither may be kept as the site's."""
        self.site[kind][self.pick(kind, which)]["note"] += 1
        files = format_site(self.site, self.twins.code)
        self.twins.save(break_site(files, fault))
        self.prove(code=1)

    @edit(which=ANY, distance=st.integers(0, 9), how=st.sampled_from(sorted(TAMPERINGS)))
    def tamper_with_the_output(self, which, distance, how):
        files = sorted(path for path in self.twins.output.rglob("*") if path.is_file())
        if files:
            path, other = (files[place % len(files)] for place in (which, which + distance))
            if not (self.twins.output / "stray").exists():
                self.twins.replace = True
                TAMPERINGS[how](path, other)

    @edit(what=st.sampled_from([".cache", "output"]))
    def keep_a_copy_and_bring_back_the_last_one(self, what):
        """Bring what is kept and what is built out of step."""
        aside, place = self.twins.folder / f"aside-{what}", self.twins.warm / what
        if aside.exists():
            shutil.rmtree(place, ignore_errors=True)
            aside.rename(place)
        elif place.exists():
            shutil.copytree(place, aside)

    @edit(how=st.sampled_from(["gone", "cut", "overwritten"]))
    def damage_what_is_kept(self, how):
        for path in (self.twins.warm / ".cache").rglob("*"):
            if not path.is_file():
                continue
            data = path.read_bytes()
            if how == "gone":
                path.unlink()
            else:
                path.write_bytes(data[: len(data) // 2] if how == "cut" else b"\xff" * len(data))


def toggle(items, item):
    """Remove an item from a list that has it, else put it at the end."""
    items.remove(item) if item in items else items.append(item)


@pytest.fixture
def make_twins(tmp_path, code, workers):
    """Return a function that makes a new site of two copies, in memory if that looks like a disk here."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) and not EXAMPLES else tmp_path
    with contextlib.ExitStack() as stack:

        def make():
            folder = stack.enter_context(tempfile.TemporaryDirectory(dir=place, prefix="twins-"))
            return Twins(Path(folder), code, workers)

        yield make


@pytest.fixture
def twins(make_twins):
    """Return the site that the edits begin with, not built yet."""
    made = make_twins()
    made.save(format_site(begin_site(), made.code))
    return made


def test_every_edit_of_the_project_finds_its_place_in_one_file(code):
    files = {name: data for name, data in read_tree(code).items() if isinstance(data, bytes)}
    for change in [*VERSIONS.values(), *filter(callable, FAULTS.values())]:
        changed = change(files)
        assert sum(changed[name] != data for name, data in files.items()) == 1


@pytest.mark.parametrize("number", range(2), ids=["first", "second"])
def test_after_any_edits_a_warm_build_is_a_cold_one(make_twins, number):
    how = settings(
        max_examples=EXAMPLES or 1,
        stateful_step_count=STEPS,
        phases=[Phase.generate, Phase.shrink] if EXAMPLES else [Phase.generate],
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )

    def begin():
        return Author(make_twins())

    assert len(EDITS) < STEPS
    run_state_machine_as_test(begin if EXAMPLES else seed(number)(begin), settings=how)


def test_two_versions_of_the_project_take_turns(twins):
    """Each of a few kinds of edits to the project shows, and is gone when it is taken back."""
    site = begin_site()
    first = twins.prove()
    for version in (
        "a macro",
        "the stylesheet",
        "the author",
        "a module that reads",
        "a module that says the day",
    ):
        twins.save(format_site(site | {"versions": [version]}, twins.code), "with its old time")
        assert twins.prove() != first, version
        twins.save(format_site(site, twins.code), "with its old time")
        assert twins.build_warm() == first, version


def test_a_waiting_post_comes_and_goes_with_the_clock(twins):
    seen = []
    for clock in (NOW, "2026-07-01T12:00:00", "2026-07-01T11:59:59", "2030-01-01T00:00:00", NOW):
        tree = twins.prove(environ={"SOURCE_DATE_EPOCH": format_epoch(clock)})
        seen.append("posts/p5/index.html" in tree)
    assert seen == [False, True, False, True, False]


def test_a_change_that_is_dated_in_the_future_is_told_once_it_has_come(twins):
    """So is, until then, that the date is probably a slip; and of a post that it waits for long."""
    site = begin_site()
    site["posts"]["p0"]["head"]["Modified"] = "2026-07-02 12:00"
    site["posts"]["p6"]["head"]["Date"] = "2027-08-01"
    twins.save(format_site(site, twins.code))
    seen = []
    for clock in (NOW, "2026-07-02T12:00:00", "2026-07-02T11:59:59", "2026-07-31T00:00:00", NOW):
        tree = twins.prove(environ={"SOURCE_DATE_EPOCH": format_epoch(clock)})
        seen.append(b"2026-07-02T12:00" in tree["feeds/all.atom.xml"])
    assert seen == [False, True, False, True, False]


def test_what_the_ledger_of_links_says_shows_wherever_the_link_stands(twins):
    """So it does when the file keeps its size and its time."""
    url, copy = (
        "https://dead.example/a",
        "https://web.archive.org/web/20190503101112/https://d.example/",
    )
    names = [
        f"content/{name}.md"
        for name in ("posts/p0", "pages/about", "topics/reading", "comments/p1/ann")
    ]
    twins.edit({name: twins.files[name] + f"\nOf <{url}>.\n".encode() for name in names})
    first = twins.prove()
    row = f'"failing_since": "2026-05-01", "archived": "{copy}", "archived_on": "2019-05-03"'
    for day, is_dead in (("14", False), ("15", True), ("14", False), ("20", True)):
        ledger = f'{{"{url}": {{{row}, "last_failed": "2026-05-{day}"}}}}'
        twins.edit({"content/links.json": ledger.encode()}, "with its old time")
        tree = twins.prove()
        changed = sorted(name for name in tree if tree[name] != first[name])
        pages = ["about", "posts/p0", "posts/p1", "topics/reading"]
        assert [name for name in changed if name.endswith(".html")] == (
            [f"{page}/index.html" for page in pages] if is_dead else []
        )
        assert "links.json" not in tree


def test_what_the_ledger_of_addresses_says_shows_wherever_it_matters(twins):
    """So it does when the file keeps its size and its time."""
    seen = []
    for day in ("1", "2"):
        ledger = f"Gone: /posts/withdrawn/ Day {day}.\n/posts/p0/ tag:a.org,2020-01-0{day}:p\n"
        twins.edit({"content/addresses.txt": ledger.encode()}, "with its old time")
        seen.append(twins.prove())
    changed = {name for name in seen[0] if seen[0][name] != seen[1][name]}
    assert {"posts/withdrawn/index.html", "feeds/all.atom.xml", "feeds/all.json"} <= changed
    assert "posts/p0/index.html" not in changed
    assert b"Gone:" not in seen[1]["addresses.txt"]


def test_a_site_that_is_refused_because_it_shrank_is_not_kept_as_the_last(twins):
    """It was made to its end before it was refused; the next one begins with the last good site."""
    site = begin_site()
    site["posts"] |= {f"p{number}": make_post(number) for number in range(10, 20)}
    twins.save(format_site(site, twins.code))
    first = twins.prove()
    few = copy.deepcopy(site)
    few |= {"posts": {"p0": few["posts"]["p0"]}, "pages": {}}
    few["topics"] = {"reading": few["topics"]["reading"]}
    twins.save(format_site(few, twins.code))
    worker, call = twins.workers[0], ("commands.build:build", {})
    assert worker.end(worker.start(**twins.order(twins.warm, *call, {}))) == 1
    assert "--allow-shrink" in (twins.folder / "warm.log.err").read_text(encoding="utf-8")
    assert read_tree(twins.output) == first
    twins.save(format_site(site, twins.code))
    assert twins.prove() == first
    twins.save(format_site(few, twins.code))
    assert twins.prove() != first


def swap(path, old, new):
    """Return two edits: one that changes nothing, and one that puts other bytes into a file."""
    return dict, lambda files: files | {path: files[path].replace(old, new)}


def put_one_or_two(edit, *place, text):
    """Return two edits that put a text into a file, the one with a 1 and the other with a 2 in it."""
    return edit(*place, text.format(1)), edit(*place, text.format(2))


# A file with other words: an edit before the first build, and the one in its place after it.
TWINS = {
    "a post": swap("content/posts/p0.md", b"Plain words", b"Other words"),
    "a title": swap("content/posts/p0.md", b"Post *0*", b"Pest *0*"),
    "a date": swap("content/posts/p0.md", b"2026-01-05", b"2026-01-06"),
    "a comment": swap("content/comments/p1/ann.md", b"Ann", b"Eve"),
    "a topic": swap("content/topics/reading.md", b"What it is.", b"What is it."),
    "a page": swap("content/pages/about.md", b"Words.", b"Wards."),
    "a picture": swap("content/images/a.png", draw_picture(0), draw_picture(1)),
    "a file": swap("content/extra/note.txt", b"Version 0", b"Version 7"),
    "a template": put_one_or_two(put_after, f"{TEMPLATES}/404.html", MAIN, text="<b>{}</b>"),
    "a macro": put_one_or_two(
        put_after, f"{TEMPLATES}/macros/post.html", r"{% macro record\(.*?%}", text="<b>{}</b>"
    ),
    "the stylesheet": put_one_or_two(
        append, "theme/static/style/base.css", text="\nhr {{ order: {} }}\n"
    ),
    "a setting": put_one_or_two(set_constant, "AUTHOR", text='"Librarian {}"'),
    "a module": put_one_or_two(set_constant, "OPENING_WORDS", text="{}"),
}
# On a disk that counts in two seconds an edit right after a build changes no time of a file; where the
# clock of the disk is an hour behind, all that was built is "safely younger", and its times must tell.
COARSE = (
    TWINS if EXAMPLES else ("a post", "a comment", "a picture", "a file", "a template", "a module")
)
CLOCKS_OF_DISKS = [(name, "coarse") for name in COARSE]
CLOCKS_OF_DISKS += [(name, "behind") for name in ("a post", "a picture")]


@ONE_PLACE
@pytest.mark.parametrize(("what", "clock"), CLOCKS_OF_DISKS)
def test_a_file_with_other_words_of_the_same_size_and_time_is_seen(twins, what, clock):
    files, changed = (edit(twins.files) for edit in TWINS[what])
    (name,) = (name for name in files if files[name] != changed[name])
    assert len(files[name]) == len(changed[name])
    how = {"coarse": (2 * 10**9, time.time_ns())} if clock == "coarse" else {"ahead_ns": HOUR_NS}
    twins.save(files)
    write_with("in place", twins.warm / name, files[name])
    first = twins.build_warm(**how)
    twins.save(changed, "with its old time")
    assert twins.prove(**how) != first


def test_whatever_is_done_to_the_finished_site_the_next_build_mends(twins):
    """Nothing but the site has changed since, and the build before it found nothing to do."""
    first = twins.build_warm(ahead_ns=HOUR_NS)
    twins.replace = True
    for how, tamper in TAMPERINGS.items():
        assert twins.build_warm(ahead_ns=HOUR_NS) == first
        tamper(twins.output / "posts/p0/index.html", twins.output / "archives/index.html")
        assert read_tree(twins.output) != first, how
        assert twins.build_warm(ahead_ns=HOUR_NS) == first, how


def test_a_copy_of_the_last_site_that_shares_its_files_is_not_written_to(twins):
    """Files that are carried over are the same files: whoever writes to one writes to all."""
    site = begin_site()
    first, copied = twins.prove(), twins.folder / "copy"
    shutil.copytree(twins.output, copied, copy_function=os.link)
    for number in range(3):
        site["posts"]["p0"]["note"] += 1
        site["images"]["a.png"] += 1
        site["extra"]["note.txt"] += 1
        site["versions"] = ["a part of some pages", "the stylesheet"][:number]
        twins.save(format_site(site, twins.code))
        assert twins.prove() != first
        assert read_tree(copied) == first


@ONE_PLACE
def test_after_a_build_that_was_killed_at_any_moment_a_warm_build_is_a_cold_one(twins):
    """At each of some changes to the disk, the last ones above all, and at some points in time."""
    sites = [begin_site(), begin_site()]
    sites[1]["posts"] |= {"p8": make_post(8)}
    sites[1]["posts"]["p1"]["head"]["Title"] = "Another title"
    sites[1]["images"]["a.png"] = 2
    sites[1]["topics"]["silence"]["note"] = 1
    sites[1]["extra"]["robots.txt"] = 0
    del sites[1]["posts"]["p2"]
    files = [format_site(site, twins.code) for site in sites]
    trees = []
    for wanted in files:
        twins.save(wanted)
        trees.append(twins.prove())
    assert trees[0] != trees[1]
    twins.save(files[0])
    started = time.monotonic()
    twins.build_warm(kill_at=-1)
    took = time.monotonic() - started
    changes = int((twins.folder / "warm.log.count").read_text())
    moments = random.Random(7)
    points = [*moments.sample(range(1, changes), 4), *range(changes - 4, changes + 1)]
    kills = [{"kill_at": point} for point in points] + [{}] * 3
    now, seen = 0, set()
    for kill in kills:
        last, now = now, 1 - now
        twins.save(files[now])
        process = twins.start_warm(**kill)
        if not kill:
            time.sleep(moments.uniform(0, took))
            os.kill(process, signal.SIGKILL)
        code = twins.end_warm(process)
        found = read_tree(twins.output)
        assert found in trees
        seen.add((code, found == trees[now]))
        if moments.random() < 0.5:  # the author thinks again
            now = last
            twins.save(files[now])
        found = twins.build_warm()
        assert found == trees[now], f"{kill}:\n{describe_difference(found, trees[now])}"
        assert [path.name for path in twins.warm.glob(".output*")] == []
    assert {(-signal.SIGKILL, False), (-signal.SIGKILL, True)} <= seen
