"""Mend what in an imported Markdown text would stop a build: links to what is no page, lines without end."""

import re
import textwrap

from catalogue.text.encoding import LONGEST_LINE

# In each the address is to be put in: in parentheses, as HTML, and as what the links of a name lead to.
INLINE = r"""(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(<?{}>?(?:\s+"[^"]*")?\)"""
HTML = r"""<a\s[^<>]*?\bhref\s*=\s*["']?{}["']?(?=[\s>])[^<>]*>(.*?)</a\s*>"""
DEFINITION = r"^ {{0,3}}\[([^\[\]]+)\]:[ \t]*<?{}>?(?:[ \t]+[^\n]*)?(?:\n|\Z)"
# The links of a name, which is to be put in: with words of their own, and without.
NAMED = r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\[{0}\]|\[({0})\](?:\[\])?(?![\[(:])"


def unlink(text: str, address: str) -> str:
    """Return a text without its links to an address; one that ends with … is the beginning of it."""
    seen = re.escape(address.removesuffix("…")) + (r"[^\s<>()\"']*" * address.endswith("…"))
    text = re.sub(INLINE.format(seen), r"\1", text)
    text = re.sub(HTML.format(seen), r"\1", text, flags=re.DOTALL | re.IGNORECASE)
    names: list[str] = []

    def take(match: re.Match[str]) -> str:
        names.append(match[1])
        return ""

    text = re.sub(DEFINITION.format(seen), take, text, flags=re.MULTILINE)
    for name in names:
        label = r"\s+".join(map(re.escape, name.split()))
        text = re.sub(
            NAMED.format(label), lambda match: match[1] or match[2], text, flags=re.IGNORECASE
        )
    return text


def break_long_lines(text: str) -> str:
    """Return a text in which no line is longer than one may be; only blanks are places to break one."""
    if len(text) <= LONGEST_LINE:
        return text
    wrapper = textwrap.TextWrapper(
        LONGEST_LINE,
        expand_tabs=False,
        replace_whitespace=False,
        break_long_words=False,
        break_on_hyphens=False,
    )
    lines = text.split("\n")
    return "\n".join(
        "\n".join(wrapper.wrap(line)) if len(line) > LONGEST_LINE else line for line in lines
    )
