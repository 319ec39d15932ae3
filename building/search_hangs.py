"""Remember that Pagefind hung, so that not each build waits for it in vain.

It is not asked for an index of the same texts again. For other texts it is, since it may have hung at
one of them, but gets a part of the time. Another program, one that is installed anew, is not concerned.
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from catalogue.authenticity import authenticate

ENDING = ".hung"  # of the file, beside that of the index
SHARE_AGAIN = 0.2  # of the time that it is given otherwise


@dataclass(frozen=True)
class Hangs:
    """What is remembered of one site in a file; nothing without one."""

    index: Path | None  # the file of its index
    key: bytes
    program: str  # its path

    @property
    def file(self) -> Path | None:
        """Return the file."""
        return self.index and self.index.with_name(f"{self.index.name}{ENDING}")

    def load(self) -> tuple[str, int]:
        """Return the digest of the texts at which this program hung last, and after how many seconds.

        The digest is empty if it did not.
        """
        with suppress(OSError, ValueError):
            if self.file:
                mac, _, text = self.file.read_text("ascii").partition("\n")
                if mac == self.sign(text):
                    texts, seconds = json.loads(text)
                    return texts, seconds
        return "", 0

    def save(self, texts: str, seconds: int) -> None:
        """Remember the digest of the texts at which it hung, and after how many seconds."""
        text = json.dumps([texts, seconds])
        with suppress(OSError):
            if self.file:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                self.file.write_text(f"{self.sign(text)}\n{text}", "ascii")

    def drop(self) -> None:
        """Forget that it hung."""
        with suppress(OSError):
            if self.file:
                self.file.unlink(missing_ok=True)

    def sign(self, text: str) -> str:
        """Return the keyed digest of what is remembered of the program as it lies there now."""
        status = os.stat(self.program)
        installed = f"{status.st_size} {status.st_mtime_ns}"
        return authenticate(self.key, "hung", self.program, installed, text)
