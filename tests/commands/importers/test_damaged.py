"""Whatever is wrong with an export, its import ends with what could be read, or with a sentence."""
# ruff: noqa: E501 - the pieces are one text

import os
from random import Random

import pytest

from commands.import_ import import_
from tests.commands.importers.exports import RSS, write_blogger, write_ghost, write_wxr
from tests.commands.importers.test_blogs import HUGO, JEKYLL, OBSIDIAN, PELICAN

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "12"))
PIECES = (
    "< > \" ' [[ {{< %} {% \x00 \x93 &nbsp; <p> </div> ``` [caption] <!-- --> | \\ ( ] * _ \u202e <iframe\xa0src= "
    "<img\xa0src=> <a\xa0href=javascript:x>y</a> <a\xa0href='http://['>z</a> <style>x</style> 0000-00-00 <table><tr><td> "
    "---\n +++\n \n\n"
).split(" ")
SOURCES = {
    "wordpress": ("a.xml", write_wxr()),
    "blogger": ("a.xml", write_blogger()),
    "ghost": ("a.json", write_ghost()),
    "feed": ("a.xml", RSS),
    "jekyll": ("jekyll", JEKYLL),
    "hugo": ("hugo", HUGO),
    "obsidian": ("obsidian", OBSIDIAN),
    "pelican": ("pelican", PELICAN),
}


def damage(random, text):
    """Put something into a text, take something out, or write something twice, a few times."""
    for _ in range(random.randint(1, 6)):
        start = random.randrange(len(text) + 1)
        end = min(len(text), start + random.randint(1, 80))
        piece = random.choice(
            [text[:start] + random.choice(PIECES).replace("\xa0", " ") + text[start:]] * 2
            + [text[:start] + text[end:], text[:end] + text[start:end] + text[end:]]
        )
        text = piece
    return text


def write(random, source, data):
    """Write an export, or the texts of a folder, damaged."""
    if isinstance(data, str):
        source.write_text(damage(random, data), encoding="utf-8", errors="replace")
        return
    for name, text in data.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            (source / name).write_bytes(text)
        else:
            (source / name).write_text(damage(random, text), encoding="utf-8", errors="replace")


@pytest.mark.parametrize("program", SOURCES)
def test_any_damage_ends_well(tmp_path, monkeypatch, capsys, program):
    random = Random(program)
    name, data = SOURCES[program]
    for number in range(max(1, EXAMPLES // 4)):
        folder = tmp_path / str(number)
        (folder / "content" / "posts").mkdir(parents=True)
        monkeypatch.chdir(folder)
        write(random, folder / name, data)
        code = import_(folder / name, "", folder / "content")
        told = capsys.readouterr()
        assert code in (0, 1)
        assert bool(told.err.strip()) == (code == 1), told
        assert "Traceback" not in told.err
        assert code == 0 or told.err.rstrip().endswith(("Nothing was imported.", "."))
