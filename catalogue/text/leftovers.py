"""Find words of the author's that Markdown lost, or that did not become what they were meant to be."""

import html
import re
from collections.abc import Iterator

from catalogue.problems import shorten
from catalogue.text.findings import Finding
from catalogue.text.html_allowlist import DEFAULT_INSTEAD
from catalogue.text.source_lines import SourceLines, mask_comments

CDATA_START = "<![CDATA["


def check_leftovers(source: str, prose: str, lines: SourceLines) -> list[Finding]:
    """Return what was lost or misread when a text became the HTML `source`, with the words `prose`."""
    text = lines.plain
    findings: list[Finding] = []
    is_shown = "<!--" in prose and re.search(r"(?<!\\)<!--", lines.masked)
    if "<!--" in source or is_shown:  # it would be shown, or hide all that follows
        message = "A hidden comment opens with <!-- and is never closed. Write --> at its end."
        findings.append(Finding("error", message, ("<!--",)))
    if CDATA_START in text:
        findings += check_sections(source, lines)
    return findings


def check_sections(source: str, lines: SourceLines) -> Iterator[Finding]:
    """Yield an error for a CDATA section of a text that its HTML does not have.

    HTML's own parser makes a comment of it (HTML Standard, 13.2.5.42), and so may Python's.
    """
    typed = mask_comments(lines.plain).count(CDATA_START)
    shown = source.count(html.escape(CDATA_START))
    if CDATA_START not in source and typed > shown:
        text = lines.masked if CDATA_START in lines.masked else lines.plain
        section = text[text.index(CDATA_START) :].partition(">")
        message = f"“{shorten(section[0] + section[1], 40)}” would be hidden from readers"
        yield Finding("error", f"{message}. {DEFAULT_INSTEAD}.", (CDATA_START,))


def check_prose(prose: str) -> list[Finding]:
    """Return Markdown that did not become a link: it stands in the text as it was typed."""
    findings: list[Finding] = []
    if "]" not in prose:
        return findings
    for match in re.finditer(r"\]\((\S{1,60})", prose):
        message = f"A link to {match[1]} has no end. Write ) after its address."
        findings.append(Finding("warning", message, (match[0],)))
    for match in re.finditer(r"\[([^\[\]]{1,60})\]\[([^\[\]]{0,60})\]", prose):
        name = " ".join((match[2].strip() or match[1]).split())
        message = f"The link [{name}] has no address. Add a line at the end: [{name}]: https://…"
        findings.append(Finding("warning", message, (match[0],)))
    return findings
