"""Every file of the author's is listed by kind or named with a remedy; only litter is silent."""

import os
import socket
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.folder.walk import list_files

posix = pytest.mark.skipif(os.name != "posix", reason="this system cannot store such a file")
linux = pytest.mark.skipif(sys.platform != "linux", reason="this system cannot store such names")


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "content"
    (folder / "posts").mkdir(parents=True)
    return folder


@pytest.fixture
def put(content):
    def put(*paths, data=b"x"):
        for path in paths:
            file = content / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return content

    return put


def kinds(content):
    return {file.path: file.kind for file in list_files(content)[0]}


def answers(content):
    return [(problem.path, problem.level, problem.text) for problem in list_files(content)[1]]


def answer(content):
    """Return the only answer."""
    ((path, level, text),) = answers(content)
    return path, level, text


def test_every_kind_of_file_is_known_by_its_place_and_ending(put):
    expected = {
        "comments/a-post/2024-05-01-ann.md": "comment",
        "comments/a-post/photo.png": "image",
        "extra/.nojekyll": "extra",
        "extra/.well-known/security.txt": "extra",
        "extra/CNAME": "extra",
        "extra/google1234.html": "extra",
        "extra/sub/page.htm": "extra",
        "images/IMG_1.JPG": "image",
        "images/handout.docx": "attachment",
        "images/logo.svg": "image",
        "images/notes.txt": "attachment",
        "pages/about.md": "page",
        "pages/team/ann.md": "page",
        "posts/2024/05/a.md": "post",
        "posts/2024/05/a.png": "image",
        "posts/My first post.md": "post",
        "posts/list.csv": "attachment",
        "posts/list.pdf": "attachment",
        "posts/übung.md": "post",
        "topics/reading.md": "topic",
        "topics/reading.webp": "image",
    }
    files, problems = list_files(put(*expected))
    assert problems == []
    assert {file.path: file.kind for file in files} == expected
    assert [file.path for file in files] == sorted(expected)


def test_a_file_comes_with_the_latest_of_its_times(put, content):
    put("posts/a.md", data=b"12345")
    os.utime(content / "posts/a.md", ns=(1, 1_700_000_000_000_000_000))
    (file,) = list_files(content)[0]
    assert (file.path, file.kind) == ("posts/a.md", "post")
    assert file.changed_ns >= 1_700_000_000_000_000_000


@pytest.mark.parametrize("data", [b"12345", b"54321", b"1"])
def test_a_changed_file_has_another_stamp(put, content, data):
    put("posts/a.md", data=b"abcde")
    before = list_files(content)[0][0].stamp
    assert list_files(content)[0][0].stamp == before
    os.replace(put("posts/b.md", data=data) / "posts/b.md", content / "posts/a.md")
    assert list_files(content)[0][0].stamp != before


@pytest.mark.parametrize("path", ["README.md", "readme.md"])
def test_a_readme_in_the_content_folder_is_for_people(put, path):
    assert list_files(put(path)) == ([], [])


def test_what_the_site_keeps_for_itself_is_neither_a_fault_nor_published(put):
    assert list_files(put("links.json")) == ([], [])
    assert list_files(put("addresses.txt")) == ([], [])


@pytest.mark.parametrize(
    "path", ["Links.json", "posts/links.json", "link.json", "Addresses.txt", "posts/addresses.txt"]
)
def test_a_name_like_that_elsewhere_is_no_file_of_the_site_s_own(put, path):
    files, problems = list_files(put(path))
    assert problems or [file.kind for file in files] == ["attachment"]


def test_empty_folders_are_fine(content):
    for name in ("pages", "images", "posts/2024", "comments/a-post", "ideas"):
        (content / name).mkdir(parents=True)
    assert list_files(content) == ([], [])


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store",
        "._a.md",
        "Thumbs.db",
        "desktop.ini",
        "Desktop.ini",
        "a.md~",
        ".#a.md",
        "#a.md#",
        ".a.md.swp",
        "a.md.bak",
        "a.md.orig",
        "~$report.docx",
        ".~lock.report.odt#",
        ".gitkeep",
        ".gitignore",
        ".obsidian/app.json",
        ".git/config",
        ".trash/a.md",
        "__MACOSX/a.md",
        ".stfolder/a",
    ],
)
@pytest.mark.parametrize("folder", ["", "posts/", "images/", "extra/"])
def test_litter_of_systems_and_editors_is_passed_over_in_silence(put, folder, name):
    assert list_files(put(folder + name)) == ([], [])


@linux
def test_the_icon_of_a_folder_on_a_mac_is_litter(put):
    assert list_files(put("images/Icon\r")) == ([], [])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("posts/bad.txt", 'Rename it to "bad.md"'),
        ("posts/bad.md.txt", 'Rename it to "bad.md"'),
        ("posts/bad.MD", 'Rename it to "bad.md"'),
        ("posts/bad.Md", 'Rename it to "bad.md"'),
        ("posts/bad.mdown", 'Rename it to "bad.md"'),
        ("posts/bad", 'Rename it to "bad.md"'),
        ("posts/What Mr. Smith read", 'Rename it to "What Mr. Smith read.md"'),
        ("posts/Version 2.1", 'Rename it to "Version 2.1.md"'),
        ("pages/about.txt", "not read as a page"),
        ("topics/reading.txt", "not read as a topic"),
        ("comments/a-post/ann.txt", "not read as a comment"),
        ("posts/bad.docx", "move it to images"),
        ("posts/bad.odt", 'a new file named "bad.md"'),
        ("posts/bad.doc", 'a new file named "bad.md"'),
        ("posts/bad.rtf", 'a new file named "bad.md"'),
        ("posts/bad.pages", 'a new file named "bad.md"'),
        ("posts/bad.html", 'a new file named "bad.md"'),
        ("posts/bad.rst", 'a new file named "bad.md"'),
        ("pages/bad.rst", "not read as a page"),
        ("images/bad.md", "Move it to posts/bad.md"),
        ("images/bad.markdown", "Move it to posts/bad.markdown"),
        ("topics/sub/reading.md", "Move it to topics/reading.md"),
        ("comments/ann.md", "Move it to comments/the-slug-of-the-post/ann.md"),
        ("comments/a-post/b/ann.md", "Move it to comments/a-post/ann.md"),
        ("posts/a.exe", "ends in .exe"),
        ("images/script.js", "move it to extra"),
        ("images/page.html", "ends in .html"),
        ("images/photo", "has no ending"),
        ("foo.md", "Move it to posts/foo.md"),
        ("foo.txt", "Move it to posts/foo.md"),
        ("notes", "Move it to posts/notes.md"),
        ("foo.docx", "a new file posts/foo.md"),
        ("photo.jpg", "Move it to images/photo.jpg"),
        ("list.pdf", "Move it to images/list.pdf"),
        ("CNAME", "Move it to extra/CNAME"),
        ("robots.txt", "Move it to extra/robots.txt"),
        ("favicon.ico", "Move it to extra/favicon.ico"),
        ("google1234.html", "Move it to extra/google1234.html"),
        (".nojekyll", "Move it to extra/.nojekyll"),
        ("style.css", "Move it to extra"),
        ("pages", 'make a folder "pages"'),
        ("posts/.hidden.md", "without the dot"),
        ("extra/.htaccess", "without the dot"),
        ("extra/sub/.nojekyll", "without the dot"),
    ],
)
def test_a_file_that_would_be_ignored_is_named_with_the_place_or_name_it_needs(put, path, words):
    content = put(path)
    named, level, text = answer(content)
    assert (named, level) == (path, "error")
    assert words in text
    assert kinds(content) == {}


@pytest.mark.parametrize(
    ("path", "better"),
    [
        ("posts/bad.txt", "posts/bad.md"),
        ("posts/bad.md.txt", "posts/bad.md"),
        ("posts/bad", "posts/bad.md"),
        ("topics/sub/reading.md", "topics/reading.md"),
        ("comments/a-post/b/ann.md", "comments/a-post/ann.md"),
        ("images/bad.markdown", "pages/bad.markdown"),
        ("foo.md", "pages/foo.md"),
        ("foo.md.txt", "posts/foo.md"),
        ("CNAME", "extra/CNAME"),
        ("photo.jpg", "images/photo.jpg"),
    ],
)
def test_who_does_what_the_answer_says_gets_no_second_answer(put, content, path, better):
    put(path)
    assert better.rpartition("/")[2] in answer(content)[2]
    (content / better).parent.mkdir(exist_ok=True)
    (content / path).rename(content / better)
    assert answers(content) == []
    assert list(kinds(content)) == [better]


def test_a_better_name_is_one_that_is_free(put):
    content = put("posts/bad.md", "posts/bad-2.md", "posts/bad.txt")
    assert '"bad-3.md"' in answer(content)[2]


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("Pages", 'Rename it to "pages"'),
        ("articles", "Move what is in it to posts"),
        ("_posts", "Move what is in it to posts"),
        ("assets", "Move what is in it to images"),
        ("tags", "Move what is in it to topics"),
        ("drafts", "Status: draft"),
        ("ideas", "posts, pages, topics, images or extra"),
    ],
)
def test_an_unknown_folder_is_one_error_that_says_where_its_files_belong(put, folder, words):
    path, level, text = answer(put(f"{folder}/a.md", f"{folder}/b.md", f"{folder}/c/d.png"))
    assert (path, level) == (folder, "error")
    assert words in text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("posts/bad.md/a.md", 'Rename it to "bad"'),
        ("posts/talk.pages/Index.zip", "kept as a folder"),
        ("images/talk.key/Index.zip", "Keynote"),
    ],
)
def test_a_folder_named_like_a_text_is_named(put, path, words):
    named, level, text = answer(put(path))
    assert (named, level) == (path.rpartition("/")[0], "error")
    assert words in text


@pytest.mark.parametrize(
    "name",
    [
        ".env",
        ".env.local",
        "prod.env",
        "id_rsa",
        "id_ed25519",
        "id_rsa.pdf",
        "server.pem",
        "SERVER.KEY",
        "login.kdbx",
        ".htpasswd",
        ".netrc",
        ".git-credentials",
        ".ssh/config",
        "credentials.json",
    ],
)
@pytest.mark.parametrize("folder", ["", "posts/", "images/", "extra/"])
def test_a_password_or_key_is_an_error_wherever_it_lies(put, folder, name):
    content = put(folder + name)
    found = {text for path, level, text in answers(content) if level == "error"}
    if name != ".git-credentials":  # passed over like all that Git keeps, and never published
        assert any("password or a secret key" in text for text in found)
    assert kinds(content) == {}


def test_a_post_about_keys_is_a_post(put):
    names = ("posts/id_rsa.md", "posts/credentials.md", "posts/the key.md", "posts/env.md")
    content = put(*names)
    assert sorted(kinds(content)) == sorted(names)
    assert answers(content) == []


@posix
@pytest.mark.parametrize("target", [".", "bad.md", "nowhere.md", "../../outside.md", "a.md", "/"])
def test_a_link_is_refused_wherever_it_points(put, content, target):
    put("posts/a.md", "../outside.md")
    (content / "posts/bad.md").symlink_to(target)
    path, level, text = answer(content)
    assert (path, level) == ("posts/bad.md", "error")
    assert "symlink" in text
    assert list(kinds(content)) == ["posts/a.md"]


@posix
def test_a_linked_section_is_refused_and_not_walked(content, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/secret.png").write_bytes(b"x")
    (content / "images").symlink_to(tmp_path / "elsewhere")
    assert answer(content)[0] == "images"
    assert kinds(content) == {}


@posix
def test_a_pipe_or_a_socket_is_refused_unopened(content, monkeypatch):
    os.mkfifo(content / "posts/bad.md")
    monkeypatch.chdir(content / "posts")  # a socket's address is short
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("door.md")
        assert [(path, text.split(",")[0]) for path, _, text in answers(content)] == [
            ("posts/bad.md", "This is a pipe between programs"),
            ("posts/door.md", "This is a device or a socket"),
        ]


@contextmanager
def ordinary_user():
    """Permissions do not bind the system's own account, which may be the one that runs the tests."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


@posix
def test_what_may_not_be_read_is_named():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        content = Path(folder) / "content"
        for name in ("posts/a.md", "posts/sub/b.md", "posts/c.md"):
            (content / name).parent.mkdir(parents=True, exist_ok=True)
            (content / name).write_bytes(b"x")
        (content / "posts/c.md").chmod(0)
        (content / "posts/sub").chmod(0)
        with ordinary_user():
            found, names = answers(content), list(kinds(content))
        (content / "posts/sub").chmod(0o755)
    assert [(path, level) for path, level, _ in found] == [
        ("posts/c.md", "error"),
        ("posts/sub", "error"),
    ]
    assert names == ["posts/a.md"]


@pytest.mark.parametrize(
    ("path", "size", "level", "words"),
    [
        ("posts/a.md", 200 * 1024, "", ""),
        ("posts/a.md", 200 * 1024 + 1, "warning", "201 KB"),
        ("posts/a.md", 1024**2, "warning", "1.0 MB"),
        ("posts/a.md", 1024**2 + 1, "error", "1.1 MB; 1 MB is the most"),
        ("pages/a.md", 50 * 1024**2, "error", "This page has 50.0 MB"),
        ("topics/a.md", 10 * 1024**3, "error", "This topic has 10,240.0 MB"),
        ("comments/a/a.md", 2 * 1024**2, "error", "This comment has 2.0 MB"),
        ("images/a.pdf", 25 * 1024**2, "", ""),
        ("images/a.pdf", 25 * 1024**2 + 1, "warning", "25.1 MB"),
        ("images/a.mp4", 100 * 1024**2 + 1, "error", "write its address there alone on a line"),
        ("extra/a.bin", 100 * 1024**2 + 1, "error", "GitHub takes none above 100 MB"),
        ("extra/.nojekyll", 0, "", ""),
        ("images/a.pdf", 0, "warning", "empty"),
        ("images/a.png", 500 * 1024**2, "", ""),
    ],
)
def test_a_size_above_its_limit_is_said_before_the_file_is_read(
    put, content, path, size, level, words
):
    """The files are sparse; a picture's limit is the business of the module for pictures."""
    put(path, data=b"")
    os.truncate(content / path, size)
    found = answers(content)
    assert [problem[1] for problem in found] == [level] * bool(level)
    assert all(words in text for _, _, text in found)
    assert list(kinds(content)) == [path] * (level != "error")


@linux
def test_bad_names_are_named_and_the_files_still_judged_if_their_names_are_text(content):
    for name in (b"why?.md", b"bad\nname.md", b"bad\xff.md", b"-rf.md", b"con.md", b"x\n/a.md"):
        path = os.path.join(os.fsencode(content), b"posts", name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(b"x")
    assert sorted(path for path, _, _ in answers(content)) == [
        "posts/-rf.md",
        "posts/bad\nname.md",
        "posts/bad\udcff.md",
        "posts/con.md",
        "posts/why?.md",
        "posts/x\n",
    ]
    assert list(kinds(content)) == ["posts/-rf.md", "posts/con.md", "posts/why?.md"]


@posix
def test_a_path_that_is_too_long_is_named_and_not_walked(put, content):
    put("posts/" + "/".join(["a" * 100] * 2) + "/" + "b" * 60 + ".md")
    deep = content / "posts"
    for _ in range(12):
        deep /= "deep" * 5
    deep.mkdir(parents=True)
    found = answers(content)
    assert len(found) == 3
    assert {text.split(".")[0] for _, _, text in found} == {
        "The name and those of its folders together are too long for some computers",
        "This folder lies too deep for some computers",
    }


@linux
@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("posts/Bad.md", "posts/bad.md", "capital letters"),
        ("images/A.JPG", "images/A.jpg", "capital letters"),
        ("images/Zoo/a.png", "images/zoo/b.png", "capital letters"),
        ("posts/ÉTÉ.md", "posts/été.md", "capital letters"),
    ],
)
def test_two_names_that_are_one_on_other_computers_are_both_named(put, one, other, words):
    (_, level, text), *more = answers(put(one, other))
    assert level == "error"
    assert more == []
    assert words in text
    for path in (one, other):
        assert f'"{path.split("/")[1]}"' in text


@linux
def test_two_names_that_differ_in_how_an_accent_is_stored_are_named_once(put):
    ((path, level, text),) = answers(put("posts/e\u0301te\u0301.md", "posts/\u00e9t\u00e9.md"))
    assert (path, level) == ("posts/\u00e9t\u00e9.md", "error")
    assert text.startswith(
        'Two files here are called "\u00e9t\u00e9.md", and differ only in the way'
    )


def test_the_same_name_in_two_folders_is_fine(put):
    assert answers(put("posts/2023/a.md", "posts/2024/A.md", "pages/a.md")) == []


@pytest.mark.parametrize(
    "name",
    [
        "bad (Ann's conflicted copy 2024-05-01).md",
        "bad (conflicted copy 2024-05-01 120000).md",
        "bad.sync-conflict-20240501-120000-ABCDEFG.md",
        "bad (SFConflict ann@example.org 2024-05-01-12-00-00).md",
    ],
)
def test_a_conflicting_copy_is_an_error_and_still_judged_like_any_post(put, name):
    content = put("posts/bad.md", f"posts/{name}")
    path, level, text = answer(content)
    assert (path, level) == (f"posts/{name}", "error")
    assert "two computers" in text
    assert len(kinds(content)) == 2


@pytest.mark.parametrize(
    "name", ["bad copy.md", "bad copy 2.md", "bad - Copy.md", "bad - Copy (2).md", "bad (1).md"]
)
def test_a_copy_beside_its_original_is_a_warning(put, name):
    path, level, text = answer(put("posts/bad.md", f"posts/{name}"))
    assert (path, level) == (f"posts/{name}", "warning")
    assert '"bad.md"' in text


@pytest.mark.parametrize("name", ["hard copy.md", "Report (2).md", "Copy of a letter.md"])
def test_a_name_like_a_copys_alone_is_just_a_name(put, name):
    assert answers(put("posts/bad.md", f"posts/{name}")) == []


def test_a_missing_content_folder_is_one_error(tmp_path):
    ((path, level, text),) = answers(tmp_path / "content")
    assert (path, level) == ("", "error")
    assert "is not there. Write the folder of your texts after --content." in text


def test_a_content_folder_that_is_a_file_is_one_error(tmp_path):
    (tmp_path / "content").write_bytes(b"x")
    assert "content is a file. Write the folder" in answer(tmp_path / "content")[2]


@pytest.mark.parametrize(
    ("folder", "words"), [("ideas", 'Make a folder named "posts"'), ("articles", '"articles"')]
)
def test_a_content_folder_without_posts_is_one_error(tmp_path, folder, words):
    """Nothing else is walked: it may be anybody's home folder."""
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "a.md").write_bytes(b"x")
    (tmp_path / ".env").write_bytes(b"x")
    assert words in answer(tmp_path)[2]


def test_problems_come_in_order_of_path(put):
    paths = ["posts/z.txt", "posts/a.txt", "b.css", "pages/m.rst", "images/q.js"]
    assert [path for path, _, _ in answers(put(*paths))] == sorted(paths)


def test_many_files_are_listed_with_one_look_into_each_folder(put, content, monkeypatch):
    """Counts, not seconds: a folder is read once, and no ordinary file is opened or asked about."""
    put(*(f"posts/{number % 20}/a-post-{number}.md" for number in range(1_000)))
    looks, look = [], os.scandir
    monkeypatch.setattr(os, "scandir", lambda folder: looks.append(str(folder)) or look(folder))
    monkeypatch.setattr(os, "access", lambda *_, **__: 1 / 0)
    monkeypatch.setattr("builtins.open", lambda *_, **__: 1 / 0)
    files, problems = list_files(content)
    monkeypatch.undo()
    assert (len(files), problems) == (1_000, [])
    assert len(looks) == len(set(looks)) == 22  # the content folder, posts/, and its twenty


names = st.binary(min_size=1, max_size=40).map(
    lambda data: data.replace(b"/", b"_").replace(b"\0", b"_")
)


@linux
@settings(max_examples=60, deadline=2_000)
@given(names=st.lists(names.filter(lambda name: name not in (b".", b"..")), max_size=6))
def test_every_file_of_any_name_is_listed_or_named_or_litter(tmp_path_factory, names):
    content = tmp_path_factory.mktemp("content")
    (content / "posts").mkdir()
    for name in names:
        with open(os.path.join(os.fsencode(content), b"posts", name), "wb") as file:
            file.write(b"x")
    files, problems = list_files(content)
    seen = {file.path for file in files} | {problem.path for problem in problems}
    litter = (".git", "._", ".#", ".tr", "~$", ".~", ".st", ".sy", "~sy", ".dr", ".ds")
    for name in map(os.fsdecode, names):
        is_litter = name.lower().startswith(litter) or name.endswith(("~", "#")) or ".sw" in name
        assert f"posts/{name}" in seen or is_litter
