"""What the disk refuses, in plain words with a remedy."""

import errno
import os

from catalogue.problems import Refused, format_name

FULL = frozenset((errno.ENOSPC, errno.EDQUOT))
# The same in other tools' logs.
FULL_SIGNS = ("no space left", "errno 28", "quota exceeded", "not enough space")
# What says that the disk did not take the bytes, when it is asked to write them all out.
NOT_WRITTEN = FULL | {errno.EIO}

# `{again}` is what to do when the fault is mended.
ADVICE = {
    errno.ENOSPC: "the disk is full. Make room on it, then {again}.",
    errno.EDQUOT: "your share of the disk is used up. Make room in it, then {again}.",
    errno.EFBIG: "the file is larger than this system allows. Type `ulimit -f unlimited`, "
    "then {again}.",
    errno.EROFS: "this disk can only be read. Type a folder on another disk after --output.",
    errno.EACCES: "you are not allowed to write here. Type a folder of your own after --output, "
    "or give yourself the right to write.",
    errno.EPERM: "the system does not allow this. Type a folder of your own after --output.",
    errno.EBUSY: "this is in use by another program, or is a disk of its own. Close the program, "
    "or type another folder after --output.",
    errno.ENOLCK: "this disk cannot keep two builds apart. Type a folder on another disk "
    "after --output.",
    errno.EXDEV: "this folder cannot be moved aside, because it came with the container. "
    "Remove it by hand, then {again}.",
    errno.ENAMETOOLONG: "the name is too long for this disk. Choose a shorter one.",
    errno.ENOTDIR: "a part of this path is a file, not a folder. Type another path.",
    errno.ELOOP: "this is a link that leads back to itself. Remove it, or type another path.",
    errno.EMFILE: "too many files are open. Close other programs, then {again}.",
    errno.EIO: "the disk reports a fault. Save your work on another disk, then build there.",
}
# The same where the command that was typed has no --output.
WITHOUT_OUTPUT = {
    errno.EROFS: "this disk can only be read. Move the project to another disk, then {again}.",
    errno.EACCES: "you are not allowed to write here. Give yourself the right to write, then {again}.",
    errno.EPERM: "the system does not allow this. Give yourself the right to it, then {again}.",
    errno.EBUSY: "this is in use by another program. Close the program, then {again}.",
    errno.ENOLCK: "this disk cannot keep two commands apart. Move the project to another disk, "
    "then {again}.",
    errno.EXDEV: "this would have to go to another disk, in two steps. Move the project to a place that is "
    "all on one disk, then {again}.",
    errno.ENOTDIR: "a part of this path is a file, not a folder. Move that file away, then {again}.",
    errno.ELOOP: "a link in this place leads back to itself. Remove that link alone, then {again}.",
    errno.EIO: "the disk reports a fault. Save your work on another disk, then {again} there.",
}
SAME_ADVICE = {
    errno.ENFILE: errno.EMFILE,
    errno.ETXTBSY: errno.EBUSY,
    errno.ENOTSUP: errno.ENOLCK,
    errno.EOPNOTSUPP: errno.ENOLCK,
}


def explain_os_error(
    error: OSError, again: str = "build again", has_output: bool = True, where: str = ""
) -> str:
    """Return in plain words what the disk refused, and what to do.

    `again` is what the author does when the fault is mended, as in "make room, then build again";
    `has_output` says whether the command can be typed with --output, to write elsewhere; `where` is the
    place to name, if it is not the error's own.
    """
    name = error.filename if isinstance(error.filename, str | bytes) else ""
    where = where or (format_name(os.fsdecode(name)) if name else "")
    # Windows, where a file that another program has open cannot be replaced or removed.
    code = errno.EBUSY if getattr(error, "winerror", 0) in (32, 33) else error.errno or 0
    code = code if code in ADVICE else SAME_ADVICE.get(code, code)
    known = ADVICE if has_output else ADVICE | WITHOUT_OUTPUT
    reason = format_name(error.strerror or "no reason given")
    advice = known.get(code, "the system says: {reason}. Mend that, then {again}.")
    text = advice.format(reason=reason, again=again)
    return f"{where}: {text}" if where else text[0].upper() + text[1:]


def refuse_os_error(error: OSError) -> Refused:
    """Return the end of a build for what the disk refuses: the site is what it was."""
    return Refused(f"{explain_os_error(error)} The site is unchanged.")
