"""A template that is misspelt or deleted is named with its file, and not as something else."""

import shutil

import jinja2
import pytest

from building.check_theme import check_icons, check_templates, list_pages
from building.pelican_adapter.template_faults import explain_template
from catalogue.project import ROOT


@pytest.fixture
def root(tmp_path):
    """Return a folder with copies of the theme and of the code that draws pages with it."""
    for name in ("theme", "plugins", "building"):
        forget = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=forget)
    return tmp_path


def test_the_theme_has_all_templates_that_are_named():
    assert check_templates() == []


def test_every_template_of_a_page_is_known_by_the_code_that_draws_it():
    pages = {path.name for path in (ROOT / "theme/templates").glob("*.html")} - {"base.html"}
    assert set(list_pages(ROOT)) == pages


def test_a_misspelt_template_is_named_with_file_and_line(root):
    path = root / "theme/templates/topic.html"
    path.write_text(path.read_text().replace('"base.html"', '"bsae.html"'))
    (told,) = check_templates(root)
    assert told.startswith("theme/templates/topic.html:1: there is no template bsae.html.")
    assert "If base.html is meant, write that" in told


@pytest.mark.parametrize("name", ["article.html", "404.html", "topics.html", "redirect.html"])
def test_a_deleted_template_of_a_page_is_named(root, name):
    (root / "theme/templates" / name).unlink()
    assert check_templates(root) == [
        f"theme/templates/{name}: this template is not there, and pages are made of it. "
        f"Fetch it back: git checkout theme/templates/{name}"
    ]


def test_a_deleted_file_of_the_icon_is_named_with_how_to_fetch_it(root):
    assert check_icons() == check_icons(root) == []
    (root / "theme/static/icons/favicon.ico").unlink()
    (told,) = check_icons(root)
    assert told.startswith("theme/static/icons/favicon.ico: this file is not there")
    assert told.endswith("git checkout theme/static/icons/favicon.ico")


def test_a_renamed_template_of_a_page_is_named_with_its_new_name(root):
    (root / "theme/templates/article.html").rename(root / "theme/templates/artcile.html")
    (told,) = check_templates(root)
    assert told.endswith("pages are made of it. Rename artcile.html to it")


@pytest.mark.parametrize("name", ["base.html", "macros/files.html", "partials/pager.html"])
def test_a_deleted_part_is_told_once_with_how_to_fetch_it(root, name):
    (root / "theme/templates" / name).unlink()
    (told,) = check_templates(root)
    assert f": there is no template {name}." in told
    assert f"etch it back: git checkout theme/templates/{name}" in told


def test_a_theme_without_a_template_is_told_in_one_sentence(root):
    shutil.rmtree(root / "theme/templates")
    (told,) = check_templates(root)
    assert told.endswith("git checkout theme/templates")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{% if x %}", "{% if %} is never closed. Write {% endif %} where it ends"),
        ("{{ x }", "“}” stands where it should not"),
        ("{% foo %}", "there is no sign {% foo %}, or not here"),
        ("{{ 1|shuot }}", "there is no filter called shuot"),
        ("{{ nobody.knows }}", "there is nothing called nobody"),
        ("{{ text.knows }}", "there is nothing called knows in it"),
        (
            '{% include "x.html" %}',
            "there is no template x.html. Fetch it back: git checkout theme/templates/x.html",
        ),
    ],
)
def test_what_is_wrong_with_a_template_is_said_without_the_library_s_words(source, said):
    loader = jinja2.DictLoader({})
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, autoescape=True, loader=loader
    )
    with pytest.raises(jinja2.TemplateError) as fault:
        environment.from_string(source).render(text="x")
    assert explain_template(fault.value) == said
