"""What other programs write of an author or a picture is read as its name alone, and nothing leaks."""

import pytest

from catalogue.header.author_names import join_names, read_author_names
from catalogue.header.front_matter import read_header
from catalogue.problems import Problem

PLAIN, FENCED = (
    "Title: T\nDate: 2026-01-02\n{}\n\nText.\n",
    "---\nTitle: T\nDate: 2026-01-02\n{}\n---\nText.\n",
)
AUTHORS = {
    "author:\n  display_name: ann\n  login: ann2\n  email: ann@example.org": ["ann"],
    "author:\n  email: ann@example.org\n  login: ann": ["ann"],
    "author:\n  login: ann\n  name: Ann Reader\n  url: https://x.example/": ["Ann Reader"],
    "author:\n  name: Ann Reader\n  title: Head of all\n  date: 2001-01-01\n  tags: x": ["Ann Reader"],
    "author:\n  social:\n    name: tweets\n  name: Ann Reader": ["Ann Reader"],
    "author:\n  name: 'Ann # Reader' # a remark\n  bio: |\n    name: Other": ["Ann # Reader"],
    'author:\n    "name": x\n': ["x"],
    "author: [Ann A, Bob B]": ["Ann A", "Bob B"],
    "author: ['Ann A', \"Bob, B\"]": ["Ann A", "B Bob"],
    "author: [\n  Ann A,\n  Bob B\n]": ["Ann A", "Bob B"],
    "author:\n- Ann A\n- Bob B": ["Ann A", "Bob B"],
    "author:\n  - Ann A\n  - Bob B\n  - Cy C": ["Ann A", "Bob B", "Cy C"],
    "author:\n  - name: Ann A\n    email: ann@example.org\n  - name: Bob B\n    url: https://x.example": [
        "Ann A",
        "Bob B",
    ],
    "author:\n- email: ann@example.org\n  name: Ann A\n- Bob B": ["Ann A", "Bob B"],
    "author: {name: Ann A, email: ann@example.org}": ["Ann A"],
    'author: {email: ann@example.org, name: "A, Ann"}': ["Ann A"],
    "author: [{name: Ann A, email: a@example.org}, {login: bob, email: b@example.org}]": ["Ann A", "bob"],
    "author: {\n  name: Ann A,\n  url: https://x.example\n}": ["Ann A"],
    "author:\n- The Library Team\n- Ann of Cleves\n- Marks and Spencer": [
        "The Library Team",
        "Ann of Cleves",
        "Marks and Spencer",
    ],
    "author:\n  Ann Reader": ["Ann Reader"],
    "author: {Marks and Spencer}": ["Marks and Spencer"],
    "author:\n- given: Ann\n  family: Reader\n  email: a@example.org": ["Ann Reader"],
    "author:\n- name:\n    given: Ann\n    family: Reader\n  email: a@example.org\n- Bob B": [
        "Ann Reader",
        "Bob B",
    ],
    'author: [{"name": {"given": "Ann", "family": "Reader"}, "email": "a@example.org"}]': ["Ann Reader"],
    "author: []": [],
    "author:\n  name: null": [],
    "author:\n  email: ann@example.org": None,
    "author:\n- email: ann@example.org\n- Bob": None,
}  # fmt: skip


@pytest.mark.parametrize("form", [PLAIN, FENCED])
@pytest.mark.parametrize(("typed", "names"), AUTHORS.items(), ids=ascii)
def test_an_author_is_the_names_and_nothing_else_of_a_mapping(form, typed, names):
    header = read_header(form.format(typed), "post")
    line = header.values.get("Author", "")
    assert [name.full for name in read_author_names(line)] == (names or [])
    assert "example" not in str(header.values)
    assert header.values["Title"] == "T"
    assert header.values["Date"].startswith("2026-01-02")
    text = "author names nobody. Write: Author: Ann Reader"
    expected = [Problem("", header.lines["Author"], "error", text)]
    assert header.problems == ([] if names is not None else expected)


@pytest.mark.parametrize("form", [PLAIN, FENCED])
@pytest.mark.parametrize(
    "typed",
    ["x@example.org", "Ann <ann@example.org>", "x@example.org (R. S.)", "ann [at] example [dot] org",
     "ann at example dot org", "ann\u200d@example.org", "Ann (ann＠example.org)", "'ann@example.org'",
     "[Ann, bob@example.org]", "{name: ann@example.org}", "\n  name: ann@example.org",
     "\n  - Ann\n  - bob@example.org", "Ann\n  email: ann@example.org",
     "&a\n  name: Ann\n  email: a@example.org",
     "|\n  Ann\n  ann@example.org"],
)  # fmt: skip
def test_an_address_in_place_of_a_name_is_an_error_at_its_line_and_no_value(form, typed):
    header = read_header(form.format(f"Author: {typed}"), "post")
    assert "Author" not in header.values
    seen = "Author holds an e-mail address, which readers would see. Write only the name: Author: Ann Reader"
    assert header.problems == [Problem("", header.lines["Author"], "error", seen)]


@pytest.mark.parametrize("form", [PLAIN, FENCED])
@pytest.mark.parametrize(
    "typed", ["ann@localhost", "@ann", "Ann @ the desk", "ann＠lib", "'@ann'", "\n  login: ann@lib"]
)
def test_an_author_with_an_at_sign_is_an_error_and_a_reader_may_be_called_so(form, typed):
    header = read_header(form.format(f"Author: {typed}"), "post")
    assert "Author" not in header.values
    seen = "Author holds an @, as an e-mail address does. Write only the name: Author: Ann Reader"
    assert header.problems == [Problem("", header.lines["Author"], "error", seen)]
    assert (
        "Author" in read_header(f"Author: {typed}\nDate: 2026-01-02\n\nText.\n", "comment").values
    )


@pytest.mark.parametrize(
    ("kind", "line", "level"),
    [
        ("post", "Series: ann@example.org", "error"),
        ("post", "Tags: Reading, ann@example.org", "error"),
        ("post", "Category: ann (at) example.org", "error"),
        ("post", "Summary: Write to ann@example.org.", "warning"),
        ("post", "Image-alt: A card with ann@example.org on it", "warning"),
        ("page", "Summary: Write to ann@example.org.", "warning"),
        ("topic", "Used-for: ann@example.org", "error"),
        ("topic", "Broader: ann@example.org", "error"),
        ("comment", "Url: https://ann@lib.example/", "error"),
        ("comment", "Url: https://ann:pw@localhost/", "error"),
        ("comment", "Url: https://x.example/?m=ann%2540lib.example", "error"),
        ("comment", "Url: mailto:ann@example.org", "error"),
    ],
)
def test_a_name_or_a_site_holds_no_address_and_a_sentence_that_does_is_told(kind, line, level):
    header = read_header(f"Title: T\nDate: 2026-01-02\nAuthor: A\n{line}\n\nText.\n", kind)
    levels = [
        problem.level
        for problem in header.problems
        if problem.line == 4 and "no header" not in problem.text
    ]
    assert levels == [level]
    assert (line.partition(":")[0] in header.values) == (level == "warning")


@pytest.mark.parametrize("form", [PLAIN, FENCED])
@pytest.mark.parametrize(
    ("typed", "image"),
    [
        ("image:\n  path: a.png\n  title: B\n  tags: c", "a.png"),
        ("image:\n  title: B\n  src: 'a.png'", "a.png"),
        ("image: {path: a.png, title: B}", "a.png"),
        ("image: a.png", "a.png"),
        ("image:\n  title: B", None),
    ],
)
def test_nothing_of_a_pictures_mapping_is_the_posts(form, typed, image):
    header = read_header(form.format(typed), "post")
    assert (header.values["Title"], header.values.get("Image")) == ("T", image)
    assert "Tags" not in header.values
    assert header.problems == []


def test_what_is_nested_below_a_stranger_is_none_of_the_posts_own():
    header = read_header(FENCED.format("seo:\n  title: Other\n  date: 1999-01-01"), "post")
    assert header.values["Title"] == "T"
    assert (header.problems, header.unused) == ([], {"seo": 4})


@pytest.mark.parametrize(
    "name", ["null", "true", "~", "1", "false", "yes", "[x]", "{x}", "- x", "a: b"]
)
def test_whatever_a_reader_is_called_is_a_name(name):
    header = read_header(f"Author: {name}\nDate: 2026-01-02\n\nText.\n", "comment")
    assert (header.values["Author"], header.problems) == (name, [])


def test_names_that_are_joined_are_read_as_they_were():
    names = ["Ann A", "B, Bob", "Marks and Spencer", "Friends of the Library", "{X; Y}", "Plato"]
    shown = ["Ann A", "Bob B", "Marks and Spencer", "Friends of the Library", "X; Y", "Plato"]
    assert [name.full for name in read_author_names(join_names(names))] == shown


def test_an_author_of_many_lines_is_read_in_steps_that_grow_with_them(monkeypatch):
    from catalogue.header import mappings

    counts = []
    for size in (100, 200):
        text = "author: [" + ",\n  ".join('{name: "a' for _ in range(size)) + "]"
        seen = []
        monkeypatch.setattr(mappings, "PAIR", Counting(mappings.PAIR, seen))
        read_header(FENCED.format(text), "post")
        monkeypatch.undo()
        counts.append(sum(seen))
    assert counts[1] < 2.3 * counts[0] + 5_000


class Counting:
    """Stand for a regular expression, and note how long the texts are that it is asked about."""

    def __init__(self, pattern, seen):
        self.pattern, self.seen = pattern, seen

    def match(self, text, *where):
        self.seen.append(len(text))
        return self.pattern.match(text, *where)

    def fullmatch(self, text):
        self.seen.append(len(text))
        return self.pattern.fullmatch(text)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Summary: See [the *rules*](rules.md).", "the *rules*"),
        ("Image-alt: A card ([more](https://example.org/x))", "more"),
        ("Summary: See [this] (and that).", ""),
        ("Summary: What f[x](y) means.", ""),
    ],
)
def test_a_link_in_a_sentence_of_a_header_is_told_with_the_words_to_write(line, shown):
    header = read_header(f"Title: T\nDate: 2026-01-02\n{line}\n\nText.\n", "post")
    told = [problem.text for problem in header.problems if problem.line == 3]
    assert [text.rpartition("Write its words alone: ")[2] for text in told] == (
        [shown] if shown else []
    )
    assert line.partition(":")[0] in header.values
