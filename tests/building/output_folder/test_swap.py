"""A site is whole or untouched, whatever happens while it is made."""

import errno
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from building.output_folder.place import MARKER, MARKER_TEXT
from building.output_folder.swap import exchange_folders, replace_tree
from catalogue.problems import Refused

ROOT = Path(__file__).parents[3]
NOBODY = 65534
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals or rights")

# What every child process starts with. `refuse` is a disk where two folders cannot change places.
PRELUDE = """
import errno, fcntl, itertools, os, shutil, signal, sys, time
from contextlib import suppress
from pathlib import Path
from building.file_lock import take_lock
from building.interrupts import interruptible
from building.output_folder.swap import exchange_folders, replace_tree

if hasattr(signal, "alarm"):
    signal.alarm(40)  # a test that waits for this process in vain fails, and does not hang
for number in ("SIGINT", "SIGTERM", "SIGHUP"):
    if hasattr(signal, number):  # a shell that starts the tests in the background has them ignored
        signal.signal(getattr(signal, number), signal.SIG_DFL)

def refuse(one, other):
    raise OSError(errno.EINVAL, "cannot exchange")

def build(source, target, **options):
    with replace_tree(Path(target), **options) as staging:
        shutil.copytree(source, staging, dirs_exist_ok=True)

def become_nobody():
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)

""".replace("fcntl, ", "" if sys.platform == "win32" else "fcntl, ")

# Not durable, here and below: a kill, other than a power cut, loses nothing that was written, and
# hundreds of builds need not wait for the disk.
LOOP = """
exchange = {"exchange": exchange_folders, "two renames": refuse}[sys.argv[1]]
for number, source in enumerate(itertools.cycle(sys.argv[3:])):
    build(source, sys.argv[2], exchange=exchange, durable=False)
    if number == 0:
        print("built", flush=True)
"""

# Kills a build at its first step, the next at its second, and so on. A step is whatever Python
# tells its audit hooks: each file opened, made, renamed, removed, each call into the system.
STEPS = """
exchange = {"exchange": exchange_folders, "two renames": refuse}[sys.argv[1]]
target, last, new = Path(sys.argv[2]), sys.argv[3], sys.argv[4]
durable = False

def run(work, die_at=0):
    child = os.fork()
    if child == 0:
        left = die_at
        def step(event, arguments):
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(step)
        work()
        os._exit(0)
    return os.waitpid(child, 0)[1]

def fail():
    with suppress(ZeroDivisionError), replace_tree(target, wait=0, durable=durable):
        1 / 0

def read(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files]

def name(folder):
    if not folder.exists():
        return "none"
    found = [entry for entry in read(folder) if not entry[0].startswith(".")]
    return {str(read(Path(last))): "last", str(read(Path(new))): "new"}.get(str(found), "mixed")

for number in itertools.count(1):
    shutil.rmtree(target, ignore_errors=True)
    if sys.argv[5] == "rebuild":
        build(last, target, durable=durable)
    killed = run(lambda: build(new, target, exchange=exchange, durable=durable), number)
    before = name(target)
    assert run(fail) == 0
    print(before, name(target), len(list(target.parent.iterdir())) - target.exists())
    if not killed:
        break
"""


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def write_pages(folder: Path, version: str, count: int = 200, size: int = 400) -> Path:
    for number in range(count):
        page = folder / f"shelf-{number % 9}" / f"page-{number}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"{version} {number} " * (size // 6))
    return folder


def read_tree(folder: Path) -> dict[str, str]:
    """Every file with its content, every link with its goal, every empty folder; no marker."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[path.relative_to(folder).as_posix()] = f"-> {path.readlink()}"
        elif path.is_file():
            found[path.relative_to(folder).as_posix()] = path.read_text()
        elif not list(path.iterdir()):
            found[path.relative_to(folder).as_posix()] = "empty folder"
    if MARKER in found:
        assert found.pop(MARKER) == MARKER_TEXT
    return found


def build(target: Path, pages: Mapping[str, str], **options: object) -> None:
    with replace_tree(target, **options) as staging:  # type: ignore[arg-type]
        for name, text in pages.items():
            (staging / name).write_text(text)


def refuse(one: Path, other: Path) -> None:
    raise OSError(errno.EINVAL, "cannot exchange")


WAYS = {"exchange": exchange_folders, "two renames": refuse}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A site of one page, alone in its folder."""
    place = tmp_path / "blog" / "output"
    build(place, {"index.html": "last"})
    return place


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that an account without rights can reach, which pytest's own is not."""
    folder = Path(tempfile.mkdtemp(prefix="shelf-")).resolve()
    try:
        folder.chmod(0o755)
        if os.getuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        yield folder
    finally:
        for path in (folder, *folder.rglob("*")):
            if path.is_dir():
                path.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize("way", WAYS)
def test_a_finished_tree_takes_the_place_of_the_last_one(target: Path, way: str) -> None:
    build(target, {"new.html": "new"}, exchange=WAYS[way])
    assert read_tree(target) == {"new.html": "new"}
    assert os.listdir(target.parent) == ["output"]


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="no such call here")
def test_two_folders_change_places_in_one_step(tmp_path: Path) -> None:
    """Without this the tests of the exchange would quietly test the two renames."""
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    exchange_folders(tmp_path / "a", tmp_path / "b")
    assert [os.listdir(tmp_path / name) for name in "ab"] == [["b"], ["a"]]


def test_the_first_build_makes_the_folder_and_the_way_to_it(tmp_path: Path) -> None:
    build(tmp_path / "a" / "b" / "output", {"index.html": "new"})
    assert read_tree(tmp_path) == {
        "a/b/output/index.html": "new",
        f"a/b/output/{MARKER}": MARKER_TEXT,
    }


def test_a_failed_first_build_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), replace_tree(tmp_path / "a" / "b" / "output"):
        raise ZeroDivisionError
    assert not os.listdir(tmp_path)


def test_the_staging_folder_is_new_and_on_the_same_disk(target: Path) -> None:
    with replace_tree(target) as staging:
        assert os.listdir(staging) == [MARKER]
        assert staging.parent == target.parent
        assert staging.stat().st_mode == target.stat().st_mode


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("error", [ValueError, OSError, KeyboardInterrupt, SystemExit])
def test_whatever_the_block_raises_the_last_site_stays(
    target: Path, way: str, error: type[BaseException]
) -> None:
    def fail() -> None:
        with replace_tree(target, exchange=WAYS[way]) as staging:
            (staging / "index.html").write_text("half")
            raise error

    before = target.stat()
    with pytest.raises(error):
        fail()
    after = target.stat()  # its time of access apart, which reading may change
    assert read_tree(target) == {"index.html": "last"}
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert os.listdir(target.parent) == ["output"]


def test_a_block_that_empties_its_folder_first_still_leaves_no_litter(target: Path) -> None:
    with suppress(ZeroDivisionError), replace_tree(target) as staging:
        (staging / MARKER).unlink()
        (staging / "index.html").write_text("half")
        raise ZeroDivisionError
    assert os.listdir(target.parent) == ["output"]
    with replace_tree(target) as staging:
        (staging / MARKER).unlink()
    assert os.listdir(target) == [MARKER]


def test_a_fault_of_the_disk_in_the_last_step_leaves_the_last_site(target: Path) -> None:
    def fail(_: Path, __: Path) -> None:
        raise OSError(errno.EIO, "fault")

    with pytest.raises(OSError, match="fault"):
        build(target, {"index.html": "new"}, exchange=fail)
    assert read_tree(target) == {"index.html": "last"}
    assert os.listdir(target.parent) == ["output"]


def test_the_new_tree_may_share_files_with_the_old_one(target: Path) -> None:
    before = (target / "index.html").stat().st_ino
    with replace_tree(target) as staging:
        os.link(target / "index.html", staging / "index.html")
    assert read_tree(target) == {"index.html": "last"}
    assert (target / "index.html").stat().st_ino == before


def test_links_in_the_old_tree_are_removed_and_not_followed(target: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep")
    (target / "link").symlink_to(tmp_path / "mine", target_is_directory=True)
    build(target, {"index.html": "new"})
    assert read_tree(tmp_path / "mine") == {"letter.txt": "keep"}
    assert os.listdir(target.parent) == ["output"]


def test_a_link_to_a_folder_stays_and_the_folder_is_replaced(target: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(target, target_is_directory=True)
    build(link, {"new.html": "new"})
    assert link.is_symlink()
    assert read_tree(target) == {"new.html": "new"}
    assert sorted(os.listdir(tmp_path)) == ["blog", "link"]
    assert os.listdir(target.parent) == ["output"]


def test_two_builds_of_the_same_pages_are_equal_to_the_marker(tmp_path: Path) -> None:
    for name in "ab":
        build(tmp_path / name, {"index.html": "same"})
    one, other = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in "ab")
    assert one == other


@pytest.mark.parametrize(("way", "times"), [("exchange", 20), ("two renames", 6)])
def test_killed_at_any_moment_the_site_is_one_or_the_other(
    tmp_path: Path, way: str, times: int
) -> None:
    one, other = (write_pages(tmp_path / version, version) for version in "AB")
    whole = [read_tree(one), read_tree(other)]
    place = tmp_path / "blog" / "output"
    moments = random.Random(1)
    for _ in range(times):
        child = start(LOOP, way, place, one, other)
        assert child.stdout
        assert child.stdout.readline() == "built\n"
        time.sleep(moments.uniform(0, 0.12))
        assert child.poll() is None
        child.kill()
        finish(child)
        if way == "exchange":
            assert read_tree(place) in whole
        with suppress(ZeroDivisionError), replace_tree(place, wait=0):
            assert read_tree(place) in whole
            raise ZeroDivisionError
        assert read_tree(place) in whole
        assert os.listdir(place.parent) == ["output"]


@posix
@pytest.mark.parametrize("begin", ["rebuild", "first build"])
@pytest.mark.parametrize("way", WAYS)
def test_killed_at_every_single_step_the_site_is_whole(
    tmp_path: Path, way: str, begin: str
) -> None:
    last = write_pages(tmp_path / "last", "A", count=2)
    new = write_pages(tmp_path / "new", "B", count=2)
    place = tmp_path / "blog" / "output"
    place.parent.mkdir()
    code, out, err = finish(start(STEPS, way, place, last, new, begin))
    assert (code, err) == (0, "")
    outcomes = [tuple(line.split()) for line in out.splitlines()]
    assert len(outcomes) > 40
    old = "none" if begin == "first build" else "last"
    possible = {(old, old, "0"), ("new", "new", "0")}
    if way == "two renames" and begin == "rebuild":
        possible.add(("none", "last", "0"))  # between the two renames
    assert set(outcomes) == possible


def test_the_site_comes_back_although_somebody_made_the_missing_folder(target: Path) -> None:
    target.rename(target.parent / ".output.last")
    target.mkdir()
    with pytest.raises(ZeroDivisionError), replace_tree(target):
        raise ZeroDivisionError
    assert read_tree(target) == {"index.html": "last"}
    assert os.listdir(target.parent) == ["output"]


@posix
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_ends_the_build_with_its_own_exit_code(target: Path, name: str, code: int) -> None:
    build_slowly = """
with interruptible(), replace_tree(Path(sys.argv[1])) as staging:
    (staging / "index.html").write_text("half")
    print("in", flush=True)
    while True:  # one long sleep could begin just after the signal has come in
        time.sleep(0.05)
"""
    child = start(build_slowly, target)
    assert child.stdout
    assert child.stdout.readline() == "in\n"
    child.send_signal(getattr(signal, name))
    assert finish(child) == (code, "", "")
    assert read_tree(target) == {"index.html": "last"}
    assert os.listdir(target.parent) == ["output"]


@posix
def test_a_second_ctrl_c_does_not_disturb_the_cleaning(target: Path) -> None:
    interrupt_twice = """
with interruptible(), replace_tree(Path(sys.argv[1])) as staging:
    try:
        os.kill(os.getpid(), signal.SIGINT)
    finally:
        os.kill(os.getpid(), signal.SIGINT)
        (staging / "cleaned").touch()
        os.link(staging / "cleaned", Path(sys.argv[1]).parent / "cleaned")
"""
    assert finish(start(interrupt_twice, target)) == (130, "", "")
    assert sorted(os.listdir(target.parent)) == ["cleaned", "output"]


@posix
def test_outside_interruptible_signals_are_as_they_were() -> None:
    compare = """
numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
signal.signal(signal.SIGHUP, signal.SIG_IGN)
before = [signal.getsignal(number) for number in numbers]
with interruptible():
    inside = [signal.getsignal(number) for number in numbers]
print([one is other for one, other in zip(before, inside)],
      before == [signal.getsignal(number) for number in numbers])
"""
    assert finish(start(compare)) == (0, "[False, False, True] True\n", "")


HOLD = """
with replace_tree(Path(sys.argv[1])) as staging:
    (staging / "index.html").write_text("first")
    print("in", flush=True)
    sys.stdin.readline()
"""


def test_a_second_build_waits_for_the_first_and_says_so(target: Path) -> None:
    first = start(HOLD, target)
    assert first.stdout
    assert first.stdout.readline() == "in\n"
    second = start(HOLD.replace("first", "second"), target)
    assert second.stderr
    assert "waiting for another build into this folder" in second.stderr.readline()
    assert read_tree(target) == {"index.html": "last"}
    assert finish_with(first, "go\n") == 0
    assert second.stdout
    assert second.stdout.readline() == "in\n"
    assert read_tree(target) == {"index.html": "first"}
    assert finish_with(second, "go\n") == 0
    assert read_tree(target) == {"index.html": "second"}
    assert os.listdir(target.parent) == ["output"]


def finish_with(process: subprocess.Popen[str], line: str) -> int:
    process.communicate(line, timeout=60)
    return process.returncode


def test_a_build_that_waited_long_enough_is_refused_in_one_sentence(target: Path) -> None:
    with (
        replace_tree(target) as staging,
        pytest.raises(Refused, match=r"0 seconds\. Wait until it has ended, then type the"),
        replace_tree(target, wait=0),
    ):
        pass
    assert not staging.exists()
    assert os.listdir(target.parent) == ["output"]


@posix
def test_a_lock_that_is_removed_while_it_is_taken_is_no_lock(target: Path) -> None:
    """Two builds could otherwise hold two files of one name, one of them removed."""
    take = """
path = Path(sys.argv[1])
def remove(event, arguments):
    if event == "fcntl.flock":
        path.unlink()
        path.touch()
sys.addaudithook(remove)
print(take_lock(path))
"""
    assert finish(start(take, target.parent / "lock")) == (0, "None\n", "")


@posix
def test_a_worker_that_is_stopped_does_not_clean_up_for_its_parent(target: Path) -> None:
    stop_worker = """
with interruptible(), replace_tree(Path(sys.argv[1])) as staging:
    worker = os.fork()
    if worker == 0:
        os.kill(os.getpid(), signal.SIGTERM)
    print(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]), staging.exists())
"""
    assert finish(start(stop_worker, target)) == (0, "143 True\n", "")


def test_two_processes_that_build_all_the_time_never_meet(tmp_path: Path) -> None:
    often = LOOP.replace("itertools.cycle(sys.argv[3:])", "sys.argv[3:] * 5")
    one, other = (write_pages(tmp_path / version, version, count=20) for version in "AB")
    place = tmp_path / "blog" / "output"
    children = [start(often, "exchange", place, *order) for order in ((one, other), (other, one))]
    # One may have to wait for more than a second, and then says so.
    assert [finish(child)[:2] for child in children] == [(0, "built\n")] * 2
    assert read_tree(place) in [read_tree(one), read_tree(other)]
    assert os.listdir(place.parent) == ["output"]


def test_a_lock_and_a_folder_that_only_look_like_ours_stay(target: Path) -> None:
    (target.parent / ".output.lock").write_text("my own")
    mine = target.parent / ".output.building-12345678"
    mine.mkdir()
    (mine / "letter.txt").write_text("keep")
    build(target, {"index.html": "new"})
    assert read_tree(target.parent) == {
        ".output.building-12345678/letter.txt": "keep",
        ".output.lock": "my own",
        f"output/{MARKER}": MARKER_TEXT,
        "output/index.html": "new",
    }


def make_folder(place: Path) -> None:
    (place / "output").mkdir(parents=True)
    (place / "output" / "letter.txt").write_text("keep")


def make_hidden(place: Path) -> None:
    (place / "output").mkdir(parents=True)
    (place / "output" / ".secret").write_text("keep")


def make_file(place: Path) -> None:
    (place / "output").write_text("keep")


def make_dangling(place: Path) -> None:
    (place / "output").symlink_to("nowhere")


def make_loop(place: Path) -> None:
    (place / "output").symlink_to("output")


def make_repository(place: Path) -> None:
    build(place / "output", {"index.html": "last"})
    (place / "output" / ".git").mkdir()
    (place / "output" / ".git" / "HEAD").write_text("keep")


def make_linked_folder(place: Path) -> None:
    make_folder(place / "elsewhere")
    (place / "output").symlink_to(Path("elsewhere", "output"), target_is_directory=True)


def make_marker_folder(place: Path) -> None:
    (place / "output" / MARKER).mkdir(parents=True)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (make_folder, "holds files that no build made"),
        (make_hidden, "holds files that no build made"),
        (make_marker_folder, "holds files that no build made"),
        (make_linked_folder, "holds files that no build made"),
        (make_file, "this is a file"),
        (make_dangling, "a link that leads nowhere"),
        (make_loop, "a link that leads nowhere"),
        (make_repository, "holds a Git repository"),
    ],
)
def test_what_no_build_made_is_refused_and_kept(
    tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    make(tmp_path)
    before = read_tree(tmp_path)
    for has_output in (True, False):
        replacing = replace_tree(tmp_path / "output", has_output=has_output)
        with pytest.raises(Refused, match=words) as refusal, replacing:
            pytest.fail("the block ran")
        assert re.search("(?:Move|Remove) .*", str(refusal.value))
        assert ("--output" in str(refusal.value)) == has_output
        assert "\n" not in str(refusal.value)
        assert read_tree(tmp_path) == before


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("content", "is, holds or lies in"),
        ("content/posts/new", "is, holds or lies in"),
        ("theme/../content/new", "is, holds or lies in"),
        ("link/new", "is, holds or lies in"),
        (".", "is, holds or lies in"),
        ("../home", "this is your home folder"),
        ("..", "this is your home folder, or holds it"),
        ("/", "this is the whole disk"),
        ("theme/file/new/output", "a part of this path is a file"),
    ],
)
def test_a_place_where_no_site_may_be_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, words: str
) -> None:
    for name in ("blog/content", "blog/theme", "home"):
        (tmp_path / name).mkdir(parents=True)  # empty: nothing but their place protects them
    (tmp_path / "blog" / "theme" / "file").touch()
    (tmp_path / "blog" / "link").symlink_to("content", target_is_directory=True)
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    before = read_tree(tmp_path)
    place, protected = tmp_path / "blog" / output, [tmp_path / "blog" / "content"] * 2
    for has_output in (True, False):
        replacing = replace_tree(place, protected, has_output=has_output)
        with pytest.raises(Refused, match=words) as refusal, replacing:
            pytest.fail("the block ran")
        assert ("--output" in str(refusal.value)) == has_output
        assert "content, " not in str(refusal.value).replace("content, which", "")  # named once
        assert read_tree(tmp_path) == before


def test_beside_the_protected_folders_a_site_may_be(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    with replace_tree(tmp_path / "content-site", [tmp_path / "content", tmp_path / "theme"]):
        pass
    assert sorted(os.listdir(tmp_path)) == ["content", "content-site"]


@posix
def test_a_disk_of_its_own_is_refused() -> None:
    for has_output in (True, False):
        replacing = replace_tree(Path("/dev"), has_output=has_output)
        with pytest.raises(Refused, match="a disk of its own") as refusal, replacing:
            pytest.fail("the block ran")
        assert ("--output" in str(refusal.value)) == has_output


def test_what_the_author_puts_there_meanwhile_is_kept(tmp_path: Path) -> None:
    def save_while_building() -> None:
        with replace_tree(tmp_path / "output") as staging:
            (staging / "index.html").write_text("new")
            make_folder(tmp_path)

    with pytest.raises(Refused, match="no build made"):
        save_while_building()
    assert read_tree(tmp_path) == {"output/letter.txt": "keep"}


@posix
@pytest.mark.parametrize("shut", ["the folder around it", "the folder itself"])
def test_a_folder_without_the_right_to_write_is_refused(shelf: Path, shut: str) -> None:
    place = shelf / "output"
    build(place, {"index.html": "last"})
    (place if shut == "the folder itself" else shelf).chmod(0o555)
    code, _, err = finish(start("become_nobody()\nbuild(sys.argv[1], sys.argv[2])", ROOT, place))
    assert code == 1
    assert "right to write" in err
    assert err.count("\n") == 1
    assert read_tree(place) == {"index.html": "last"}
    assert os.listdir(shelf) == ["output"]


@posix
@pytest.mark.parametrize("way", WAYS)
def test_what_may_only_be_read_in_the_old_tree_does_not_stop_the_new_one(
    shelf: Path, way: str
) -> None:
    build_twice = """
become_nobody()
target = Path(sys.argv[1])
with replace_tree(target) as staging:
    (staging / "shelf" / "inner").mkdir(parents=True)
    for folder in (staging, staging / "shelf", staging / "shelf" / "inner"):
        (folder / "page.html").write_text("last")
        (folder / "page.html").chmod(0o444)
    (staging / "shelf" / "inner").chmod(0)
    (staging / "shelf").chmod(0o555)
with replace_tree(target, exchange={"exchange": exchange_folders}.get(sys.argv[2], refuse)) as new:
    (new / "index.html").write_text("new")
"""
    assert finish(start(build_twice, shelf / "output", way)) == (0, "", "")
    assert read_tree(shelf / "output") == {"index.html": "new"}
    assert os.listdir(shelf) == ["output"]


@posix
@pytest.mark.skipif(sys.platform == "win32" or os.getuid() != 0, reason="needs a second owner")
def test_an_old_tree_that_cannot_be_removed_is_named_and_the_site_is_new(shelf: Path) -> None:
    build(shelf / "output", {"index.html": "last"})
    for path in (shelf / "output", shelf / "output" / MARKER):
        os.chown(path, NOBODY, NOBODY)
    stuck = shelf / "output" / "stuck"
    stuck.mkdir()
    (stuck / "file").touch()
    rebuild = """
become_nobody()
with replace_tree(Path(sys.argv[1])) as staging:
    (staging / "index.html").write_text("new")
"""
    for _ in range(2):  # the next build says it again, and works as well
        code, _, err = finish(start(rebuild, shelf / "output"))
        assert code == 0
        assert "this old folder could not be removed" in err
        assert read_tree(shelf / "output") == {"index.html": "new"}
    build(shelf / "output", {"index.html": "newer"})  # by one who has the right
    assert os.listdir(shelf) == ["output"]


FILL = """
import resource
from building.disk_errors import explain_os_error
target = Path(sys.argv[1]) / "output"
if sys.argv[2] == "limit":
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
for version, size, count in (("last", 15_000, 3), ("half", 30_000, 100), ("new", 15_000, 3)):
    try:
        with replace_tree(target) as staging:
            for number in range(count):
                (staging / f"{number}.html").write_text((version * size)[:size])
    except OSError as error:
        print(explain_os_error(error))
    print((target / "0.html").read_text()[:4], len(os.listdir(target)), os.listdir(target.parent))
"""


@posix
def test_a_file_that_grows_too_large_leaves_the_last_site(tmp_path: Path) -> None:
    code, out, err = finish(start(FILL, tmp_path, "limit"))
    assert (code, err) == (0, "")
    good, reason, kept, next_one = out.splitlines()
    assert reason.startswith("The file is larger than this system allows. Type `ulimit")
    assert good == kept == "last 4 ['output']"
    assert next_one == "newn 4 ['output']"


@posix
def test_a_disk_that_is_full_from_the_start_is_refused_without_litter(target: Path) -> None:
    write_nothing = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
build(*sys.argv[1:])
"""
    code, _, err = finish(start(write_nothing, target, target))
    assert (code, err.count("\n")) == (1, 1)
    assert err.startswith("The file is larger than this system allows.")
    assert read_tree(target) == {"index.html": "last"}
    assert os.listdir(target.parent) == ["output"]


UNSHARE = ["unshare", "--map-root-user", "--mount"]


def can_mount() -> bool:
    """Return whether this user may mount a disk: of Linux alone, and not of every one."""
    return bool(shutil.which("unshare")) and not subprocess.run([*UNSHARE, "true"]).returncode


@pytest.mark.skipif("not can_mount()", reason="no disk can be mounted here")
def test_a_full_disk_leaves_the_last_site(tmp_path: Path) -> None:
    mount = 'mount -t tmpfs -o size=800k none "$0" && exec "$@"'
    inside = [*UNSHARE, "sh", "-c", mount, str(tmp_path)]
    child = subprocess.run(
        [*inside, sys.executable, "-c", PRELUDE + FILL, str(tmp_path), "disk"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert (child.returncode, child.stderr) == (0, "")
    good, reason, kept, next_one = child.stdout.splitlines()
    assert reason.lower().endswith("the disk is full. make room on it, then build again.")
    assert good == kept == "last 4 ['output']"
    assert next_one == "newn 4 ['output']"
