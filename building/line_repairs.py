"""Guess what was meant by a line of settings that cannot be read, and write it out.

A guess is a pair: what is seen in the line, and the line as it would be right. Whether it is right is
found by reading it.
"""

import io
import re
import tokenize
from collections.abc import Iterator
from itertools import pairwise

CURLY = str.maketrans(dict.fromkeys("“”„‟«»＂″", '"') | dict.fromkeys("‘’‚‛′", "'"))
SETTING = re.compile(r"(?P<margin>\s*)(?P<name>[A-Za-z]\w*)(?P<sign>\s*[=:]*\s*)(?P<value>.*)")
COMMENT = re.compile(r"\s+#.*\Z")
PAIRS = {"[": "]", "(": ")"}
CODE = re.compile(r"[()\[\]{}=]")  # what a text without quotation marks would hardly have
LEADING_ZEROS = re.compile(r"(?<![\w.])0+(?=[1-9])")
VALUE_ENDS = frozenset((")", "]"))
VALUE_STARTS = frozenset(("(", "["))


def propose_repairs(line: str) -> Iterator[tuple[str, str]]:
    """Yield what may be wrong with a line, and the line without it, the likeliest first."""
    if line[:1].isspace():
        yield "a blank stands before the line", line.strip()
    if (straight := line.translate(CURLY)) != line:
        yield "its curly signs are no quotation marks here", straight
    yield from propose_commas(line)
    yield from propose_brackets(line)
    match = SETTING.fullmatch(line)
    if not match:
        return
    name, sign, value = match["name"], match["sign"].strip(), match["value"].strip()
    if sign != "=":
        seen = f"“{sign}” stands in place of the =" if sign else "there is no = behind the name"
        yield seen, f"{name} = {value}"
    if "0" in value:
        yield "a number does not begin with 0", f"{name} = {LEADING_ZEROS.sub('', value)}"
    yield from propose_quotes(name, value)


def propose_quotes(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield a line with one pair of quotation marks around all of its value."""
    plain = COMMENT.sub("", value) if value[:1] not in ("'", '"') else value
    first, last = plain[:1], plain[-1:]
    marks = ("'", '"')
    if first in marks and last in marks and len(plain) > 1:
        inner = plain[1:-1]
        seen = "the text has a sign in it that ends it"
    elif first in marks or last in marks:
        inner = plain.strip("'\"")
        seen = "a quotation mark is missing"
    else:
        inner = plain
        seen = "the text stands without quotation marks"
    if "\\" in inner and first in marks and last in marks:
        seen = "a backslash in a text is typed twice"
    if inner and not CODE.search(inner if first not in marks else ""):
        yield seen, f"{name} = {format_text(inner)}"


def format_text(text: str) -> str:
    """Return a text as a setting has it: in quotation marks, whatever it holds."""
    escaped = text.replace("\\", "\\\\")
    if '"' in text and "'" not in text:
        return f"'{escaped}'"
    escaped = escaped.replace('"', '\\"')
    return f'"{escaped}"'


def propose_commas(line: str) -> Iterator[tuple[str, str]]:
    """Yield a line with a comma between all values that stand side by side without one."""
    tokens = list_tokens(line)
    places = [
        before.end[1]
        for before, after in pairwise(tokens)
        if ends_value(before) and starts_value(after) and before.start[0] == after.start[0] == 1
    ]
    if places:
        changed = line
        for place in reversed(places):
            changed = f"{changed[:place]},{changed[place:]}"
        yield "a comma is missing between two values", changed


def list_tokens(line: str) -> list[tokenize.TokenInfo]:
    """Return the tokens of a line as far as they can be read: a bracket may be open at its end."""
    tokens: list[tokenize.TokenInfo] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(line).readline):
            tokens.append(token)  # noqa: PERF402 - those before the mistake are wanted too
    except (tokenize.TokenError, IndentationError, SyntaxError):
        pass
    return tokens


def list_texts(source: str) -> list[str]:
    """Return the texts in quotation marks of a piece of code, as they are typed."""
    return [token.string for token in list_tokens(source) if token.type == tokenize.STRING]


def ends_value(token: tokenize.TokenInfo) -> bool:
    """Return whether a value ends with a token."""
    return token.type in (tokenize.STRING, tokenize.NUMBER) or token.string in VALUE_ENDS


def starts_value(token: tokenize.TokenInfo) -> bool:
    """Return whether a value begins with a token."""
    return token.type in (tokenize.STRING, tokenize.NUMBER) or token.string in VALUE_STARTS


def propose_brackets(line: str) -> Iterator[tuple[str, str]]:
    """Yield a line with the brackets that are missing: at its end, within it, or at its beginning."""
    code = COMMENT.sub("", line)
    whole, still_open = "", list[str]()
    for token in re.findall(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|.', code):
        if token in PAIRS:
            still_open.append(token)
        elif token in PAIRS.values():
            while still_open and PAIRS[still_open[-1]] != token:
                whole += PAIRS[still_open.pop()]
            if still_open:
                still_open.pop()
        whole += token
    closed = whole + "".join(PAIRS[sign] for sign in reversed(still_open))
    if closed != code:
        yield from (("a bracket is not closed", line) for _, line in propose_commas(closed))
        yield "a bracket is not closed", closed
    head, sign, value = code.partition("=")
    for closing, opening in (("]", "["), (")", "(")):
        if sign and value.count(closing) > value.count(opening):
            yield "a bracket is closed that was never opened", f"{head}= {opening}{value.strip()}"
