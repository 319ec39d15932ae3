"""Pelican starts without its readers, and misses nothing of them."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

from catalogue.project import ROOT


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


def test_a_build_loads_neither_the_readers_nor_docutils(tmp_path):
    code = (
        "from commands.build import build; from pathlib import Path; import sys;"
        "build(Path('content'), Path(sys.argv[1]));"
        "print([name for name in sys.modules if name.startswith('docutils')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "out"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith("\n[]\n")
