"""Judge the files of an import as the site will, and mend what can be mended without a person.

What cannot becomes a draft, which stops no build, and is told. A link to a draft becomes the words that it
stands on, and is told with its address.
"""

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from building.judge_readings import make_view
from building.settings import read_constants
from catalogue.judging import judge_records
from catalogue.memory import FolderMemory, Readings
from catalogue.problems import Problem
from catalogue.text.markdown_reader import NO_TEXT
from commands.importers.bodies.mend_text import break_long_lines, unlink
from commands.importers.header import OPTIONAL, format_text
from commands.importers.site import Site

OWN_FRAGMENT = re.compile(r"(\]\((?:[\w./-]+\.md)?)#[^)\s]*")
NO_PLACE = re.compile(r"no place called (#\S+) on that page")
TO_DRAFT = re.compile(r"(\S+) leads to a draft")


@dataclass
class Draft:
    """A text that is to be written, in its parts, so that it can be changed."""

    place: str  # where it came from, for messages
    values: dict[str, str]
    body: str

    @property
    def text(self) -> str:
        """Return the text of its file."""
        return format_text(self.values, self.body)


Mend = Callable[[Draft, Sequence[Problem], str, Site], None]


def settle(
    drafts: Mapping[str, Draft], others: Mapping[str, bytes], content: Path, site: Site
) -> dict[str, bytes]:
    """Return the texts by path, mended until a site can be built of them; what is left to do is told.

    `others` are the other files of the import, by path in the content folder, which has more.
    """
    settings = {**read_constants(), "PATH": str(content)}
    view = make_view({**settings, "PREVIEW": False})
    before = FolderMemory(content, None, settings["DEFAULT_LANG"]).read()
    with tempfile.TemporaryDirectory(prefix="import-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for path, data in {**others, **{p: d.text.encode() for p, d in drafts.items()}}.items():
            write(folder / path, data)
        (folder / "posts").mkdir(exist_ok=True)
        memory = FolderMemory(folder, None, settings["DEFAULT_LANG"])
        for mend in (mend_lightly, mend_by_drafting, leave_links_out):
            new = memory.read()
            merged = Readings(
                {**before.records, **new.records}, {**before.media, **new.media}, new.problems
            )
            problems = judge_records(*merged, view).problems
            if not mend_all(drafts, problems, mend, site):
                break
            for path, draft in drafts.items():
                if any(problem.path == path for problem in problems):
                    write(folder / path, draft.text.encode())
    return {path: draft.text.encode() for path, draft in drafts.items()}


def write(path: Path, data: bytes) -> None:
    """Write a file and the folders on the way to it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def mend_all(
    drafts: Mapping[str, Draft], problems: Sequence[Problem], mend: Mend, site: Site
) -> bool:
    """Mend the texts that have errors; return whether there was one.

    Which links lead to a draft is known when all drafts are.
    """
    errors: dict[str, list[Problem]] = {}
    are_links = False
    for problem in problems:
        if problem.level != "error" or problem.path not in drafts:
            continue
        is_link = TO_DRAFT.match(problem.text) is not None
        are_links = are_links or is_link
        if is_link == (mend is leave_links_out):
            errors.setdefault(problem.path, []).append(problem)
    for path, found in errors.items():
        mend(drafts[path], found, path, site)
    return bool(errors) or are_links


def mend_lightly(draft: Draft, problems: Sequence[Problem], path: str, site: Site) -> None:
    """Leave out header lines that are wrong and not needed, and the places that links name on pages."""
    keys = list(draft.values)
    for problem in problems:
        is_header = 0 < problem.line <= len(keys) and problem.text != NO_TEXT
        key = keys[problem.line - 1] if is_header else ""
        if key in OPTIONAL and key in draft.values:
            site.tell(f"{key} left out", draft.place, f"{draft.values[key]}: {problem.text}")
            del draft.values[key]
        elif "no place called" in problem.text:
            if missing := NO_PLACE.search(problem.text):
                draft.body = unlink(draft.body, missing[1])
            draft.body = OWN_FRAGMENT.sub(
                lambda match: match[1] if match[1] != "](" else match[0], draft.body
            )
            site.tell("link to a place that is not on its page", path, problem.text)
    if (broken := break_long_lines(draft.body)) != draft.body:
        draft.body = broken
        site.tell("line too long to be read was broken", path, "at its blanks")


def mend_by_drafting(draft: Draft, problems: Sequence[Problem], path: str, site: Site) -> None:
    """Make a text a draft, since only a person can mend it."""
    draft.values["Status"] = "draft"
    for problem in problems:
        site.tell(
            "text left as a draft, because a person has to mend it",
            path,
            f"line {problem.line}: {problem.text}",
        )


def leave_links_out(draft: Draft, problems: Sequence[Problem], path: str, site: Site) -> None:
    """Put the words of links to drafts in their place: there is no page yet that they could lead to."""
    for address in dict.fromkeys(
        found[1] for each in problems if (found := TO_DRAFT.match(each.text))
    ):
        draft.body = unlink(draft.body, address)
        site.tell("link to a draft became its words", path, address)
