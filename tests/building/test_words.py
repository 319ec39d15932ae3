"""A word that no page could show is told before anything is built, with its line and its right form."""

import pytest
from jinja2 import Environment, nodes

from building import words as reading
from building.pelican_adapter.once import Once
from building.words import THEME, check_words, find_uses, parse_words, read_source, read_words

REAL = read_source()


@pytest.fixture
def explain(monkeypatch):
    """Return a function that tells what is said of the words with one part of the file changed."""

    def change(old, new):
        assert REAL.count(old) == 1
        monkeypatch.setattr(reading, "read_source", lambda: REAL.replace(old, new))
        return check_words()

    return change


def find_line(start):
    return next(n for n, line in enumerate(REAL.splitlines(), 1) if line.startswith(start))


def test_the_words_of_the_theme_are_good():
    assert check_words() == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("home =", "hoem =", "no page shows a word called hoem. Did you mean home?"),
        ("home =", "zzz = 'x'\nhome =", "no page shows a word called zzz. Take it out."),
        ("home =", "home = 'x'\nhome =", "home stands in line LINE as well. Take one of them out."),
        ('"Home"', "5", 'home is not written as it has to be. Write it like: home = "…"'),
        ('"Home"', "str()", 'home is not written as it has to be. Write it like: home = "…"'),
        ('"Home"', '("a", "b")', 'home is not written as it has to be. Write it like: home = "…"'),
        ('"Home"', '" "', 'home is empty. Write it like: home = "…"'),
        ('"Home"', '"{site}"', 'home is not filled with {site}. Write it like: home = "…"'),
        (
            '"Page {number} of {total}"',
            '"Page {nubmer} of {total}"',
            'page_of has no place for {number}. Write it like: page_of = "… {number} … {total} …"',
        ),
        (
            '("{number} post", "{number} posts")',
            '"{number} posts"',
            "posts is not written as it has to be. Write it like: "
            'posts = ("… {number} …", "… {number} …")',
        ),
        ('"December",', "", 'months is not written as it has to be. Write it like: months = ("…", …), '),
        ("(archives)", "(archvies)", "ways_on links to “archvies”, and the site has no such page. Did "),
        ("(archives)", "(http://x.org)", "ways_on links to “http://x.org”, and the site has no such "),
    ],
)  # fmt: skip
def test_a_word_that_no_page_could_show_is_told_with_its_line_and_right_form(
    explain, old, new, said
):
    told = explain(old, new)
    name = said.split(" called ")[1].split(".")[0] if " called " in said else said.split()[0]
    line = find_line(f"{name} =" if f"{name} =" in REAL else "home =")
    line += "as well" in said
    assert told[0].startswith(f"theme/words.py:{line}: {said.replace('LINE', str(line - 1))}")
    assert len(told) == (2 if "Did you mean home" in said else 1)


def test_a_word_that_is_missing_is_named_with_what_to_write(explain):
    assert explain('permalink = "permalink"\n', "") == [
        'theme/words.py: the word permalink is missing. Add it: permalink = "…"'
    ]
    assert explain('page_of = "Page {number} of {total}"\n', "") == [
        'theme/words.py: the word page_of is missing. Add it: page_of = "… {number} … {total} …"'
    ]


def test_a_file_that_cannot_be_read_is_told_with_its_line(explain):
    (told,) = explain('home = "Home"', 'home = "Home')
    assert told.startswith(f"theme/words.py:{find_line('home')}: the words cannot be read (")


def test_numbers_may_stand_without_a_sign_between_thousands(explain):
    assert explain('thousands = ","', 'thousands = ""') == []


def test_a_sign_that_means_nothing_to_the_site_is_a_sign_like_any_other(explain):
    assert explain('"Home"', '"{ <b> } [a](b) % & \\" *c* {"') == []


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
    for path in THEME.glob("templates/**/*.html"):
        for name, filled in find_filled(
            environment.parse(path.read_text(encoding="utf-8"))
        ).items():
            found[name] = found.get(name, set()) | filled
    uses = {name: use.placeholders for name, use in find_uses().items()}
    assert {name: uses[name] for name in found} == found
    assert uses.keys() - found.keys() <= {"home", "months", "thousands"}


def test_every_word_stands_in_its_file_once_in_the_order_of_the_file():
    lines = [line for line, _, _ in parse_words(REAL)]
    assert lines == sorted(lines)
    assert len(lines) == len(read_words())
