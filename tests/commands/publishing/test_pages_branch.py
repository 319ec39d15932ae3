"""`publish --branch` puts the built site on a branch of its own, and never on another."""

import pytest

from building.output_folder.place import MARKER
from catalogue.problems import Refused
from tests.repositories import NEW, PAGES, POST, SITE_URL, Blog, git


def list_files(blog, branch=PAGES):
    return git(blog.bare, "ls-tree", "-r", "--name-only", branch).splitlines()


def test_the_branch_has_the_built_files_byte_by_byte_and_no_other(live, tmp_path):
    built = {
        path.relative_to(live.output).as_posix(): path.read_bytes()
        for path in live.output.rglob("*")
        if path.is_file() and path.name != MARKER
    }
    git(tmp_path, "clone", "--quiet", "--branch", PAGES, str(live.bare), "site")
    found = {
        path.relative_to(tmp_path / "site").as_posix(): path.read_bytes()
        for path in (tmp_path / "site").rglob("*")
        if path.is_file() and ".git" not in path.parts
    }
    assert found == {**built, ".nojekyll": b""}
    assert "posts/weeding/index.html" in found


def test_what_stands_in_well_known_is_published_too(live):
    live.write({"content/extra/.well-known/security.txt": "Contact: mailto:ann@example.org\n"})
    assert live.publish(pages=PAGES) == 0
    names = list_files(live)
    assert [name for name in names if name.startswith(".")] == [
        ".nojekyll",
        ".well-known/security.txt",
    ]
    assert live.show(".well-known/security.txt", PAGES) == "Contact: mailto:ann@example.org"


def test_what_lies_beside_the_built_files_stays_behind(live):
    live.write(NEW)
    (live.output / ".ssh").mkdir()
    (live.output / ".ssh/id_rsa").write_text("secret", encoding="utf-8")
    with pytest.raises(Refused, match=r"\.ssh"):
        live.publish(pages=PAGES)
    assert not [name for name in list_files(live) if "ssh" in name]


def test_line_ends_and_attributes_change_no_byte_of_the_site(blog):
    blog.write({".gitattributes": "* text eol=crlf\n*.txt filter=upper\n"})
    blog.git("config", "core.autocrlf", "true")
    blog.git("config", "filter.upper.clean", "tr a-z A-Z")
    blog.git("add", ".gitattributes")
    blog.git("commit", "--quiet", "-m", "Attributes")
    assert blog.publish(pages=PAGES) == 0
    assert blog.show("robots.txt", PAGES) == (blog.output / "robots.txt").read_text().strip()


def test_texts_and_site_go_up_in_one_step_and_the_site_names_its_texts(live, capsys):
    live.write(NEW)
    first = live.tip(PAGES)
    assert live.publish(pages=PAGES) == 0
    assert git(live.bare, "rev-list", "--parents", "-1", PAGES).split()[1:] == [first]
    message = git(live.bare, "log", "-1", "--format=%B", PAGES)
    assert message.endswith(f"Source: {live.tip()}")
    assert "Publish “On shelves”" in message
    assert "On shelves" in live.show("posts/shelves/index.html", PAGES)
    out = capsys.readouterr().out
    assert "Files on gh-pages: " in out
    assert "main and gh-pages have it all, at origin" in out


def test_no_branch_and_no_file_of_the_copy_is_touched(live):
    assert live.git("branch", "--format=%(refname:short)") == "main"
    assert live.git("status", "--porcelain") == ""
    assert not [path for path in (live.root / ".git").iterdir() if "publishing" in path.name]


def test_a_site_that_is_there_is_not_committed_again(live, capsys):
    tips = live.tip(), live.tip(PAGES)
    assert live.publish(pages=PAGES) == 0
    assert (live.tip(), live.tip(PAGES)) == tips
    assert "Nothing is new: origin has it all." in capsys.readouterr().out


def test_a_site_of_texts_that_are_up_already_is_still_put_on_its_branch(live):
    live.write(NEW)
    assert live.publish() == 0
    assert "posts/shelves/index.html" not in list_files(live)
    assert live.publish(pages=PAGES) == 0
    assert "posts/shelves/index.html" in list_files(live)


@pytest.mark.parametrize("how", [{"dry_run": True}, {"confirm": lambda: False}])
def test_without_a_yes_neither_branch_is_changed(live, how):
    live.write(NEW)
    tips, state = (live.tip(), live.tip(PAGES)), live.state()
    assert live.publish(pages=PAGES, **how) == 0
    assert (live.tip(), live.tip(PAGES)) == tips
    assert live.state() == state


def test_the_links_of_the_site_have_the_address_that_is_typed(blog):
    assert blog.publish(pages=PAGES, siteurl="https://example.github.io/books") == 0
    assert "https://example.github.io/books/posts/weeding/" in blog.show("sitemap.xml", PAGES)
    assert SITE_URL not in blog.show("sitemap.xml", PAGES)


def add_worktree(blog):
    blog.git("worktree", "add", "--quiet", "-b", "side", str(blog.root.parent / "side"))


def push_sources(blog):
    blog.push("main:drafts")


def lose_domain(blog):
    blog.write({"content/extra/CNAME": "books.example.org\n"})
    assert blog.publish(pages=PAGES, siteurl="https://books.example.org") == 0
    (blog.content / "extra/CNAME").unlink()


def use_local_address(blog):
    return {"settings": {"SITEURL": "http://localhost:8000"}}


REFUSALS = {
    "the branch of the texts": (None, "main", 2, "main is the branch of your texts"),
    "the same in other letters": (None, "Main", 2, "Main is the branch of your texts"),
    "a branch that is checked out": (add_worktree, "side", 2, "side is checked out"),
    "a name that is none": (None, "a..b", 2, "a..b cannot be the name of a branch"),
    "a name of git's own": (None, "HEAD", 2, "HEAD cannot be the name of a branch"),
    "a name in full": (None, "refs/heads/x", 2, "refs/heads/x cannot be the name of a branch"),
    "the branch before this one": (None, "@{-1}", 2, "cannot be the name of a branch"),
    "a branch with texts": (
        push_sources,
        "drafts",
        2,
        "drafts at origin has something else than a built site",
    ),
    "a domain that would be lost": (
        lose_domain,
        PAGES,
        1,
        "Make the file content/extra/CNAME with this one line: books.example.org",
    ),
    "an address of this machine": (
        use_local_address,
        PAGES,
        1,
        'SITEURL = "https://example.github.io/blog", or type it after --siteurl',
    ),
    "an address that is none": (
        lambda _: {"siteurl": "example.org"},
        PAGES,
        2,
        "example.org is not the address of a site.",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_it_is_refused_with_what_to_type(blog, name, capsys):
    arrange, branch, code, sentence = REFUSALS[name]
    how = (arrange(blog) if arrange else None) or {}
    refs = git(blog.bare, "for-each-ref")
    head = blog.git("rev-parse", "HEAD")
    assert blog.publish(pages=branch, **how) == code
    assert sentence in capsys.readouterr().err
    assert git(blog.bare, "for-each-ref") == refs
    assert blog.git("rev-parse", "HEAD") == head


def test_the_first_branch_of_a_remote_is_that_of_the_texts(tmp_path, capsys):
    blog = Blog(tmp_path)
    assert blog.publish(pages=PAGES) == 1
    assert "origin has no branch yet" in capsys.readouterr().err
    assert git(blog.bare, "for-each-ref") == ""


def test_a_site_that_shrank_is_refused(live, capsys):
    live.write({f"content/posts/p{n}.md": POST.replace("Weeding", f"P {n}") for n in range(24)})
    assert live.publish(pages=PAGES) == 0
    for number in range(12):
        (live.content / f"posts/p{number}.md").unlink()
    (live.content / "addresses.txt").unlink()  # else each of them keeps a page
    live.git("commit", "--quiet", "--all", "-m", "Begin anew")
    live.push()
    tip = live.tip(PAGES)
    capsys.readouterr()
    assert live.publish(pages=PAGES) == 1
    assert "pages where it has" in capsys.readouterr().err
    assert live.tip(PAGES) == tip
    assert live.publish(pages=PAGES, allow_shrink=True) == 0


def push_page(blog, name):
    """Let another computer put a page on the branch of the site."""
    git(blog.root.parent, "clone", "--quiet", "--branch", PAGES, str(blog.bare), name)
    other = blog.root.parent / name
    Blog.set_identity(other)
    (other / f"{name}.html").write_text("<title>Another</title>", encoding="utf-8")
    git(other, "add", ".")
    git(other, "commit", "--quiet", "-m", name)
    git(other, "push", "--quiet")


def test_a_site_that_moves_in_between_keeps_what_it_got_and_the_texts_wait_too(live, capsys):
    live.write(NEW)
    main = live.tip()

    def confirm():
        push_page(live, "between")
        return True

    assert live.publish(confirm=confirm, pages=PAGES) == 1
    assert "origin has moved on meanwhile" in capsys.readouterr().err
    assert "between.html" in list_files(live)
    assert live.tip() == main
    assert live.publish(pages=PAGES) == 0
    assert "On shelves" in live.show("posts/shelves/index.html", PAGES)
    assert "between" in git(live.bare, "log", "--format=%s", PAGES)


def test_texts_that_move_in_between_keep_the_site_from_going_up_alone(live):
    live.write(NEW)
    pages = live.tip(PAGES)

    def confirm():
        live.publish_elsewhere("between")
        return True

    assert live.publish(confirm=confirm, pages=PAGES) == 1
    assert live.tip(PAGES) == pages
    live.git("pull", "--quiet", "--rebase", "--autostash", "origin", "main")
    assert live.publish(pages=PAGES) == 0
    assert {"posts/between/index.html", "posts/shelves/index.html"} <= set(list_files(live))


def test_a_remote_that_refuses_one_branch_gets_neither(live, capsys):
    live.write(NEW)
    tips = live.tip(), live.tip(PAGES)
    hook = live.bare / "hooks/update"
    hook.write_text(f'#!/bin/sh\ntest "$1" != refs/heads/{PAGES}\n', encoding="utf-8", newline="")
    hook.chmod(0o755)
    assert live.publish(pages=PAGES) == 1
    assert "A rule of origin refuses this" in capsys.readouterr().err
    assert (live.tip(), live.tip(PAGES)) == tips
    hook.unlink()
    assert live.publish(pages=PAGES) == 0
    assert live.show("content/posts/shelves.md")


def test_a_copy_that_has_never_seen_the_branch_goes_on_from_it(live, tmp_path):
    first = live.tip(PAGES)
    git(tmp_path, "clone", "--quiet", "--single-branch", "--branch=main", str(live.bare), "fresh")
    live.root = tmp_path / "fresh"
    Blog.set_identity(live.root)
    live.write(NEW)
    assert live.publish(pages=PAGES) == 0
    assert git(live.bare, "rev-list", "--parents", "-1", PAGES).split()[1:] == [first]
