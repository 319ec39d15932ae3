"""A word that no page could show is told before anything is built, with its line and its right form."""

import pytest
from jinja2 import Environment, nodes

from building import words as reading
from building.pelican_adapter.once import Once
from building.words import THEME_FOLDER, check_words, find_uses


def format_word(name, use):
    """Return a line with which a word is fine."""
    text = " ".join(["Text", *(f"{{{place}}}" for place in sorted(use.placeholders))])
    text += " [to all](archives)" * use.is_marked
    value = {"pair": (text, text), "months": (text,) * 12}.get(use.kind, text)
    return f"{name} = {value!r}"


LINES = [format_word(name, use) for name, use in find_uses().items()]
HOME = 'home = "…"'


@pytest.fixture
def explain(monkeypatch):
    """Return a function that tells what is said of the words with other lines in place of one's."""

    def change(name, *others):
        lines = [*LINES]
        at = find_line(name) - 1
        lines[at : at + 1] = others
        monkeypatch.setattr(reading, "read_words_file", lambda: "\n".join(lines))
        return check_words()

    return change


def find_line(name):
    return next(n for n, line in enumerate(LINES, 1) if line.startswith(f"{name} ="))


def test_the_words_of_the_theme_are_good():
    assert check_words() == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("home = 5", f"home is not written as it has to be. Write it like: {HOME}"),
        ("home = str()", f"home is not written as it has to be. Write it like: {HOME}"),
        ("home = ('a', 'b')", f"home is not written as it has to be. Write it like: {HOME}"),
        ("home = ' '", f"home is empty. Write it like: {HOME}"),
        ("home = 'A {site}'", f"home is not filled with {{site}}. Write it like: {HOME}"),
        (
            "page_of = 'Page {nubmer} of {total}'",
            'page_of has no place for {number}. Write it like: page_of = "… {number} … {total} …"',
        ),
        (
            "posts = '{number} posts'",
            "posts is not written as it has to be. Write it like: "
            'posts = ("… {number} …", "… {number} …")',
        ),
        (
            "posts = ('a post', '{number} posts')",
            'posts has no place for {number}. Write it like: posts = ("… {number} …", "… {number} …")',
        ),
        (
            "months = ('a', 'b')",
            'months is not written as it has to be. Write it like: months = ("…", …), all twelve',
        ),
        (
            "ways_on = 'To [all](archvies)'",
            "ways_on links to “archvies”, and the site has no such page. Did you mean archives?",
        ),
        (
            "ways_on = '[x](http://x.org)'",
            "ways_on links to “http://x.org”, and the site has no such page. Write one of: archives, ",
        ),
    ],
)
def test_a_word_that_no_page_could_show_is_told_with_its_line_and_right_form(explain, line, said):
    name = line.split()[0]
    (told,) = explain(name, line)
    assert told.startswith(f"theme/words.py:{find_line(name)}: {said}")


def test_a_word_that_nobody_shows_is_told_with_the_one_that_is_meant(explain):
    line = find_line("home")
    assert explain("home", "hoem = 'x'") == [
        f"theme/words.py:{line}: no page shows a word called hoem. Did you mean home?",
        f"theme/words.py: the word home is missing. Add it: {HOME}",
    ]
    assert explain("home", "zzz = 'x'", "home = 'x'") == [
        f"theme/words.py:{line}: no page shows a word called zzz. Take it out."
    ]
    assert explain("home", "home = 'x'", "home = 'x'") == [
        f"theme/words.py:{line + 1}: home stands in line {line} as well. Take one of them out."
    ]


def test_a_word_that_is_missing_is_named_with_what_to_write(explain):
    assert explain("page_of") == [
        'theme/words.py: the word page_of is missing. Add it: page_of = "… {number} … {total} …"'
    ]


def test_a_file_that_cannot_be_read_is_told_with_its_line(explain):
    (told,) = explain("home", "home = 'x")
    seen = f"theme/words.py:{find_line('home')}: a quotation mark is missing"
    assert told == f'{seen}. Write: home = "x"'


@pytest.mark.parametrize(
    "line", ['thousands = ""', 'home = "{ <b> } [a](b) % & \\" *c* {"', 'home = ("a " "b")']
)
def test_signs_mean_themselves(explain, line):
    assert explain(line.split()[0], line) == []


def find_filled(tree):
    """Return how a template uses the words, by what Jinja makes of it."""
    uses = {}
    for node in tree.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and node.node.name == "words":
            uses.setdefault(node.attr, set())
    for node in tree.find_all(nodes.Filter):
        if node.name in ("filled", "marked"):
            uses[node.node.attr] |= {pair.key for pair in node.kwargs}
        elif node.name == "counted":
            uses[node.args[0].attr].add("number")
    return uses


def test_what_is_found_of_the_templates_is_what_jinja_finds():
    environment, found = Environment(extensions=[Once]), {}
    for path in THEME_FOLDER.glob("templates/**/*.html"):
        for name, filled in find_filled(
            environment.parse(path.read_text(encoding="utf-8"))
        ).items():
            found[name] = found.get(name, set()) | filled
    uses = {name: use.placeholders for name, use in find_uses().items()}
    assert {name: uses[name] for name in found} == found
    of_plugins = {
        "archived_copy",
        "by_author",
        "by_reader",
        "comment_by",
        "posts_about",
        "topics_of",
    }
    of_plugins |= {
        "note",
        "tip",
        "important",
        "warning",
        "caution",
        "back_to_text",
        "film_on",
        "back_to_place",
    }
    assert uses.keys() - found.keys() <= {"home", "months", "thousands"} | of_plugins
