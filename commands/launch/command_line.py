"""Read a task and its arguments from the command line, and run it in the project's environment."""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NoReturn

from catalogue.project import ROOT
from commands.launch.environment import choose_requirements, is_inside, is_ready, reexec
from commands.launch.run_task import print_stopped, run_task

CALL = "python3 tasks.py"
NEAR = 0.75  # as in difflib: the part that two words have in common, so that one is a slip
Argument = tuple[str, Mapping[str, Any]]

# What argparse says of a wrong argument, and our sentence for it; anything else is left as it is.
ARGUMENT_FAULTS = (
    (r"the following arguments are required: (\w+).*", r"`{task}` needs a \1."),
    (r"argument (\w+): expected one argument", r"`{task}` needs a \1."),
    (r"argument (--[\w-]+): expected one argument", r"\1 needs a value after it."),
    (r"argument (--[\w-]+): ignored explicit argument (.+)", r"\1 takes no value, and here is \2."),
    (r"argument (--[\w-]+): invalid int value: (.+)", r"\1 takes a number, and \2 is none."),
)


class Task:
    """One task: its name on the command line, its function, and the arguments of that."""

    def __init__(
        self, name: str, function: Callable[..., int], arguments: Sequence[Argument]
    ) -> None:
        self.name = name
        self.function = function
        self.arguments = arguments
        self.options = [name for name, _ in arguments if name.startswith("-")]
        self.required = [
            name for name, how in arguments if not name.startswith("-") and "nargs" not in how
        ]
        self.text = function.__doc__ or ""


class TaskParser(argparse.ArgumentParser):
    """The parser of one task's arguments."""

    def error(self, message: str) -> NoReturn:
        """End the run with exit code 2 and one sentence on what is wrong with the command."""
        task = self.prog.rpartition(" ")[2]
        for pattern, sentence in ARGUMENT_FAULTS:
            if match := re.fullmatch(pattern, message, re.DOTALL):
                message = match.expand(sentence).replace("{task}", task)
                break
        self.exit(2, f"{message} Type `{self.prog} --help` for more.\n")


def required(name: str, help: str) -> Argument:
    """Return an argument that must be given."""
    return name, {"type": filled, "help": help}


def option(name: str, help: str, default: str | int = "") -> Argument:
    """Return an option with a value: a number if its default is one, and never empty if that is not."""
    kind = int if isinstance(default, int) else filled if default else str
    return name, {"type": kind, "default": default, "help": help}


def optional(name: str, help: str) -> Argument:
    """Return an option whose value is never empty, so that an empty one is not taken for none; else None."""
    return name, {"type": filled, "default": None, "help": help}


def repeated(name: str, help: str) -> Argument:
    """Return an option that may be given several times; its value is the list of all."""
    return name, {"type": filled, "action": "append", "default": [], "help": help}


def switch(name: str, help: str) -> Argument:
    """Return an option that is there or not."""
    return name, {"action": "store_true", "help": help}


def rest(name: str, help: str) -> Argument:
    """Return an argument that is all further words, or none."""
    return name, {"nargs": "*", "help": help}


def task(*arguments: Argument, name: str = "") -> Callable[[Callable[..., int]], Task]:
    """Declare a function as a task with these arguments; `name` if the function's own will not do."""
    return lambda function: Task(name or getattr(function, "__name__", ""), function, arguments)


def filled(value: str) -> str:
    """Return the value of an argument; refuse an empty one, as argparse refuses a missing one."""
    if not value:
        raise argparse.ArgumentTypeError("expected one argument")
    return value


def format_list(tasks: Iterable[Task]) -> str:
    """Return the tasks, one line each: the name, the words it must have, what it does."""
    rows = [(" ".join([task.name, *map(str.upper, task.required)]), task.text) for task in tasks]
    width = max(len(call) for call, _ in rows)
    lines = [f"  {call:<{width}}  {text.partition(chr(10))[0]}" for call, text in rows]
    return "\n".join([f"Type `{CALL}` and one of these:", *lines])


def suggest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is nearest to a mistyped one, as a question; empty if none is near."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1, cutoff=NEAR)
    return f" Did you mean {near[0]}?" if near else ""


def describe_surplus(task: Task, words: Sequence[str]) -> str:
    """Return what is wrong with words that belong to no argument of a task."""
    unknown = next((word for word in words if word.startswith("-") and " " not in word), "")
    if unknown:
        option = unknown.partition("=")[0]
        return f"`{task.name}` has no option {option}.{suggest(option, task.options)}"
    surplus = f"{words[0]!r} is one word more"
    if not task.required:
        return f"`{task.name}` takes no further word, and {surplus}."
    remedy = 'put it in quotation marks, "like this"'
    return f"`{task.name}` takes one {task.required[-1]}, and {surplus}: {remedy}."


def read_command(tasks: Iterable[Task], words: Sequence[str]) -> tuple[Task, dict[str, Any]]:
    """Return the task that the words name, and the values of its arguments by name.

    Raises SystemExit: 2 after a sentence on what is wrong, 0 after the help that was asked for.
    """
    known = {task.name: task for task in tasks}
    name = words[0]
    if name not in known:
        sentence = f"There is no task {name!r}.{suggest(name, known)} Type `{CALL}` for the list."
        print(sentence, file=sys.stderr)
        raise SystemExit(2)
    task = known[name]
    parser = TaskParser(prog=f"{CALL} {task.name}", description=task.text, allow_abbrev=False)
    for argument, how in task.arguments:
        parser.add_argument(argument, **how)
    values, extra = parser.parse_known_args(words[1:])
    if extra:
        parser.error(describe_surplus(task, extra))
    return task, vars(values)


def main(tasks: Sequence[Task], words: Sequence[str]) -> int:
    """Run the task that the words name in the project's environment; return the exit code."""
    if not words or words[0] in {"-h", "--help", "--list", "-l"}:
        print(format_list(tasks))
        return 0
    task, values = read_command(tasks, words)
    try:
        enter_environment(words)
    except KeyboardInterrupt:
        return print_stopped()
    return run_task(task.function, values)


def enter_environment(words: Sequence[str]) -> None:
    """Start again unless this is the project's environment, with what the task needs in place."""
    root, requirements = str(ROOT), choose_requirements(words)
    if is_inside(root) and is_ready(root, requirements):
        return
    from commands.launch.set_up import install_missing

    install_missing(root, requirements)
    sys.exit(reexec(root, words))
