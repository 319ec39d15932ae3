"""Build tiny sites with the settings of the tests, and show them as readers get them.

Nothing of the author's decides whether a test passes: `site/` has settings and content of the tests'
own, and pyproject.toml lets `import pelicanconf` find those. The author's are held to what is true of
every site, by the fixture `blog`.
"""

import ast
import io
import os
import re
import runpy
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin
from xml.etree import ElementTree

import feedparser
import html5lib
import pytest
from PIL import Image

from building.output_folder.place import MARKER
from building.pelican_adapter.compiled_templates import CompiledTemplates
from building.pelican_adapter.run import collect_jobs, explained_faults
from building.proof import prove_jobs
from building.prove_tree import prove_tree
from building.read_site import read_site
from building.settings import read_constants
from building.tree import Entry, write_all
from catalogue.problems import Refused
from tests.forked import CAN_FORK, CODE, OWN, copy, leave_out_extras

# What tests build is no news of the run they are in.
for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
    os.environ.pop(name, None)

PROJECT = Path(__file__).resolve().parent.parent
ROOT_URL = "https://example.org"
BELOW_URL = "https://example.github.io/blog"
NOW = "2030-01-01T00:00:00+00:00"
LEAST = {
    "topics/reading.md": "Title: Reading\n\nPosts about reading.\n",
    "pages/about.md": "Title: About\n\nWho writes here.\n",
}


FORKING = pytest.mark.skipif(not CAN_FORK, reason="no process is forked there")


def fold(text):
    """Fold white space and quotation marks, which a printer may change and a reader does not miss."""
    marks = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\N{NO-BREAK SPACE}": " "})
    return " ".join(text.translate(marks).split())


def shorten(text):
    """Return the beginning of a text that a test tries, by which a failure can name it."""
    return ascii(text[:40])


def read_numbers(text):
    """Return the numbers in a text: the words around them, and the sign in thousands, are the theme's."""
    found = re.findall(r"\d{1,3}(?:\W\d{3})+(?!\d)|\d+", text)
    return [int(re.sub(r"\W", "", number)) for number in found]


def write_files(folder, files):
    """Write texts and bytes by their path below a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())


def read_files(folder):
    """Return the bytes of every file below a folder, by their paths there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def link(path, target):
    """Make a link to a file or a folder; skip the test where none can be made."""
    try:
        path.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("this system makes no links")


def draw_png(width=4, height=3):
    """Draw a white picture."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(stream, "PNG")
    return stream.getvalue()


@lru_cache(maxsize=1000)
def parse_strictly(source):
    """Parse a page, once for all tests that read it; none changes the tree."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(source)


class Page:
    """One page, parsed as strictly as the HTML standard allows: an error in it is raised."""

    def __init__(self, source):
        self.source = source
        self.tree = parse_strictly(source)

    def all(self, tag, **attributes):
        """Return all elements of a tag ("*" for any) with these attributes; a class is one of its words."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            element
            for element in self.tree.iter(None if tag == "*" else tag)
            if isinstance(element.tag, str)
            and all(
                value in element.get(name, "").split()
                if name == "class"
                else element.get(name) == value
                for name, value in wanted.items()
            )
        ]

    def one(self, tag, **attributes):
        """Return the only such element."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of <{tag}> {attributes}"
        return found[0]

    def texts(self, tag, **attributes):
        """Return the text of each such element."""
        return [self.text(element) for element in self.all(tag, **attributes)]

    def under(self, term):
        """Return the links that stand under a term on the card of a post or a topic."""
        rows = [row for card in self.all("dl", class_="facts") for row in card.iter("div")]
        return [a for row in rows if self.text(row[0]) == term for a in row.iter("a")]

    @staticmethod
    def text(element):
        """Return the visible words of an element."""
        return fold("".join(element.itertext()))

    @property
    def words(self):
        """Return all that a reader sees of the page."""
        return self.text(self.one("body"))

    @property
    def title(self):
        return self.text(self.one("title"))

    def meta(self, name):
        return self.one("meta", name=name).get("content")

    @property
    def post(self):
        """Return the words of the page's post: its text alone, without what readers say of it."""
        bodies = [
            e
            for e in self.one("article", class_="h-entry")
            if "e-content" in e.get("class", "").split()
        ]
        assert len(bodies) == 1
        return self.text(bodies[0])

    @property
    def ids(self):
        return [element.get("id") for element in self.all("*") if element.get("id") is not None]

    @property
    def links(self):
        """List every address that the page names, with its element; the icon stands in the page itself."""
        return [
            (element, element.get(name))
            for element in self.all("*")
            for name in ("href", "src", "srcset", "action", "data", "poster", "cite")
            if element.get(name) is not None and element.get("rel") != "icon"
        ]


class Site:
    """A built tree, the address that it is for, and the settings that it was built with."""

    def __init__(self, folder, url, settings=None):
        self.folder, self.url, self.settings = folder, url, settings

    @cached_property
    def files(self):
        """List the files, by their path from the site's root."""
        paths = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(p.relative_to(self.folder).as_posix() for p in paths if p.name != MARKER)

    def bytes(self, name):
        return (self.folder / name).read_bytes()

    def text(self, name):
        return self.bytes(name).decode()

    @cached_property
    def all_bytes(self):
        """Return every file by its path: two sites are equal when these are."""
        return {name: self.bytes(name) for name in self.files}

    def page(self, name):
        """Parse the page at an address from the site's root, such as `posts/weeding/`."""
        return Page(self.text(f"{name}index.html" if name.endswith("/") or not name else name))

    @cached_property
    def redirects(self):
        return {n: p for n, p in self.html.items() if 'http-equiv="refresh"' in p.source}

    @cached_property
    def pages(self):
        """Return the pages that are to be read: all but the redirects."""
        return {n: p for n, p in self.html.items() if n not in self.redirects}

    @cached_property
    def html(self):
        return {name: self.page(name) for name in self.files if name.endswith(".html")}

    def feed(self, name):
        """Read a feed as a feed reader does; one that is not well formed fails."""
        feed = feedparser.parse(self.bytes(name))
        assert not feed.bozo, feed.get("bozo_exception")
        return feed

    @cached_property
    def feeds(self):
        return [n for n in self.files if n.endswith(".xml") and not n.startswith("sitemap")]

    def xml(self, name):
        return ElementTree.fromstring(self.bytes(name))

    def address(self, name):
        """Return the address of a file on the web."""
        return f"{self.url}/" + re.sub(r"(^|/)index\.html$", r"\1", name)

    def find(self, name, link):
        """Find the file and fragment that a link on a page leads to; None when it leaves the site."""
        address, fragment = urldefrag(urljoin(self.address(name), link))
        if not address.startswith(f"{self.url}/"):
            return None
        path = unquote(address.removeprefix(f"{self.url}/"))
        return path + "index.html" if path.endswith("/") or not path else path, unquote(fragment)


COMPILED = CompiledTemplates()


def share_compiled(settings):
    """Return the settings of a site with the templates that all sites of the tests have compiled."""
    environment = {**settings["JINJA_ENVIRONMENT"], "bytecode_cache": COMPILED}
    return {**settings, "JINJA_ENVIRONMENT": environment}


def list_entries(tree):
    """Return the entries of the files in a tree, as far as its proof asks for them."""
    sizes = {path: path.stat().st_size for path in tree.rglob("*") if path.is_file()}
    return {p.relative_to(tree).as_posix(): Entry("", f"{sizes[p]} 0 0", "") for p in sizes}


def build_tree(content, output, *, siteurl=ROOT_URL, preview=False, now=NOW, **overrides):
    """Build a content folder as `tasks.py build` does (or `preview`), at a fixed moment."""
    output.mkdir(parents=True)
    own = {"PATH": str(content), "SITEURL": siteurl, "PREVIEW": preview, "READING_CACHE": ""}
    with pytest.MonkeyPatch.context() as patch:
        moment = datetime.fromisoformat(now).timestamp()
        patch.setenv("SOURCE_DATE_EPOCH", str(int(moment)))
        try:
            settings = {**read_constants(), **own, **overrides}
            catalogue = read_site(settings)
            jobs = collect_jobs(share_compiled(settings), catalogue, output)
            prove_jobs(jobs, catalogue.places, os.listdir(output))
            with explained_faults():
                write_all(jobs, output)
            if not preview:  # of which nothing is proved
                entries = list_entries(output)
                prove_tree(output, jobs, entries, {}, output, settings, catalogue)
        except Refused as refused:  # it would end pytest, as it ends a build
            raise AssertionError(f"The site was refused:\n{refused}") from None
    return Site(output, siteurl, settings)


def read_author_settings():
    """Return what pelicanconf.py sets by its own words, by name: all of it belongs to the author."""
    path = PROJECT / "pelicanconf.py"
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    names = {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    values = runpy.run_path(str(path))
    return {name: values[name] for name in sorted(names) if name.isupper()}


@pytest.fixture(scope="session", autouse=True)
def _own_state(tmp_path_factory):
    """Put the key of the caches into a folder of the tests' own, also for what they start.

    Builds in the process of the tests do without others: it has threads, whose locks a process that is
    forked from it may find taken for ever.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        patch.setattr(os, "cpu_count", lambda: 1)
        yield


@pytest.fixture(scope="session")
def clone(tmp_path_factory):
    """Copy the project, with settings and content of the tests, for what runs in a process of its own."""
    folder = tmp_path_factory.mktemp("clone")
    copy([*CODE, OWN / "content"], folder)
    leave_out_extras(folder)
    return folder


@pytest.fixture(scope="module")
def own_clone(tmp_path_factory):
    """Copy the project for one module, which may change it."""
    folder = tmp_path_factory.mktemp("own-clone")
    copy([*CODE, OWN / "content"], folder)
    return folder


@pytest.fixture(scope="session")
def build_site(tmp_path_factory):
    """Return a function that builds {path: text or bytes}, and LEAST besides; None leaves one of it out."""

    def build(files, **how):
        folder = tmp_path_factory.mktemp("site")
        (folder / "content" / "posts").mkdir(parents=True)
        wanted = {name: data for name, data in {**LEAST, **files}.items() if data is not None}
        write_files(folder / "content", wanted)
        return build_tree(folder / "content", folder / "blog", **how)

    return build


@pytest.fixture(scope="session")
def blog(tmp_path_factory):
    """Build the author's own content with her settings, for a folder of a domain."""
    settings = {**read_author_settings(), "siteurl": BELOW_URL}
    settings.pop("SITEURL")
    return build_tree(PROJECT / "content", tmp_path_factory.mktemp("own") / "blog", **settings)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory):
    """Build the two posts that the tests have as files, with their topics and an about page."""
    return build_tree(OWN / "content", tmp_path_factory.mktemp("seeded") / "blog")


RICH = """Title: All that Markdown makes & more
Date: 2026-03-04 09:30
Modified: 2026-05-06
Comments: 12
Tags: Reading, Weeding
Aliases: /2019/05/old-name/, /old.html

Opening words, "quoted", with a [post](post-07.md#a-place), a [page](../pages/about.md), an
[address](/archives/), a [place](#a-table) and another [site](https://example.com/x?a=1&b=2).

## A table

| Shelf | Books |
|:------|------:|
| A     | 1,024 |

> A quotation & its
> second line.

Term
:   What it means.

1. One
2. Two[^1]

```
if a < b: print("&amp;")
```

![A white card](../images/card.png)

An *emphasis*, a **strength**, `code`, HTML by hand: <kbd>Ctrl</kbd>, and an abbreviation: ALA.

*[ALA]: American Library Association

> [!NOTE]
> An alert that skimmers read, with a [link](https://example.com/x?a=1&b=2).
>
> - and a list

> [!WARNING] Mind the gap
> An alert with a title.

!!! caution
    An admonition.

    ```
    with code
    ```

- [ ] A task with `code` and a [link](#a-table)
- [x] One that is ~~never~~ done
    - [x] and one below

<details><summary>More</summary>

Hidden words in the *details*.

</details>

<figure>

![A white card again](../images/card.png)

<figcaption>A caption.</figcaption>
</figure>

[^1]: A note at the foot.
"""


def number_posts(count):
    """Make posts one day apart, the highest number newest."""
    return {
        f"posts/post-{n:02}.md": (
            f"Title: Post {n:02}\nDate: 2026-01-{n:02}\nTags: Reading\nComments: {n}\n\n"
            f"Text of post {n:02}.\n\n## A place\n\nMore.\n"
        )
        for n in range(1, count + 1)
    }


SAMPLE = {
    **number_posts(25),
    "posts/2026-03-04-rich.md": RICH,
    "topics/weeding.md": "Title: Weeding\nUsed-for: deselection, culling\n\nThrow *away*.\n",
    "topics/silence.md": "Title: Silence\n\nNothing is written about it yet.\n",
    "images/card.png": draw_png(),
    "extra/robots-note.txt": "Hello, robot.\n",
}


@pytest.fixture(scope="session")
def sample(build_site):
    """Build a made-up site that has every kind of markup, and lists of more than one page."""
    return build_site(SAMPLE, NAVIGATION=FULL_NAVIGATION)


# All that the head of a page can have: the question list too, and a page of the author's.
FULL_NAVIGATION = ["home", "topics", "questions", "archives", "/about/"]


@pytest.fixture(scope="session")
def sample_below(build_site):
    """Build the same site for a folder of a domain."""
    return build_site(SAMPLE, siteurl=BELOW_URL, NAVIGATION=FULL_NAVIGATION)


ANSWERS = ("ann", "ben", "cy", "dot", "eve")
WOVEN = {
    "posts/asked.md": """Title: May readers eat in the stacks?
Date: 2025-06-01
Tags: Reading, Silence
Series: Desk notes

Good evening. Somebody asked this today.

Query: May readers *eat* in the stacks?

Short answer: No, says [our rule](rules.md).

They may drink water & nothing else.
""",
    "posts/rules.md": """Title: The rules & their reasons
Date: 2026-01-01
Tags: Reading, Silence
Series: Desk notes

As I said to [one who asked](asked.md), there are rules.
""",
    "posts/after.md": "Title: After\nDate: 2026-02-01\nTags: Reading\nSeries: Desk notes\n\nMore.\n",
    "topics/reading.md": """Title: Reading
Used-for: perusal, book use
See-also: Weeding
Broader: Library work
Start-here:
  - rules.md: all of them on one page
  - asked.md

Posts about reading.
""",
    "topics/library-work.md": "Title: Library work\n\nAll that is done here.\n",
    "topics/weeding.md": "Title: Weeding\nUsed-for: deselection\n\nThrow away.\n",
    "topics/silence.md": "Title: Silence\n\nOften asked for.\n",
    **{
        f"comments/asked/{name}.md": (
            f"Author: {name.title()} Reader\nDate: 2026-03-{day:02}\n"
            + (f"Reply-to: {ANSWERS[day - 2]}\n" if day > 1 else "Url: https://ann.example/\n")
            + "\nIs it *so*? See <https://example.com/so>.\n"
        )
        for day, name in enumerate(ANSWERS, 1)
    },
}


@pytest.fixture(scope="session")
def woven_below(build_site):
    """Build a made-up site whose texts refer to one another: a question with answers to answers to it,
    a series, mentions, and topics with all their relations."""
    return build_site(
        WOVEN, siteurl=BELOW_URL, CONTACT_EMAIL="desk@example.org", NAVIGATION=FULL_NAVIGATION
    )


MADE = ("seeded", "sample", "sample_below", "woven_below")


@pytest.fixture(params=["blog", *MADE])
def site(request):
    """Return each site in turn, the author's first: what holds for every page holds on all of them."""
    return request.getfixturevalue(request.param)


@pytest.fixture(params=MADE)
def made(request):
    """Return each site of the tests in turn: the author may write what they do not."""
    return request.getfixturevalue(request.param)
