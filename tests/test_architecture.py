"""The four packages know each other in one direction, and no module knows too many others."""

import ast
from functools import cache

import pytest

from catalogue.project import CODE_FOLDERS, ROOT

# From the one that knows all others to the one that knows none.
ORDER = ("commands", "building", "plugins", "catalogue")
MOST_IMPORTS = 9


@cache
def list_modules():
    """Return the file of each module of the project, by its dotted name."""
    files = [path for folder in CODE_FOLDERS for path in (ROOT / folder).rglob("*.py")]
    names = [path.relative_to(ROOT).with_suffix("").parts for path in files]
    return {
        ".".join(name).removesuffix(".__init__"): path
        for name, path in zip(names, files, strict=True)
    }


def find_imports(source, modules):
    """Return the modules among these that a source imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (inside & modules) or {node.module}
    return found & modules


@cache
def read_imports():
    """Return what each module of the project imports of the project."""
    modules = list_modules()
    return {
        name: find_imports(path.read_text(encoding="utf-8"), modules.keys()) - {name}
        for name, path in modules.items()
    }


def test_imports_are_found_wherever_they_stand():
    source = "import a\nfrom b import c\nfrom b import d\ndef f():\n    from e.f import g\n"
    assert find_imports(source, {"a", "b", "b.c", "e.f", "h"}) == {"a", "b", "b.c", "e.f"}
    assert len(read_imports()) > 100


def test_the_order_has_every_package():
    assert sorted(ORDER) == sorted(CODE_FOLDERS)


@pytest.mark.parametrize("package", ORDER)
def test_a_package_imports_none_above_it(package):
    above = ORDER[: ORDER.index(package)]
    wrong = [
        f"{name} imports {other}"
        for name, others in read_imports().items()
        for other in others
        if name.partition(".")[0] == package and other.partition(".")[0] in above
    ]
    assert wrong == []


def test_no_module_imports_itself_by_way_of_others():
    imports = read_imports()
    waiting = {name: set(others) for name, others in imports.items()}
    while free := [name for name, others in waiting.items() if not others & waiting.keys()]:
        for name in free:
            del waiting[name]
    # `building` names, for Pelican, a class that lies deeper in it, and loads it when it is asked for.
    assert {name for name in waiting if imports[name] & waiting.keys()} == set()


@pytest.mark.parametrize("name", sorted(list_modules()))
def test_no_module_imports_many_others(name):
    assert len(read_imports()[name]) <= MOST_IMPORTS


@pytest.mark.parametrize("package", ["catalogue", "plugins"])
def test_only_the_adapter_knows_pelican_s_insides(package):
    """A plugin knows Pelican's signals, the catalogue nothing of it."""
    allowed = {"catalogue": set(), "plugins": {"pelican"}}[package]
    for name, path in list_modules().items():
        if name.partition(".")[0] != package:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [getattr(node, "module", None) or "", *(a.name for a in node.names)]
                found = {each for each in names if each.partition(".")[0] == "pelican"}
                assert found <= allowed, name
                if "pelican" in found:
                    assert [alias.name for alias in node.names] == ["signals"], name
