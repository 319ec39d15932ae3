"""Put a finished tree in the place of the last one, whole or not at all.

While a build into a folder `output` runs, and only then, these stand beside it: `.output.lock`,
held by the build; `.output.building-1f0c9a2e`, the tree in the making, afterwards the old one until
it is removed; and, where two folders cannot change places in one step, for a moment `.output.last`,
the last good site. A killed build leaves them; the next one puts them right before all else.

A folder is ours if it carries the marker or is empty; no other is ever replaced or removed.
A link to a folder stays, and the folder that it leads to is replaced. A folder that is a disk of
its own (a mount point) is refused: nothing that is made beside it can take its place.
"""

import ctypes
import errno
import os
import secrets
import signal
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from catalogue.problems import Refused, format_count, format_name, format_root

# Hidden, so that the upload to GitHub Pages leaves it behind; the same bytes in every build.
MARKER = ".built-by-libraries-got-game"
MARKER_TEXT = "Every build makes this folder anew: keep nothing of your own in it.\n"

# What is answered where two folders cannot change places: by an old kernel, a sandbox, many network
# disks, and disks that are run by a program (FUSE).
NO_EXCHANGE = frozenset((errno.EINVAL, errno.ENOSYS, errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP))

# What says that the disk did not take the bytes, when it is asked to write them all out.
NOT_WRITTEN = frozenset((errno.EIO, errno.ENOSPC, errno.EDQUOT))

ADVICE = {
    errno.ENOSPC: "the disk is full. Make room on it, then build again.",
    errno.EDQUOT: "your share of the disk is used up. Make room in it, then build again.",
    errno.EFBIG: "the file is larger than this system allows. Type `ulimit -f unlimited`, "
    "then build again.",
    errno.EROFS: "this disk can only be read. Type a folder on another disk after --output.",
    errno.EACCES: "you are not allowed to write here. Type a folder of your own after --output, "
    "or give yourself the right to write.",
    errno.EPERM: "the system does not allow this. Type a folder of your own after --output.",
    errno.EBUSY: "this is in use by another program, or is a disk of its own. Close the program, "
    "or type another folder after --output.",
    errno.ENOLCK: "this disk cannot keep two builds apart. Type a folder on another disk "
    "after --output.",
    errno.EXDEV: "this folder cannot be moved aside, because it came with the container. "
    "Remove it by hand, then build again.",
    errno.ENAMETOOLONG: "the name is too long for this disk. Choose a shorter one.",
    errno.ENOTDIR: "a part of this path is a file, not a folder. Type another path.",
    errno.ELOOP: "this is a link that leads back to itself. Remove it, or type another path.",
    errno.EMFILE: "too many files are open. Close other programs, then build again.",
    errno.EIO: "the disk reports a fault. Save your work on another disk, then build there.",
}
SAME_ADVICE = {
    errno.ENFILE: errno.EMFILE,
    errno.ETXTBSY: errno.EBUSY,
    errno.ENOTSUP: errno.ENOLCK,
    errno.EOPNOTSUPP: errno.ENOLCK,
}


@contextmanager
def replace_tree(
    target: Path,
    protected: Sequence[Path] = (),
    *,
    exchange: Callable[[Path, Path], None] | None = None,
    wait: float = 60,
    durable: bool = True,
) -> Iterator[Path]:
    """Hand over a folder to fill, and put it in the place of `target` when the block ends well.

    The folder is new, on the same disk as `target`, and empty but for the marker. If the block
    raises anything, `target` is as it was. The files of the old tree are never written to, so the
    block may link to them.

    `protected` names folders that `target` may not be, hold, or lie in. The project's own folder
    is covered, because it holds them.
    `exchange` lets two folders change places in one step, or raises one of NO_EXCHANGE.
    `wait` is how many seconds to wait for another build into the same folder.
    `durable` has the new files on the disk before they replace the old ones; a preview, which is
    thrown away, need not wait for that.

    Raises Refused, before the block, if `target` cannot or must not be replaced; OSError, after
    cleaning up, if the block or the last step met one: see explain_os_error.
    """
    real = find_place(target, protected)
    missing = [folder for folder in real.parents if not os.path.lexists(folder)]
    try:
        with hold_lock(real, wait):
            staging = prepare_tree(real)
            try:
                yield staging
                mark_tree(staging)
                check_ours(real)
                if durable:
                    flush_disk(staging)
                swap_trees(staging, real, exchange or exchange_folders)
            except BaseException:
                with suppress(OSError):
                    mark_tree(staging)  # a block that removed the marker leaves no litter either
                raise
            finally:
                report_leftovers(mend_tree(real))
    finally:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()  # only what is empty goes: the way to a site that was not built


@contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl-C, a closed window or a polite kill end the block with 128 + the signal's number.

    Raises SystemExit inside the block (130 for Ctrl-C, 143 for SIGTERM), so that everything that is
    open gets closed. Does nothing outside the main thread, where Python allows no handlers.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    owner = os.getpid()
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    # What was ignored stays ignored: whoever typed `nohup` meant it.
    handled = [n for n in numbers if before[n] not in (signal.SIG_IGN, None)]

    def stop(number: int, _: FrameType | None) -> None:
        if os.getpid() != owner:
            os._exit(128 + number)  # a worker must not clean up what its parent is writing
        for each in handled:
            signal.signal(each, signal.SIG_IGN)  # the second Ctrl-C would disturb the cleaning
        raise SystemExit(128 + number)

    try:
        for number in handled:
            signal.signal(number, stop)
        yield
    finally:
        for number in handled:
            signal.signal(number, before[number])


def explain_os_error(error: OSError) -> str:
    """Say in plain words what the disk refused, and what to do."""
    name = error.filename if isinstance(error.filename, str | bytes) else ""
    where = f"{format_name(os.fsdecode(name))}: " if name else ""
    # Windows, where a file that another program has open cannot be replaced or removed.
    code = errno.EBUSY if getattr(error, "winerror", 0) in (32, 33) else error.errno or 0
    code = code if code in ADVICE else SAME_ADVICE.get(code, code)
    reason = format_name(error.strerror or "no reason given")
    text = ADVICE.get(code, f"the system says: {reason}. Mend that, then build again.")
    return where + text if where else text[0].upper() + text[1:]


def find_place(target: Path, protected: Sequence[Path]) -> Path:
    """Follow links to the folder that is to be replaced; refuse a place where no site may be."""
    real = Path(os.path.realpath(target))
    other = "Type a folder of its own after --output, such as output."
    shut = [folder for folder in protected if is_within(real, folder) or is_within(folder, real)]
    reasons = (
        (
            os.path.lexists(target) and not os.path.exists(target),
            "this is a link that leads nowhere. Remove it, or type another folder after --output.",
        ),
        (
            os.path.lexists(real) and not os.path.isdir(real),
            "this is a file, and the site needs a folder. Type another name after --output.",
        ),
        (
            any(os.path.lexists(path) and not os.path.isdir(path) for path in real.parents),
            "a part of this path is a file, not a folder. Type another path after --output.",
        ),
        (real == real.parent, f"this is the whole disk. {other}"),
        (
            is_within(Path(os.path.expanduser("~")), real),
            f"this is your home folder, or holds it. {other}",
        ),
        (
            bool(shut),
            f"this folder is, holds or lies in {', '.join(format_name(str(f)) for f in shut)}, "
            f"which a build must not replace. {other}",
        ),
        (
            os.path.ismount(real),
            "this is a disk of its own, and a new site cannot take its place in one step. "
            f"Type a folder inside it after --output, such as "
            f"{format_name(os.path.join(target, 'site'))}.",
        ),
    )
    for wrong, sentence in reasons:
        if wrong:
            raise Refused(f"{format_name(str(target))}: {sentence}")
    return real


def check_ours(target: Path) -> None:
    """Refuse a folder that holds what no build made, or that cannot be written in."""
    if not os.path.lexists(target):
        return
    shown = format_name(format_root(target))
    if not os.access(target, os.R_OK | os.W_OK | os.X_OK):
        raise Refused(
            f"{shown}: you may not write in this folder. Give yourself the right to write in it, "
            "or type another folder after --output."
        )
    if not is_ours(target):
        raise Refused(
            f"{shown}: this folder holds files that no build made, and a build would replace them. "
            "Type another folder after --output, or empty this one first."
        )
    if os.path.lexists(target / ".git"):
        raise Refused(
            f"{shown}: this folder holds a Git repository (.git), and a build would remove it. "
            "Move .git out of it, or type another folder after --output."
        )


def is_within(inner: Path, outer: Path) -> bool:
    """Tell whether a folder is another one or lies in it, however the two are spelt."""
    inner, outer = Path(os.path.realpath(inner)), Path(os.path.realpath(outer))
    return any(is_same(folder, outer) for folder in (inner, *inner.parents))


def is_same(one: Path, other: Path) -> bool:
    """Tell whether two paths lead to one folder; by name where one of them does not exist."""
    try:
        return os.path.samefile(one, other)  # a disk that ignores case has two names for one folder
    except OSError:
        return one == other


def is_ours(folder: Path) -> bool:
    """Tell whether a build made this folder: it carries the marker, or has nothing to lose."""
    try:
        if not stat.S_ISDIR(folder.lstat().st_mode):
            return False
        names = os.listdir(folder)
        return not names or (MARKER in names and stat.S_ISREG((folder / MARKER).lstat().st_mode))
    except OSError:
        return False


def mark_tree(folder: Path) -> None:
    """Write the marker into a folder that has none."""
    path = folder / MARKER
    # Never over one that is there: it may be a link to the old tree's.
    with suppress(FileExistsError), path.open("x", encoding="utf-8", newline="") as file:
        file.write(MARKER_TEXT)


def prepare_tree(target: Path) -> Path:
    """Put right what killed builds left, judge the target, and make the folder to fill."""
    try:
        mend_tree(target)
        check_ours(target)
        staging = name_staging(target)
        # A new name each time: a worker that outlived a killed build may still write to its own.
        staging.mkdir()
        mark_tree(staging)
    except OSError as error:
        with suppress(OSError):
            mend_tree(target)
        raise Refused(explain_os_error(error)) from error
    return staging


def name_staging(target: Path) -> Path:
    """Choose a new name beside the target for a tree that is not, or no longer, the site."""
    return target.with_name(f".{target.name}.building-{secrets.token_hex(4)}")


def name_last(target: Path) -> Path:
    """Give the one name under which the last good site waits between two renames."""
    return target.with_name(f".{target.name}.last")


def mend_tree(target: Path) -> list[Path]:
    """Bring back the last good site if it was moved away, and remove trees that are none.

    Needs the lock. Returns the folders that could not be removed. Where the author has put other
    files in the place of the missing site, both are left alone.
    """
    last = name_last(target)
    if is_ours(last) and (is_ours(target) or not os.path.lexists(target)):
        with suppress(OSError):
            target.rmdir()  # an empty folder that somebody made in the place of the missing site
        # A complete site in place makes this one the old one; the name must be free before removal
        # begins, or a half-removed tree could be taken for the last good site.
        rename_tree(last, name_staging(target) if os.path.lexists(target) else target)
    return [path for path in list_leftovers(target) if not remove_whole(path)]


def is_tidy(target: Path) -> bool:
    """Tell whether no killed build has left anything beside a folder, and none is at work there."""
    return not list_leftovers(target) and not os.path.lexists(name_last(target))


def list_leftovers(target: Path) -> list[Path]:
    """List the trees that builds into a folder have left beside it, or are working on."""
    prefix = f".{target.name}.building-"
    found = sorted(path for path in target.parent.iterdir() if path.name.startswith(prefix))
    return [path for path in found if is_ours(path)]


def swap_trees(staging: Path, target: Path, exchange: Callable[[Path, Path], None]) -> None:
    """Put the staging tree in the target's place; the old tree is then one for mend_tree."""
    if not os.path.lexists(target):
        rename_tree(staging, target)
        return
    try:
        exchange(staging, target)
    except OSError as error:
        if error.errno not in NO_EXCHANGE:
            raise
        rename_tree(target, name_last(target))
        rename_tree(staging, target)


def exchange_folders(one: Path, other: Path) -> None:
    """Let two folders change places in one step, where the system can.

    Linux: renameat2(2) with RENAME_EXCHANGE; macOS: renamex_np(2) with RENAME_SWAP. Both name the
    flag 2. Raises OSError, with ENOSYS where there is no such call.
    """
    names = {"linux": "renameat2", "darwin": "renamex_np"}
    library = ctypes.CDLL(None, use_errno=True) if sys.platform in names else None
    call = getattr(library, names.get(sys.platform, ""), None)
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    here = -100  # AT_FDCWD: paths are read from the current folder, as everywhere else
    first, second = os.fsencode(one), os.fsencode(other)
    paths = (here, first, here, second) if sys.platform == "linux" else (first, second)
    if call(*paths, 2) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(other), None, str(one))


def rename_tree(source: Path, goal: Path) -> None:
    """Rename a folder; on Windows, wait up to two seconds for a virus scanner to let go of it."""
    for pause in (0.1, 0.2, 0.4, 0.6, 0.7) if sys.platform == "win32" else ():
        try:
            source.rename(goal)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    source.rename(goal)


def flush_disk(folder: Path) -> None:
    """Have the new files written to the disk before they replace the old ones.

    A power cut right after the swap could otherwise leave a site of empty files: many file systems
    write names before contents. For 1,000 files one call for the whole disk costs 20 ms, an fsync
    for each of them 400; only while other programs write much is it some 100 ms more. The entry in
    the folder above needs none: if the swap is lost, the last site is there, as whole as this one.

    Raises OSError if the disk now says that it did not take the bytes, as network disks do.
    """
    if sys.platform == "win32":
        return  # it knows no such call for anybody but an administrator
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        os.sync()
        return
    # Only this disk (Linux), not also the slow stick in the other slot.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        code = 0 if syncfs(descriptor) == 0 else ctypes.get_errno()
    finally:
        os.close(descriptor)
    if code in NOT_WRITTEN:
        raise OSError(code, os.strerror(code), str(folder))


def remove_whole(folder: Path) -> bool:
    """Remove a tree of ours, and tell whether all of it went."""
    try:
        remove_tree(folder)
    except OSError:
        return False
    return True


def remove_tree(folder: str | Path) -> None:
    """Remove a folder and what is in it, also what may only be read; links are not followed.

    The marker goes last, so that a removal cut short is known and ended by the next build.
    """
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        with suppress(OSError):
            os.chmod(folder, stat.S_IRWXU)
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: (entry.name == MARKER, entry.name))
    for entry in entries:
        if is_plain_folder(entry):
            remove_tree(entry.path)
            continue
        if sys.platform == "win32":
            os.chmod(entry.path, stat.S_IWRITE)  # elsewhere only the folder's rights matter
        os.unlink(entry.path)
    os.rmdir(folder)


def is_plain_folder(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry is a folder itself, not a link or a Windows junction to one."""
    if not entry.is_dir(follow_symlinks=False):
        return False
    if sys.platform == "win32":
        tag = entry.stat(follow_symlinks=False).st_reparse_tag
        return tag != stat.IO_REPARSE_TAG_MOUNT_POINT
    return True


def report_leftovers(leftovers: Sequence[Path]) -> None:
    """Say which old trees are still there, though the site is not touched by them."""
    for path in leftovers:
        shown = format_name(format_root(path))
        print(f"{shown}: this old folder could not be removed. Remove it by hand.", file=sys.stderr)


@contextmanager
def hold_lock(target: Path, wait: float) -> Iterator[None]:
    """Let one build at a time work on a target; make the folders on the way to it.

    The system itself ends the lock with the process that holds it, however that ends. Raises
    Refused if another build has it for longer than `wait` seconds, or nothing can be written here.
    """
    path = target.with_name(f".{target.name}.lock")
    try:
        descriptor = wait_for_lock(path, format_name(format_root(target)), wait)
    except OSError as error:
        # The author knows the folder, not the lock in it.
        place = OSError(error.errno, error.strerror, str(target.parent))
        raise Refused(explain_os_error(place)) from error
    try:
        yield
    finally:
        release_lock(descriptor, path)


def wait_for_lock(path: Path, shown: str, wait: float) -> int:
    """Return the open lock file once no other build has it; tell after a second of waiting."""
    start = time.monotonic()
    told = False
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # the other build, failing, took its new folders along
            descriptor = take_lock(path)
            if descriptor is not None:
                return descriptor
        waited = time.monotonic() - start
        if waited >= wait:
            raise Refused(
                f"{shown}: another build into this folder is still running after "
                f"{format_count(round(wait), 'second')}. Wait until it has ended, then build again."
            )
        if waited >= 1 and not told:
            print(f"{shown}: waiting for another build into this folder.", file=sys.stderr)
            told = True
        time.sleep(0.05)


def take_lock(path: Path) -> int | None:
    """Open and lock the lock file; None if another build has it, or has just removed it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    taken = False
    try:
        # A file that was removed while we waited for it is nobody's lock any more.
        taken = try_lock(descriptor) and os.path.samestat(os.fstat(descriptor), os.stat(path))
    finally:
        if not taken:
            os.close(descriptor)
    return descriptor if taken else None


def try_lock(descriptor: int) -> bool:
    """Lock an open file for this process alone, without waiting."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def release_lock(descriptor: int, path: Path) -> None:
    """Remove the lock file and let the next build in; a file with content is not ours to remove."""
    ours = os.fstat(descriptor).st_size == 0
    if sys.platform == "win32":
        os.close(descriptor)  # an open file cannot be removed here; one that waits keeps it
        if ours:
            with suppress(OSError):
                path.unlink()
    else:
        import fcntl

        if ours:
            with suppress(OSError):
                path.unlink()
        fcntl.flock(descriptor, fcntl.LOCK_UN)  # also for a worker that still holds a copy
        os.close(descriptor)
