"""Find the e-mail addresses in a text, however they are written, and mask them.

A text is looked at as its readers see it (seen_text.py). In that an address is a name, a sign and a
domain (RFC 5322, 3.4.1), where the sign and the dots may be words in brackets, and remarks and blanks
may stand around them. Words without brackets, as in `ann at lib dot example`, are one only where prose
is not likely: “look at lib dot example” stays.

A handle such as `@ann@social.example` is taken for an address: a sign in front of it keeps no
collector from `ann@social.example`, and nothing but its server tells it from an address in disguise.
`@ann` and `https://social.example/@ann` stay, and so does `ann@localhost`: without a dot it reaches
nobody from outside.

All is linear in the length of the text: what is looked for backwards ends at the address before, and
a domain goes over at most MOST_JOINS dots in disguise.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from catalogue.text.seen_text import fold_as_seen, fold_character

MASK = "[e-mail address]"
TEXTS_CACHED = 1_000  # of names and links, most of which are met again
MOST_JOINS = 10  # dots in disguise that one name or domain may have
MOST_LABELS = 20
LONGEST_REMARK = 64

# What stands before the sign (RFC 5322's atoms, of any script), and what of it may open a phrase.
LOCAL = frozenset(".!#$%&*+^_`{|}~-\"'")
PHRASE_SIGNS = "\"'`*_{|.!&#~-"
PHRASE_QUOTES = '"“”„'  # around a name with blanks in it
# Scripts that put no blank beside an address.
UNSPACED_SCRIPTS = "\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff"

OPENING_BRACKET, CLOSING_BRACKET = r"[(\[{<«‹⟨〈【「〔]", r"[)\]}>»›⟩〉】」〕]"
AT = "at|arroba|arobase|chiocciola|klammeraffe|snabel-?a|ma[lł]pa"
DOT = "dot|punkt|punto|point|ponto|punt|kropka"
ADDRESS_REMARK = rf"\([^()\n]{{0,{LONGEST_REMARK}}}\)"
SIGN = re.compile(
    rf"""(?P<sign>@)
    | (?P<bracket>{OPENING_BRACKET}{{1,3}}\ ?(?:@|{AT})\ ?{CLOSING_BRACKET}{{1,3}})
    | (?P<letter>(?<=\w)[(\[]a[)\]](?=\w))
    | (?P<pair>(?P<mark>[-_*~|/])at(?P=mark))
    | (?P<bare>(?<=\ )at(?=\ ))""",
    re.IGNORECASE | re.VERBOSE,
)
JOIN = re.compile(
    rf"""(?P<bracket>\ ?{OPENING_BRACKET}{{1,3}}\ ?(?:\.|{DOT})\ ?{CLOSING_BRACKET}{{1,3}}\ ?)
    | (?P<pair>\ ?(?P<mark>[-_*~|/])dot(?P=mark)\ ?)
    | (?P<word>\ dot\ )
    | (?P<dot>(?:{ADDRESS_REMARK})?\.{{1,2}}(?:{ADDRESS_REMARK})?(?!\ ))
    | (?P<spaced>\ \.\ ?|\.\ )""",
    re.IGNORECASE | re.VERBOSE,
)
JOIN_BEFORE = re.compile(
    rf"(?:\ ?{OPENING_BRACKET}\ ?(?:\.|{DOT})\ ?{CLOSING_BRACKET}\ ?|\ ?([-_*~|/])dot\1\ ?|\ dot\ )\Z",
    re.IGNORECASE,
)
LONGEST_JOIN = 14
LITERAL = re.compile(r"\[(?:IPv6:)?[0-9a-f:.]{2,45}\]", re.IGNORECASE)  # RFC 5321, 4.1.3
GAP = re.compile(rf"\ ?(?:{ADDRESS_REMARK}\ ?)?")
REMARK_ONLY = re.compile(ADDRESS_REMARK)
# What no address is without; most texts have nothing of it.
HINT = re.compile(
    rf"[@%]|&[#a-z]|[^\w\s]\s*(?:{AT}|a)\s*[^\w\s]|_at_|\sat\s+[\w-]+\s*[^\w\s]|\bdot\b",
    re.IGNORECASE,
)
INTRODUCED = re.compile(
    r"\b(?:e-?mails?|mailto|mail|write|contact|reach|address|courriel|correo)\b[^\n]{0,20}\Z",
    re.IGNORECASE,
)

# The last words of domains that are common, beside those of two letters: they tell an address with
# blanks in it from prose, from handles (`@ann.bsky.social`) and from code (`@app.route`).
LAST = frozenset(
    "academy africa app arpa art asia berlin biz blog cat center cloud club college com coop dev "
    "edu education email eus example foundation gal gov group hamburg info int invalid koeln lat "
    "life live london mil mobi museum name net news ngo nyc one ong online org page paris pro "
    "school shop site space store swiss tech test tokyo university wales wien wiki work world xyz".split()
)
# After these “at” and “@” are prose, or call somebody by a handle.
PROSE = frozenset(
    "a about address again agree agrees aim aimed all also am an and anyone are arrive arrived as "
    "ask available away back bad be been before being best better blog book booked bought but buy "
    "by called cc contact dear decorator did down e-mail email even everyone find first follow "
    "for found from good great hello her here hey hi him home hosted how i i'm in is it just know "
    "laugh laughed least less like listed live lived lives living look looked looking looks mail "
    "me meet meeting meets met more not now of off on one online only open or order ordered out "
    "over page pages people points posted published read reading register registered right said "
    "says see seen sell shop shops signed site sold someone stare start started starts stay "
    "stayed stays stop stops tell thank thanks that the them then there these they this those to "
    "too up us use via was we website were what when where which who why with work worked working "
    "works write wrote yes you".split()
)
AFTER_AT = frozenset(
    "a all an any each first her his home its last least my night no noon once one our school "
    "some that the their these this those work your".split()
)


class Domain(NamedTuple):
    """A domain: where it ends, its labels, and in which ways the dots between them are written."""

    end: int
    labels: tuple[str, ...]
    joins: frozenset[str]

    @property
    def is_common(self) -> bool:
        """Return whether its last label is one that domains commonly end in."""
        return is_last(self.labels[-1]) if self.labels else True


@cache
def load_scripts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a sign of the scripts without blanks looks like, and a label of a domain.

    A label has at most 63 letters (RFC 1035, 2.3.4), and some in which “ü” is two. To compile sets of
    so many signs takes as long as all else here, and few texts have an address in them.
    """
    return re.compile(f"[{UNSPACED_SCRIPTS}]"), re.compile(
        rf"(?:(?![-_][dD][oO][tT][-_])(?:[^\W{UNSPACED_SCRIPTS}]|-)){{1,80}}"
        r"|(?:(?![-_][dD][oO][tT][-_])[\w-]){1,80}"
    )


def find_mails(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each e-mail address in a text."""
    if not HINT.search(text if text.isascii() else "".join(map(fold_character, text))):
        return []
    folded = fold_as_seen(text)
    spans: list[tuple[int, int]] = []
    least = 0
    for match in SIGN.finditer(folded.text):
        span = match_address(folded.text, match, least) if match.start() >= least else None
        if span:
            start, least = span
            end = folded.ends[least - 1]
            while end < len(text) and not fold_character(text[end]):
                end += 1  # a mark on the last letter
            before = spans[-1][1] if spans else 0
            spans.append((max(folded.starts[start], before), end))
    return spans


def match_address(text: str, sign: re.Match[str], least: int) -> tuple[int, int] | None:
    """Return the start and end of the address around a sign, not before `least`; None for none."""
    kind = sign.lastgroup or ""
    gap = GAP.match(text, sign.end())
    domain = match_domain(text, gap.end() if gap else sign.end(), kind)
    if not domain:
        return None
    stop = skip_gap(text, sign.start(), least)
    is_spaced = " " in (text[stop : stop + 1], text[sign.end() : sign.end() + 1])
    if kind == "pair" and not is_spaced and domain.joins.isdisjoint({"pair", "bracket"}):
        return None  # a part of a name, as in state-of-the-art-at-home.com
    start = match_local(text, stop, least, kind)
    if start < stop and is_likely(text, sign, (start, stop), domain, is_spaced):
        return start - (start > least and text[start - 1] == "@"), domain.end
    return None


def skip_gap(text: str, stop: int, least: int) -> int:
    """Return where a blank and a remark before a place begin, if there are any."""
    place = stop - (text[stop - 1 : stop] == " ")
    if text[place - 1 : place] == ")":
        start = text.rfind("(", max(place - LONGEST_REMARK - 2, least), place)
        if start >= 0 and REMARK_ONLY.fullmatch(text, start, place):
            place = start - (text[start - 1 : start] == " ")
    return max(place, least)


def match_local(text: str, stop: int, least: int, kind: str) -> int:
    """Return where the name begins that ends at `stop`, which is `stop` itself if none is there."""
    if text[stop - 1 : stop] in tuple(PHRASE_QUOTES) and stop > least:
        places = [text.rfind(mark, max(stop - 80, least), stop - 1) for mark in PHRASE_QUOTES]
        if (start := max(places)) >= 0 and "\n" not in text[start:stop]:
            return start
    start = skip_word(text, stop, least)
    for _ in range(MOST_JOINS if kind != "sign" else 0):
        join = JOIN_BEFORE.search(text, max(start - LONGEST_JOIN, least), start)
        before = skip_word(text, join.start(), least) if join else start
        if not join or before == join.start():
            break
        start = before
    while start < stop and text[start] in PHRASE_SIGNS:
        start += 1
    return start


def skip_word(text: str, stop: int, least: int) -> int:
    """Return where the characters of a name begin that end at `stop`."""
    start, unspaced = stop, load_scripts()[0]
    is_unspaced = bool(unspaced.match(text[stop - 1 : stop]))
    while start > least and (text[start - 1].isalnum() or text[start - 1] in LOCAL):
        if not is_unspaced and unspaced.match(text[start - 1]):
            break
        start -= 1
    return start


def match_domain(text: str, start: int, kind: str) -> Domain | None:
    """Return the domain that begins at a place, with a dot at least; None for none."""
    literal = LITERAL.match(text, start)
    if literal and kind == "sign":
        return Domain(literal.end(), (), frozenset())
    name = load_scripts()[1]
    label = name.match(text, start)
    labels, ends, joins, odd = [], [], [""], 0
    while label:
        labels.append(label[0])
        ends.append(label.end())
        join = JOIN.match(text, label.end())
        if not join or odd == MOST_JOINS or (kind != "sign" and len(labels) == MOST_LABELS):
            break
        joins.append(join.lastgroup or "")
        odd += joins[-1] != "dot"
        label = name.match(text, join.end())
        if label and join[0] == ". " and not is_cut(label[0]):
            break
    is_number = len(labels) == 4 and all(part.isdecimal() and len(part) < 4 for part in labels)
    while labels and not is_number and not is_top(labels[-1], joins[len(labels) - 1]):
        labels.pop()
    if len(labels) < 2:
        return None
    return Domain(ends[len(labels) - 1], tuple(labels), frozenset(joins[1 : len(labels)]))


def is_top(label: str, join: str) -> bool:
    """Return whether a domain can end in a label, after a dot that is written in this way."""
    if len(label) < 2 or label.isdecimal():
        return False
    return join in ("dot", "bracket", "pair") or is_last(label)


def is_last(label: str) -> bool:
    """Return whether domains commonly end in a label."""
    return label.lower() in LAST or (len(label) == 2 and label.isalpha()) or not label.isascii()


def is_cut(label: str) -> bool:
    """Return whether a label after a dot and a blank goes on with a domain, and begins no sentence."""
    return label.lower() in LAST and not label.istitle()


def is_likely(
    text: str, sign: re.Match[str], local: tuple[int, int], domain: Domain, is_spaced: bool
) -> bool:
    """Return whether a name, a sign and a domain are an address, and not prose or code."""
    kind, name = sign.lastgroup, text[slice(*local)]
    if kind in ("bracket", "letter") or (kind == "sign" and not is_spaced):
        return any(c.isalnum() for c in name)
    if name.lower().strip("\"'") in PROSE or not any(c.isalpha() for c in name):
        return False
    if kind == "pair" and not is_spaced:
        return True
    if kind != "bare":
        return domain.is_common and text[domain.end : domain.end + 1] != "("
    if domain.labels[0].lower() in AFTER_AT:
        return False
    return not domain.joins <= {"dot", "spaced"} or (
        domain.is_common and is_meant(text, sign[0], local[0], domain.end)
    )


def is_meant(text: str, word: str, start: int, end: int) -> bool:
    """Return whether `ann at lib.example` is meant as an address: by its capitals or what is around."""
    before, after = text[max(start - 45, 0) : start], text[end : end + 2]
    is_alone = before[-1:] in ("", "\n") and after.lstrip(".")[:1] in ("", "\n")
    is_name = is_alone and not text[start].isupper()  # else it begins a sentence: “Review at …”
    return is_name or word == "AT" or bool(INTRODUCED.search(before))


def mask_mails(text: str) -> tuple[str, int]:
    """Return a plain text with a few words in place of each e-mail address, and their number."""
    spans = find_mails(text)
    return mask_places(text, spans), len(spans)


def mask_places(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a text with a few words in place of some stretches, and of the brackets around them."""
    pieces, done = [], 0
    for start, end in spans:
        before, done = text[done:start], end
        bracketed = text[end : end + 1] == ">" and re.search("<(?:mailto:)?$", before)
        if bracketed:
            before, done = before[: bracketed.start()], end + 1
        pieces += [before, MASK]
    return "".join([*pieces, text[done:]])


@lru_cache(maxsize=TEXTS_CACHED)
def holds_mail(text: str) -> bool:
    """Return whether an e-mail address is a part of a text, such as a link's address."""
    return bool(find_mails(text))
