"""One state of the texts is one site, on whatever machine it is built: pictures, cards and index too."""

import io
import os
import random
import subprocess
import sys
import time

import pytest
from PIL import Image

from tests.conftest import LEAST, WOVEN, Site, write_files
from tests.forked import CODE, copy

# Builds as `tasks.py build` does, on a machine with so many processors, which all get something to do.
BUILD = """
import os, sys
folder, processors, umask = sys.argv[1], int(sys.argv[2]), int(sys.argv[3], 8)
os.umask(umask)
os.cpu_count = lambda: processors
sys.path[0] = folder
from catalogue import workers
share = workers.share_work
workers.share_work = lambda make, pieces, *_, **__: share(make, pieces, 1, 1)
from commands.build import build
sys.exit(build())
"""
LEFT = ("SOURCE_DATE_EPOCH", "SITE_URL", "GITHUB_ACTIONS", "LANG", "LANGUAGE", "PYTHONPATH")


def draw_photograph():
    """Draw a picture that is large enough for smaller ones, and says when and with what it was taken."""
    image = Image.frombytes("RGB", (40, 30), random.Random(1).randbytes(3600)).resize((1700, 1275))
    facts = image.getexif()
    facts[0x0110], facts[0x0132] = "A camera", "2026:01:02 03:04:05"
    stream = io.BytesIO()
    image.save(stream, "JPEG", exif=facts)
    return stream.getvalue()


CONTENT = {
    **LEAST,
    **WOVEN,
    "posts/shelves.md": "Title: Die Bücher\nDate: 2026-03-01\nLang: de\nTags: Weeding, Silence\n"
    "Image: ../images/shelves.jpg\nImage-alt: Shelves\n\n![Shelves](../images/shelves.jpg) Wörter.\n",
    "images/shelves.jpg": draw_photograph(),
    "extra/.well-known/security.txt": "Contact: mailto:desk@example.org\n",
    "extra/humans.txt": "Ann\r\n",
}


def build(folder, content, processors, umask, **environ):
    """Build in a copy of the project of its own; return the site."""
    copy(CODE, folder)
    write_files(folder / "content", content)
    home = folder.parent / "home"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if name not in LEFT}
    places = {"HOME": str(home), "XDG_STATE_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder), str(processors), umask],
        cwd=folder.parent,
        env={**kept, **places, **environ},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return Site(folder / "output", "")


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Build the same texts in two places in which nothing else is the same."""
    now = str(int(time.time()))
    here = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C", "SOURCE_DATE_EPOCH": now}
    one = build(tmp_path_factory.mktemp("a") / "site", CONTENT, 1, "022", **here)
    there = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "LC_ALL": "tr_TR.UTF-8"}
    there |= {"PYTHONUTF8": "1", "COLUMNS": "20", "TMPDIR": str(tmp_path_factory.mktemp("tmp"))}
    place = tmp_path_factory.mktemp("another place") / "a copy, mine" / "blög"
    turned = dict(reversed(CONTENT.items()))
    return one, build(place, turned, 3, "077", **there)


def test_two_machines_make_the_same_files(sites):
    one, other = sites
    assert one.files == other.files
    kinds = {name.rpartition(".")[2] for name in one.files}
    assert {"html", "png", "jpg", "webp", "pf_index", "js", "bib", "json", "xml", "ico"} <= kinds
    assert any(name.endswith("/card.png") for name in one.files)


def test_two_machines_make_the_same_bytes(sites):
    one, other = sites
    assert [name for name in one.files if one.bytes(name) != other.bytes(name)] == []


def test_no_file_names_the_machine(sites):
    for site in sites:
        for name, data in site.all_bytes.items():
            for word in (str(site.folder.parent), site.folder.parent.name, "A camera"):
                if len(word) > 6:
                    assert word.encode() not in data, name
