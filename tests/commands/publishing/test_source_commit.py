"""What the author wrote is committed byte by byte, and nothing else of git's is touched."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commands.publishing.repository import open_repository, quote_name
from commands.publishing.source_commit import commit_tree, make_tree
from commands.publishing.work_folder import open_work
from tests.repositories import FILES, Blog

SIGNS = "abcXYZ019 -_.,'\"$&()#%äß漢é"
NAMES = st.text(SIGNS, min_size=1, max_size=12).filter(
    lambda name: name.strip(" .") == name and not name.startswith(".writing")
)
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
EDITS = st.dictionaries(PATHS, st.one_of(st.none(), st.binary(max_size=40)), max_size=4)


@pytest.fixture(scope="module")
def blog(tmp_path_factory):
    """Return a blog that every example goes on with."""
    return Blog(tmp_path_factory.mktemp("committed"))


def read_work(blog):
    found = (path for path in (blog.root / "content").rglob("*") if path.is_file())
    return {path.relative_to(blog.root).as_posix(): path.read_bytes() for path in found}


def read_commit(blog, commit):
    names = blog.git("ls-tree", "-r", "-z", "--name-only", commit, "content/").split("\0")
    return {name for name in names if name}


@given(edits=EDITS)
@settings(
    max_examples=15, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
def test_a_commit_has_the_files_as_they_are_whatever_they_are_called(blog, edits):
    for name, data in edits.items():
        path = blog.root / "content/extra" / name
        if data is None:
            if not path.is_dir():
                path.unlink(missing_ok=True)
        elif not any(each.is_file() for each in path.parents) and not path.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    repository = open_repository(blog.root)
    with open_work(repository.folder) as work:
        commit = commit_tree(repository, make_tree(repository, work), "Edit\n", work)
    present = read_work(blog)
    assert read_commit(blog, commit) == present.keys()
    assert blog.git("rev-parse", "HEAD") == commit
    assert blog.git("status", "--porcelain") == ""
    assert blog.git("diff", "HEAD") == ""
    assert blog.git("show", f"{commit}:tasks.py") == FILES["tasks.py"].strip()


def test_what_a_command_at_work_keeps_beside_the_files_is_not_committed(tmp_path):
    blog = Blog(tmp_path, {**FILES, ".gitignore": "/output/\n"})
    blog.write({"content/.writing.tmp": "", "content/posts/.writing-0.tmp": "half a post"})
    repository = open_repository(blog.root)
    with open_work(repository.folder) as work:
        tree = make_tree(repository, work)
    assert tree == blog.git("rev-parse", "HEAD^{tree}")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("tasks.py", "tasks.py"),
        ("my notes.txt", '"my notes.txt"'),
        ("$(reboot).txt", "'$(reboot).txt'"),
        ("a;b", "'a;b'"),
        ("a b`c`", "'a b`c`'"),
    ],
)
def test_a_name_is_typed_so_that_no_shell_does_what_it_says(name, typed):
    assert quote_name(name) == typed
