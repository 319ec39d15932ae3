"""Find, in the files of the settings as they are typed, what keeps them from being read at all."""

import ast
import builtins
import re
import warnings
from collections.abc import Collection, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TypeGuard

from building.line_repairs import format_text, list_texts, propose_repairs
from building.setting_examples import SETTING_EXAMPLES, check_kind
from catalogue.problems import shorten
from catalogue.spelling import find_nearest

CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)
LINE_BREAK = re.compile("\r\n|\r|\n")
ASSIGNED = re.compile(r"\s*([A-Za-z]\w*)")
NO_MODULE_NAMES = frozenset(("__file__", "__name__", "__doc__"))


def check_source(file: str, path: Path, known: Collection[str], needed: str) -> list[str]:
    """Return the faults of one file of settings that keep it from being read, each with its line.

    `file` is its name for messages, `known` are the names that it may use besides its own, `needed` is
    the module whose names it begins with.
    """
    text, wrong = read_source(file, path)
    if wrong:
        return [wrong]
    tree, faults = read_tree(file, text)
    if tree is None:
        return faults
    found = [*find_code_faults(tree, text, known), *find_no_import(tree, needed)]
    return [f"{file}:{line}: {fault}" if line else f"{file}: {fault}" for line, fault in found]


def read_source(file: str, path: Path) -> tuple[str, str]:
    """Return the text of a file, or what is wrong with it; `file` is its name for messages."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return "", f"{file}: this file is not there. Fetch it back: git checkout {file}"
    except OSError as error:
        seen = f"{file}: this file cannot be opened ({error.strerror})"
        return "", f"{seen}. Look at its permissions."
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", explain_encoding(file, data, error.start)
    if "\0" in text:
        return "", explain_encoding(file, data, data.index(b"\0"))
    return text, ""


def explain_encoding(file: str, data: bytes, place: int) -> str:
    """Return what is said of a file that is not stored as UTF-8."""
    line = len(LINE_BREAK.split(data[:place].decode("latin-1")))
    seen = "a sign in this line is not stored as UTF-8"
    return f"{file}:{line}: {seen}. Save the file with the encoding UTF-8, and type that sign anew."


def read_tree(file: str, text: str) -> tuple[ast.Module | None, list[str]]:
    """Return the parts of a file of settings or words, or None and what is wrong with it."""
    lines = LINE_BREAK.split(text)
    if match := CONFLICT.search(text):
        line = len(LINE_BREAK.split(text[: match.start()]))
        seen = "Git found two versions of this place and wrote both"
        remedy = "Keep one, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."
        return None, [f"{file}:{line}: {seen}. {remedy}"]
    try:
        return parse(text), []
    except SyntaxError as error:
        line = min(max(error.lineno or 1, 1), len(lines))
    except (ValueError, RecursionError, MemoryError):
        line = 1
    return None, [f"{file}:{line}: {explain_line(lines, line)}"]


def parse(text: str) -> ast.Module:
    """Return the parts of a file; what is only odd in it is no matter for a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def explain_line(lines: list[str], number: int) -> str:
    """Return what is wrong with a line that cannot be read, and what to write."""
    line = lines[number - 1]
    name = (ASSIGNED.match(line) or [line, ""])[1].upper()
    # Of a sentence that is no setting none is made.
    repairs = propose_repairs(line) if "=" in line or name in SETTING_EXAMPLES else ()
    for seen, repaired in repairs:
        others = [*lines[: number - 1], repaired, *lines[number:]]
        if moves_on(others, number) and is_fit(repaired):
            return f"{seen}. Write: {repaired}"
    seen = f"“{shorten(line.strip())}” cannot be read" if line.strip() else "this cannot be read"
    if name in SETTING_EXAMPLES:
        return f"{seen}. Write it like: {name} = {SETTING_EXAMPLES[name]}"
    return f"{seen}. Take the line out, or write # before it if it is a remark."


def moves_on(lines: list[str], number: int) -> bool:
    """Return whether nothing up to a line keeps a file from being read."""
    try:
        parse("\n".join(lines))
    except SyntaxError as error:
        return (error.lineno or 0) > number
    except (ValueError, RecursionError, MemoryError):
        return False
    return True


def is_fit(line: str) -> bool:
    """Return whether a line gives a setting a value of its kind; any value, if it is no setting."""
    try:
        (node,) = parse(line).body
    except (SyntaxError, ValueError):
        return False
    if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
        return False
    example = SETTING_EXAMPLES.get(node.targets[0].id)
    try:
        value = ast.literal_eval(node.value)
    except (ValueError, TypeError):
        return False
    return example is None or not check_kind(value, example)


Fault = tuple[int, str]


def find_code_faults(tree: ast.Module, text: str, known: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong with the statements of a file, each with its line."""
    assigned = {node.id for node in ast.walk(tree) if is_stored(node)}
    names = {*known, *assigned, *list_imported(tree), *vars(builtins), *NO_MODULE_NAMES}
    lines = LINE_BREAK.split(text)
    for statement in tree.body:
        line = statement.lineno
        if is_idle(statement):
            yield line, explain_line(lines, line)
            continue
        yield from find_missing_commas(statement, text, lines)
        if undefined := find_undefined(statement, names):
            yield line, explain_undefined(statement, text, undefined, names)


def find_twice(tree: ast.Module) -> Iterator[Fault]:
    """Yield the settings that a file gives a value twice, of which the first would be lost."""
    seen: dict[str, int] = {}
    for statement in tree.body:
        name = read_plain_name(statement)
        if name and name in seen:
            remedy = "Take one of the two lines out"
            yield statement.lineno, f"{name} stands in line {seen[name]} as well. {remedy}."
        elif name:
            seen[name] = statement.lineno


def is_stored(node: ast.AST) -> TypeGuard[ast.Name]:
    """Return whether a part of a file is a name that gets a value."""
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def list_imported(tree: ast.Module) -> set[str]:
    """Return the names that a file has from elsewhere, or defines as functions."""
    nodes = list(ast.walk(tree))
    imported = (
        alias.asname or alias.name.partition(".")[0]
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    )
    defined = (n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef))
    caught = (n.name for n in nodes if isinstance(n, ast.ExceptHandler) and n.name)
    taken = (node.arg for node in nodes if isinstance(node, ast.arg))
    return {*imported, *defined, *caught, *taken}


def is_idle(statement: ast.stmt) -> bool:
    """Return whether a statement sets nothing: a colon or two signs stand in it in place of one =."""
    if isinstance(statement, ast.Expr):
        return not isinstance(statement.value, ast.Constant | ast.Call)
    return isinstance(statement, ast.AnnAssign) and statement.value is None


def find_missing_commas(statement: ast.stmt, text: str, lines: list[str]) -> Iterator[Fault]:
    """Yield the places in which two values stand side by side, which are read as one."""
    for node in ast.walk(statement):
        if isinstance(node, ast.List | ast.Tuple):
            parts = [part for part in node.elts if is_joined(part, text)]
        elif isinstance(node, ast.Call | ast.Subscript):
            value = node.func if isinstance(node, ast.Call) else node.value
            parts = [value] if isinstance(value, ast.List | ast.Tuple | ast.Constant) else []
        else:
            continue
        if not parts:
            continue
        line = parts[0].lineno
        changed = next(
            (new for seen, new in propose_repairs(lines[line - 1]) if "comma" in seen), ""
        )
        remedy = f"Write: {changed.strip()}" if changed else "Put one at the end of each of them."
        yield line, f"a comma is missing between two values. {remedy}"
        return


def is_joined(node: ast.expr, text: str) -> bool:
    """Return whether a value of a list is typed as two texts without a comma between them.

    Who parts a long text has a blank where the parts meet.
    """
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return False
    typed = ast.get_source_segment(text, node) or ""
    if typed.count('"') + typed.count("'") == 2:  # of one text, as nearly all are
        return False
    parts = [ast.literal_eval(part) for part in list_texts(f"({typed})")]
    return any(
        not (first[-1:].isspace() or second[:1].isspace()) for first, second in pairwise(parts)
    )


def find_undefined(statement: ast.stmt, names: Collection[str]) -> str:
    """Return the first word of a statement that is the name of nothing; empty if there is none."""
    used = (
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )
    return next((name for name in used if name not in names), "")


def explain_undefined(statement: ast.stmt, text: str, word: str, names: Collection[str]) -> str:
    """Return what is said of a word without quotation marks."""
    near = find_nearest(word, [name for name in names if name.isupper()]) if word.isupper() else ""
    if near:
        return f"there is nothing called {word}. Did you mean {near}?"
    name = read_plain_name(statement, literal=False)
    value = getattr(statement, "value", None)
    typed = ast.get_source_segment(text, value) if value else None
    if name and typed:
        repaired = f"{name} = {format_text(typed)}"
        if is_fit(repaired):
            return f"{shorten(typed)} stands without quotation marks. Write: {repaired}"
    seen = f"there is nothing called {word}"
    if name in SETTING_EXAMPLES:
        return f"{seen}. Write it like: {name} = {SETTING_EXAMPLES[name]}"
    return f"{seen}. Put a text in quotation marks, or take it out."


def read_plain_name(statement: ast.stmt, *, literal: bool = True) -> str:
    """Return the setting that a statement sets; with `literal` only to a value that is written out."""
    if not isinstance(statement, ast.Assign) or not isinstance(statement.targets[0], ast.Name):
        return ""
    is_literal = isinstance(statement.value, ast.Constant | ast.List | ast.Tuple | ast.Dict)
    return statement.targets[0].id if is_literal or not literal else ""


def list_taken(tree: ast.Module, module: str) -> list[str]:
    """Return the names that a file takes from a module; `*` for all of them."""
    nodes = (node for node in tree.body if isinstance(node, ast.ImportFrom))
    return [alias.name for node in nodes if node.module == module for alias in node.names]


def find_missing(path: Path, module: str, known: Collection[str]) -> list[str]:
    """Return the settings that a file, which can be read, takes from a module that does not have them."""
    return sorted({*list_taken(parse_file(path), module)} - {"*", *known})


def list_assigned(path: Path) -> set[str]:
    """Return the names that a file, which can be read, gives a value."""
    return {node.id for node in ast.walk(parse_file(path)) if is_stored(node)}


def parse_file(path: Path) -> ast.Module:
    """Return the parts of a file that can be read."""
    return parse(path.read_text(encoding="utf-8-sig"))


def find_no_import(tree: ast.Module, needed: str) -> Iterator[Fault]:
    """Yield what to write where a file does not begin with the names of another."""
    if "*" not in list_taken(tree, needed):
        yield 0, f"a line is missing at the top. Write there: from {needed} import *"
