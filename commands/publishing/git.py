"""Ask git: each call in the folder of one repository, in English, and with an end in good order."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from building.disk_errors import FULL_SIGNS
from catalogue.problems import format_name

# What would lead git to another repository, or another list of files, than those of the project.
DROPPED = frozenset(
    """
    GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR GIT_DIR GIT_INDEX_FILE GIT_NAMESPACE
    GIT_OBJECT_DIRECTORY GIT_PREFIX GIT_QUARANTINE_PATH GIT_SHALLOW_FILE GIT_WORK_TREE
    GIT_LITERAL_PATHSPECS GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS
    """.split()
)
SETTINGS = (
    "core.quotePath=false",
    "core.safecrlf=false",
    "fetch.recurseSubmodules=false",
    "gc.auto=0",  # no clearing up in the background, which would go on after the task
    "maintenance.auto=false",
    "push.followTags=false",
    "push.recurseSubmodules=no",
    "user.useConfigOnly=true",  # no name and address that are guessed of the machine
)
# What is looked for in git's words, of this machine, and what to do; the first that is found counts.
ADVICE = (
    ("|".join(FULL_SIGNS), "Make room on the disk"),
    (
        r"permission denied|insufficient permission",
        "Give yourself the right to read and write there",
    ),
    (
        r"index file (?:smaller than expected|corrupt)",
        "Delete the file .git/index and type: git reset",
    ),
    (  # as a power cut leaves it
        r"object file .* is empty|\(stored in .*\) is corrupt|packfile .* does not match|"
        r"appears to be broken|reference broken",
        "This copy is damaged. Get a new one, by: git clone ADDRESS (git remote -v shows it), and put your "
        "folder content and the file pelicanconf.py into it",
    ),
)
SECONDS_TO_END = 10.0


class GitFault(Exception):
    """Raised for a call of git that failed, with what git said."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said

    @property
    def first_line(self) -> str:
        """Return the first line that says something, without the words that git puts before it."""
        for line in self.said.splitlines():
            plain = line.strip().strip("@ ")  # ssh makes a frame of them around what it warns of
            for head in ("fatal:", "error:", "remote:"):
                plain = plain.removeprefix(head).strip()
            if plain:
                return format_name(plain)
        return "git gave no reason"

    @property
    def advice(self) -> str:
        """Return what to do where the cause lies on the disk of this machine; else nothing."""
        found = (what for signs, what in ADVICE if re.search(signs, self.said, re.IGNORECASE))
        return next(found, "")

    @property
    def remedy(self) -> str:
        """Return what to do about it on this machine, in a sentence."""
        return f"{self.advice or 'Mend that'}, then type the same command again."


class NoGit(Exception):
    """Raised where there is no program called git."""


class Git:
    """The git of one folder, and how to call it."""

    def __init__(self, folder: Path, index: Path | None = None) -> None:
        """Call git in a folder; `index` is the list of files that it works on, if not its own."""
        self.folder = folder
        self.index = index

    def with_index(self, index: Path) -> "Git":
        """Return the same git with another list of files to work on."""
        return Git(self.folder, index)

    @property
    def environ(self) -> dict[str, str]:
        """The environment variables of a call."""
        kept = {name: value for name, value in os.environ.items() if name not in DROPPED}
        kept |= {"LC_ALL": "C", "LANGUAGE": "", "GIT_OPTIONAL_LOCKS": "0"}
        if not (sys.stdin and sys.stdin.isatty()):
            kept["GIT_TERMINAL_PROMPT"] = "0"  # nobody would answer
        if self.index:
            kept["GIT_INDEX_FILE"] = str(self.index)
        return kept

    def run(self, *words: str, data: bytes = b"", asks: bool = False) -> bytes:
        """Return what git prints on a command; `data` is its input.

        Where git may ask the author for a password, `asks`, it belongs to the terminal; elsewhere what
        is typed there, as Ctrl-C, does not reach it, and its short step is done whole.

        Raises GitFault with what git says if it fails, NoGit where there is none.
        """
        command = ["git", *(part for each in SETTINGS for part in ("-c", each)), *words]
        group: Mapping[str, int] = {}
        if not asks and sys.platform != "win32":
            group = {"process_group": 0}
        try:
            process = subprocess.Popen(  # type: ignore[call-overload]
                command,
                cwd=self.folder,
                env=self.environ,
                stdin=subprocess.DEVNULL if asks and not data else subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                **group,
            )
        except FileNotFoundError as error:
            if not self.folder.is_dir():
                raise
            raise NoGit from error
        try:
            out, err = process.communicate(None if asks and not data else data)
        except BaseException:
            end_in_order(process)
            raise
        if process.returncode:
            said = (err + b"\n" + out).decode("utf-8", "replace")
            if process.returncode < 0 and not said.strip():
                said = f"git was stopped by the system, with signal {-process.returncode}"
            raise GitFault(said)
        return bytes(out)

    def ask(self, *words: str, data: bytes = b"") -> str:
        """Return what git prints as text, without the last line end. Raises as `run` does."""
        return os.fsdecode(self.run(*words, data=data)).removesuffix("\n")

    def look(self, *words: str) -> str:
        """Return what git prints as text; nothing if it fails."""
        try:
            return self.ask(*words)
        except GitFault:
            return ""

    def list_names(self, *words: str, data: bytes = b"") -> list[str]:
        """Return the names that git prints with a zero after each. Raises as `run` does."""
        return [os.fsdecode(name) for name in self.run(*words, data=data).split(b"\0") if name]


def end_in_order(process: subprocess.Popen[bytes]) -> None:
    """End a git that is at work in such a way that it removes its locks; wait until it has."""
    process.terminate()
    try:
        process.communicate(timeout=SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def join_names(names: Iterable[str]) -> bytes:
    """Return names as git reads them, with a zero after each."""
    return b"".join(os.fsencode(name) + b"\0" for name in names)
