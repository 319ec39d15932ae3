"""Pelican starts without the modules that are not used, and misses nothing of them."""

import ast
import importlib.util
import json
import subprocess
import sys
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

from building.pelican_adapter.unused_modules import UNUSED_NAMES
from tests.conftest import PROJECT, read_files

FOLDER = Path(importlib.util.find_spec("pelican").origin).parent
UNUSED_FILES = ("readers.py", "log.py", "server.py", "writers.py", "rstdirectives.py")
PACKAGES = (
    "importlib.metadata",
    "docutils",
    "rich",
    "watchfiles",
    "feedgenerator",
    "dateutil",
    "http.server",
)


def list_taken():
    """Return the names that Pelican takes from the modules that are left out, by the module."""
    taken = defaultdict(set)
    for path in (*FOLDER.glob("*.py"), *FOLDER.glob("plugins/*.py")):
        if path.name in UNUSED_FILES:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module in UNUSED_NAMES:
                taken[node.module].update(name.name for name in node.names)
            elif isinstance(node, ast.Attribute) and isinstance(
                node.value, ast.Name | ast.Attribute
            ):
                module = ast.unparse(node.value)
                if module in UNUSED_NAMES:
                    taken[module].add(node.attr)
    return {module: tuple(sorted(names)) for module, names in taken.items()}


def test_pelican_takes_nothing_from_the_modules_left_out_but_what_the_stand_ins_have():
    """A new Pelican that takes more fails here, and not in the middle of a build."""
    assert list_taken() == UNUSED_NAMES


def build(clone, folder, known):
    """Build in a process of its own, with a version of Pelican that is known or not; return what it loads."""
    versions = "" if known else "known_versions.KNOWN_VERSIONS['pelican'] = frozenset();"
    code = (
        f"from catalogue import known_versions; {versions}"
        "from commands.build import build; from pathlib import Path; import sys;"
        "build(Path('content'), Path(sys.argv[1]));"
        "import json; print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, folder],
        cwd=clone,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_a_build_loads_no_module_that_is_not_used_of_a_pelican_that_is_known(clone, tmp_path):
    assert not {*PACKAGES} & {*build(clone, tmp_path / "known", True)}
    assert {*PACKAGES} <= {*build(clone, tmp_path / "unknown", False)}
    trees = [read_files(tmp_path / name) for name in ("known", "unknown")]
    assert trees[0] == trees[1] != {}


def test_others_of_the_process_get_the_real_modules():
    code = (
        "from building.pelican_adapter.unused_modules import load_pelican; load_pelican();"
        "import dateutil.parser, importlib, multiprocessing;"
        "print(hasattr(importlib, 'metadata'));"
        "import importlib.metadata;"
        "print(importlib.metadata.version('pelican'), multiprocessing.cpu_count() > 0);"
        "print(dateutil.parser.parse('2026-01-02').day)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True)
    assert done.stdout.split("\n") == ["False", f"{version('pelican')} True", "2", ""]
