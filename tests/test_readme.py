"""The README says what is so."""

import re

import pytest

import tasks
from catalogue.folder.layout import SECTIONS
from catalogue.header.schema import SCHEMAS
from catalogue.project import CODE_FOLDERS
from tests.conftest import PROJECT, draw_png

README = (PROJECT / "README.md").read_text("utf-8")
MADE = {"output/", ".cache/", ".venv/"}  # there after the first build


def read_tables():
    """Return the rows below the head of each table, by the text of its first heading."""
    tables, rows = {}, None
    for line in [*README.splitlines(), ""]:
        if not line.startswith("|"):
            rows = None
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if rows is None:
            rows = tables[cells[0]] = []
        elif not set(line) <= set("|-: "):
            rows.append(cells)
    return tables


TABLES = read_tables()


def test_the_readme_is_short():
    assert len(README.splitlines()) <= 120


def test_the_readme_begins_with_a_name_and_one_sentence():
    title, sentence = README.split("\n\n")[:2]
    assert re.fullmatch(r"# \S.*", title)
    assert sentence.endswith(".")
    assert len(re.findall(r"[.!?](?:\s|$)", sentence)) == 1


def test_the_table_of_tasks_has_exactly_the_tasks():
    assert [row[0] for row in TABLES["task"]] == [
        f"`{name}`" for name in (task.name for task in tasks.TASKS)
    ]
    assert all(row[1].endswith((".", "`")) for row in TABLES["task"])


def test_the_header_table_is_the_schema_of_a_post():
    wanted = [
        [f"`{field.key}`", field.purpose, "required" if field.required else field.default]
        for field in SCHEMAS["post"]
    ]
    assert TABLES["header"] == wanted


def test_the_two_commands_are_the_first_thing_to_type():
    commands = re.search(r"```\n(.*?)```", README, re.DOTALL)[1].split("\n")[:2]
    assert commands == ["python3 tasks.py build", "python3 tasks.py test"]


def test_the_python_named_is_the_one_that_the_project_asks_for():
    wanted = re.search(r'requires-python = ">=([\d.]+)"', (PROJECT / "pyproject.toml").read_text())
    assert re.findall(r"Python (\d+\.\d+)", README) == [wanted[1]]


def read_paths():
    """List what reads like a file or a folder of the project."""
    prose = re.sub(r"```.*?```", "", README, flags=re.DOTALL)
    words = {word for text in re.findall(r"`([^`]+)`", prose) for word in text.split()}
    links = set(re.findall(r"\]\((?!https?:)([^)]+)\)", re.sub(r"`[^`]*`", "", prose)))
    endings = (".py", ".toml", ".txt", ".md", ".css", ".html", ".yml", "/")
    named = {word for word in words if word.endswith(endings) and "://" not in word}
    return sorted((named | links) - MADE)


def test_the_readme_names_files_and_folders():
    assert len(read_paths()) >= 15


@pytest.mark.parametrize("path", read_paths())
def test_each_file_and_folder_that_is_named_is_there(path):
    if path.removeprefix("content/").rstrip("/") in SECTIONS:
        return  # a folder of the author's, there when something lies in it
    assert (PROJECT / path).is_dir() if path.endswith("/") else (PROJECT / path).is_file()


def test_every_command_that_is_named_is_a_task():
    named = set(re.findall(r"tasks\.py ([a-z-]+)", README))
    assert {"build", "test", "new"} <= named <= {task.name for task in tasks.TASKS}


def test_the_example_of_a_post_is_built(build_site):
    (example,) = re.findall(r"```\n(Title: .*?)```", README, re.DOTALL)
    picture = re.search(r"\(\.\./(images/[^)]+)\)", example)
    text = example.replace(picture[0], "(../images/shelves.png)") if picture else example
    topic = "Title: Customer service\n\nScope.\n"
    files = {
        "posts/weeding.md": text,
        "images/shelves.png": draw_png(),
        "topics/customer-service.md": topic,
    }
    page = build_site(files).page("posts/weeding/")
    assert page.texts("h1") == [re.search("Title: (.*)", example)[1]]
    assert len(page.all("img")) == bool(picture)


def test_the_map_has_every_folder_of_code():
    rows = set(re.findall(r"^\| `([a-z]+)/` \|", README, re.MULTILINE))
    assert {*CODE_FOLDERS, "content", "theme", "tests"} <= rows


def test_the_list_of_a_build_names_what_the_build_calls_in_its_order():
    section = README.partition("## How a build works")[2].partition("\n## ")[0]
    steps = [path for path in re.findall(r"`(building/[^`]+)`", section) if path in CALLS]
    assert len(steps) > 5
    build = (PROJECT / steps.pop(0)).read_text(encoding="utf-8")
    body = build.partition("def build_site")[2]
    places = [body.index(CALLS[path]) for path in dict.fromkeys(steps)]
    assert places == sorted(places)


# What the function of a build calls of each module that the README names.
CALLS = {
    "building/build.py": "def build_site",
    "building/inputs.py": "read_inputs(",
    "building/build_cache.py": "find_unchanged(",
    "building/read_site.py": "read_site(",
    "building/pelican_adapter/": "collect_jobs(",
    "building/proof.py": "prove_jobs(",
    "building/tree.py": "write_tree(",
}
