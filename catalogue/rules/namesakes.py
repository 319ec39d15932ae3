"""Distinguish the site's author from a reader who is called the same, or calls herself so.

A comment is the author's only if its file says `Role: author`, which no mail can bring in. Names are
compared as they are seen: without case, marks and signs, with the letters alike that look alike (a
part of Unicode's confusables, UTS 39), and without words such as “the real” or “author”.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from catalogue.header.author_names import read_author_names
from catalogue.problems import Problem, Refused, format_count
from catalogue.records import Record
from catalogue.text.mail_addresses import holds_mail
from catalogue.text.seen_text import fold_character

WRITERS_CACHED = 10_000
MOST_NAMED = 5  # comments of one writer, each by its file
# Letters of other alphabets, and figures, by the small Latin letter that they look like.
LOOKALIKES = {
    ord(pair[0]): pair[1]
    for pair in (
        "аa вb сc ԁd еe һh іi јj кk мm нh оo рp ԛq ѕs тt уy ԝw хx αa βb εe ιi κk νv οo ρp τt υu χx "
        "ɡg ıi øo 0o 1i 3e 4a 5s 8b |i $s"
    ).split()
}
WORD = re.compile(r"[\w|$]+")
CLAIMS = frozenset(
    "a account admin administrator am and as author blog blogger by editor from here host i is it me "
    "moderator of official op original owner real s site sites team the this true webmaster writer "
    "writing your".split()
)
CLAIMED_TITLES = frozenset("admin administrator author blogger moderator owner webmaster".split())


@lru_cache(maxsize=WRITERS_CACHED)
def fold_writer(name: str) -> frozenset[str]:
    """Return the forms of a name that are compared: all of it, and without words that only claim."""
    plain = "".join(map(fold_character, name)).casefold()
    plain = "".join(map(fold_character, plain)).replace("'", "").replace("’", "")
    words = [word.replace("_", "") for word in WORD.findall(plain)]
    kept = sorted(fold_letters(word) for word in words if word not in CLAIMS)
    return frozenset(filter(None, (fold_letters("".join(words)), "".join(kept))))


def fold_letters(word: str) -> str:
    """Return a word with one letter for all that look like it."""
    return word.translate(LOOKALIKES).replace("l", "i").replace("rn", "m").replace("vv", "w")


@lru_cache(maxsize=WRITERS_CACHED)
def fold_authors(lines: tuple[str, ...]) -> frozenset[str]:
    """Return the forms of the names in some author lines, and of each line as a whole."""
    names = [*lines, *(name.full for line in lines for name in read_author_names(line))]
    return frozenset().union(*map(fold_writer, names))


@lru_cache(maxsize=WRITERS_CACHED)
def is_namesake(name: str, own: tuple[str, ...]) -> bool:
    """Return whether a reader's name is one of the site's own names, or says that it is the author."""
    words = WORD.findall("".join(map(fold_character, name)).casefold())
    is_title = not CLAIMED_TITLES.isdisjoint(words) and CLAIMS.issuperset(words)
    return is_title or not fold_writer(name).isdisjoint(fold_authors(own))


def find_role(record: Record, own: tuple[str, ...]) -> str:
    """Return who wrote a comment: "author" as its file says, "reader" to be told from her, or nothing."""
    given = str(record.values.get("Role", ""))
    return given or ("reader" if is_namesake(record.values.get("Author", ""), own) else "")


def read_site_names(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return how the site's author and the site are called. Raises Refused for an e-mail address.

    Half an address is no author's name either.
    """
    for key, example in (("AUTHOR", "Ann Reader"), ("SITENAME", "What Ann reads")):
        name = settings.get(key, "")
        if holds_mail(name) or (key == "AUTHOR" and "@" in normalize("NFKC", name)):
            raise Refused(
                f"pelicanconf.py: {key} holds an e-mail address, which readers would see. Write only "
                f'the name: {key} = "{example}". The site is unchanged.'
            )
    return settings.get("AUTHOR", ""), settings.get("SITENAME", "")


def list_own(site: Iterable[str], post: Record) -> tuple[str, ...]:
    """Return the names that no reader of a post may take for her own: the site's and its author's."""
    return tuple(filter(None, (*site, post.values.get("Author", ""))))


def check_namesakes(
    posts: Iterable[Record],
    comments: Mapping[str, Iterable[Record]],
    site_names: tuple[str, ...],
) -> Iterator[Problem]:
    """Yield warnings of comments whose writer may be taken for the site's author, with what settles it.

    Of many by one writer the first are named, and the rest are told in one.

    `comments` are those on each post, by its path; `site_names` as from `read_site_names`.
    """
    found: dict[str, list[Record]] = {}
    for post in posts:
        own = list_own(site_names, post)
        for comment in comments.get(post.path, ()):
            name = comment.values.get("Author", "")
            if "Role" not in comment.values and is_namesake(name, own):
                found.setdefault(name.casefold(), []).append(comment)
    for group in found.values():
        for comment in group[:MOST_NAMED]:
            yield Problem(
                comment.path, comment.line("Author"), "warning", describe_namesake(comment)
            )
        if more := group[MOST_NAMED:]:
            others = format_count(len(more), "more comment is", "more comments are")
            name = more[0].values["Author"]
            text = f"{others} by “{name}”: each needs a line Role: author or Role: reader."
            yield Problem("comments", 0, "warning", text)


def describe_namesake(record: Record) -> str:
    """Return what is said of a comment whose writer may be taken for the site's author."""
    return (
        f"“{record.values['Author']}” is how the site's author or the site is called, so the page says "
        "that this is a reader. If you wrote it, add a line: Role: author. If a reader is called so, "
        "add: Role: reader"
    )
