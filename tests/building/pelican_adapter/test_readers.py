"""Pelican starts without its readers, and misses nothing of them."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path


def test_pelican_imports_nothing_from_its_readers_but_what_the_stand_in_has():
    """A new Pelican that imports more fails here, and not in the middle of a build."""
    folder = Path(importlib.util.find_spec("pelican").origin).parent
    source = (folder / "generators.py").read_text(encoding="utf-8")
    imports = re.findall(r"from pelican\.readers import (.+)", source)
    others = [p for p in folder.glob("*.py") if p.name not in ("readers.py", "rstdirectives.py")]
    assert imports == ["Readers"]
    assert [p.name for p in others if "pelican.readers" in p.read_text(encoding="utf-8")] == [
        "generators.py"
    ]


def build(clone, folder, known):
    """Build in a process of its own, with a version of Pelican that is known or not; return what it loads."""
    versions = "" if known else "known_versions.KNOWN_VERSIONS['pelican'] = frozenset();"
    code = (
        f"from catalogue import known_versions; {versions}"
        "from commands.build import build; from pathlib import Path; import sys;"
        "build(Path('content'), Path(sys.argv[1]));"
        "import json; print(json.dumps([n for n in sys.modules if n.startswith('docutils')]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, folder],
        cwd=clone,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_a_build_loads_neither_the_readers_nor_docutils_of_a_pelican_that_is_known(clone, tmp_path):
    assert build(clone, tmp_path / "known", True) == []
    assert "docutils" in build(clone, tmp_path / "unknown", False)
    trees = [read_bytes(tmp_path / name) for name in ("known", "unknown")]
    assert trees[0] == trees[1] != {}


def read_bytes(folder):
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): path.read_bytes() for path in files}
