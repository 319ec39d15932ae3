"""A publishing that is killed, wherever, loses nothing, leaves nothing by halves, and can be run again.

`KILLS=50` before `test` kills more often at random moments, and before each change.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

import commands.publishing.prepare as preparing
from commands.publishing.own_files import OwnFile
from commands.publishing.work_folder import FOLDER, HELD, STALE_SECONDS
from tests.conftest import draw_png
from tests.forked import CAN_FORK
from tests.repositories import PAGES, POST, Blog, git

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="what is killed is forked")

KILLS = int(os.environ.get("KILLS", "5"))
STEP = 1 if KILLS >= 40 else 8  # which of the changes: each one, or one of so many
CHANGES = {"subprocess.Popen", "os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "open"}
REMOTE_SECONDS = 10.0
SECONDS_TO_BEGIN = 2.0  # a publishing has opened its repository long before
FOR_WRITING = os.O_WRONLY | os.O_RDWR


def fork(blog, confirm, log):
    """Publish in a process of its own, which leads its session; return its id."""
    child = os.fork()
    if not child:
        os.setsid()
        signal.alarm(60)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # which a run below `nohup` ignores
        with open(log, "wb") as said:
            for number in (1, 2):
                os.dup2(said.fileno(), number)
        for name, number in (("stdout", 1), ("stderr", 2)):
            setattr(sys, name, open(number, "w", encoding="utf-8", closefd=False))  # noqa: SIM115
        code = 70
        with suppress(BaseException):
            code = blog.publish(confirm=confirm, pages=PAGES)
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    return child


def wait(child):
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die_at(number):
    """Return a yes after which the process kills itself before so many changes."""

    def confirm():
        counted = count(1)

        def look(event, words):
            if event not in CHANGES:
                return
            if event == "open" and not (words[2] or 0) & FOR_WRITING:
                return
            if next(counted) == number:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(look)
        return True

    return confirm


def read_tips(blog):
    return blog.tip(), blog.tip(PAGES)


def check_whole(blog, before, head):
    """Assert that the remote has all of a publishing or nothing, and the copy has lost no commit."""
    after = read_tips(blog)
    assert after == before or not set(after) & set(before)
    git(blog.bare, "fsck", "--strict")
    if after != before:
        assert git(blog.bare, "log", "-1", "--format=%b", PAGES).strip() == f"Source: {after[0]}"
    blog.git("merge-base", "--is-ancestor", head, "HEAD")


def check_goes_on(blog, name, word):
    """Assert that the next run publishes what was written, and leaves nothing behind."""
    assert blog.publish(pages=PAGES) == 0
    assert word in blog.show(f"content/posts/{name}.md")
    assert word in blog.show(f"posts/{name}/index.html", PAGES)
    assert blog.git("status", "--porcelain") == ""
    left = [path.name for path in (blog.root / ".git").rglob("*") if "publishing" in path.name]
    assert left == [path.name for path in (blog.root / ".git").rglob("*.lock")] == []


def write_post(blog, number):
    """Write a post, or write it anew; return the name of its file and a word that is in it."""
    name, word = "shelves", f"Word{number}"
    blog.write({f"content/posts/{name}.md": POST.replace("books", f"books of {word}")})
    return name, word


OWN_FILES = ("pelicanconf.py", "content/extra/own.txt")


def write_own(blog, monkeypatch):
    """Let every publishing write two files itself, one of them new, with a mark that can be changed."""
    settle, mark = preparing.settle_settings, []

    def add(order, address):
        settled = settle(order, address)
        for name in OWN_FILES:
            path = blog.root / name
            before = path.read_bytes() if path.exists() else None
            data = (before or b"").partition(b"# mark")[0] + f"# mark {mark[-1]}\n".encode()
            settled.files.append(OwnFile(name, data, before, f"  {name}"))
        return settled

    monkeypatch.setattr(preparing, "settle_settings", add)
    return mark


def check_own(blog, number):
    """Assert that the remote and the folder have the files that the publishing writes itself."""
    for name in OWN_FILES:
        assert blog.show(name).endswith(f"# mark {number}")
        assert (blog.root / name).read_bytes().endswith(f"# mark {number}\n".encode())
    assert not list(blog.root.rglob(".writing*"))


def test_a_kill_before_each_change_is_made_good_by_the_next_run(live, tmp_path, monkeypatch):
    codes, mark = [], write_own(live, monkeypatch)
    for number in count(1, STEP):
        name, word = write_post(live, number)
        mark.append(number)
        before, head = read_tips(live), live.git("rev-parse", "HEAD")
        codes.append(wait(fork(live, die_at(number), tmp_path / "log")))
        if codes[-1] != -signal.SIGKILL:
            break
        check_whole(live, before, head)
        check_goes_on(live, name, word)
        check_own(live, number)
    assert codes.pop() == 0, (tmp_path / "log").read_text()
    assert len(codes) > 20 / STEP


def list_session(leader):
    """Return the processes of a session but those of the remote, which no kill here reaches."""
    parents, remote, found = {}, set(), []
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (path / "stat").read_text().rpartition(")")[2].split()
            if int(words[3]) != leader:
                continue
            pid = int(path.name)
            parents[pid] = int(words[1])
            if b"receive-pack" in (path / "cmdline").read_bytes():
                remote.add(pid)
    for pid in parents:
        step = pid
        while step in parents and step not in remote:
            step = parents[step]
        if step not in remote:
            found.append(pid)
    return found, sorted(parents.keys() - set(found))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_kills_at_random_moments_also_of_git_are_made_good_by_the_next_run(live, tmp_path):
    chance = random.Random(15)
    for number in range(KILLS):
        name, word = write_post(live, number)
        before, head = read_tips(live), live.git("rev-parse", "HEAD")
        reading, writing = os.pipe()

        def confirm(writing=writing):
            os.write(writing, b"y")
            return True

        child = fork(live, confirm, tmp_path / "log")
        os.close(writing)
        with open(reading, "rb") as asked:
            assert asked.read(1) == b"y"
        time.sleep(chance.uniform(0, 0.25))
        for pid in list_session(child)[0]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert wait(child) in {-signal.SIGKILL, 0}
        end = time.monotonic() + REMOTE_SECONDS
        while any(list_session(child)) and time.monotonic() < end:
            time.sleep(0.01)
        check_whole(live, before, head)
        check_goes_on(live, name, word)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_in_good_order(live, tmp_path, number):
    def confirm():
        os.kill(os.getpid(), number)
        return True

    write_post(live, 1)
    before = live.state()
    assert wait(fork(live, confirm, tmp_path / "log")) == 70  # SystemExit, which ends a run
    assert live.state() == before


def test_a_lock_of_git_s_list_is_removed_only_if_it_is_our_own(live, capsys):
    folder = live.root / ".git"
    (folder / FOLDER).mkdir()
    (folder / FOLDER / HELD).touch()
    (folder / "index.lock").touch()
    name, word = write_post(live, 1)
    assert live.publish(pages=PAGES) == 1
    assert "another git is at work here, or was stopped" in capsys.readouterr().err
    (folder / "index.lock").unlink()
    (folder / FOLDER).mkdir()
    (folder / FOLDER / HELD).touch()
    os.link(folder / FOLDER / HELD, folder / "index.lock")
    check_goes_on(live, name, word)


def test_a_lock_of_a_branch_is_removed_only_after_a_killed_publishing(live, capsys):
    folder = live.root / ".git"
    lock = folder / "refs/heads/main.lock"
    lock.touch()
    name, word = write_post(live, 1)
    assert live.publish(pages=PAGES) == 1
    err = capsys.readouterr().err
    assert "The branch main cannot be moved" in err
    assert (
        f"Unable to create '{lock}': File exists.). Another git is at work here, or was stopped in the "
        "middle. If none is, delete this file, then type the same command again. Nothing was published.\n"
    ) in err
    assert lock.exists()
    lock.unlink()
    (folder / FOLDER).mkdir()
    lock.touch()
    began = time.monotonic()
    check_goes_on(live, name, word)
    assert time.monotonic() - began >= STALE_SECONDS


def test_two_at_once_are_told_apart(live, tmp_path, capsys, monkeypatch):
    write_post(live, 1)
    seen = []

    def confirm():
        monkeypatch.setattr(
            "commands.publishing.work_folder.open_work.__wrapped__.__defaults__", (0.1,)
        )
        seen.append(live.publish(pages=PAGES))
        return True

    assert live.publish(confirm=confirm, pages=PAGES) == 0
    assert seen == [1]
    assert (
        "Another publish is at work here, or waits for an answer in another window. Wait until it has "
        "ended, or answer there, then type the same command again.\n"
    ) in capsys.readouterr().err


def test_one_that_waits_for_another_goes_on_from_what_that_has_committed(live, tmp_path):
    write_post(live, 1)
    head = live.git("rev-parse", "HEAD")
    log = tmp_path / "second"
    reading, writing = os.pipe()

    def confirm():
        os.write(writing, b"asked")
        time.sleep(SECONDS_TO_BEGIN)
        return True

    first = fork(live, confirm, tmp_path / "first")
    os.close(writing)
    assert os.read(reading, 5) == b"asked"
    os.close(reading)
    second = fork(live, lambda: True, log)
    codes = wait(first), wait(second)
    said = log.read_text(encoding="utf-8")
    assert codes == (0, 0), said
    assert said.startswith("Nothing is new: origin has it all.")
    assert live.git("rev-list", "--count", f"{head}..HEAD") == "1"


def test_where_git_can_write_nothing_more_nothing_is_changed(live):
    import resource

    name, word = write_post(live, 1)
    head, tips = live.git("rev-parse", "HEAD"), read_tips(live)

    def confirm():
        resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))
        return True

    reading, writing = os.pipe()
    child = fork(live, confirm, f"/dev/fd/{writing}")
    os.close(writing)
    with open(reading, encoding="utf-8") as said:
        assert "Nothing was published." in said.read().splitlines()[-1]
    assert wait(child) == 1
    assert (live.git("rev-parse", "HEAD"), read_tips(live)) == (head, tips)
    check_goes_on(live, name, word)


CAN_MOUNT = sys.platform.startswith("linux") and os.geteuid() == 0


@pytest.fixture
def small_disk(tmp_path):
    """Return a folder that is a disk of its own with little room on it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if subprocess.run(words, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder, kept):
    """Fill a disk but for some bytes; return the file that does it."""
    filler = folder / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as stream:
        while True:
            stream.write(b"x" * 4096)
    os.truncate(filler, filler.stat().st_size - kept)
    return filler


@pytest.mark.skipif(not CAN_MOUNT, reason="only root may mount a disk")
@pytest.mark.parametrize("kept", [0, 16384, 40960])
@pytest.mark.parametrize("whose", ["ours", "the remote's"])
def test_a_full_disk_is_told_and_changes_nothing(small_disk, tmp_path, whose, kept, capfd):
    blog = Blog(small_disk if whose == "ours" else tmp_path)
    blog.output = tmp_path / "site"
    moved = tmp_path / "bare.git" if whose == "ours" else small_disk / "bare.git"
    if moved != blog.bare:
        shutil.move(blog.bare, moved)
        blog.bare = moved
        blog.git("remote", "set-url", "origin", str(moved))
    blog.push()
    chance = random.Random(kept)
    picture = draw_png(120, 120) + chance.randbytes(60_000)
    blog.write({"content/images/noise.png": picture})
    name, word = write_post(blog, 1)
    before, head = blog.tip(), blog.git("rev-parse", "HEAD")
    filler = fill(small_disk, kept)
    assert blog.publish() == 1
    said = capfd.readouterr().err
    assert "room" in said or "disk" in said
    assert "Traceback" not in said
    assert blog.tip() == before
    git(blog.bare, "fsck", "--strict")
    filler.unlink()
    assert blog.publish() == 0
    assert word in blog.show(f"content/posts/{name}.md")
    blog.git("merge-base", "--is-ancestor", head, "HEAD")
    assert blog.git("status", "--porcelain") == ""
