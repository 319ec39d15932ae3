"""Guess from a text which topics it is about."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from catalogue.folding import straighten
from commands.writing.post_files import read_file_header


def guess_topics(text: str, variants: Mapping[str, str]) -> list[str]:
    """Return the topics whose name or variant the text uses, in the order of first use.

    Whole words count, blanks and hyphens alike, with a plural ending or without, in any case; a
    variant in capitals only (`IT`) has to be written so, or every `it` would be one.
    """
    words = re.sub(r"[^\S\n]+", " ", straighten(text).replace("*", ""))
    words = re.sub(r"(?<!\n)\n(?!\n)", " ", words)
    lowered = words.lower()
    first: dict[str, int] = {}
    for variant, name in variants.items():
        parts = [part for part in re.split(r"[\s\u2010\u2011-]+", straighten(variant)) if part]
        # A look for each word costs far less than the pattern, and an authority file is long.
        if not parts or any(part.lower().removesuffix("y") not in lowered for part in parts):
            continue
        flags = re.NOFLAG if variant.isupper() else re.IGNORECASE
        if match := re.search(format_pattern(parts), words, flags):
            first[name] = min(match.start(), first.get(name, match.start()))
    return sorted(first, key=lambda name: (first[name], name))


def format_pattern(parts: Sequence[str]) -> str:
    """Return the regular expression that finds a phrase as whole words, in the plural too.

    `C` is not a word of `C++`.
    """
    *others, last = map(re.escape, parts)
    end = f"{last[:-1]}(?:y|ies)" if last.endswith("y") else f"{last}(?:e?s)?"
    return r"(?<!\w)" + r"[ \u2010\u2011-]".join([*others, end]) + r"(?![\w+#])"


def read_topic_names(content: Path) -> dict[str, str]:
    """Return every name in `content/topics/` that a topic is known by, with its preferred name."""
    names: dict[str, str] = {}
    variants: dict[str, str] = {}
    for path in sorted((content / "topics").glob("*.md")):
        values = read_file_header(path, "topic").values
        if name := values.get("Title"):
            names[name] = name
            variants.update((variant, name) for variant in values.get("Used-for", []))
    return variants | names
