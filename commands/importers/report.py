"""The report on an import: by kind and not by line for the terminal, and at length as a Markdown file."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from catalogue.problems import format_count, format_name, shorten
from commands.importers.site import GUESSED, Note
from commands.writing.markdown_escape import escape_words

SHOWN = 3  # places of one kind that the terminal shows
# What to do about a kind of notes, with the text of its first as an example.
ADVICE = {
    GUESSED: "No settings of the old blog tell these addresses: they are guessed, like {example}. "
    "Compare it with the address on the old blog; if that is another, write it in the Aliases line "
    "of the post, as in: Aliases: /2015/06/my-post/"
}


def summarise(counts: Mapping[str, tuple[int, str, str]], notes: Sequence[Note]) -> list[str]:
    """Return the lines for the terminal: the numbers, then a line for each kind of note."""
    done = [format_count(number, one, many) for number, one, many in counts.values() if number]
    lines = [f"{', '.join(done)} imported." if done else "Nothing new was found."]
    for kind, group in group_notes(notes).items():
        places = list(dict.fromkeys(note.place for note in group))
        shown = ", ".join(shorten(format_name(place), 50) for place in places[:SHOWN])
        more = f" and {len(places) - SHOWN:,} more" if len(places) > SHOWN else ""
        lines.append(f"  {len(group):,} × {kind}: {shown}{more}")
        lines += [f"    {advice}" for advice in list_advice(kind, group)]
    return lines


def list_advice(kind: str, group: Sequence[Note]) -> list[str]:
    """Return what to do about notes of a kind; nothing where their texts say it."""
    return [ADVICE[kind].format(example=format_name(group[0].text))] if kind in ADVICE else []


def group_notes(notes: Iterable[Note]) -> dict[str, list[Note]]:
    """Return notes by their kind, the most frequent first."""
    groups: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        groups[note.kind].append(note)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


def format_report(
    source: str,
    counts: Mapping[str, tuple[int, str, str]],
    notes: Sequence[Note],
    files: Sequence[str],
) -> str:
    """Return the report as Markdown: the numbers, each note, and the files that were made."""
    lines = [f"# Import of {escape_words(source)}", ""]
    lines += [f"- {format_count(number, one, many)}" for number, one, many in counts.values()]
    for kind, group in group_notes(notes).items():
        lines += ["", f"## {kind[:1].upper()}{kind[1:]} ({len(group):,})", ""]
        lines += [
            line for advice in list_advice(kind, group) for line in (escape_words(advice), "")
        ]
        for (place, text), number in Counter((note.place, note.text) for note in group).items():
            times = f" ({number} times)" if number > 1 else ""
            end = f": {escape_words(format_name(text))}" if text else ""
            lines.append(f"- {escape_words(format_name(place))}{end}{times}")
    lines += ["", f"## Files ({len(files):,})", "", *(f"- {escape_words(file)}" for file in files)]
    return "\n".join(lines) + "\n"
