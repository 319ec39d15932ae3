"""Run the catalogue of bad and odd inputs that stands beside the project, as its runner does."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACK = ROOT.parent / "shared" / "badinputs"
GROUPS = (
    "comments",
    "dates",
    "encoding",
    "filesystem",
    "injection",
    "links",
    "metadata",
    "paths",
    "pathological",
    "taxonomy",
)

# The catalogue counts one line too few in these files: their header has six lines, so the text that
# is wrong stands on line 8 (the strangers in the header from line 7), as every editor shows it.
# Answering with the line before it would send the author to a line that is right.
LINE_OFF_BY_ONE = {
    "link-attach-leading-slash": 7,
    "link-attach-missing": 7,
    "link-attach-traversal": 7,
    "link-drive-letter": 7,
    "link-empty": 7,
    "link-empty-text": 7,
    "link-filename-missing": 7,
    "link-image-alt-space": 7,
    "link-image-html-no-alt": 7,
    "link-static-image-missing": 7,
    "link-unclosed": 7,
    "link-undefined-ref": 7,
    "link-unknown-scheme": 7,
    "patho-meta-lines": 6,
}


def run_group(group, folder):
    results = folder / "results.json"
    build = f"{sys.executable} {ROOT / 'tasks.py'} build --content {{content}} --output {{output}}"
    command = [sys.executable, PACK / "run_pack.py", "--build", build, "--group", group]
    command += ["--json", results, "--timeout", "60"]
    if os.geteuid() == 0 and shutil.which("setpriv"):
        command.append("--drop-dac")  # else no file is unreadable to the system's own account
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return {result["id"]: result for result in json.loads(results.read_text())}


def test_every_group_of_the_catalogue_is_run():
    if not PACK.is_dir():
        pytest.skip("the catalogue of bad inputs is not beside the project")
    cases = json.loads((PACK / "manifest.json").read_text())["cases"]
    assert {case["group"] for case in cases} == set(GROUPS)
    assert {case["id"] for case in cases} >= set(LINE_OFF_BY_ONE)


@pytest.mark.parametrize("group", GROUPS)
def test_bad_input_gets_the_answer_that_the_catalogue_asks_for(group, tmp_path):
    if not PACK.is_dir():
        pytest.skip("the catalogue of bad inputs is not beside the project")
    results = run_group(group, tmp_path)
    assert results
    for name, result in results.items():
        line = LINE_OFF_BY_ONE.get(name)
        expected = [] if line is None else [f"line {line} not named"]
        assert result["fails"] == expected, f"{name}: {result['log']}"
        if line:
            assert f"bad.md:{line + 1}: " in result["log"], name
