"""Set the site up: ask six questions, and write the answers into the settings, and nothing else."""

import sys
from collections.abc import Mapping
from pathlib import Path

from building.settings import FILES, check_files, read_constants
from catalogue.problems import format_name
from catalogue.project import CONTENT, ROOT
from commands.settings.setting_edit import add_setting, change_setting, find_setting, has_setting
from commands.settings.setup_authority import add_authority, hint_at_authority
from commands.settings.setup_guesses import guess_settings
from commands.settings.setup_questions import QUESTIONS, Question, is_as_shipped
from commands.writing.post_files import CommandFault, explained_writing, print_fault
from commands.writing.write_files import File, lock_content, write_files

ENDED = (
    "No answer came, and nothing was changed. Answer at a terminal, or take what stands in [ ] by: "
    "python3 tasks.py setup --yes"
)


def setup(
    name: str = "",
    author: str = "",
    address: str = "",
    language: str = "",
    zone: str = "",
    contact: str = "",
    yes: bool = False,
    root: Path = ROOT,
    content: Path = CONTENT,
) -> int:
    """Ask for the settings of the site and write them; return the exit code.

    What is given, such as `name`, is not asked for; with any of it, or with `yes`, nothing is, and the
    rest stays, or with `yes` is what would be proposed. Exit codes: 0 done, 1 the settings cannot be read
    or written, 2 an answer cannot be used, or none came.
    """
    typed = (name, author, address, language, zone, contact)
    given = {question.setting: text for question, text in zip(QUESTIONS, typed, strict=True)}
    check_files()
    try:
        present = read_present(root)
        defaults = present
        if is_as_shipped(present):
            defaults = {**present, **guess_valid(content)}
        answers = read_given(given)
        if not answers and not yes:
            answers = ask_all(defaults)
        elif yes:
            answers = {**defaults, **answers}
        address = answers.get("SITEURL", present["SITEURL"])
        write_answers(add_authority(answers, address, root, content), root, content)
    except CommandFault as fault:
        return print_fault(fault)
    return 0


def read_present(root: Path) -> dict[str, str]:
    """Return the settings that are asked for, as they are now."""
    constants = read_constants()
    present = {}
    for question in QUESTIONS:
        places = (
            find_setting((root / file).read_bytes(), question.setting) for file in FILES[::-1]
        )
        place = next(filter(None, places), None)
        present[question.setting] = (
            place.value if place else str(constants.get(question.setting, ""))
        )
    return present


def guess_valid(content: Path) -> dict[str, str]:
    """Return what is guessed of a new site's settings, without what none can have."""
    guesses = guess_settings(content)
    named = {question.setting: question for question in QUESTIONS}
    return {name: text for name, text in guesses.items() if not named[name].explain_wrong(text)}


def read_given(given: Mapping[str, str]) -> dict[str, str]:
    """Return the settings that the command's options give. Raises CommandFault for a wrong one."""
    answers = {}
    for question in QUESTIONS:
        if typed := given[question.setting]:
            answers[question.setting] = question.read(typed.strip())
            if wrong := question.explain_wrong(answers[question.setting]):
                raise CommandFault(f"--{question.option}: {wrong}\nNothing was changed.")
    return answers


def ask_all(defaults: Mapping[str, str]) -> dict[str, str]:
    """Return the author's answers, by setting; Enter takes what stands in brackets."""
    print("Six questions. Enter takes what stands in [ ].")
    return {question.setting: ask(question, defaults[question.setting]) for question in QUESTIONS}


def ask(question: Question, default: str) -> str:
    """Return the answer to one question, which is asked again until it can be used."""
    while True:
        shown = f" [{format_name(default)}]" if default else ""
        try:
            typed = input(f"{question.text}{shown}: ").strip()
        except EOFError:
            print()
            raise CommandFault(ENDED) from None
        value = question.read(typed) if typed else default
        wrong = question.explain_wrong(value)
        if not wrong:
            return value
        print(wrong, file=sys.stderr)


def write_answers(answers: Mapping[str, str], root: Path, content: Path) -> None:
    """Write the settings where they stand and print what has changed. Raises CommandFault."""
    before = {file: (root / file).read_bytes() for file in FILES}
    after = dict(before)
    lines = []
    for name, value in answers.items():
        file = find_file(after, name, value)
        place = find_setting(after[file], name)
        if place and place.value == value:
            continue
        after[file] = change_setting(after[file], name, value) or add_missing(
            after, file, name, value
        )
        changed = find_setting(after[file], name)
        lines.append(f"{file}:{changed.line if changed else 1}: {name} is “{value}” now.")
    files = [File(root / file, after[file], before[file]) for file in FILES]
    with explained_writing(FILES[0]), lock_content(content):
        (root / ".writing-0.tmp").unlink(missing_ok=True)  # of a command that was killed
        (root / ".writing-1.tmp").unlink(missing_ok=True)
        write_files([file for file in files if file.data != file.before])
    print("\n".join(lines or ["All is as it was."]))
    hint_at_authority(after[FILES[0]], answers.get("SITEURL", ""))


def find_file(files: Mapping[str, bytes], name: str, value: str) -> str:
    """Return the file in which a setting has a plain text: the public ones count more.

    Raises CommandFault where it has another value, which only the author can change.
    """
    for file in FILES[::-1]:
        if find_setting(files[file], name):
            return file
    if has_setting(files[FILES[0]], name):
        seen = f"{FILES[0]}: {name} is worked out there, and not a plain text"
        raise CommandFault(f'{seen}. Write: {name} = "{value}". Nothing was changed.', 1)
    return FILES[0]


def add_missing(files: Mapping[str, bytes], file: str, name: str, value: str) -> bytes:
    """Return a file with a setting that stands in none. Raises CommandFault if it stands there."""
    if has_setting(files[file], name):
        raise CommandFault(f"{file}: {name} cannot be changed here. Nothing was changed.", 1)
    return add_setting(files[file], name, value)
