"""`publish` commits what the author wrote and pushes it, whole or not at all."""

from functools import partial
from zoneinfo import ZoneInfo

import pytest

import commands.publish as publishing
from catalogue.dates import explain_schedule
from catalogue.problems import Refused
from tests.repositories import POST, SITE_URL, Blog, git

NEW = {"content/posts/shelves.md": POST.replace("Weeding", "On shelves")}


@pytest.fixture
def blog(tmp_path):
    """Return a blog whose remote is empty."""
    return Blog(tmp_path)


@pytest.fixture
def published(blog):
    """Return a blog that is published."""
    blog.push()
    return blog


def test_the_first_publishing_makes_the_branch_of_the_remote(blog, capsys):
    assert blog.publish() == 0
    assert blog.tip() == blog.git("rev-parse", "HEAD")
    assert blog.git("rev-parse", "--abbrev-ref", "@{upstream}") == "origin/main"
    out = capsys.readouterr().out
    assert "new: post “Weeding”, /posts/weeding/" in out
    assert f"The site: {SITE_URL}/" in out


def test_what_was_written_is_committed_with_a_plain_message_and_pushed(published, capsys):
    published.write(NEW)
    assert published.publish() == 0
    assert published.tip() == published.git("rev-parse", "HEAD")
    assert published.git("log", "-1", "--format=%B") == "Publish “On shelves”"
    assert published.show("content/posts/shelves.md") == NEW["content/posts/shelves.md"].strip()
    assert published.git("status", "--porcelain") == ""
    assert (published.output / "posts/shelves/index.html").is_file()


@pytest.mark.parametrize(
    ("files", "gone", "message"),
    [
        ({"content/posts/weeding.md": POST + "More.\n"}, "", "Change “Weeding”"),
        ({}, "content/pages/about.md", "Withdraw “About”"),
        (NEW, "content/pages/about.md", "Publish texts: 1 new, 1 gone"),
        ({"content/extra/humans.txt": "Ann\n"}, "", "Publish settings and files"),
    ],
)
def test_the_message_says_what_is_done(published, files, gone, message):
    published.write(files)
    if gone:
        (published.root / gone).unlink()
    assert published.publish() == 0
    assert published.git("log", "-1", "--format=%B") == message
    assert published.git("status", "--porcelain") == ""


def test_the_settings_go_along_and_nothing_else_of_git_s_list_is_touched(published):
    settings = published.root / "pelicanconf.py"
    settings.write_text(settings.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    published.git("update-index", "--assume-unchanged", "tasks.py")
    assert published.publish() == 0
    assert published.show("pelicanconf.py").endswith("# mine")
    assert published.git("ls-files", "-v", "tasks.py") == "h tasks.py"


def test_a_file_that_was_staged_before_is_published_as_it_is_now(published):
    published.write(NEW)
    published.git("add", ".")
    published.write({"content/posts/shelves.md": POST.replace("Weeding", "On benches")})
    assert published.publish() == 0
    assert "On benches" in published.show("content/posts/shelves.md")
    assert published.git("status", "--porcelain") == ""


def test_nothing_new_is_said_and_changes_nothing(published, capsys):
    assert published.publish() == 0  # with the ledger of what readers have
    capsys.readouterr()
    before = published.state()
    assert published.publish() == 0
    assert capsys.readouterr().out == "Nothing is new: origin has it all.\n"
    assert published.state() == before


def test_what_changes_is_shown_and_what_waits_with_its_day(published, capsys):
    published.write(
        {
            "content/posts/weeding.md": POST + "More.\n",
            "content/posts/later.md": POST.replace("2026-01-01", "2098-03-04").replace(
                "Weeding", "Later"
            ),
            "content/posts/sketch.md": "Title: Sketch\nDate: 2026-01-01\nStatus: draft\n\nNot yet.\n",
            "content/extra/humans.txt": "Ann\n",
            **NEW,
        }
    )
    (published.content / "pages/about.md").unlink()
    assert published.publish(dry_run=True) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"What will change on {SITE_URL}/ (from main to origin):",
        "  new: post “On shelves”, /posts/shelves/",
        "  changed: post “Weeding”, /posts/weeding/",
        "  gone: page “About”, /about/",
        "  also changed: content/extra/humans.txt",
        "Addresses: 5 new, 1 gone.",
        "  content/addresses.txt: 15 addresses are added, so that none of them is ever lost unnoticed",
        "1 post is waiting: “Later” goes live Tuesday 4 March 2098 at 00:00",
        explain_schedule(ZoneInfo("UTC")),
        "2 texts are not on the site yet; who may read the repository can read them there.",
        "Nothing was published, for this was --dry-run.",
    ]


def test_a_renamed_post_leads_on_and_loses_no_address(published, capsys):
    (published.content / "posts/weeding.md").unlink()
    published.write({"content/posts/thinning.md": f"Aliases: /posts/weeding/\n{POST}"})
    published.publish(dry_run=True)
    out = capsys.readouterr().out
    assert "  moved, and leads on: post “Weeding”, /posts/weeding/\n" in out
    assert "  gone: post" not in out


@pytest.mark.parametrize("how", [{"dry_run": True}, {"confirm": lambda: False}])
def test_without_a_yes_nothing_is_changed(published, how, capsys):
    published.write(NEW)
    before = published.state()
    assert published.publish(**how) == 0
    assert published.state() == before
    assert "Nothing was published" in capsys.readouterr().out


def test_where_nobody_can_be_asked_nothing_is_published(published, capsys):
    published.write(NEW)
    before = published.state()
    command = publishing.format_command("gh-pages", "", True)
    assert published.publish(confirm=partial(publishing.confirm, command)) == 2
    typed = "python3 tasks.py publish --branch gh-pages --allow-shrink"
    assert f"{typed} --dry-run, and publish it by: {typed} --yes" in capsys.readouterr().err
    assert published.state() == before


def test_own_commits_that_the_remote_lacks_go_along_and_are_told(published, capsys):
    published.write({"tasks.py": "# mended\n"})
    published.git("commit", "--quiet", "-a", "-m", "Mend the tasks")
    assert published.publish() == 0
    assert "1 commit goes along, the last “Mend the tasks”." in capsys.readouterr().out
    assert published.show("tasks.py") == "# mended"


def test_a_text_that_changes_while_it_is_asked_for_is_not_published_unchecked(published, capsys):
    published.write(NEW)

    def change():
        published.write({"content/posts/shelves.md": "no post any more"})
        return True

    tip, head = published.tip(), published.git("rev-parse", "HEAD")
    assert published.publish(confirm=change) == 1
    assert "was changed while it was checked" in capsys.readouterr().err
    assert (published.tip(), published.git("rev-parse", "HEAD")) == (tip, head)


# What keeps a blog from being published: how it comes to be, and what the author reads.


def add_strange(blog):
    blog.write({"tasks.py": "# changed\n", "my notes.txt": "x"})


def add_marks(blog):
    marks = "<<<<<<< HEAD\nFour hundred.\n=======\nFive hundred.\n>>>>>>> other\n"
    blog.write({"content/posts/weeding.md": f"{POST}\n{marks}"})


def begin_merge(blog):
    (blog.root / ".git/MERGE_HEAD").write_text(blog.git("rev-parse", "HEAD"), encoding="utf-8")


def diverge(blog):
    blog.publish_elsewhere()
    blog.write(NEW)


def conflict(blog):
    blog.git("switch", "--quiet", "-c", "side")
    blog.write({"content/posts/weeding.md": POST + "Side.\n"})
    blog.git("commit", "--quiet", "-a", "-m", "Side")
    blog.git("switch", "--quiet", "main")
    blog.write({"content/posts/weeding.md": POST + "Main.\n"})
    blog.git("commit", "--quiet", "-a", "-m", "Main")
    blog.git("merge", "side", code=1)
    (blog.root / ".git/MERGE_HEAD").unlink()


def nest(blog):
    git(blog.content, "init", "--quiet", "posts/inner")
    Blog.set_identity(blog.content / "posts/inner")
    git(blog.content / "posts/inner", "commit", "--quiet", "--allow-empty", "-m", "Inner")


def ignore(blog):
    blog.write({".gitignore": "/content/**/.writing*.tmp\nshelves.md\n", **NEW})
    blog.git("add", ".gitignore")
    blog.git("commit", "--quiet", "-m", "Ignore")


def link(blog):
    blog.content.rename(blog.root.parent / "elsewhere")
    blog.content.symlink_to(blog.root.parent / "elsewhere")


REFUSALS = {
    "a mistake in a text": (
        lambda blog: blog.write({"content/posts/weeding.md": "Date: 2026-01-01\n\nText.\n"}),
        "1 error is to be mended first",
    ),
    "a change beside the content": (
        add_strange,
        "my notes.txt: this file is new, and no commit has it so.\n"
        "tasks.py: this file is changed, and no commit has it so.\n",
    ),
    "what to do with a change beside the content": (add_strange, 'git add "my notes.txt" tasks.py'),
    "conflict marks": (add_marks, "content/posts/weeding.md:7: two versions stand here"),
    "two versions of a file": (
        conflict,
        "content/posts/weeding.md: git has two versions of this file. Make one of them, then type: "
        "git add content/posts/weeding.md",
    ),
    "a merge that is not ended": (begin_merge, "A merge has been begun here and not ended."),
    "no remote": (lambda blog: blog.git("remote", "remove", "origin"), "git remote add origin"),
    "several remotes": (
        lambda blog: (
            blog.git("remote", "rename", "origin", "one"),
            blog.git("remote", "add", "two", str(blog.bare)),
        ),
        "git config branch.main.remote NAME",
    ),
    "no identity": (
        lambda blog: (
            blog.git("config", "--unset", "user.name"),
            blog.git("config", "--unset", "user.email"),
        ),
        'git config user.name "Your Name" && git config user.email you@example.org',
    ),
    "a detached head": (
        lambda blog: blog.git("switch", "--quiet", "--detach"),
        "Git is on no branch here (a detached head",
    ),
    "a remote that has moved on": (
        diverge,
        "origin has moved on: 1 commit there is not here, the last “Add other”. Type: "
        "git pull --rebase --autostash origin main, then the same command again.",
    ),
    "another branch than the default one": (
        lambda blog: blog.git("switch", "--quiet", "-c", "drafts"),
        "This is the branch drafts, and the site is made of main. Type: git switch main && git merge",
    ),
    "a remote that is not there": (
        lambda blog: blog.git("remote", "set-url", "origin", "/nowhere.git"),
        "origin is no repository, or none that you may see.",
    ),
    "a host that is not there": (
        lambda blog: blog.git("remote", "set-url", "origin", "https://blog.invalid/x.git"),
        "origin cannot be reached",
    ),
    "a repository inside": (nest, "content/posts/inner: this folder is a repository of its own"),
    "a file that git passes over": (ignore, "Type: git add -f content/posts/shelves.md"),
    "a link for a folder": (
        link,
        "content: this is a link, and git would take only where it leads.",
    ),
    "another git at work": (
        lambda blog: (blog.root / ".git/index.lock").touch(),
        "another git is at work here",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_it_is_refused_with_what_to_type(published, name, capsys, monkeypatch, tmp_path):
    for variable in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(variable, str(tmp_path / "none"))
    monkeypatch.chdir(published.root)
    arrange, sentence = REFUSALS[name]
    arrange(published)
    head, tip = published.git("rev-parse", "HEAD"), published.tip()
    files = sorted(path.name for path in (published.root / ".git").iterdir())
    assert published.publish() == 1
    err = capsys.readouterr().err
    assert sentence in err
    assert "Traceback" not in err
    assert (published.git("rev-parse", "HEAD"), published.tip()) == (head, tip)
    assert sorted(path.name for path in (published.root / ".git").iterdir()) == files


def test_no_git_at_all_is_told(published, capsys, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert published.publish() == 1
    assert "https://git-scm.com/downloads" in capsys.readouterr().err


def test_a_folder_that_is_no_repository_is_told(blog, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (blog.root / ".git").rename(tmp_path / "gone")
    assert blog.publish() == 1
    assert "this folder is no repository of git" in capsys.readouterr().err


@pytest.fixture
def strangers(published, monkeypatch, tmp_path):
    """Return the file of git's settings while git takes every repository for another user's."""
    path = tmp_path / "gitconfig"
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(path))
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    return path


def trust(strangers, folder):
    git(
        folder.parent,
        "config",
        "--file",
        str(strangers),
        "--add",
        "safe.directory",
        folder.as_posix(),
    )


def test_a_project_of_another_user_is_told_with_what_makes_git_trust_it(
    published, strangers, capsys
):
    assert published.publish() == 1
    err = capsys.readouterr().err
    assert "this folder belongs to another user, and git does not trust it." in err
    assert f'git config --global --add safe.directory "{published.root}"' in err
    trust(strangers, published.root)
    trust(strangers, published.bare)
    assert published.publish() == 0


def test_a_remote_of_another_user_is_told_with_what_makes_git_trust_it(
    published, strangers, capsys
):
    published.write(NEW)
    trust(strangers, published.root)
    assert published.publish() == 1
    err = capsys.readouterr().err
    assert "The repository of origin belongs to another user, and git does not trust it" in err
    assert f"git config --global --add safe.directory {published.bare.as_posix()}, then" in err
    assert "network" not in err
    trust(strangers, published.bare)
    assert published.publish() == 0


def test_a_repository_without_a_commit_is_told(blog, capsys):
    blog.git("update-ref", "-d", "HEAD")
    assert blog.publish() == 1
    assert 'git add . && git commit -m "Begin the blog"' in capsys.readouterr().err


def test_a_site_that_shrank_is_refused_until_that_is_said_to_be_meant(published, capsys):
    posts = {f"content/posts/p{n}.md": POST.replace("Weeding", f"P {n}") for n in range(8)}
    published.write(posts)
    assert published.publish() == 0
    published.withdraw("p0", "p1", "p2", "p3")
    tip = published.tip()
    assert published.publish() == 1
    assert "The site would have 7 texts where it has 11." in capsys.readouterr().err
    assert published.tip() == tip
    assert published.publish(allow_shrink=True) == 0
    assert published.tip() != tip


def test_a_site_without_posts_is_refused(published):
    (published.content / "posts/weeding.md").unlink()
    tip = published.tip()
    with pytest.raises(Refused, match="The site would have no posts"):
        published.publish()
    assert published.tip() == tip


def test_a_ledger_that_lost_lines_is_to_be_put_back_first(published, capsys):
    assert published.publish() == 0
    path = published.content / "addresses.txt"
    whole = path.read_bytes()
    lines = [line for line in whole.splitlines(True) if not line.startswith(b"/posts/weeding/")]
    path.write_bytes(b"".join(lines))
    tip = published.tip()
    assert published.publish() == 1
    said = capsys.readouterr().err
    remedy = f"git checkout {tip[:9]} -- content/addresses.txt"
    assert "content/addresses.txt: the line of /posts/weeding/ is not there any more" in said
    assert f"Put it back by: {remedy}. Nothing was published." in said  # its text is there
    assert published.tip() == tip
    published.git(*remedy.split()[1:])
    assert path.read_bytes() == whole
    assert published.publish() == 0


def test_an_address_whose_text_and_line_are_gone_may_be_withdrawn_or_put_back(published, capsys):
    published.write(NEW)
    assert published.publish() == 0
    path = published.content / "addresses.txt"
    whole = path.read_text(encoding="utf-8").splitlines(keepends=True)
    (published.content / "posts/weeding.md").unlink()
    path.write_text("".join(x for x in whole if not x.startswith("/posts/weeding/")), "utf-8")
    assert published.publish() == 1
    assert "or write `Gone: /posts/weeding/` if it was withdrawn" in capsys.readouterr().err
    path.write_text(path.read_text("utf-8") + "Gone: /posts/weeding/\n", "utf-8")
    assert published.publish() == 0


def test_a_text_that_is_only_marked_as_withdrawn_is_not_taken_for_gone(published, capsys):
    assert published.publish() == 0
    path = published.content / "addresses.txt"
    whole, tip = path.read_text(encoding="utf-8"), published.tip()
    path.write_text(whole.replace("/posts/weeding/ tag", "Gone: /posts/weeding/ tag"), "utf-8")
    assert published.publish() == 1
    lines = [line.split(" ")[0] for line in whole.splitlines()]
    said = capsys.readouterr().err
    assert f"content/addresses.txt:{lines.index('/posts/weeding/') + 1}: /posts/weeding/ is" in said
    line = next(each for each in whole.splitlines() if each.startswith("/posts/weeding/ tag"))
    path.write_text(whole.replace(line, "Gone: /posts/weeding/"), "utf-8")
    assert published.publish() == 1  # without its words it could be one that has come back
    assert "is withdrawn here, and the site has it still" in capsys.readouterr().err
    assert published.tip() == tip


def test_a_post_that_comes_back_is_shown_and_one_of_another_day_is_another_post(published, capsys):
    published.write(NEW)
    assert published.publish() == 0
    published.withdraw("weeding")
    assert published.publish() == 0
    out = capsys.readouterr().out
    assert "  gone: post “Weeding”, /posts/weeding/" in out
    assert "moved, and leads on" not in out
    assert published.git("log", "-1", "--format=%s") == "Withdraw “Weeding”"
    published.write({"content/posts/weeding.md": POST.replace("2026-01-01", "2026-02-02")})
    assert published.publish() == 0
    assert "on the site again, though withdrawn: /posts/weeding/" in capsys.readouterr().out
    ledger = published.show("content/addresses.txt")
    assert "\n/posts/weeding/ tag:ann.example.org,2026-02-02:posts/weeding" in ledger


def test_a_post_that_is_withdrawn_says_so_at_its_address(published):
    published.write(NEW)
    assert published.publish() == 0
    published.withdraw("weeding")
    assert published.publish() == 0
    assert "Gone: /posts/weeding/" in published.show("content/addresses.txt").splitlines()
    assert "/posts/weeding/#" not in published.show("content/addresses.txt")
    page = (published.output / "posts/weeding/index.html").read_text(encoding="utf-8")
    assert 'content="noindex' in page


AS_IT_CAME = {
    "AUTHOR": ("The Librarian", "pelicanconf.py:7: AUTHOR is “The Librarian” still"),
    "FEED_AUTHORITY": (
        "libraries-got-game.example",
        "pelicanconf.py:12: FEED_AUTHORITY is the example's still",
    ),
}


@pytest.mark.parametrize("name", AS_IT_CAME)
def test_a_setting_that_is_as_it_came_is_refused_with_its_line(published, name, capsys):
    value, sentence = AS_IT_CAME[name]
    assert published.publish(settings={name: value}) == 1
    assert sentence in capsys.readouterr().err


def test_the_about_page_as_it_came_is_refused(published, capsys, monkeypatch):
    shipped = (
        "Title: About\nSummary: Who writes here, about what, and how to follow along.\n\n"
        "I am a librarian. I have opinions and feels and thoughts about libraries, about the people\n"
        "who use them and the people who work in them, and I write them down here.\n\nThe posts are "
        "filed under [topics](/topics/), as books are, and kept in the [archive](/archives/) year by "
        "year. To hear of new ones, [subscribe](/subscribe/).\n"
    )
    published.write({"content/pages/about.md": shipped})
    monkeypatch.chdir(published.root)
    assert published.publish() == 1
    assert "content/pages/about.md:4: this page is as it came" in capsys.readouterr().err


# What the remote, or the way to it, does between the look and the push.


def test_a_remote_that_refuses_is_told_in_its_words_and_the_next_run_goes_on(published, capsys):
    published.write(NEW)
    published.refuse("No pushes on a Friday")
    tip = published.tip()
    assert published.publish() == 1
    err = capsys.readouterr().err
    assert "A rule of origin refuses this (No pushes on a Friday)" in err
    assert "What you wrote is kept here, in a commit." in err
    assert published.tip() == tip
    (published.bare / "hooks/pre-receive").unlink()
    assert published.publish() == 0
    assert published.tip() == published.git("rev-parse", "HEAD")
    assert published.git("log", "--format=%s") == "Publish “On shelves”\nBegin"


def test_a_remote_that_moves_in_between_is_not_overwritten(published, capsys):
    published.write(NEW)

    def confirm():
        published.publish_elsewhere("between")
        return True

    assert published.publish(confirm=confirm) == 1
    err = capsys.readouterr().err
    assert "git pull --rebase --autostash origin main, then the same command again" in err
    assert "between" in published.show("content/posts/between.md")
    published.git("pull", "--quiet", "--rebase", "--autostash", "origin", "main")
    assert published.publish() == 0
    for name in ("between", "shelves", "weeding"):
        assert published.show(f"content/posts/{name}.md")


def test_what_the_author_reads_to_do_with_a_dirty_tree_works(published):
    published.publish_elsewhere()
    published.write(NEW)
    assert published.publish() == 1
    published.git("pull", "--quiet", "--rebase", "--autostash", "origin", "main")
    assert published.publish() == 0
    assert published.show("content/posts/other.md")
    assert published.show("content/posts/shelves.md")


def test_a_further_work_tree_is_published_from_as_the_first_one_is(published, tmp_path):
    published.git("switch", "--quiet", "-c", "drafts")
    published.git("worktree", "add", "--quiet", str(tmp_path / "second"), "main")
    published.root = tmp_path / "second"
    published.write(NEW)
    assert published.publish() == 0
    assert "On shelves" in published.show("content/posts/shelves.md")
    assert published.git("status", "--porcelain") == ""


def test_a_copy_without_the_whole_history_is_told_too_that_the_remote_has_moved(
    published, tmp_path, capsys
):
    for number in range(3):
        published.write({"content/extra/humans.txt": f"{number}\n"})
        assert published.publish() == 0
    git(tmp_path, "clone", "--quiet", "--depth=1", published.bare.as_uri(), "shallow")
    published.publish_elsewhere()
    published.root = tmp_path / "shallow"
    Blog.set_identity(published.root)
    published.write(NEW)
    assert published.publish() == 1
    assert "origin has moved on: 1 commit there is not here" in capsys.readouterr().err
    published.git("pull", "--quiet", "--rebase", "--autostash", "origin", "main")
    assert published.publish() == 0
    assert published.show("content/posts/other.md")


def empty_commit(blog):
    head = blog.git("rev-parse", "HEAD")
    path = blog.root / ".git/objects" / head[:2] / head[2:]
    path.chmod(0o644)
    path.write_bytes(b"")


DAMAGES = {  # what a power cut leaves, and what git says of it
    "the last commit": (empty_commit, " is empty"),
    "the branch": (
        lambda blog: (blog.root / ".git/refs/heads/main").write_bytes(b""),
        "your current branch appears to be broken",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_copy_is_not_taken_for_one_without_a_commit(published, name, capsys):
    damage, said = DAMAGES[name]
    damage(published)
    assert published.publish() == 1
    err = capsys.readouterr().err
    assert err.startswith("git cannot go on (")
    assert f"{said}). This copy is damaged. Get a new one, by: git clone ADDRESS" in err
    assert err.endswith("then type the same command again. Nothing was published.\n")


def test_a_damaged_list_of_files_is_told_with_a_remedy_that_works(published, capsys):
    published.write(NEW)
    path = published.root / ".git/index"
    path.write_bytes(b"DIRC")
    assert published.publish() == 1
    assert (
        "git cannot go on (.git/index: index file smaller than expected). Delete the file .git/index "
        "and type: git reset, then type the same command again. Nothing was published.\n"
    ) in capsys.readouterr().err
    path.unlink()
    published.git("reset", "--quiet")
    assert published.publish() == 0
