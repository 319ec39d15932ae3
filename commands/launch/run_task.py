"""Run a task to an exit code: whatever happens inside, the author reads one sentence."""

import gc
import os
import sys
from collections.abc import Callable, Mapping
from io import TextIOWrapper
from typing import Any, NoReturn

from catalogue.project import CODE_FOLDERS, ROOT
from commands.launch.environment import locate_environment

INTERRUPTED = 130  # the exit code after Ctrl-C
ERROR_LOG = "last-error.log"


def run_task(function: Callable[..., int], values: Mapping[str, Any]) -> int:
    """Run a task with these arguments and return its exit code, whatever happens inside.

    Something unexpected becomes one sentence, and a log file for whoever is asked for help.
    """
    for stream in (sys.stdout, sys.stderr):  # a title may hold a letter that an old terminal lacks
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    gc.disable()  # a task keeps nearly all that it makes until it ends
    try:
        code = function(**values)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return print_stopped()
    except SystemExit as ended:
        if isinstance(ended.code, str):
            print_annotations(ended.code)
        if ended.code == INTERRUPTED:
            return print_stopped()
        raise
    except BrokenPipeError:  # whoever read the output has read enough, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    except Exception as error:  # noqa: BLE001  # the one place where everything ends
        print(format_failure(error, write_error()), file=sys.stderr)
        return 1
    return code


def leave(code: int) -> NoReturn:
    """End this process without Python's own clearing up, which takes a second after a large site."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def print_annotations(report: str) -> None:
    """Print what ended a run once more for GitHub Actions, if it runs there: on the line that it names."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return
    from catalogue.annotations import list_annotations

    for annotation in list_annotations(report, ROOT):
        print(annotation, file=sys.stderr)


def print_stopped() -> int:
    """Print that the run was interrupted; return the exit code for that."""
    print("Stopped.", file=sys.stderr)
    return INTERRUPTED


def write_error() -> str:
    """Write the details of the current exception to the log file; return its path, or nothing."""
    from traceback import format_exc

    path = os.path.join(locate_environment(str(ROOT)), ERROR_LOG)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(format_exc())
    except OSError:
        return ""
    return path


def format_failure(error: Exception, log: str) -> str:
    """Return in one sentence what stopped the run, and what to do or where the details are."""
    from building.disk_errors import FULL, explain_os_error

    if is_lost():
        return (
            "The folder that you are in is not there any more: type cd and the name of one that is, "
            "then the same command again."
        )
    details = f"the details are in {log}." if log else f"it was {type(error).__name__}: {error}"
    if isinstance(error, OSError) and error.errno in FULL:
        return explain_os_error(error, again="type the same command again")
    own = {*CODE_FOLDERS, "tasks", ""}
    if isinstance(error, ImportError) and (error.name or "").partition(".")[0] not in own:
        return (
            f"A package cannot be loaded ({error.name}): delete the folder .venv, then type the "
            f"same command again; {details}"
        )
    return f"Something unexpected stopped this, and it is no fault in what you wrote: {details}"


def is_lost() -> bool:
    """Return whether the current folder has been deleted, or replaced by another."""
    try:
        os.getcwd()
    except OSError:
        return True
    return False
