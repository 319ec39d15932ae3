"""Compiled templates are kept as long as nothing changes of what is in them, and never stand in the way."""

import os
import sys
from importlib.util import cache_from_source

import pytest
from jinja2 import Environment, FileSystemLoader, TemplateSyntaxError

from building.inputs import Run, read_inputs
from building.pelican_adapter import compiled_templates
from building.pelican_adapter.compiled_templates import (
    CompiledTemplates,
    compile_templates,
    keep_compiled,
)
from catalogue import workers
from tests.conftest import FORKING, OWN, read_constants, write_files

SOURCES = {
    "page.html": '{% extends "base.html" %}{% from "parts/mark.html" import mark %}{% block main %}'
    '{{ mark(title) }}<i>{{ "x"|word }}</i>{% endblock %}',
    "base.html": "<main>{% block main %}{% endblock %}</main>",
    "parts/mark.html": "{% macro mark(text) %}<b>{{ text }}</b>{% endmacro %}",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Make a folder of templates, and let what is compiled be kept, whatever Python was told."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    write_files(tmp_path, SOURCES)
    return tmp_path


class Counted(Environment):
    """An environment that counts what it compiles; it is one run."""

    compiled: list[str]

    def compile(self, source, name=None, *words, **options):
        self.compiled.append(name)
        return super().compile(source, name, *words, **options)


def run(folder, basis="one", word="word", cache=None):
    """Return what a run draws, and the templates that it has to compile."""
    environment = Counted(loader=FileSystemLoader(folder), autoescape=True, bytecode_cache=cache)
    environment.compiled = []
    environment.filters["word"] = lambda _: word
    keep_compiled(environment, basis)
    compile_templates(environment, ["page.html"])
    page = environment.get_template("page.html").render(title="T")
    return page, sorted(environment.compiled)


PAGE = "<main><b>T</b><i>word</i></main>"


def test_the_next_run_compiles_nothing(folder):
    assert run(folder) == (PAGE, sorted(SOURCES))
    assert run(folder) == (PAGE, [])


@pytest.mark.parametrize("name", SOURCES)
def test_a_template_that_was_changed_is_compiled_anew_and_no_other(folder, name):
    run(folder)
    write_files(folder, {name: SOURCES[name].replace("<", "<!---->\n<", 1)})
    page, compiled = run(folder)
    assert compiled == [name]
    assert page.replace("<!---->\n", "") == PAGE != page


def test_code_is_kept_for_all_that_jinja_works_out_beforehand(folder):
    """The word stands in the code; with the same basis, nobody would see the change."""
    run(folder)
    assert run(folder, word="other") == (PAGE, [])
    assert run(folder, basis="two", word="other")[0] == PAGE.replace("word", "other")


def test_in_a_folder_that_was_moved_all_is_compiled_anew(folder, tmp_path_factory):
    """The code names the files that it comes from, and by them a fault is told."""
    run(folder)
    moved = tmp_path_factory.mktemp("moved") / "templates"
    folder.rename(moved)
    assert run(moved) == (PAGE, sorted(SOURCES))
    assert run(moved) == (PAGE, [])


def test_code_of_another_version_of_this_project_is_not_used(folder, monkeypatch):
    run(folder)
    monkeypatch.setattr(compiled_templates, "read_version", lambda: "another")
    assert run(folder) == (PAGE, sorted(SOURCES))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:10],
        lambda data: data[:16],
        lambda data: data[:-20],
        lambda data: data[:16] + b"i\x01\0\0\0",  # marshal of a number
        lambda data: data[:-20] + b"\0" * 20,  # as after the power failed
        lambda data: b"\0" * len(data),
    ],
)
def test_a_damaged_file_is_done_without_and_written_again(folder, damage):
    run(folder)
    for name in SOURCES:
        path = cache_from_source(str(folder / name))
        with open(path, "rb") as file:
            data = file.read()
        with open(path, "wb") as file:
            file.write(damage(data))
    assert run(folder) == (PAGE, sorted(SOURCES))
    assert run(folder) == (PAGE, [])


def test_where_nothing_can_be_written_a_run_compiles_for_itself(folder):
    write_files(folder, {"__pycache__": "a file", "parts/__pycache__": "another"})
    assert run(folder) == run(folder) == (PAGE, sorted(SOURCES))
    assert sorted(path.name for path in folder.iterdir()) == [
        "__pycache__",
        "base.html",
        "page.html",
        "parts",
    ]


def test_nothing_is_written_where_python_is_told_to_keep_nothing(folder, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert run(folder) == run(folder) == (PAGE, sorted(SOURCES))
    assert not list(folder.rglob("__pycache__"))


def test_a_process_keeps_the_code_of_several_sites(folder):
    cache = CompiledTemplates()
    assert run(folder, cache=cache)[1] == run(folder, "two", cache=cache)[1] == sorted(SOURCES)
    assert run(folder, cache=cache)[1] == run(folder, "two", cache=cache)[1] == []
    assert not list(folder.rglob("__pycache__"))


@FORKING
def test_side_by_side_each_is_compiled_by_one_process(folder, monkeypatch):
    monkeypatch.setattr(compiled_templates, "SOME", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    monkeypatch.setattr(workers, "fork_worker", count_forks(workers.fork_worker, forks := []))
    page, compiled = run(folder)
    assert page == PAGE
    assert len(forks) == 2
    # Those of the other processes are not in it.
    assert len(compiled) == len({*compiled}) <= len(SOURCES)
    assert run(folder) == (PAGE, [])


def count_forks(fork, forks):
    """Return the function, which adds each call to a list."""

    def counted(*words):
        forks.append(words)
        return fork(*words)

    return counted


@pytest.mark.parametrize("some", [1, 100])
def test_a_fault_is_told_with_its_file_and_line_whoever_compiles(folder, monkeypatch, some):
    monkeypatch.setattr(compiled_templates, "SOME", some)
    write_files(folder, {"parts/mark.html": "one\ntwo\n{% macro %}\n"})
    with pytest.raises(TemplateSyntaxError) as raised:
        run(folder)
    assert (raised.value.name, raised.value.lineno) == ("parts/mark.html", 3)


def test_what_is_kept_beside_the_templates_goes_into_no_site(clone, tmp_path, monkeypatch):
    """Else each build would find the theme changed by the one before."""
    monkeypatch.setattr("building.inputs.ROOT", clone)
    build = Run(OWN / "content", tmp_path / "output", read_constants())
    before = read_inputs(build).key
    kept = clone / "theme" / "templates" / "__pycache__" / "page.pyc"
    write_files(kept.parent, {kept.name: b"code"})
    assert read_inputs(build).key == before
    kept.unlink()
    write_files(clone, {"theme/templates/new.html": "new"})
    assert read_inputs(build).key != before
    (clone / "theme/templates/new.html").unlink()
