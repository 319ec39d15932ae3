"""Write plain words as Markdown that shows just them."""

import re

# The author's emphasis: one to three asterisks close to the words on both sides.
EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?![\s*])([^*]*[^\s*])\1(?![\w*])")
# What Markdown or HTML would act on wherever it stands in a line.
ACTIVE = re.compile(
    r"<|&(?=\#|[A-Za-z0-9][-.A-Za-z0-9]*;)|\\(?![^\W_]|[^\S\n])|[`*\[]|(?<![^\W_])_|_(?![^\W_])|(?<!\s)~"
)
# What Markdown would act on where a line begins with it.
ACTIVE_START = re.compile(r"[#>]|[-+](?:\s|$)|:\s|[-=:|\s]+$")
NUMBERED = re.compile(r"(\d+)([.)])(?=\s|$)")
ENTITIES = {"<": "&lt;", "&": "&amp;", "\\": "&#92;", "~": "&#126;"}


def escape_markdown(text: str) -> str:
    """Return words as Markdown that shows just them, emphasis with asterisks kept.

    Paragraphs stay; blanks around lines go, because they would make code or line breaks.
    """
    stripped = "\n".join(line.strip() for line in text.split("\n")).strip()
    return "\n\n".join(map(escape_paragraph, re.split(r"\n{2,}", stripped)))


def escape_paragraph(text: str) -> str:
    """Return one paragraph as Markdown."""
    parts = []
    end = 0
    for match in EMPHASIS.finditer(text):
        between, mark, words = text[end : match.start()], match[1], match[2]
        parts += [escape_words(between), mark, escape_words(words), mark]
        end = match.end()
    parts.append(escape_words(text[end:]))
    return "\n".join(map(escape_line, "".join(parts).split("\n")))


def escape_words(text: str) -> str:
    """Return words with all that Markdown or HTML would act on inside a line escaped."""
    return ACTIVE.sub(lambda match: ENTITIES.get(match[0]) or "\\" + match[0], text)


def escape_line(line: str) -> str:
    """Return a line with what would make it a heading, list, quotation, rule or table escaped."""
    if ACTIVE_START.match(line):
        start = f"\\{line[0]}" if line[0] in "#>-+" else f"&#{ord(line[0])};"
        return start + line[1:]
    return NUMBERED.sub(r"\1\\\2", line, count=1) if NUMBERED.match(line) else line
