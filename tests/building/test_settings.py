"""The settings are those that stand in their files now, whatever Python has kept of them."""

import os
import subprocess
import sys

import pytest

READ = "from building.settings import read_constants; print(read_constants()['SITENAME'])"


@pytest.mark.parametrize("between", ["", "import pelicanconf"])
def test_two_states_of_one_length_and_one_second_are_told_apart(own_clone, between):
    """Python knows what it keeps of a module by both, and keeps it for the next run."""
    conf = own_clone / "pelicanconf.py"
    text = conf.read_text("utf-8")
    environment = {name: value for name, value in os.environ.items() if "BYTECODE" not in name}
    for name in ("Ann's notes", "Bob's notes"):
        lines = [line for line in text.splitlines() if not line.startswith("SITENAME")]
        conf.write_text("\n".join([*lines, f'SITENAME = "{name}"', ""]), "utf-8")
        os.utime(conf, (1_700_000_000, 1_700_000_000))
        done = subprocess.run(
            [sys.executable, "-c", READ],
            cwd=own_clone,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == name
        subprocess.run([sys.executable, "-c", between], cwd=own_clone, env=environment, check=True)
