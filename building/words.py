"""Read the words of the theme, and find those that no page could show.

theme/words.py has them as plain constants; it is read without being run. What the templates and the
plugins take from them says which words there have to be, and what each is filled with.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from building.settings_source import read_source, read_tree
from catalogue.addresses import SITE
from catalogue.problems import shorten
from catalogue.project import ROOT
from catalogue.spelling import find_nearest

THEME_FOLDER, WORDS_FILE = ROOT / "theme", "theme/words.py"
MONTHS_A_YEAR = 12
LISTED_PAGES = tuple(name for name, address in SITE.items() if address.endswith("/"))
PLACEHOLDER = re.compile(r"\{(\w+)\}")
WORD_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)\)")
# `words.part_of|filled(number=1, total=3)` and `2|counted(words.posts)` in a template.
USE = re.compile(r"(counted\()?\bwords\.(\w+)(?:\|(filled|marked)(?:\(([^{}%]*)\))?)?")
# `words.fill("posts_about", topic=title)` in a plugin.
FILL = re.compile(r'words\.fill\(\s*"(\w+)"([^()]*)\)')
ARGUMENT = re.compile(r"(\w+)\s*=(?!=)")


@dataclass
class Use:
    """The use of one word in templates."""

    kind: str = "text"  # "pair", a number with its noun; "months"; "sign", without which it can be
    placeholders: set[str] = field(default_factory=set)
    is_marked: bool = False  # it may hold links


def find_uses() -> dict[str, Use]:
    """Return how the theme's templates and the plugins use each word that they name."""
    uses = {name: Use() for name in LISTED_PAGES}
    uses |= {"months": Use("months"), "thousands": Use("sign")}
    for path in sorted(THEME_FOLDER.glob("templates/**/*.html")):
        for counted, name, how, given in USE.findall(path.read_text(encoding="utf-8")):
            use = uses.setdefault(name, Use())
            use.placeholders |= {*ARGUMENT.findall(given)}
            use.is_marked |= how == "marked"
            if counted:
                use.kind, use.placeholders = "pair", {"number"}
    for path in sorted((ROOT / "plugins").glob("*.py")):
        for name, given in FILL.findall(path.read_text(encoding="utf-8")):
            uses.setdefault(name, Use()).placeholders |= {*ARGUMENT.findall(given)}
    return uses


def parse_words(source: str) -> Iterator[tuple[int, str, Any]]:
    """Yield the line, name and value of each word; the value of what is no constant is None."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            try:
                value = ast.literal_eval(node.value)
            except ValueError:
                value = None
            yield node.lineno, node.targets[0].id, value


def read_words_file() -> str:
    """Return the file of words as it is."""
    return (THEME_FOLDER / "words.py").read_text(encoding="utf-8-sig")


class Words(dict[str, Any]):
    """The words of the theme, by name."""

    def fill(self, name: str, /, **values: object) -> str:
        """Return a word with values in place of the names in braces; it is plain text."""
        return fill_in(self[name], values)


def fill_in(text: str, values: Mapping[str, object]) -> str:
    """Return a text with values in place of the names in braces; other braces mean themselves."""
    return PLACEHOLDER.sub(lambda match: str(values.get(match[1], match[0])), text)


def format_date(moment: date, form: str, months: Sequence[str]) -> str:
    """Return a date for readers, in the author's form and with the names of the months."""
    month = moment.month
    parts = {"day": moment.day, "month_number": month, "month": months[month - 1]}
    return fill_in(form, {**parts, "year": moment.year})


def format_counted(number: int, forms: tuple[str, str], thousands: str) -> str:
    """Return a number before its noun, of which there is one form for one and one for all others.

    The blank between them is a hard one: no line ends there.
    """
    form = forms[number != 1].replace("} ", "}\N{NO-BREAK SPACE}", 1)
    return fill_in(form, {"number": f"{number:,}".replace(",", thousands)})


@cache
def read_words() -> Words:
    """Return the words, after `check_words` has found no fault in them."""
    return Words((name, value) for _, name, value in parse_words(read_words_file()))


def check_words() -> list[str]:
    """Return the faults of words that are missing, unused or unfit to be shown, each with its line."""
    if wrong := read_source(WORDS_FILE, THEME_FOLDER / "words.py")[1]:
        return [wrong]
    source = read_words_file()
    if faults := read_tree(WORDS_FILE, source)[1]:
        return faults
    found = [*parse_words(source)]
    uses, lines, faults = find_uses(), dict[str, int](), list[str]()
    missing = uses.keys() - {name for _, name, _ in found}
    for line, name, value in found:
        if name not in uses:
            near = find_nearest(name, missing)
            remedy = f"Did you mean {near}?" if near else "Take it out."
            wrong = f"no page shows a word called {name}. {remedy}"
        elif name in lines:
            wrong = f"{name} stands in line {lines[name]} as well. Take one of them out."
        else:
            wrong = check_word(name, value, uses[name])
        lines[name] = line
        if wrong:
            faults.append(f"{WORDS_FILE}:{line}: {wrong}")
    return faults + [
        f"{WORDS_FILE}: the word {name} is missing. Add it: {format_example(name, uses[name])}"
        for name in sorted(missing)
    ]


def check_word(name: str, value: Any, use: Use) -> str:
    """Return what is wrong with the value of a word, with its right form; empty if nothing is."""
    example = format_example(name, use)
    texts = value if isinstance(value, tuple) else (value,)
    wanted = {"pair": 2, "months": MONTHS_A_YEAR}.get(use.kind, 0)
    is_right = (
        isinstance(value, tuple) and len(value) == wanted if wanted else isinstance(value, str)
    )
    if not is_right or not all(isinstance(text, str) for text in texts):
        return f"{name} is not written as it has to be. Write it like: {example}"
    if use.kind != "sign" and not all(text.strip() for text in texts):
        return f"{name} is empty. Write it like: {example}"
    for text in texts:
        given = {*PLACEHOLDER.findall(text)}
        if given != use.placeholders:
            return (
                f"{name} {describe_placeholders(given, use.placeholders)}. Write it like: {example}"
            )
        for _, page in WORD_LINK.findall(text) if use.is_marked else ():
            if page not in SITE:
                near = find_nearest(page, SITE)
                remedy = (
                    f"Did you mean {near}?" if near else f"Write one of: {', '.join(sorted(SITE))}"
                )
                return f"{name} links to “{shorten(page)}”, and the site has no such page. {remedy}"
    return ""


def describe_placeholders(given: set[str], wanted: set[str]) -> str:
    """Return which placeholders of a word are missing, or are none."""
    for what, names in (
        ("has no place for", wanted - given),
        ("is not filled with", given - wanted),
    ):
        if names:
            return f"{what} {' and '.join(f'{{{name}}}' for name in sorted(names))}"
    return ""


def format_example(name: str, use: Use) -> str:
    """Return a line of the file with which a word would be right."""
    text = " ".join(["…", *(f"{{{place}}} …" for place in sorted(use.placeholders))])
    if use.kind == "text":
        return f'{name} = "{text}"'
    if use.kind == "sign":
        return f'{name} = ","'
    return (
        f'{name} = ("{text}", "{text}")' if use.kind == "pair" else f'{name} = ("…", …), all twelve'
    )
