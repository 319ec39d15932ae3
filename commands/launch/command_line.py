"""Read a task and its options from the command line.

Without Invoke and without argparse: loading them would take longer than all else at the start.

`task` stands in for Invoke's decorator of that name when tasks.py is run as a script. Options come
from the function's own signature, as they do there: no default makes a word that must be given,
False makes a switch, a number asks for a number.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from io import TextIOWrapper

from catalogue.project import CODE_FOLDERS, ROOT
from commands.launch import environment as bootstrap

ERROR_LOG = "last-error.log"


class Words:
    """Hold what stands after a lone `--`, under the name that Invoke's context has for it."""

    def __init__(self, remainder: str) -> None:
        self.remainder = remainder


class Verb:
    """Hold one task: its name on the command line, its function, and what that asks for."""

    def __init__(self, name: str, function: Callable[..., object], help: Mapping[str, str]) -> None:
        body = getattr(function, "__wrapped__", function)
        names = body.__code__.co_varnames[1 : body.__code__.co_argcount]  # the first is for Invoke
        defaults = body.__defaults__ or ()
        self.name = name
        self.function = function
        self.help = help
        self.required = names[: len(names) - len(defaults)]
        self.options = dict(zip(names[len(self.required) :], defaults, strict=True))
        self.text = body.__doc__ or ""


def task(
    *, name: str = "", help: Mapping[str, str] | None = None
) -> Callable[[Callable[..., object]], Verb]:
    """Declare a task: its name if the function's own will not do, a help text for each argument."""
    return lambda function: Verb(name or getattr(function, "__name__", ""), function, help or {})


def guarded(function: Callable[..., int]) -> Callable[..., None]:
    """Make a task end the run with its exit code, whatever happens inside.

    Something unexpected becomes one sentence, and a log file for whoever is asked for help.
    """

    @wraps(function)
    def run(*words: object, **options: object) -> None:
        try:
            code = function(*words, **options)
            sys.stdout.flush()
        except KeyboardInterrupt:
            code = stop()
        except BrokenPipeError:  # whoever read the output has read enough, as `| head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            code = 1
        except Exception as error:  # noqa: BLE001  # the one place where everything ends
            print(format_failure(error, write_error()), file=sys.stderr)
            code = 1
        sys.exit(code)

    return run


def stop() -> int:
    """Say that the run was interrupted, and give the exit code for that."""
    print("Stopped.", file=sys.stderr)
    return 130


def write_error() -> str:
    """Write the details of the error at hand to the log file; give its path, or nothing."""
    from traceback import format_exc

    path = os.path.join(bootstrap.locate_environment(str(ROOT)), ERROR_LOG)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(format_exc())
    except OSError:
        return ""
    return path


def format_failure(error: Exception, log: str) -> str:
    """Say in one sentence what stopped the run, and what to do or where the details are."""
    from errno import EDQUOT, ENOSPC

    if is_lost():
        return (
            "The folder that you are in is not there any more: type cd and the name of one that is, "
            "then the same command again."
        )
    details = f"the details are in {log}." if log else f"it was {type(error).__name__}: {error}"
    if isinstance(error, OSError) and error.errno in {ENOSPC, EDQUOT}:
        return "The disk is full: make room, then type the same command again."
    if isinstance(error, ImportError) and not is_own(error.name or ""):
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


def is_own(module: str) -> bool:
    """Tell whether a module belongs to this project, and not to a package it needs."""
    return module.partition(".")[0] in {*CODE_FOLDERS, "tasks", ""}


def suggest(word: str, known: Iterable[str]) -> str:
    """Offer the known word that is nearest to a mistyped one, as a question; or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1)
    return f" Did you mean {near[0]}?" if near else ""


def refuse(sentence: str) -> SystemExit:
    """Say what is wrong with the command itself, and give what ends the run for that reason."""
    print(sentence, file=sys.stderr)
    return SystemExit(2)


def format_list(verbs: Iterable[Verb]) -> str:
    """Write the tasks, one line each: the name, the words it must have, what it does."""
    rows = [(" ".join([verb.name, *map(str.upper, verb.required)]), verb.text) for verb in verbs]
    width = max(len(call) for call, _ in rows)
    lines = [f"  {call:<{width}}  {text.partition(chr(10))[0]}" for call, text in rows]
    return "\n".join(["Type `python3 tasks.py` and one of these:", *lines])


def format_help(verb: Verb) -> str:
    """Write what one task does and what can be said to it."""
    call = " ".join(["python3 tasks.py", verb.name, *map(str.upper, verb.required)])
    rows = [(name.upper(), verb.help.get(name, "")) for name in verb.required]
    for name, default in verb.options.items():
        value = "" if default is False else f" {name.upper()}"
        rows.append((format_option(name) + value, verb.help.get(name, "")))
    width = max((len(row[0]) for row in rows), default=0)
    lines = [f"  {left:<{width}}  {right}" for left, right in rows]
    return "\n".join([call, "", verb.text, *([""] if rows else []), *lines])


def format_option(name: str) -> str:
    """Write an argument's name as it is typed: allow_shrink as --allow-shrink."""
    return f"--{name.replace('_', '-')}"


def pair_words(verb: Verb, words: Sequence[str]) -> list[tuple[str, str]]:
    """Pair each option with its value, a switch with nothing, and each other word with no option.

    `--option value` and `--option=value` are the same.
    """
    pairs = []
    rest = iter(words)
    for word in rest:
        option, equals, value = word.partition("=")
        if not option.startswith("-") or " " in option:
            pairs.append(("", word))
        elif equals or verb.options.get(option[2:].replace("-", "_"), False) is False:
            pairs.append((option, value))
        else:
            pairs.append((option, next(rest, "--")))  # no word is left: refused as an option is
    return pairs


def check_option(verb: Verb, option: str, value: str) -> str:
    """Say what is wrong with an option or its value; nothing if it is fine."""
    known = {format_option(name): default for name, default in verb.options.items()}
    if option not in known:
        return f"`{verb.name}` has no option {option}.{suggest(option, known)}"
    default = known[option]
    if default is False:
        return f"{option} takes no value, and here is {value!r}." if value else ""
    if value.startswith("--") or value == "" != default:
        return f"{option} needs a value after it."
    if type(default) is int and not value.isdecimal():
        return f"{option} takes a number, and {value!r} is none."
    return ""


def check_loose(verb: Verb, words: Sequence[str]) -> str:
    """Say what is wrong with the words that belong to no option; nothing if they are fine."""
    if len(words) > len(verb.required):
        surplus = f"{words[len(verb.required)]!r} is one word more"
        if not verb.required:
            return f"`{verb.name}` takes no further word, and {surplus}."
        remedy = 'put it in quotation marks, "like this"'
        return f"`{verb.name}` takes one {verb.required[-1]}, and {surplus}: {remedy}."
    if len(words) < len(verb.required) or not all(words):
        return f"`{verb.name}` needs a {verb.required[len(words) - len(verb.required)]}."
    return ""


def read_words(verb: Verb, words: Sequence[str]) -> dict[str, object]:
    """Read the words after a task's name into what its function takes; refuse what is wrong."""
    pairs = pair_words(verb, words)
    loose = [word for option, word in pairs if not option]
    given = [(option, value) for option, value in pairs if option]
    wrong = [check_option(verb, option, value) for option, value in given]
    for sentence in filter(None, [*wrong, check_loose(verb, loose)]):
        raise refuse(f"{sentence} Type `python3 tasks.py {verb.name} --help` for more.")
    values: dict[str, object] = {**verb.options, **dict(zip(verb.required, loose, strict=True))}
    for option, value in given:
        name = option[2:].replace("-", "_")
        default = verb.options[name]
        values[name] = (default is False) or (int(value) if type(default) is int else value)
    return values


def split_words(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part a command line at its first lone `--`."""
    at = list(words).index("--") if "--" in words else len(words)
    return list(words[:at]), list(words[at + 1 :])


def main(verbs: Sequence[Verb], words: Sequence[str]) -> int:
    """Run the task that the words name, in the project's environment; give the exit code."""
    if not words or words[0] in {"-h", "--help", "--list", "-l"}:
        print(format_list(verbs))
        return 0
    (name, *given), further = split_words(words)
    verb = next((verb for verb in verbs if verb.name == name), None)
    if verb is None:
        near = suggest(name, [verb.name for verb in verbs])
        raise refuse(f"There is no task {name!r}.{near} Type `python3 tasks.py` for the list.")
    if "-h" in given or "--help" in given:
        print(format_help(verb))
        return 0
    values = read_words(verb, given)
    if further and name != "test":
        raise refuse(f"`{name}` takes nothing after a lone --.")
    try:
        enter(words)
    except KeyboardInterrupt:
        return stop()
    for stream in (sys.stdout, sys.stderr):  # a title may hold a letter that an old terminal lacks
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    # A task keeps nearly all that it makes until it ends: no rings of objects need be looked for.
    gc.disable()
    verb.function(Words(format_words(further) if further else ""), **values)
    return 0


def leave(code: int) -> None:
    """End this process at once: Python would first take apart, piece by piece, all that was read."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def format_words(words: Sequence[str]) -> str:
    """Write words as one text that a shell would part again into the same words."""
    from shlex import join

    return join(words)


def enter(words: Sequence[str]) -> None:
    """Come back only in the project's environment, with what the task needs in place."""
    root, lock = str(ROOT), bootstrap.choose_lock(words)
    if bootstrap.is_inside(root) and bootstrap.is_ready(root, lock):
        return
    bootstrap.prepare(root, lock)
    sys.exit(bootstrap.go_on(root, words))
