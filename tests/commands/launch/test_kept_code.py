"""What is kept of one run for the next is what Python would make, and never stands in the way."""

import dataclasses
import json
import marshal
import os
import re
import shutil
import subprocess
import sys
from importlib.util import source_hash

import pytest

from catalogue.project import ROOT
from commands.launch.kept_code import DIGEST_BYTES, MOST, KeptCode

EXPRESSIONS = [
    ("a+b", 0),
    (b"a+\xff", 0),
    ("(?P<year>[0-9]{4})-(?P<month>[0-9]{2})", 0),
    ("straße|ΣΑΣ", re.IGNORECASE),
    ("^x$ # a remark", re.MULTILINE | re.VERBOSE),
    ("(?i)[^\\w\\s](?<=[.!?])(a)|(b)", re.ASCII),
    ("[\U0001f600-\U0001f64f\u0590-\u05ff]*+", re.DOTALL),
    ("", 0),
]
TEXTS = ["aab", "2026-11 STRASSE σας", "x\nx", ".A!b", "\U0001f601א", ""]
MODULE = """
import json, re, sys
from commands.launch.kept_code import keep_code
kept = keep_code()
assert "dataclasses" not in sys.modules
import dataclasses
parsed = []
from re import _compiler
parse = _compiler._parser.parse
_compiler._parser.parse = lambda source, *words: parsed.append(source) or parse(source, *words)
OUTER = re.compile("outer[0-9]")
class Holder:
    INNER = re.compile("inner[0-9]", re.IGNORECASE)
@dataclasses.dataclass(frozen=True, order=True)
class Point:
    x: int
    y: int = 2
def search(text):
    class Own:
        IN_CLASS = re.compile("class " + text + "[0-9]")
    return re.search(text + "[0-9]", "Of a text7")
search("text")
_compiler.compile("bare")
kept.save()
print(json.dumps([parsed, sorted(source for source in kept.sources if "x" in source) != [], repr(Point(1))]))
"""


@pytest.fixture
def program(tmp_path):
    """A program that makes some expressions and a class, in a folder of its own."""
    for name in ("commands/launch/kept_code.py", "catalogue/compiled_files.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "program.py").write_text(MODULE, encoding="utf-8")
    return tmp_path


def start(program, **environ):
    """Run the program to its end."""
    dropped = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONPATH", "PYTHONWARNINGS")
    given = {name: value for name, value in os.environ.items() if name not in dropped}
    return subprocess.run(
        [sys.executable, "program.py"],
        cwd=program,
        env={**given, **environ},
        capture_output=True,
        text=True,
        check=True,
    )


def run(program, **environ):
    """Run the program; return the expressions that were compiled, and what its class says."""
    done = start(program, **environ)
    assert done.stderr == ""
    parsed, has_sources, said = json.loads(done.stdout)
    assert has_sources
    assert said == "Point(x=1, y=2)"
    return [each for each in parsed if "[0-9]" in each]


def find_kept(program):
    """Return the files that are kept."""
    return list(program.rglob("*.kept*"))


def test_a_second_run_compiles_nothing_but_what_a_function_asks_for(program):
    assert run(program) == ["outer[0-9]", "inner[0-9]", "class text[0-9]", "text[0-9]"]
    assert run(program) == ["class text[0-9]", "text[0-9]"]


def test_what_came_of_a_text_is_not_kept(program):
    run(program)
    (file,) = find_kept(program)
    data = file.read_bytes()
    assert b"outer" in data
    assert b"text[0-9]" not in data


def test_nothing_is_kept_where_python_is_told_to_keep_nothing(program):
    run(program, PYTHONDONTWRITEBYTECODE="1")
    assert find_kept(program) == []


def seal(value):
    """Return what a file with some data would be."""
    data = marshal.dumps(value)
    return source_hash(data) + data


def flip_bit(data, place):
    """Return bytes of which one bit is another."""
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: b"\0" * len(data),
        lambda data: flip_bit(data, data.index(b"outer") - 40),
        lambda data: flip_bit(data, 3),
        lambda data: seal(5),
        lambda data: seal(("another Python", *marshal.loads(data[DIGEST_BYTES:])[1:])),
        lambda data: seal((sys.version, dict.fromkeys(range(MOST + 1)), {})),
        lambda data: seal((sys.version, {}, dict.fromkeys(range(MOST + 1)))),
    ],
    ids=[
        "empty",
        "half",
        "zeros",
        "bit",
        "bit of the digest",
        "number",
        "version",
        "many",
        "many classes",
    ],
)
def test_what_is_damaged_or_of_another_python_is_made_anew(program, change):
    run(program)
    (file,) = find_kept(program)
    whole = marshal.loads(file.read_bytes()[DIGEST_BYTES:])
    file.write_bytes(change(file.read_bytes()))
    assert "outer[0-9]" in run(program)
    again = marshal.loads(file.read_bytes()[DIGEST_BYTES:])
    assert again[1].keys() == whole[1].keys()


def test_a_disk_that_takes_nothing_is_done_without(program):
    (program / "commands/launch/__pycache__").write_text("no folder", encoding="utf-8")
    for _ in range(2):
        assert "outer[0-9]" in run(program)
    assert find_kept(program) == []


@pytest.mark.parametrize(("source", "flags"), EXPRESSIONS, ids=ascii)
def test_an_expression_that_was_kept_is_the_same(tmp_path, source, flags):
    """The first is compiled and kept, the second is of what was kept."""
    plain = re.compile(source, flags)
    kept = KeptCode(str(tmp_path / "none"))
    compiler = vars(re)["_compiler"]
    before = compiler.compile, compiler._sre
    try:
        kept.take_over(compiler)
        ways = []
        for _ in range(2):
            re.purge()
            ways.append(compile_as_module(source, flags))
    finally:
        compiler.compile, compiler._sre = before
        vars(dataclasses).pop("exec", None)
        re.purge()
    assert len(kept.patterns) == 1
    for way in ways:
        assert way.flags == plain.flags
        assert (way.pattern, way.groups) == (plain.pattern, plain.groups)
        assert way.groupindex == plain.groupindex
        assert way == plain
        for text in TEXTS:
            seen = text.encode() if isinstance(source, bytes) else text
            assert find(way, seen) == find(plain, seen)


def compile_as_module(source, flags):
    """Return an expression as a module has it that is loaded."""
    names = {"re": re, "source": source, "flags": flags}
    exec("made = re.compile(source, flags)", names)
    return names["made"]


def find(pattern, text):
    """Return all that a pattern finds in a text."""
    return [(match.span(), match.groups(), match.lastgroup) for match in pattern.finditer(text)]


def test_a_class_whose_methods_were_kept_is_the_same(tmp_path, monkeypatch):
    kept = KeptCode(str(tmp_path / "none"))
    monkeypatch.setitem(vars(dataclasses), "exec", kept.run_source)
    fields = [("x", int), ("y", list)]
    made = [dataclasses.make_dataclass("Pair", fields, order=True) for _ in range(2)]
    first, second = made
    assert kept.sources
    for each in made:
        assert each(1, [2]) == each(1, [2]) != each(1, [3])
        assert each(1, [2]) < each(1, [3])
        assert repr(each(1, [2])) == "Pair(x=1, y=[2])"
    assert first(1, [2]) != second(1, [2])


def test_tasks_keep_code_for_the_next_one(tmp_path):
    command = [sys.executable, "tasks.py", "--list"]
    environ = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    states = []
    for _ in range(2):
        subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=True)
        (file,) = find_kept(tmp_path)
        states.append(file.stat().st_ino)
    assert states[0] == states[1]


def test_a_warning_names_the_module_and_comes_in_every_run(program):
    source = program / "program.py"
    text = source.read_text(encoding="utf-8")
    source.write_text(
        text.replace("OUTER =", 'NESTED = re.compile("[[a]b]"); OUTER ='), encoding="utf-8"
    )
    line = 1 + text[: text.index("OUTER =")].count("\n")
    for _ in range(2):
        assert f"program.py:{line}: FutureWarning: Possible nested set" in start(program).stderr
