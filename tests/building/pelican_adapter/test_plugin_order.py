"""A plugin in the wrong place ends the build with the remedy, and in any other changes nothing."""

from types import ModuleType

import pytest

from building.pelican_adapter.fixed_settings import PLUGINS
from building.pelican_adapter.plugin_order import check_order
from catalogue.problems import Refused
from tests.conftest import LEAST, build_tree, read_files, write_files

FILES = {
    "posts/a.md": "Title: A\nDate: 2026-01-02\nTags: Cats, Dogs\nSeries: S\n\n"
    "Query: Why?\n\nShort answer: So.\n",
    "posts/b.md": "Title: B\nDate: 2026-01-03\nTags: Cats\nSeries: S\n\nSee [it](a.md).\n",
    "topics/cats.md": "Title: Cats\nBroader: Animals\nStart-here: a\nUsed-for: Felines\n",
    "topics/dogs.md": "Title: Dogs\nSee-also: Cats\n",
    "topics/animals.md": "Title: Animals\n",
    "comments/a/ann.md": "Author: Ann\nDate: 2026-01-04\n\nIndeed.\n",
}


def module(name, *after):
    made = ModuleType(name)
    if after:
        made.AFTER = after
    return made


@pytest.mark.parametrize(
    ("order", "wrong"),
    [
        ([("a",), ("b", "a"), ("c", "a", "b")], None),
        ([("b", "a"), ("a",)], ("b", "a")),
        ([("a",), ("c", "a", "b"), ("b", "a")], ("c", "b")),
        ([("b", "a")], ("b", "a")),
        ([("a", "a")], ("a", "a")),
    ],
)
def test_a_plugin_comes_after_those_that_it_names(order, wrong):
    plugins = [module(*names) for names in order]
    if wrong is None:
        check_order(plugins)
        return
    with pytest.raises(Refused) as refused:
        check_order(plugins)
    plugin, needed = wrong
    assert f'"{plugin}" reads what "{needed}" adds. Put "{needed}" above it' in str(refused.value)


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    folder = tmp_path_factory.mktemp("content")
    write_files(folder, {**LEAST, **FILES})
    return folder


def build(content, output, plugins):
    """Return the bytes of each file that the plugins make in this order."""
    build_tree(content, output, PLUGINS=plugins)
    return read_files(output)


@pytest.fixture(scope="module")
def site(content, tmp_path_factory):
    return build(content, tmp_path_factory.mktemp("fixed") / "site", PLUGINS)


@pytest.mark.parametrize("place", [1, len(PLUGINS)])  # the templates' own is always the first
@pytest.mark.parametrize("name", PLUGINS[1:])
def test_a_plugin_in_another_place_is_refused_or_changes_nothing(
    content, site, tmp_path, name, place
):
    moved = [other for other in PLUGINS if other != name]
    moved.insert(place, name)
    try:
        made = build(content, tmp_path / "site", moved)
    except AssertionError as refused:
        assert "in PLUGINS. The site is unchanged." in str(refused)  # noqa: PT017
    else:
        assert made == site
