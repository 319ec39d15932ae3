"""pip is told where packages come from, and nothing else; what it says it did is looked at."""

import hashlib
import os
import re
import subprocess
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from commands.launch import installed, packages

ROOT = Path(__file__).resolve().parents[3]


def list_settings(**settings):
    """Write settings as `pip config list` does: `section__key=value`."""
    rows = [
        (name.replace("env__", ":env:__").replace("__", ".").replace("_", "-"), value)
        for name, value in settings.items()
    ]
    return "".join(f"{name}={value!r}\n" for name, value in rows)


def test_all_that_says_where_packages_come_from_is_kept_and_all_else_is_not():
    kept = {
        "index-url": "https://user:secret@example.org/simple",
        "extra-index-url": "https://a.example/ https://b.example/",
        "find-links": "/wheels",
        "no-index": "true",
        "proxy": "http://proxy.example:3128",
        "cert": "/it's/cert.pem",
        "client-cert": "/client.pem",
        "trusted-host": "a.example\nb.example",
        "timeout": "60",
        "retries": "1",
        "keyring-provider": "subprocess",
        "use-feature": "truststore",
    }
    lost = "target prefix root user dry-run no-deps constraint requirement no-binary log quiet pre"
    lost += " ignore-installed upgrade only-binary platform python build-option src cache-dir"
    listing = list_settings(**{f"global__{name}": value for name, value in kept.items()})
    listing += list_settings(**{f"install__{name}": "x" for name in lost.split()})
    assert packages.read_settings(listing) == {
        f"PIP_{name.upper().replace('-', '_')}": value for name, value in kept.items()
    }


@pytest.mark.parametrize(
    ("settings", "index"),
    [
        ({"global__index_url": "g", "install__index_url": "i"}, "i"),
        ({"env__index_url": "e", "global__index_url": "g", "install__index_url": "i"}, "e"),
        ({"env__index_url": "", "global__index_url": "g"}, "g"),
        ({"download__index_url": "d", "global__index_url": "g"}, "g"),
    ],
)
def test_of_two_values_the_one_counts_that_counts_for_pip(settings, index):
    assert packages.read_settings(list_settings(**settings)) == {"PIP_INDEX_URL": index}


def test_without_an_index_and_without_another_place_the_index_is_asked_all_the_same():
    assert packages.read_settings(list_settings(global__no_index="true")) == {}


def test_the_passwords_in_pips_own_settings_are_never_logged(tmp_path):
    settings, log = tmp_path / "pip.conf", tmp_path / "setup.log"
    settings.write_text("[global]\nindex-url = https://user:secret@example.org/simple\nquiet = 3\n")
    environ = packages.make_environ(
        sys.executable,
        str(log),
        {"PIP_CONFIG_FILE": str(settings), "PATH": "/bin", "PIP_USER": "1"},
    )
    assert environ["PIP_INDEX_URL"] == "https://user:secret@example.org/simple"
    assert (environ["PIP_CONFIG_FILE"], environ["PATH"]) == (os.devnull, "/bin")
    assert not {"PIP_QUIET", "PIP_USER"} & environ.keys()
    assert "secret" not in log.read_text()


def test_settings_of_pip_that_cannot_be_read_are_told(tmp_path):
    settings, log = tmp_path / "pip.conf", tmp_path / "setup.log"
    settings.write_text("index-url = https://example.org/\n")
    with pytest.raises(SystemExit) as ended:
        packages.make_environ(sys.executable, str(log), {"PIP_CONFIG_FILE": str(settings)})
    assert str(ended.value.code) == (
        f"pip cannot read its own settings: mend its file, which the last lines of {log} name, "
        "then type the same command again."
    )
    assert str(settings) in log.read_text()


def look(lock, base):
    script = ROOT / "commands" / "launch" / "installed.py"
    command = [sys.executable, "-I", "-W", "ignore", script, lock, base]
    return subprocess.run(command, capture_output=True, text=True)


def test_the_packages_of_this_very_environment_are_there_and_can_be_loaded():
    done = look(ROOT / "requirements-test.txt", ROOT / "requirements.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert {"pelican", "markdown", "nh3", "PIL", "markupsafe"} <= set(done.stdout.split())


def test_what_did_not_arrive_is_named(tmp_path):
    lock = tmp_path / "lock.txt"
    lock.write_text(
        "pelican==1.0 \\\n    --hash=sha256:0\nNo_Such.Thing==1.0 \\\n    --hash=sha256:0\n"
        "elsewhere==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:0\nnor-this==2\n"
    )
    done = look(lock, lock)
    assert (done.returncode, done.stdout) == (installed.MISSING, "no-such-thing, nor-this\n")
    sentence = packages.explain_installed(done.returncode, done.stdout, "setup.log")
    assert sentence.startswith(
        "pip says that all went well, and these packages are not in .venv: no-such-thing, nor-this."
    )


def test_what_came_and_cannot_be_loaded_is_the_last_that_is_named(tmp_path, monkeypatch, capsys):
    for name, code in (("good", ""), ("heavy", "import no_such_module"), ("last", "")):
        (tmp_path / f"{name}.py").write_text(code)
        info = tmp_path / f"{name}-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        (info / "RECORD").write_text(f"{name}.py,,\n")
    lock = tmp_path / "lock.txt"
    lock.write_text("good==1\nheavy==1\nlast==1\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        installed.main(str(lock), str(lock))
    assert capsys.readouterr().out == "good\nheavy\n"


def test_the_module_that_ends_the_process_is_named_too():
    sentence = packages.explain_installed(-11, "blinker\nnh3\n", "setup.log")
    assert sentence.startswith("The packages came, and nh3 cannot be loaded: install the Python")
    assert "Python itself cannot be loaded" in packages.explain_installed(1, "", "setup.log")


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-test.txt", "requirements-bench.txt"]
)
def test_every_package_of_a_lock_is_looked_for_unless_it_is_for_some_computers_only(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = [line for line in text.splitlines() if re.match(r"[a-z]", line)]
    names = [line.partition("==")[0] for line in entries if ";" not in line]
    assert installed.read_packages(text) == names


def make_wheel(folder, words):
    """Write a package of one module; return the wheel's path."""
    path = folder / "shelf-1.0-py3-none-any.whl"
    info = "shelf-1.0.dist-info"
    texts = {
        "shelf.py": words,
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: shelf\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": f"shelf.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return path


@pytest.fixture
def index(tmp_path):
    """Serve one package, as an index does; the server's `asked` are the paths that were asked for."""
    wheel = make_wheel(tmp_path, "WORDS = 'books'\n")

    class Index(BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.asked.append(self.path)
            page = f'<a href="/{wheel.name}">{wheel.name}</a>'.encode()
            is_file = self.path.endswith(".whl")
            self.send_response(200)
            self.send_header("Content-Type", "application/zip" if is_file else "text/html")
            self.send_header("Cache-Control", "max-age=31536000, public" if is_file else "no-cache")
            self.end_headers()
            self.wfile.write(wheel.read_bytes() if is_file else page)

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Index)
    server.asked, server.wheel = [], wheel
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_what_a_workflow_keeps_of_pip_is_used_again_and_its_hash_is_asked_all_the_same(
    index, tmp_path
):
    lock, cache = tmp_path / "lock.txt", packages.locate_cache({"PIP_CACHE_DIR": str(tmp_path)})
    digest = hashlib.sha256(index.wheel.read_bytes()).hexdigest()
    lock.write_text(f"shelf==1.0 --hash=sha256:{digest}\n", encoding="utf-8")
    host = f"127.0.0.1:{index.server_port}"
    kept = {n: v for n, v in os.environ.items() if not n.upper().startswith("PIP_")}
    environ = {**kept, "PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    environ |= {"PIP_INDEX_URL": f"http://{host}/simple", "PIP_TRUSTED_HOST": host}

    def install(folder):
        words = packages.list_install_words(str(lock), cache)
        command = [sys.executable, "-m", "pip", *words, "--no-deps", "--target", tmp_path / folder]
        return subprocess.run(command, env=environ, capture_output=True, text=True)

    assert install("first").returncode == 0
    assert (tmp_path / "first/shelf.py").read_text() == "WORDS = 'books'\n"
    kept = [each for each in Path(cache).rglob("*") if each.is_file()]
    bodies = [each for each in kept if b"books" in each.read_bytes()]
    assert bodies
    for path in bodies:
        path.write_bytes(path.read_bytes().replace(b"books", b"crook"))
    done = install("second")
    assert done.returncode != 0
    assert "HASHES" in done.stderr
    assert [path for path in index.asked if path.endswith(".whl")] == [f"/{index.wheel.name}"]


def test_nothing_is_kept_of_pip_unless_a_folder_for_it_is_named(tmp_path, monkeypatch):
    assert packages.locate_cache({}) == packages.locate_cache({"PIP_CACHE_DIR": " "}) == ""
    assert "--no-cache-dir" in packages.list_install_words("lock.txt")
    words = packages.list_install_words("lock.txt", "/kept")
    assert words[words.index("--cache-dir") + 1] == "/kept"
    assert "--no-cache-dir" not in words
    assert "--require-hashes" in words
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    own = packages.locate_cache({"PIP_CACHE_DIR": "~/.cache/pip"})
    assert Path(own) == tmp_path / ".cache/pip" / packages.OWN_CACHE
