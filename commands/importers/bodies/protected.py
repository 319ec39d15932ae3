"""Change a text outside of its code."""

import re
from collections.abc import Callable

FENCE = re.compile(
    r"^(?P<fence>[ ]{0,3}(?P<mark>`{3,}|~{3,}))[^\n]*\n.*?(?:^[ ]{0,3}(?P=mark)[`~]*[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
CODE = re.compile(
    rf"(?:{FENCE.pattern})|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
    r"|<pre\b.*?</pre\s*>|<code\b.*?</code\s*>",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)


def change_prose(text: str, change: Callable[[str], str]) -> str:
    """Return a text with its prose changed, and what is code in Markdown or HTML as it is."""
    pieces, end = [], 0
    for match in CODE.finditer(text):
        pieces += [change(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*pieces, change(text[end:])])
