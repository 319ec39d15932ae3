"""Put a finished tree in the place of the last one, whole or not at all.

While a build into a folder `output` runs, and only then, these stand beside it: `.output.lock`,
which the build has locked; `.output.building-1f0c9a2e`, the tree in the making, afterwards the old one until
it is removed; and, where two folders cannot change places in one step, for a moment `.output.last`,
the last good site. A killed build leaves them; the next one puts them right before all else.
"""

import ctypes
import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from building.disk_errors import NOT_WRITTEN, explain_os_error
from building.output_folder.lock import lock_target
from building.output_folder.place import MARKER, check_ours, is_ours, mark_tree, resolve_target
from catalogue.problems import Refused, format_name, format_root

# What is answered where two folders cannot change places: by an old kernel, a sandbox, many network
# disks, and disks that are run by a program (FUSE).
NO_EXCHANGE = frozenset((errno.EINVAL, errno.ENOSYS, errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP))


@contextmanager
def replace_tree(
    target: Path,
    protected: Sequence[Path] = (),
    *,
    has_output: bool = True,
    exchange: Callable[[Path, Path], None] | None = None,
    wait: float = 60,
    durable: bool = True,
) -> Iterator[Path]:
    """Yield a folder to fill, and put it in the place of `target` when the block ends well.

    The folder is new, on the same disk as `target`, and empty but for the marker. If the block
    raises anything, `target` is as it was. The files of the old tree are never written to, so the
    block may link to them.

    `protected` names folders that `target` may not be, hold, or lie in. The project's own folder
    is covered, because it holds them.
    `has_output` says whether the command that was typed takes --output, for what is to be done.
    `exchange` lets two folders change places in one step, or raises one of NO_EXCHANGE.
    `wait` is how many seconds to wait for another build into the same folder.
    `durable` has the new files on the disk before they replace the old ones; a tree that is soon
    thrown away need not wait for that.

    Raises Refused, before the block, if `target` cannot or must not be replaced; OSError, after
    cleaning up, if the block or the last step met one: see explain_os_error.
    """
    real = resolve_target(target, protected, has_output)
    missing = [folder for folder in real.parents if not os.path.lexists(folder)]
    try:
        with lock_target(real, wait, has_output):
            staging = prepare_tree(real, has_output)
            try:
                yield staging
                mark_tree(staging)
                check_ours(real, has_output)
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


def prepare_tree(target: Path, has_output: bool) -> Path:
    """Return a new folder to fill, when what killed builds left is put right and the target is ours."""
    try:
        mend_tree(target)
        check_ours(target, has_output)
        staging = name_staging(target)
        # A new name each time: a worker that outlived a killed build may still write to its own.
        staging.mkdir()
        mark_tree(staging)
    except OSError as error:
        with suppress(OSError):
            mend_tree(target)
        raise Refused(explain_os_error(error, has_output=has_output)) from error
    return staging


def name_staging(target: Path) -> Path:
    """Return a new name beside the target for a tree that is not, or no longer, the site."""
    return target.with_name(f".{target.name}.building-{os.urandom(4).hex()}")


def name_last(target: Path) -> Path:
    """Return the one name of the last good site between two renames."""
    return target.with_name(f".{target.name}.last")


def mend_tree(target: Path) -> list[Path]:
    """Restore the last good site if it was moved away, and remove trees that are none.

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
    """Return whether no killed build has left anything beside a folder, and none is at work there."""
    return not list_leftovers(target) and not os.path.lexists(name_last(target))


def list_leftovers(target: Path) -> list[Path]:
    """Return the trees that builds into a folder have left beside it, or are working on."""
    prefix = f".{target.name}.building-"
    found = sorted(path for path in target.parent.iterdir() if path.name.startswith(prefix))
    return [path for path in found if is_ours(path)]


def swap_trees(staging: Path, target: Path, exchange: Callable[[Path, Path], None]) -> None:
    """Rename the staging tree to the target; the old tree is then one for mend_tree."""
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
    """Exchange two folders in one step, where the system can.

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
    """Flush the new files to the disk before they replace the old ones.

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
    """Remove a tree of ours, and return whether all of it went."""
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
    """Return whether an entry is a folder itself, not a link or a Windows junction to one."""
    if not entry.is_dir(follow_symlinks=False):
        return False
    if sys.platform == "win32":
        tag = entry.stat(follow_symlinks=False).st_reparse_tag
        return tag != stat.IO_REPARSE_TAG_MOUNT_POINT
    return True


def report_leftovers(leftovers: Sequence[Path]) -> None:
    """Print which old trees are still there, though the site is not touched by them."""
    for path in leftovers:
        shown = format_name(format_root(path))
        print(f"{shown}: this old folder could not be removed. Remove it by hand.", file=sys.stderr)
