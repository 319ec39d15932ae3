"""Distinguish what this machine has cached from what came with a clone or a copied folder.

Whatever is believed from one run to the next carries a keyed digest (BLAKE2b, RFC 7693). The key is
a file of the user's own, outside this folder and made at the first need, so no copy of this folder
has it.
"""

import hashlib
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from catalogue.project import ROOT

FOLDER, KEY_NAME = "libraries-got-game", "key"
KEY_BYTES = 32
DIGEST_BYTES = 16
# A link is never followed, and a pipe in the place of the key is never waited for.
CAREFUL = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def authenticate(key: bytes, purpose: str, *texts: str) -> str:
    """Return a digest of some texts that nobody can make without the key.

    `purpose`, of at most 16 letters, keeps a digest of one thing from passing for one of another.
    """
    lengths = ",".join([str(len(text)) for text in texts])  # else "ab", "c" would equal "a", "bc"
    data = "".join([lengths, ";", *texts]).encode("utf-8", "surrogatepass")
    person = purpose.encode()
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES, key=key, person=person).hexdigest()


def read_key() -> bytes:
    """Return this user's key, made anew if there is none that is good; nothing if none can be stored."""
    path = locate_key()
    if path:
        with suppress(OSError):
            return load_key(path) or make_key(path)
    return b""


def locate_key() -> Path | None:
    """Return the place of the key; None where the user has no folder, or only one in this project.

    `XDG_STATE_HOME` names the folder as in the XDG Base Directory Specification, on every system.
    """
    home = os.path.expanduser("~")
    usual = os.path.join(home, ".local", "state")
    if sys.platform == "win32":
        usual = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        usual = os.path.join(home, "Library", "Application Support")
    given = os.environ.get("XDG_STATE_HOME", "")
    state = given if os.path.isabs(given) else usual
    if not os.path.isabs(state) or (state != given and Path(home) == Path(home).parent):
        return None
    real = Path(os.path.realpath(state))
    return None if real.is_relative_to(ROOT) else real / FOLDER / KEY_NAME


def load_key(path: Path) -> bytes:
    """Return the key in a file; nothing if there is none, or one that others may have seen.

    Raises OSError for what is no file of this user's, and must not be replaced.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | CAREFUL)
    except FileNotFoundError:
        return b""
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise IsADirectoryError(str(path))
        if sys.platform != "win32":  # where folders of one user are shut to the others
            if status.st_uid != os.geteuid():
                raise PermissionError(str(path))
            if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                return b""
        key = os.read(descriptor, KEY_BYTES + 1)
    finally:
        os.close(descriptor)
    return key if len(key) == KEY_BYTES else b""


def make_key(path: Path) -> bytes:
    """Return a new key, stored in one step.

    If two runs make one at once, both return the last. Raises OSError.
    """
    path.parent.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
    aside = path.with_name(f".{KEY_NAME}.{os.urandom(4).hex()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | CAREFUL, 0o600)
    try:
        try:
            os.write(descriptor, os.urandom(KEY_BYTES))
        finally:
            os.close(descriptor)
        os.replace(aside, path)
    except OSError:
        with suppress(OSError):
            aside.unlink()
        raise
    return load_key(path)
