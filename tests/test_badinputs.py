"""Each bad or odd input of the catalogue in tests/badinputs gets an answer that the catalogue accepts.

There, `_baseline` is a small site without a fault, and `manifest.json` lists the cases: which files
are laid over it, and what is done besides (`setup`) where neither git nor every system could keep
the file. The site was built before; then it is built with the case in it, with one of these answers:

- `error`: the build ends with 1, names the file and the line, and the last site stays as it was;
- `warn`: the build ends with 0 and names both; the post is published, or it may be left out;
- `ok-escaped`: the build ends with 0 and says nothing: the post is published, whole and harmless.

`marker` is a word of the case's text that stands nowhere else, by which its text is found.
"""

import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

import pytest

from catalogue.slugs import DEVICES
from tests.active import list_active, list_in_tree
from tests.conftest import PROJECT, Page, fold, read_files
from tests.forked import UNWANTED, Worker, copy_code
from tests.unprivileged import BOUND, IS_BOUND

PACK = Path(__file__).parent / "badinputs"
BASELINE = PACK / "_baseline"
GOOD_POSTS = ("baselinewelcome", "baselineweeding", "baselinestorytime", "baselineabout")
MOST_SECONDS = 60
WELL_NAMED = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9 ()'._-]*[A-Za-z0-9_)])?")


@dataclass(frozen=True)
class Case:
    """One case of the manifest."""

    id: str
    group: str
    description: str
    acceptable: list
    file: str  # as a message names it
    marker: str
    line: int | None = None
    files: dict = field(default_factory=dict)  # SHA-256 by path
    setup: list = field(default_factory=list)
    needs: list = field(default_factory=list)
    should_mention: list = field(default_factory=list)
    must_be_seen: bool = True  # the marker, on a page, when the site is built
    may_be_skipped: bool = False  # if a message says so
    checks: dict = field(default_factory=dict)
    why: str = ""

    @property
    def folder(self):
        return PACK / "cases" / self.id

    @property
    def seconds(self):
        return self.checks.get("max_seconds", MOST_SECONDS)


ALL_CASES = [Case(**case) for case in json.loads((PACK / "manifest.json").read_text("utf-8"))]
MET = {
    "any-bytes-in-names": sys.platform == "linux",
    "posix-filesystem": os.name == "posix",
    "non-root": IS_BOUND,
}
CASES = [case for case in ALL_CASES if all(MET[need] for need in case.needs)]
# These are built by the command as it is typed, at least one for each kind of answer.
BY_COMMAND = frozenset(("fs-unreadable-dir", "link-empty-text", "meta-missing-title", "tag-cjk"))


# What is done to the content folder besides laying the files over it.


def write_stretch(path, case, unit, size, prefix="", prefix_hex=""):
    """Write a file of so many bytes that begins with the prefix and goes on with the unit."""
    start = bytes.fromhex(prefix_hex) or prefix.replace("{M}", case.marker).encode()
    times = (size - len(start)) // len(unit) + 1
    path.write_bytes((start + unit.encode() * times)[:size] + b"\n")


def rename(path, case, to="", to_hex=""):
    """Rename a file below the content folder, in text or in bytes."""
    path.rename(path.parents[1] / (to or os.fsdecode(bytes.fromhex(to_hex))))


STEPS = {
    "chmod": lambda path, case, mode: path.chmod(int(mode, 8)),
    "generate": write_stretch,
    "mkdir": lambda path, case: path.mkdir(),
    "mkfifo": lambda path, case: os.mkfifo(path),
    "rename": rename,
    "rename_bytes": rename,
    "symlink": lambda path, case, target: path.symlink_to(target),
    "write_outside_content": lambda path, case, text: path.write_text(text, "utf-8"),
}


def lay_over(case, content):
    """Lay a case over the baseline."""
    shutil.copytree(BASELINE, content)
    if case.files:
        shutil.copytree(case.folder, content, dirs_exist_ok=True)
    for step in case.setup:
        words = dict(step)
        place = content.parent if words["op"] == "write_outside_content" else content
        STEPS[words.pop("op")](place / words.pop("path"), case, **words)


# What is looked at.


def stamp_tree(folder, but=()):
    """Return what tells a changed tree from an unchanged one; no file is opened."""
    stamps = {}
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if Path(place, name) not in but]
        for name in [*folders, *files]:
            status = os.lstat(os.path.join(place, name))
            is_folder = stat.S_ISDIR(status.st_mode)
            stamps[os.path.join(place, name)] = (
                status.st_mode,
                *(() if is_folder else (status.st_size, status.st_mtime_ns)),
            )
    return stamps


@dataclass
class Answer:
    """What a build answered to a case, and what it made of the site."""

    case: Case
    code: int
    printed: str
    before: dict
    after: dict
    touched: list  # outside the output

    @property
    def place(self):
        return os.path.join("content", self.case.file)

    @property
    def is_named(self):
        return f"\n{self.place}:" in f"\n{self.printed}"

    @property
    def is_line_named(self):
        named = f"\n{self.place}:{self.case.line}: " in f"\n{self.printed}"
        return self.case.line is None or named

    @property
    def changed(self):
        """The files that are new or other than before."""
        return {name: data for name, data in self.after.items() if self.before.get(name) != data}

    @cached_property
    def pages(self):
        return {n: Page(data.decode()) for n, data in self.changed.items() if n.endswith(".html")}

    @cached_property
    def shown(self):
        """The pages on which the text of the case stands."""
        return [page for page in self.pages.values() if self.case.marker in page.source]

    @cached_property
    def outcome(self):
        if self.code < 0:
            return "no answer in time"
        if self.code:
            return "error" if self.code == 1 and self.is_named else "crash"
        may_be_gone = not self.case.must_be_seen or (self.case.may_be_skipped and self.is_named)
        if not self.shown and not may_be_gone:
            return "gone without a word"
        return "warn" if self.is_named else "ok-escaped"


def list_faults(answer, known):
    """List what is wrong with an answer; `known` is what is active in the baseline."""
    case, outcome = answer.case, answer.outcome
    accepts_warning = "ok-escaped" in case.acceptable and outcome == "warn"
    if outcome not in case.acceptable and not accepts_warning:
        yield f"{outcome}, where {' or '.join(case.acceptable)} is wanted"
    if outcome in ("error", "warn"):
        if not answer.is_line_named:
            yield f"line {case.line} is not named"
        yield from (f"no word of {w}" for w in case.should_mention if w not in answer.printed)
    if "Traceback" in answer.printed:
        yield "a traceback is shown"
    if answer.touched:
        yield f"touched outside of the output: {answer.touched}"
    if answer.code:
        if answer.after != answer.before:
            yield "a build that failed changed the site"
    else:
        yield from list_faults_of_site(answer, known)


def list_faults_of_site(answer, known):
    """List what is wrong with a site that was built."""
    words = b"".join(data for name, data in answer.after.items() if name.endswith(".html"))
    yield from (f"lost: {word}" for word in GOOD_POSTS if word.encode() not in words)
    if GOOD_POSTS[0].encode() not in answer.after["index.html"]:
        yield "the home page is another"
    for name, data in answer.changed.items():
        page = answer.pages.get(name)
        active = set(list_in_tree(page.tree)) if page else list_active(name, data)
        yield from (f"{name} has {part}" for part in sorted(active - known))
    for name, wanted in answer.case.checks.items():
        yield from (f"{name}: {fault}" for fault in CHECKS[name](answer, wanted))


def find_texts(ending, answer, texts):
    """List the files in which one of the texts stands."""
    data = [(n, data.decode("utf-8", "replace")) for n, data in answer.after.items()]
    return [
        f"{text!r} in {n}" for n, d in data for text in texts if n.endswith(ending) and text in d
    ]


def find_bytes(answer, texts):
    return find_texts((".html",), answer, [bytes.fromhex(text).decode() for text in texts])


def find_names(answer, names):
    return [name for name in answer.after if name.rpartition("/")[2] in names]


def miss_words(answer, texts):
    return [text for page in answer.shown for text in texts if fold(text) not in page.words]


def miss_title(answer, text):
    titles = [page.title for page in answer.shown]
    return [] if any(text in title for title in titles) else titles


# What a case asks for besides. Every page and every feed is parsed as strictly as can be, the seconds
# are those that the build is given, and what is touched outside the output is always looked at.
CHECKS = {
    "balanced_html": lambda *_: [],
    "feeds_well_formed": lambda *_: [],
    "max_seconds": lambda *_: [],
    "no_writes_outside_output": lambda *_: [],
    "feeds_must_not_contain": partial(find_texts, (".xml", ".json")),
    "html_must_not_contain": partial(find_texts, ".html"),
    "output_bytes_must_not_contain_hex": find_bytes,
    "output_files_must_not_contain": partial(find_texts, ""),
    "output_must_not_have_basename": find_names,
    "title_element_must_contain": miss_title,
    "visible_text_must_contain": miss_words,
}


# How it is built.


class Desk:
    """A copy of the project's code, a process that runs it, and the site that was built before."""

    def __init__(self, folder, worker):
        self.folder, self.worker = folder, worker
        shutil.copytree(BASELINE, folder / "content")
        code, printed = self.call("build", MOST_SECONDS, locate_folders("build", folder))
        assert code == 0, printed
        self.before = read_files(folder / "output")
        self.known = {part for file in self.before.items() for part in list_active(*file)}

    def run(self, verb, case, site):
        """Do one thing with a site; return the exit code and all that was printed."""
        way = self.type if case.id in BY_COMMAND else self.call
        return way(verb, case.seconds, locate_folders(verb, site))

    def call(self, verb, seconds, folders):
        """Call the function behind a command, in a process of its own that has all packages loaded."""
        code = self.worker.run(
            seconds,
            folder=str(self.folder / "code"),
            cwd=str(folders["content"].parent),
            call=[
                f"commands.{verb}:{verb}",
                [],
                {name: str(path) for name, path in folders.items()},
            ],
            log=str(self.folder / "log"),
            environ={},
        )
        logs = [self.folder / f"log.{stream}" for stream in ("err", "out")]
        return code, "".join(path.read_text("utf-8", "replace") for path in logs)

    def type(self, verb, seconds, folders):
        """Type a command, as an account that may not read everything."""
        command = [
            *BOUND,
            sys.executable,
            PROJECT / "tests/run_task.py",
            self.folder / "code",
            verb,
        ]
        for name, path in folders.items():
            command += [f"--{name}", path]
        done = subprocess.run(
            command,
            cwd=folders["content"].parent,
            env={name: value for name, value in os.environ.items() if name not in UNWANTED},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
        )
        return done.returncode, done.stdout.decode("utf-8", "replace")


def locate_folders(verb, site):
    content = {"content": site / "content"}
    return content | {"output": site / "output"} if verb == "build" else content


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    (folder / "code").mkdir()
    copy_code(folder / "code")
    with Worker(code=folder / "code") as worker:
        yield Desk(folder, worker)


@pytest.fixture
def site(request, desk, tmp_path):
    """A folder with the case over the baseline, and with the site that was built before."""
    site = tmp_path / "desk" / "site"
    lay_over(request.param, site / "content")
    shutil.copytree(desk.folder / "output", site / "output")
    yield site
    for path in (site / "content").rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)  # else nobody could delete it
    shutil.rmtree(site)  # all cases together would take much of a small disk


def answer_case(case, desk, site):
    """Build a site with a case in it, and look at what has become of the folders around it."""
    box, output = site.parents[1], site / "output"
    stamps = stamp_tree(box, but=[output])
    code, printed = desk.run("build", case, site)
    after = stamp_tree(box, but=[output])
    touched = sorted(path for path in {*stamps, *after} if stamps.get(path) != after.get(path))
    touched += [path for folder in box.parents for path in folder.glob("*escape*")]
    return Answer(case, code, printed, desk.before, read_files(output), touched)


@pytest.mark.parametrize(
    ("case", "site"),
    [(case, case) for case in CASES],
    indirect=["site"],
    ids=[case.id for case in CASES],
)
def test_bad_input_gets_an_answer_that_the_catalogue_accepts(case, desk, site):
    answer = answer_case(case, desk, site)
    faults = list(list_faults(answer, desk.known))
    assert not faults, f"{faults}\n{answer.printed}"
    assert desk.run("check", case, site)[0] == answer.code


# The catalogue itself.


def test_a_checkout_has_every_byte_of_every_case():
    listed = {
        f"cases/{case.id}/{path}": digest
        for case in ALL_CASES
        for path, digest in case.files.items()
    }
    found = {
        path: hashlib.sha256(data).hexdigest()
        for path, data in read_files(PACK).items()
        if path.startswith("cases/")
    }
    assert found == listed


def test_every_system_can_check_the_catalogue_out():
    paths = [path.relative_to(PACK).as_posix() for path in PACK.rglob("*")]
    parts = {part for path in paths for part in path.split("/")}
    assert [
        part for part in parts if not WELL_NAMED.fullmatch(part) or DEVICES.fullmatch(part)
    ] == []
    assert len({path.lower() for path in paths}) == len(paths)
    assert max(map(len, paths)) < 100  # Windows stops at 260, the folders before the clone included


def test_the_line_that_a_case_names_is_not_an_empty_one_before_it():
    for case in ALL_CASES:
        if case.file in case.files and case.line and case.line > 1:
            text = (case.folder / case.file).read_bytes()
            assert re.split(rb"\r\n|\r|\n", text)[case.line - 1].strip(), case.id
