"""What a publishing writes itself is shown before, committed with the rest, and written after the yes."""

import re

import pytest

import commands.publishing.prepare as preparing
from commands.publishing.own_files import OwnFile, add_files
from commands.publishing.repository import open_repository
from commands.publishing.source_commit import make_tree
from commands.publishing.work_folder import open_work
from tests.repositories import POST, Blog, git

EXAMPLE = "libraries-got-game.example"
OWN = "books@ann.github.io"
BELOW = "https://ann.github.io/books"
SETTINGS = {"FEED_AUTHORITY": EXAMPLE, "SITEURL": BELOW}
SHOWN = (
    f'  pelicanconf.py:12: FEED_AUTHORITY = "{OWN}" is written there, once: it begins the ids of your posts '
    "in feeds, and stays as it is wherever the site moves to"
)


def set_authority(blog, value):
    path = blog.root / "pelicanconf.py"
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^FEED_AUTHORITY = .*$", f"FEED_AUTHORITY = {value}", text)
    path.write_text(changed, encoding="utf-8", newline="")


def read_settings(blog):
    return (blog.root / "pelicanconf.py").read_text(encoding="utf-8")


@pytest.fixture
def fresh(tmp_path):
    """Return a blog with the authority of the example, whose remote has the texts only."""
    blog = Blog(tmp_path)
    set_authority(blog, f'"{EXAMPLE}"')
    blog.git("commit", "--quiet", "--all", "--amend", "--no-edit")
    blog.push()
    return blog


def test_the_first_publishing_writes_the_authority_down_and_commits_it(fresh, capsys):
    fresh.write({"content/posts/shelves.md": POST.replace("Weeding", "On shelves")})
    assert fresh.publish(settings=SETTINGS) == 0
    assert SHOWN in capsys.readouterr().out.splitlines()
    assert f'FEED_AUTHORITY = "{OWN}"' in read_settings(fresh)
    assert fresh.show("pelicanconf.py") == read_settings(fresh).strip()
    assert fresh.git("status", "--porcelain") == ""
    assert fresh.git("log", "-1", "--format=%s") == "Publish “On shelves”"
    feed = (fresh.output / "feeds/all.atom.xml").read_text(encoding="utf-8")
    assert f"tag:{OWN},2026-01-01:posts/weeding" in feed
    assert EXAMPLE not in feed


def test_the_authority_alone_is_a_reason_to_publish_and_is_never_derived_again(fresh, capsys):
    assert fresh.publish(settings=SETTINGS) == 0
    tip = fresh.tip()
    capsys.readouterr()
    moved = {"FEED_AUTHORITY": OWN, "SITEURL": "https://books.example.org"}
    assert fresh.publish(settings=moved) == 0
    assert capsys.readouterr().out == "Nothing is new: origin has it all.\n"
    assert fresh.tip() == tip


def test_the_domain_of_the_site_comes_before_github_s_address(fresh):
    fresh.write({"content/extra/CNAME": "books.example.org\n"})
    assert fresh.publish(settings=SETTINGS) == 0
    assert 'FEED_AUTHORITY = "books.example.org"' in read_settings(fresh)
    sitemap = (fresh.output / "sitemap.xml").read_text(encoding="utf-8")
    assert "https://books.example.org/posts/weeding/" in sitemap


def test_the_address_of_the_remote_gives_it_where_the_settings_name_this_machine(
    fresh, monkeypatch
):
    address = "git@github.com:Ann/Books.git"
    monkeypatch.setattr("commands.publishing.publish_site.find_address", lambda *_: address)
    assert fresh.publish(settings={**SETTINGS, "SITEURL": "http://localhost:8000"}) == 0
    assert f'FEED_AUTHORITY = "{OWN}"' in read_settings(fresh)


def test_without_a_yes_it_is_shown_and_not_written(fresh, capsys):
    before, state = read_settings(fresh), fresh.state()
    for how in ({"dry_run": True}, {"confirm": lambda: False}):
        assert fresh.publish(settings=SETTINGS, **how) == 0
        out = capsys.readouterr().out
        assert SHOWN in out.splitlines()
        assert "also changed: " not in out
        assert (read_settings(fresh), fresh.state()) == (before, state)


@pytest.mark.parametrize(
    ("value", "public"),
    [
        ('"libraries-got-game" + ".example"', ""),
        ('"ann.example.org"', ""),  # written there since the settings were read
        (f'"{EXAMPLE}"', f'FEED_AUTHORITY = "{EXAMPLE}"\n'),
    ],
)
def test_an_authority_that_cannot_be_written_over_is_the_author_s_to_write(
    fresh, value, public, capsys
):
    set_authority(fresh, value)
    if public:
        fresh.write({"publishconf.py": public})
        fresh.git("add", ".")
        fresh.git("commit", "--quiet", "--message=Public")
    before = read_settings(fresh)
    assert fresh.publish(settings=SETTINGS) == 1
    assert read_settings(fresh) == before
    assert f'Write: FEED_AUTHORITY = "{OWN}"' in capsys.readouterr().err


def test_settings_that_change_while_it_is_asked_for_are_not_written_over(fresh, capsys):
    def change():
        set_authority(fresh, '"ann.example.org"')
        return True

    tip, head = fresh.tip(), fresh.git("rev-parse", "HEAD")
    assert fresh.publish(settings=SETTINGS, confirm=change) == 1
    assert "was changed while it was checked" in capsys.readouterr().err
    assert 'FEED_AUTHORITY = "ann.example.org"' in read_settings(fresh)
    assert (fresh.tip(), fresh.git("rev-parse", "HEAD")) == (tip, head)


def test_a_remote_that_refuses_leaves_a_commit_that_the_next_run_pushes(fresh):
    fresh.refuse("Not today")
    assert fresh.publish(settings=SETTINGS) == 1
    assert fresh.git("status", "--porcelain") == ""
    (fresh.bare / "hooks/pre-receive").unlink()
    assert fresh.publish(settings={**SETTINGS, "FEED_AUTHORITY": OWN}) == 0
    assert f'FEED_AUTHORITY = "{OWN}"' in fresh.show("pelicanconf.py")


# The files by themselves: whichever they are, the tree and the folder agree.


def make_own(blog, name, data):
    path = blog.root / name
    before = path.read_bytes() if path.exists() else None
    return OwnFile(name, data, before, f"  {name} is written")


@pytest.fixture
def with_own(monkeypatch):
    """Return a function that lets every publishing write files of a name and bytes besides."""

    def add(blog, files):
        made = []
        real = preparing.settle_settings

        def settle(order, address):
            settled = real(order, address)
            made[:] = [make_own(blog, name, data) for name, data in files.items()]
            settled.files.extend(made)
            return settled

        monkeypatch.setattr(preparing, "settle_settings", settle)

    return add


FILES = {
    "content/images/list.pdf": b"%PDF-1.4\n%%EOF\n",
    "content/posts/weeding.md": f"{POST}More.\n".encode(),
}


def test_new_files_and_changed_ones_go_along_byte_by_byte(fresh, with_own, capsys):
    set_authority(fresh, '"ann.example.org"')
    fresh.write({".writing-0.tmp": "what a killed one has left"})
    with_own(fresh, FILES)
    assert fresh.publish() == 0
    out = capsys.readouterr().out
    for name, data in FILES.items():
        assert f"  {name} is written" in out
        assert (fresh.root / name).read_bytes() == data
        assert git(fresh.bare, "show", f"main:{name}") == data.decode().strip()
    assert fresh.git("status", "--porcelain") == ""
    assert not (fresh.root / ".writing-0.tmp").exists()
    capsys.readouterr()
    assert fresh.publish() == 0
    assert capsys.readouterr().out.startswith("Nothing is new")


def test_a_file_that_somebody_has_made_meanwhile_stays(fresh, with_own, capsys):
    set_authority(fresh, '"ann.example.org"')
    with_own(fresh, {"content/extra/own.txt": b"ours\n"})
    tip = fresh.tip()

    def make():
        fresh.write({"content/extra/own.txt": "theirs\n"})
        return True

    assert fresh.publish(confirm=make) == 1
    assert "was changed while it was checked" in capsys.readouterr().err
    assert (fresh.content / "extra/own.txt").read_text() == "theirs\n"
    assert fresh.tip() == tip


def test_line_ends_and_modes_are_those_that_git_would_take_up(fresh):
    fresh.write({".gitattributes": "*.txt text eol=lf\n", "content/extra/run.txt": "a\n"})
    (fresh.content / "extra/run.txt").chmod(0o755)
    fresh.git("add", ".gitattributes")
    fresh.git("add", "--chmod=+x", "content/extra/run.txt")
    fresh.git("commit", "--quiet", "--message=Run")
    repository = open_repository(fresh.root)
    with open_work(repository.folder) as work:
        base = make_tree(repository, work)
        own = [make_own(fresh, "content/extra/run.txt", b"b\r\nc\r\n")]
        tree = add_files(repository, base, own, work)
        assert add_files(repository, base, [], work) == base
    assert fresh.git("cat-file", "-s", f"{tree}:content/extra/run.txt") == "4"  # of the repository
    assert fresh.git("ls-tree", tree, "--", "content/extra/run.txt").startswith("100755 ")
