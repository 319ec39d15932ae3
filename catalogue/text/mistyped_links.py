"""Find links that an author has typed wrongly, so that they stand in her text as they are typed."""

import re
from collections.abc import Iterator

from catalogue.problems import shorten
from catalogue.text.ids import make_id

# What is an address and not a remark in brackets.
FILE_ENDINGS = "md|html?|pdf|png|jpe?g|gif|webp|svg|avif|mp[34]|m4a|ogg|wav|webm"
ADDRESS = (
    r"(?:https?://|www\.|mailto:|\.{0,2}/|\#)[^\s()\[\]]{1,300}"
    rf"|[^\s()\[\]]{{1,100}}\.(?:{FILE_ENDINGS})"
)
# What stands between ( and ) of a picture: its caption may have such signs in it.
# One on two lines ends with the line on which the ) stands.
INSIDE = r"""(?:"[^"\n]{0,300}"|["'“„‘«][^()\[\]\n]{0,300}\n[^()\[\]\n]{1,300}(?=\))|[^()\[\]\n]){0,300}+"""
CURLY = re.compile("[“”„‘’«»]")
MARKS = "\"'“”„‘’«»"
# Each takes in at most so much of what follows that a long text is looked through once.
LINKS = re.compile(
    rf"""
      (?P<picture>!\[(?P<alt>[^\[\]]{{0,300}})\]
        (?:\((?P<inside>{INSIDE})(?P<last>\)?) | [ \t]*(?P<caption>[{MARKS}][^\n]{{1,300}}?[{MARKS}])(?!\w)
          | \[?(?P<bare>{ADDRESS})[\])]?))
    | (?P<open>\]\((?P<address>(?=[^()\[\]\n]){INSIDE})(?P<end>\)?))
    | (?P<parted>\](?:[ \t]+|[ \t]*\n[ \t]*)\((?P<far>{ADDRESS})(?P<title>[ \t]+"[^"\n]{{0,300}}")?\))
    | (?P<unclosed>\[(?P<words>[^\[\]()\n]{{1,100}})\((?P<near>(?:{ADDRESS})(?:[ \t]+"[^"\n]{{0,300}}")?)\))
    | (?P<wiki>\[\[(?P<target>[^\[\]\n]{{1,100}}\n[^\[\]\n]{{1,100}})\]\])
    | (?P<half>(?<!\[)(?:\[\[(?P<begun>[^\[\]\n]{{1,100}})\](?![\[\](:])(?![^\[\n]{{0,300}}\])
        |\[(?P<ended>[^\[\]\n]{{1,100}})\]\](?![\](])))
    | (?P<swapped>\((?P<text>[^()\[\]\n]{{1,100}})\)\[(?P<other>{ADDRESS})\])
    | (?P<undefined>\[(?P<shown>[^\[\]]{{1,60}})\]\[(?P<label>[^\[\]]{{0,60}})\])
    """,
    re.VERBOSE,
)
# The signs of a link, with how it goes on.
SIGN = re.compile(r"(?:\]\(|\)\[|\]\[|\][ \t\n]|\[)\S{0,4}")
TYPED = re.compile(rf"(?<!\\)(?=({SIGN.pattern}))[\[\])]")
TYPED_PICTURE = re.compile(r"(?<!\\)!\[[^\w\[\]]*(\w{0,4})")
WHOLE_ADDRESS = re.compile(ADDRESS)
# A file and words behind it that stand in no quotation marks, or what sets a size elsewhere.
UNQUOTED = re.compile(
    rf"(?P<file>\S+\.(?:{FILE_ENDINGS}))\s+(?P<rest>\S.*)", re.DOTALL | re.IGNORECASE
)
PHONE = re.compile(r"(?:tel|sms):[\d\s+()-]+$")
FILE_END = re.compile(rf"\.(?:{FILE_ENDINGS})$", re.IGNORECASE)
SIZE = re.compile(r"[\d=x×*%px ]+|.*=.*")
PARTED_PATH = re.compile(r"\s*/\s*")
# What may stand between ( and ), and where its caption begins.
WHOLE = re.compile(r"""\s*(?:<[^<>\n]*>|[^\s<]\S*)?(?:\s+(?:"[^"]*"|'[^']*'))?\s*""")
CODE = re.compile(r"\w\[[^\[\]]*$")  # a place in a list that is called: words[0]("a")
CAPTION = re.compile(r"""(?:^|\s)(?P<mark>["'])(?P<words>.*)""", re.DOTALL)
WORDS_BEFORE = re.compile(r"\[([^\[\]]{1,300})$")
TITLE_END = re.compile(r"""[ \t]+"[^"\n]*"$""")
PARAGRAPH_END = re.compile(r"\n\n")
LONGEST_WORDS = 300  # characters before ]( in which its [ is looked for
LONGEST = 60  # characters of an address in a message


def find_mistyped_links(prose: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield the place of each link that is none in the words of a text, and what to say of it.

    `text` is what the author typed: with a backslash before its brackets it was not meant to be one.
    """
    typed: set[str] | None = None
    for match in LINKS.finditer(prose):
        message = describe_escaped(match, text) or describe(match) or describe_unread(match, text)
        if not message:
            continue
        if typed is None:
            typed = {each[1] for each in TYPED.finditer(text)}
            pictures = {each[1] for each in TYPED_PICTURE.finditer(text)}
        if match["picture"]:
            begun = TYPED_PICTURE.match(prose, match.start())
            is_typed = begun is not None and begun[1] in pictures
            place = match.start() + 1
        else:
            place = match.start()
            sign = SIGN.search(prose, place)
            is_typed = sign is not None and sign[0] in typed
        if is_typed:
            yield place, message


def describe_escaped(match: re.Match[str], text: str) -> str:
    """Return what is said of a picture that a backslash before its ] or its ) keeps from being one."""
    if not (match["picture"] and match["last"] and match["inside"]):
        return ""
    ends = ((match["alt"], "]"), (match["inside"], ")"))
    sign = next((sign for part, sign in ends if f"{part[-8:]}\\{sign}" in text and part), "")
    return f"The \\ before {sign} keeps this from being a picture. Delete the \\." if sign else ""


def describe_unread(match: re.Match[str], text: str) -> str:
    """Return what is said of a link that is whole: it stands within HTML, or is around another."""
    if not match["open"] or not match["end"]:
        return ""
    words = WORDS_BEFORE.search(match.string, max(0, match.start() - LONGEST_WORDS), match.start())
    address = TITLE_END.sub("", match["address"]).strip()
    if not (words and WHOLE_ADDRESS.fullmatch(address)):
        return ""
    if "\\" in text and (f"\\[{words[1]}]" in text or rf"{words[1][-8:]}\]" in text):
        return ""
    seen = f"Readers see [{show(words[1])}]({show(address)}) as it is typed"
    if f"[{words[1]}]{match['open'][1:]}" not in text:
        return f"{seen}: no link stands within another. Take one of them out."
    remedy = f'Write: <a href="{show(address)}">{show(words[1])}</a>'
    return f"{seen}: within HTML no Markdown is read. {remedy}"


def describe(match: re.Match[str]) -> str:
    """Return what is wrong with a link; empty for what is whole: it stands where no Markdown is read."""
    if match["picture"]:
        return describe_picture(match)
    if match["open"]:
        before = match.string[max(0, match.start() - LONGEST_WORDS) : match.start()]
        if CODE.search(before) and CAPTION.match(match["address"].strip()):
            return ""
        if before.endswith("]") and WHOLE_ADDRESS.fullmatch(match["address"]):
            return f"There is one ] too many before ({show(match['address'])}). Delete it."
        return describe_open(match["address"], bool(match["end"]), "[" in before)
    if match["parted"]:
        gap = "The end of a line" if "\n" in match["parted"] else "A blank"
        seen = f"{gap} parts ] from ({show(match['far'])})"
        result = "the picture is shown" if is_picture(match) else "the words become a link"
        return f"{seen}. Take it out, and {result}."
    if match["unclosed"]:
        words, near = show(match["words"]), show(match["near"])
        sign = "!" if match.string[: match.start()].endswith("!") else ""
        return f"A ] is missing before ({near}). Write: {sign}[{words}]({near})"
    if match["wiki"] or match["half"]:
        return describe_by_name(match)
    if match["swapped"]:
        words, other = show(match["text"]), show(match["other"])
        is_shown = match.string[: match.start()].endswith("!")
        noun, sign = ("picture", "!") if is_shown else ("link", "")
        seen = f"The brackets of this {noun} are the wrong way round"
        return f"{seen}. Write: {sign}[{words}]({other})"
    name = " ".join((match["label"].strip() or match["shown"]).split())
    if WHOLE_ADDRESS.fullmatch(name):
        words = show(match["shown"])
        return (
            f"The address {show(name)} stands in the wrong brackets. Write: [{words}]({show(name)})"
        )
    return f"The link [{name}] has no address. Add a line at the end: [{name}]: https://…"


def describe_by_name(match: re.Match[str]) -> str:
    """Return what is wrong with a link by name; empty for the brackets of a remark, or of a note's number."""
    if match["wiki"]:
        target = show(" ".join(match["target"].split()))
        return f"A link by name stands on one line. Write: [[{target}]]"
    if not any(map(str.isalpha, match["half"])):
        return ""
    if match["begun"]:
        return f"A ] is missing at the end of this link. Write: [[{show(match['begun'])}]]"
    before = match.string[max(0, match.start() - LONGEST_WORDS) : match.start()]
    if before.count("[") > before.count("]"):
        return ""
    return f"A [ is missing at the beginning of this link. Write: [[{show(match['ended'])}]]"


def is_picture(match: re.Match[str]) -> bool:
    """Return whether the ] with which a match begins ends the description of a picture."""
    before = match.string[max(0, match.start() - LONGEST_WORDS) : match.start()]
    return before.rpartition("[")[0].endswith("!")


def describe_picture(match: re.Match[str]) -> str:
    """Return what is wrong with a picture that readers see as it is typed."""
    words = f"![{shorten(' '.join(match['alt'].split()) or 'what it shows')}]"
    if caption := match["caption"]:
        is_word_before = match.string[max(0, match.start() - 1) : match.start()].isalnum()
        return "" if is_word_before else describe_caption(f'"{caption[1:-1]}"', words)
    if bare := match["bare"]:
        return f"The address {show(bare)} stands in no parentheses. Write: {words}({show(bare)})"
    inside = match["inside"]
    if not match["last"]:
        first = "".join(inside.split()[:1])
        if match.string[match.end() : match.end() + 1] == "(" and not CAPTION.search(inside):
            return f"The address {show(first)}( has a ( in it. Write < before the address and > after it."
        end = "its caption" if CAPTION.search(inside) else "its address"
        return f"The picture {words}({show(first)} has no end. Write ) after {end}."
    if not WHOLE.fullmatch(inside):
        return describe_inside(inside, words)
    if not inside.strip():
        return ""
    if CAPTION.match(inside.strip()):  # a single word, which Markdown takes for an address
        return describe_caption(inside, words)
    if PARAGRAPH_END.search(match["alt"]):
        return (
            f"An empty line parts the words of this picture. Take it out: {words}({show(inside)})"
        )
    seen = f"Readers see {words}({show(inside)}) as it is typed: within HTML no Markdown is read"
    return f"{seen}. Leave an empty line before it and one after it."


def describe_open(address: str, is_closed: bool, is_begun: bool) -> str:
    """Return what is wrong with a link of which ]( is there, and [ before it if it is begun."""
    first = address.split(maxsplit=1)[0] if address.strip() else ""
    if not is_closed and not CURLY.search(address):
        return f"A link to {show(first)} has no end. Write ) after its address." if first else ""
    if CURLY.search(address) or not WHOLE.fullmatch(address):
        return describe_inside(address, "[its words]")
    if not is_begun and WHOLE_ADDRESS.fullmatch(TITLE_END.sub("", address)):
        return f"A [ is missing before the words of this link. Write: [its words]({show(address)})"
    return ""


def describe_inside(inside: str, words: str) -> str:
    """Return what is wrong with what stands between ( and ); `words` are what stands before it."""
    if curly := CURLY.search(inside):
        signs = "Put straight quotation marks in its place, or none around an address"
        noun = "picture" if words.startswith("!") else "link"
        return f"The curly sign {curly[0]} keeps this from being a {noun}. {signs}."
    if CAPTION.search(inside):
        return describe_caption(inside, words)
    address = inside.strip()
    if PHONE.match(address):
        return f"There is a blank in the address. Write: {show(''.join(address.split()))} between ( and )"
    found = UNQUOTED.fullmatch(address)
    if found and not FILE_END.search(found["rest"]):
        return describe_unquoted(found["file"], found["rest"], words)
    joined = PARTED_PATH.sub("/", address)
    place, sign, heading = joined.partition("#")
    if sign and " " not in place and make_id(heading):
        joined = f"{place}#{make_id(heading)}"
    way = f"<{show(joined)}>" if " " in joined else show(joined)
    return f"There is a blank in the address. Write: {way} between ( and )"


def describe_unquoted(file: str, rest: str, words: str) -> str:
    """Return what is said of words behind the name of a file that stand in no quotation marks."""
    if SIZE.fullmatch(rest):
        return f"{show(rest)} is not used here. Write: {words}({show(file)})"
    noun = "caption" if words.startswith("!") else "title"
    remedy = f'Write: {words}({show(file)} "{show(rest)}")'
    return f"The {noun} “{show(rest)}” stands in no quotation marks. {remedy}"


def describe_caption(inside: str, words: str) -> str:
    """Return what is wrong with an address and a caption; `words` are what stands before them."""
    found = CAPTION.search(inside)
    assert found
    is_picture = words.startswith("!")
    noun, example = ("caption", "../images/its-name") if is_picture else ("title", "its-address")
    typed, caption, mark = inside[: found.start()].strip(), found["words"].strip(), found["mark"]
    address = typed.strip("<> ")
    first, _, last = caption.rpartition(f"{mark} ")
    if not typed and WHOLE_ADDRESS.fullmatch(last):
        seen, address, caption = f"The {noun} stands before the address", last, first
    elif not typed:
        seen, address = f"Here is a {noun} without an address", example
    elif " " in address:
        seen, address = "There is a blank in the address", f"<{address}>"
    elif address != typed:
        seen = f"The address {show(typed)} has a < without a >"
    elif mark in caption:
        seen = f"The {noun} has a quotation mark within it"
    else:
        seen = f"The {noun} has no quotation mark at its end"
    # Within it the other marks may stand, if they stand in pairs.
    is_ended = caption.endswith(mark)
    if is_ended and mark == '"' and caption.count(mark) % 2 == 0:  # one of them alone is of inches
        caption = caption[:-1].replace(mark, '\\"')
    else:
        caption = caption[:-1].replace('"', "'") if is_ended else caption.replace('"', "")
    return f'{seen}. Write: {words}({show(address)} "{show(caption)}")'


def show(text: str) -> str:
    """Return a part of a link fit for a message."""
    return shorten(text.strip(), LONGEST)
