"""Find links that an author has typed wrongly, so that they stand in her text as they are typed."""

import re
from collections.abc import Iterator

from catalogue.problems import shorten

# What is an address and not a remark in brackets.
ADDRESS = r"(?:https?://|www\.|mailto:|\.{0,2}/|\#)[^\s()\[\]]{1,300}|[^\s()\[\]]{1,100}\.(?:md|html?|pdf|png|jpe?g|gif|webp)"
# Each takes in at most so much of what follows that a long text is looked through once.
LINKS = re.compile(
    rf"""
      (?P<open>\]\((?P<address>[^()\[\]\n]{{1,300}})(?P<end>\)?))
    | (?P<parted>\][ \t]+\((?P<far>{ADDRESS})\))
    | (?P<unclosed>\[(?P<words>[^\[\]()\n]{{1,100}})\((?P<near>{ADDRESS})\))
    | (?P<swapped>\((?P<text>[^()\[\]\n]{{1,100}})\)\[(?P<other>{ADDRESS})\])
    | (?P<undefined>\[(?P<shown>[^\[\]]{{1,60}})\]\[(?P<label>[^\[\]]{{0,60}})\])
    """,
    re.VERBOSE,
)
CURLY = re.compile("[“”„‘’«»]")
# The signs of a link, with how it goes on.
SIGN = re.compile(r"(?:\]\(|\)\[|\]\[|\][ \t]|\[)\S{0,4}")
TYPED = re.compile(rf"(?<!\\)(?=({SIGN.pattern}))[\[\])]")
WHOLE_ADDRESS = re.compile(ADDRESS)
LONGEST_WORDS = 300  # characters before ]( in which its [ is looked for
LONGEST = 60  # characters of an address in a message


def find_mistyped_links(prose: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield the place of each link that is none in the words of a text, and what to say of it.

    `text` is what the author typed: with a backslash before its brackets it was not meant to be one.
    """
    typed: set[str] | None = None
    for match in LINKS.finditer(prose):
        if not (message := describe(match)):
            continue
        if typed is None:
            typed = {each[1] for each in TYPED.finditer(text)}
        sign = SIGN.search(prose, match.start())
        if sign and sign[0] in typed:
            yield match.start(), message


def describe(match: re.Match[str]) -> str:
    """Return what is wrong with a link; empty for what is whole: it stands where no Markdown is read."""
    if match["open"]:
        before = match.string[max(0, match.start() - LONGEST_WORDS) : match.start()]
        return describe_open(match["address"], bool(match["end"]), "[" in before)
    if match["parted"]:
        seen = f"A blank parts ] from ({show(match['far'])})"
        return f"{seen}. Take it out, and the words become a link."
    if match["unclosed"]:
        words, near = show(match["words"]), show(match["near"])
        return f"A ] is missing before ({near}). Write: [{words}]({near})"
    if match["swapped"]:
        words, other = show(match["text"]), show(match["other"])
        return f"The brackets of this link are the wrong way round. Write: [{words}]({other})"
    name = " ".join((match["label"].strip() or match["shown"]).split())
    return f"The link [{name}] has no address. Add a line at the end: [{name}]: https://…"


def describe_open(address: str, is_closed: bool, is_begun: bool) -> str:
    """Return what is wrong with a link of which ]( is there, and [ before it if it is begun."""
    if curly := CURLY.search(address):
        signs = "Put straight quotation marks in its place, or none around an address"
        return f"The curly sign {curly[0]} keeps this from being a link. {signs}."
    first = address.split(maxsplit=1)[0] if address.strip() else ""
    if not is_closed:
        return f"A link to {show(first)} has no end. Write ) after its address." if first else ""
    if len(address.split()) > 1 and not re.search("[\"']", address):
        return f"There is a blank in the address. Write: <{show(address.strip())}> between ( and )"
    if not is_begun and WHOLE_ADDRESS.fullmatch(address):
        return f"A [ is missing before the words of this link. Write: [its words]({show(address)})"
    return ""


def show(text: str) -> str:
    """Return a part of a link fit for a message."""
    return shorten(text.strip(), LONGEST)
