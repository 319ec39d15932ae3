"""The way in: a bare Python makes `.venv`, and goes on in there."""

import ast
import base64
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

from building.file_lock import try_lock
from commands.launch import environment, set_up
from commands.launch.python_version import format_too_old

ROOT = Path(__file__).resolve().parents[3]
BARE = getattr(sys, "_base_executable", sys.executable)
COMMAND = """
import sys
def check(content, fix, yes):
    import tiny
    print(tiny.VERSION, sys.prefix, content, sep="|")
    return 0
"""

# All that the way in needs of the other packages.
NEEDED = {
    "catalogue": ["compiled_files", "problems", "project"],
    "building": ["disk_errors", "file_lock"],
}

# What a user may have told pip for all projects; only the last two say where packages come from.
HOSTILE = """
[global]
target = {elsewhere}
quiet = 3
log = {elsewhere}/log.txt
require-virtualenv = true
no-binary = :all:
[install]
dry-run = true
no-deps = true
user = true
prefix = {elsewhere}
root = {elsewhere}
no-index = true
find-links = {wheels}
"""


def write_wheel(folder, name, version):
    """Make a package of one module; give its line for a lock."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": f"VERSION = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = [f"{path},{format_record_hash(text)},{len(text)}\n" for path, text in files.items()]
    files[f"{info}/RECORD"] = "".join([*rows, f"{info}/RECORD,,\n"])
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def format_record_hash(text):
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
    return f"sha256={digest.decode().rstrip('=')}"


class Project:
    """A copy of the way in, with a command of its own and packages from a folder beside it."""

    def __init__(self, folder):
        self.root = folder / "my blog"
        self.wheels = folder / "wheels"
        self.wheels.mkdir(parents=True)
        (self.root / "commands").mkdir(parents=True)
        shutil.copy(ROOT / "tasks.py", self.root)
        shutil.copy(ROOT / "commands" / "__init__.py", self.root / "commands")
        shutil.copytree(ROOT / "commands" / "launch", self.root / "commands" / "launch")
        for folder, names in NEEDED.items():
            (self.root / folder).mkdir()
            for name in ("__init__", *names):
                shutil.copy(ROOT / folder / f"{name}.py", self.root / folder)
        (self.root / "commands" / "check.py").write_text(COMMAND)
        self.lock("1.0")
        self.log = self.root / ".venv" / "setup.log"

    def lock(self, version):
        line = write_wheel(self.wheels, "tiny", version)
        (self.root / "requirements.txt").write_text(line)
        more = write_wheel(self.wheels, "tool", "1.0")
        (self.root / "requirements-test.txt").write_text(line + more)
        peer = write_wheel(self.wheels, "peer", "1.0")
        (self.root / "requirements-bench.txt").write_text(line + peer)

    def command(self, *words):
        return [BARE, str(self.root / "tasks.py"), *words]

    def environ(self, **variables):
        source = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": self.wheels.as_uri(), "PIP_RETRIES": "0"}
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON"))}
        return {**kept, "PIP_CONFIG_FILE": os.devnull, **source, **variables}

    def run(self, *words, cwd=None, **variables):
        return subprocess.run(
            self.command(*words),
            cwd=cwd or self.root.parent,
            env=self.environ(**variables),
            capture_output=True,
            text=True,
        )

    def start(self, *words):
        return subprocess.Popen(
            self.command(*words),
            env=self.environ(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A project that was set up once, and how that first run went; under hostile circumstances."""
    folder = tmp_path_factory.mktemp("way-in")
    project = Project(folder)
    stray, elsewhere = folder / "stray", folder / "elsewhere"
    elsewhere.mkdir()
    (stray / "tiny").mkdir(parents=True)
    (stray / "tiny" / "__init__.py").write_text("VERSION = 'stray'\n")
    settings = folder / "pip.conf"
    settings.write_text(HOSTILE.format(elsewhere=elsewhere, wheels=project.wheels.as_uri()))
    first = project.run(
        "check",
        cwd=elsewhere,
        PYTHONPATH=str(stray),
        VIRTUAL_ENV=str(stray),
        PIP_TARGET=str(elsewhere),
        PIP_PREFIX=str(elsewhere),
        PIP_USER="1",
        PIP_REQUIRE_VIRTUALENV="1",
        PIP_NO_BINARY=":all:",
        PIP_CONFIG_FILE=str(settings),
        PIP_NO_INDEX="",
        PIP_FIND_LINKS="",
    )
    return project, first, elsewhere


@pytest.fixture
def project(made):
    return made[0]


def test_the_first_run_makes_the_environment_from_any_folder_on_a_path_with_spaces(made):
    project, first, elsewhere = made
    assert first.returncode == 0, first.stderr
    version, prefix, content = first.stdout.strip().split("|")
    assert version == "1.0"
    assert Path(prefix).samefile(project.root / ".venv")
    assert Path(content) == project.root / "content"
    assert list(elsewhere.iterdir()) == []


def test_the_first_run_shows_one_plain_line_of_progress(made):
    (line,) = made[1].stderr.splitlines()
    assert line.startswith("Setting up, once:")


def test_a_second_run_sets_nothing_up_and_starts_nothing_heavy(project):
    assert project.run("check").returncode == 0
    before = project.log.read_bytes()
    again = project.run("check", PYTHONPROFILEIMPORTTIME="1")
    assert again.returncode == 0
    assert project.log.read_bytes() == before
    loaded = set(re.findall(r"\|\s*([\w.]+)$", again.stderr, re.MULTILINE))
    assert {"commands.launch.environment", "commands.launch.command_line"} <= loaded
    # The reader of the command line itself needs inspect in Python 3.14, to colour what it prints.
    code = (
        "import argparse, sys; argparse.ArgumentParser().add_argument('--a'); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    heavy = {"inspect", "json", "pelican", "rich", "subprocess"} - {*done.stdout.split()}
    assert "json" in heavy
    assert not loaded & heavy


def test_a_relative_folder_is_meant_from_where_the_person_is(project, tmp_path):
    done = project.run("check", "--content", "texts", cwd=tmp_path)
    assert Path(done.stdout.strip().split("|")[2]) == tmp_path / "texts"


def test_a_changed_lock_is_installed_into_the_environment_that_is_there(project):
    project.run("check")
    made = (project.root / ".venv" / "pyvenv.cfg").stat().st_mtime_ns
    project.lock("2.0")
    done = project.run("check")
    assert done.stdout.startswith("2.0|")
    assert "Setting up" in done.stderr
    assert (project.root / ".venv" / "pyvenv.cfg").stat().st_mtime_ns == made


def test_the_tools_for_the_tests_come_with_test_alone_and_stay(project):
    packages = (
        project.root / ".venv" / environment.select_facts(read_record(project), "packages")[0]
    )
    assert not (packages / "tool.py").exists()
    done = project.run("test")
    assert "the tools for the tests" in done.stderr
    assert (packages / "tool.py").exists()
    assert "Setting up" not in project.run("check").stderr


def test_what_is_measured_against_comes_with_bench_alone_and_all_stays(project):
    packages = (
        project.root / ".venv" / environment.select_facts(read_record(project), "packages")[0]
    )
    project.run("test")
    assert not (packages / "peer.py").exists()
    done = project.run("bench")
    assert "what the benchmark measures against" in done.stderr
    assert (packages / "peer.py").exists()
    for task in ("test", "check", "bench"):
        assert "Setting up" not in project.run(task).stderr


def test_a_lock_of_before_is_not_taken_for_installed(tmp_path):
    root, old = str(tmp_path / "my blog"), "requirements-bench.txt 0123"
    project = Project(tmp_path)
    write_environment(project.root)
    packages = sysconfig.get_path(
        "purelib", vars={"base": f"{root}/.venv", "platbase": f"{root}/.venv"}
    )
    Path(packages).mkdir(parents=True)
    base = environment.format_pins_fact(root, environment.REQUIREMENTS)
    test = environment.format_pins_fact(root, environment.TEST_REQUIREMENTS)
    environment.write_facts(root, environment.BENCH_REQUIREMENTS, [base, test, old])
    record = environment.read_install_record(f"{root}/.venv")
    assert {base, test} <= set(record)
    assert old not in record
    environment.write_facts(root, environment.BENCH_REQUIREMENTS, ["requirements.txt 0123", test])
    assert test not in environment.read_install_record(f"{root}/.venv")


def read_record(project):
    project.run("check")
    return environment.read_install_record(str(project.root / ".venv"))


def test_without_network_one_sentence_says_so_and_the_next_run_makes_all_anew(project):
    project.lock("3.0")
    dead = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_FIND_LINKS": "", "PIP_NO_INDEX": "0"}
    done = project.run("check", **dead, PIP_RETRIES="1")
    assert done.returncode == 1
    assert done.stderr.splitlines()[1:] == [
        "The packages could not be fetched: connect to the internet, "
        "then type the same command again."
    ]
    (project.root / ".venv" / "half-made").touch()
    again = project.run("check")
    assert again.stdout.startswith("3.0|")
    assert not (project.root / ".venv" / "half-made").exists()


def test_a_second_run_waits_for_the_first_to_set_up(project):
    project.run("check")
    project.lock("4.0")
    with open(project.root / ".venv" / set_up.SETUP_LOCK, "ab") as lock_file:
        assert try_lock(lock_file.fileno())
        run = project.start("check")
        assert run.stderr.readline().startswith("Another run is setting up this project")
    output, _ = run.communicate()
    assert output.startswith("4.0|")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_ctrl_c_while_setting_up_says_so_in_one_word_and_exits_130(project):
    project.run("check")
    project.lock("5.0")
    with open(project.root / ".venv" / set_up.SETUP_LOCK, "ab") as lock_file:
        assert try_lock(lock_file.fileno())
        run = project.start("check")
        run.stderr.readline()
        run.send_signal(signal.SIGINT)
        _, problems = run.communicate()
    assert (run.returncode, problems) == (130, "Stopped.\n")


@pytest.mark.skipif(os.name == "nt", reason="the installer that hangs is a shell script")
def test_an_installer_left_over_from_a_killed_run_keeps_the_lock(tmp_path):
    project = Project(tmp_path)
    write_environment(project.root)
    project.lock("2.0")
    venv = project.root / ".venv"
    write_python(venv, "echo started >&2; while [ -e pyvenv.cfg ]; do sleep 0.1; done")
    run = project.start("check")
    while not project.log.exists() or "started" not in project.log.read_text():
        assert run.poll() is None
    run.kill()
    run.communicate()
    with (venv / set_up.SETUP_LOCK).open("ab") as lock_file:
        assert not try_lock(lock_file.fileno())
        (venv / "pyvenv.cfg").unlink()
        set_up.acquire_lock(lock_file.fileno())


@pytest.mark.skipif(os.name == "nt", reason="the Python that pretends is a shell script")
def test_packages_that_pip_only_says_to_have_installed_are_told_and_not_remembered(tmp_path):
    project = Project(tmp_path)
    write_environment(project.root)
    project.lock("2.0")
    pretend = f'case " $* " in *" pip "*) exit 0;; esac; exec "{BARE}" "$@"'
    write_python(project.root / ".venv", pretend)
    done = project.run("check")
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()[1:]
    assert sentence.startswith(
        "pip says that all went well, and these packages are not in .venv: tiny. Look for"
    )
    assert not (project.root / ".venv" / environment.RECORD).exists()


def test_a_wrong_command_is_refused_before_anything_is_set_up(tmp_path):
    project = Project(tmp_path)
    assert project.run("buidl").returncode == 2
    assert project.run("check", "--contnet", "x").returncode == 2
    assert project.run().returncode == 0
    assert not (project.root / ".venv").exists()


@pytest.mark.skipif(os.name == "nt", reason="the broken Python is a shell script")
def test_an_environment_whose_python_is_not_its_own_is_made_anew_and_never_started_twice(tmp_path):
    project = Project(tmp_path)
    write_environment(project.root)
    write_python(project.root / ".venv", f'exec "{BARE}" "$@"')
    done = project.run("check")
    assert done.returncode == 1
    assert done.stderr == (
        "The folder .venv was damaged and will be made anew: type the same command again.\n"
    )
    assert not (project.root / ".venv" / environment.RECORD).exists()


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_venv_that_is_no_folder_is_left_alone(tmp_path, kind):
    project = Project(tmp_path)
    venv, target = project.root / ".venv", tmp_path / "precious"
    target.mkdir()
    (target / "keep").touch()
    venv.touch() if kind == "file" else venv.symlink_to(target)
    done = project.run("check")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        1,
        f"{venv.parent.resolve() / '.venv'} is not a folder: delete it, "
        "then type the same command again.",
    )
    assert [path.name for path in target.iterdir()] == ["keep"]


def write_environment(root):
    """Put a folder in place that looks like a finished environment, without making one."""
    venv = root / ".venv"
    python = Path(environment.locate_python(str(venv)))
    packages = venv / "packages"
    python.parent.mkdir(parents=True)
    packages.mkdir()
    for path in (python, packages / "tiny.py", venv / "pyvenv.cfg"):
        path.touch()
    folder = environment.locate_environment(str(root))
    facts = [
        *environment.format_home_facts(folder),
        environment.format_pins_fact(str(root), environment.REQUIREMENTS),
        "packages packages",
        "has tiny.py",
    ]
    (venv / environment.RECORD).write_text("\n".join(facts), encoding="ascii")


def write_python(venv, script):
    """Put a shell script in the place of an environment's Python."""
    python = Path(environment.locate_python(str(venv)))
    python.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    python.chmod(0o755)


def test_what_is_whole_is_ready(tmp_path):
    project = Project(tmp_path)
    write_environment(project.root)
    assert environment.is_ready(str(project.root), environment.REQUIREMENTS)
    assert not environment.is_ready(str(project.root), environment.TEST_REQUIREMENTS)


@pytest.mark.parametrize(
    "harm", ["bin", "record", "packages", "tiny.py", "pyvenv.cfg", "garbage", "two-folders"]
)
def test_whatever_is_missing_makes_it_not_ready(tmp_path, harm):
    project = Project(tmp_path)
    write_environment(project.root)
    venv = project.root / ".venv"
    if harm == "bin":
        os.remove(environment.locate_python(str(venv)))
    elif harm == "packages":
        shutil.rmtree(venv / "packages")
    elif harm == "two-folders":
        with (venv / environment.RECORD).open("a") as record:
            record.write("\npackages elsewhere\n")
    elif harm == "garbage":
        (venv / environment.RECORD).write_bytes(b"\xff\xfe\x00")
    else:
        names = {"record": environment.RECORD, "tiny.py": "packages/tiny.py"}
        (venv / names.get(harm, harm)).unlink()
    assert not environment.is_ready(str(project.root), environment.REQUIREMENTS)


def test_a_moved_project_is_not_ready(tmp_path):
    project = Project(tmp_path)
    write_environment(project.root)
    moved = project.root.rename(tmp_path / "moved")
    assert not environment.is_ready(str(moved), environment.REQUIREMENTS)


def test_a_missing_lock_file_is_named(tmp_path):
    with pytest.raises(SystemExit, match=r"^The file requirements\.txt is missing"):
        environment.is_ready(str(tmp_path), environment.REQUIREMENTS)


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6), (3, 10, 13, "final", 0)])
def test_an_old_python_is_told_in_one_sentence_what_is_needed(version):
    sentence = format_too_old(version)
    assert f"Python 3.11 or newer, and this is Python {version[0]}.{version[1]}:" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("version", [(3, 11), (3, 13, 1), (4, 0)])
def test_a_new_enough_python_is_told_nothing(version):
    assert format_too_old(version) == ""


@pytest.mark.parametrize(
    "name", ["tasks.py", "commands/launch/python_version.py", "commands/__init__.py"]
)
def test_what_runs_before_the_check_of_the_version_is_read_by_old_pythons(name):
    source = (ROOT / name).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    before = source.partition("check_python()\n")[0]
    assert "from commands" not in before.replace("from commands.launch.python_version", "")


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_what_to_install(missing):
    sentence = set_up.check_tools(lambda name: name != missing)
    assert "`sudo apt install python3-venv`" in sentence
    assert set_up.check_tools(lambda _: True) == ""


def test_without_ensurepip_the_run_ends_with_that_sentence_and_leaves_all_as_it_was(tmp_path):
    project = Project(tmp_path)
    (project.root / ".venv").mkdir()
    (project.root / ".venv" / "kept").touch()
    hidden = "import runpy, sys; sys.modules['ensurepip'] = None; sys.argv = ['tasks.py', 'check']"
    done = subprocess.run(
        [BARE, "-c", f"{hidden}; runpy.run_path('tasks.py', run_name='__main__')"],
        cwd=project.root,
        env=project.environ(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[1:] == [set_up.check_tools(lambda _: None)]
    assert (project.root / ".venv" / "kept").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_folder_with_an_odd_name_is_remembered(tmp_path):
    project = Project(tmp_path / "line\nend \udcff")
    write_environment(project.root)
    assert environment.is_ready(str(project.root), environment.REQUIREMENTS)


def test_the_environment_variables_keep_the_index_and_lose_what_leads_astray():
    kept = {"PATH": "/bin", "PIP_INDEX_URL": "x", "PIP_CERT": "y", "PYTHONDONTWRITEBYTECODE": "1"}
    lost = {"PIP_TARGET": "x", "PIP_USER": "1", "PYTHONPATH": "x", "PYTHONHOME": "x"}
    assert environment.clean_environ({**kept, **lost, "VIRTUAL_ENV": "x"}) == kept


def read_pins(name):
    """Read a lock into names and versions; platform markers are left out."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", text, re.MULTILINE))


LOCKS = ["requirements.txt", "requirements-test.txt", "requirements-bench.txt"]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_has_a_hash_and_no_line_names_a_place(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    _, *entries = re.split(r"\n(?=[^\s#])", text.rstrip())
    # One package may stand twice, each version for some Pythons.
    assert {entry.partition("==")[0] for entry in entries} == set(read_pins(name))
    assert len(entries) > 10
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)
    places = r"://|file:|--(find-links|index|extra|trusted)|^-[a-z]|@ "
    assert not re.search(places, text, re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS[1:])
def test_the_other_locks_hold_the_first_one_whole(name):
    assert read_pins(LOCKS[0]).items() <= read_pins(name).items()


def read_wanted(name):
    """Return the lines of an `.in` file that ask for a package, each in two: what, and its reason."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    asked = [line for line in lines if line and not line.startswith(("#", "-"))]
    return [line.partition("  # ")[::2] for line in asked]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_what_is_asked_for_and_each_package_has_its_reason(lock):
    wanted = read_wanted(lock.replace(".txt", ".in"))
    assert wanted
    assert all(reason for _, reason in wanted)  # Dependabot reads a bare line on into the next one
    names = {re.split(r"[=<>~;]", what)[0].strip().replace(".", "-") for what, _ in wanted}
    assert names <= set(read_pins(lock))
    assert read_pins(lock)["pelican"].startswith("4.12.")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_says_how_it_is_made_anew_for_all_systems(lock):
    """Dependabot takes the options from these words, and the file to begin with from their end."""
    source = lock.replace(".txt", ".in")
    options = f"--universal --python-version 3.11 --generate-hashes --output-file {lock} {source}"
    head = (ROOT / lock).read_text(encoding="utf-8").splitlines()[:2]
    assert head[0] == "# This file was autogenerated by uv via the following command:"
    assert head[1] == f"#    uv pip compile {options}"
    rest = (ROOT / source).read_text(encoding="utf-8").splitlines()
    first = [line for line in rest if line.startswith("-")]
    assert first == ([] if lock == LOCKS[0] else ["-r requirements.in", f"-c {LOCKS[0]}"])


def test_what_the_project_needs_is_asked_for_in_one_place():
    """Of a package that stands in pyproject.toml too Dependabot would edit the lines of the locks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert not {"dependencies", "optional-dependencies"} & project.keys()
    assert project["requires-python"] == ">=3.11"
