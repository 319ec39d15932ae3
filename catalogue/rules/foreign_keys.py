"""Name once what the headers hold of other programs, and this site makes nothing of."""

from collections.abc import Iterable, Iterator

from catalogue.header.schema import fold_key
from catalogue.problems import Problem, format_count
from catalogue.records import Record

MOST_NAMED = 20  # keys; more of them tell nobody more


def check_foreign_keys(records: Iterable[Record]) -> Iterator[Problem]:
    """Yield one warning for all header lines that are not used, with the number of files that have each.

    It stands at the first of these lines.
    """
    labels: dict[str, str] = {}
    counts: dict[str, int] = {}
    places: list[tuple[str, int]] = []
    for record in sorted(records, key=lambda each: each.path):
        places += sorted((record.path, line) for line in record.unused.values())[:1]
        for key, label in {fold_key(label): label for label in record.unused}.items():
            labels.setdefault(key, label)
            counts[key] = counts.get(key, 0) + 1
    if not places:
        return
    ordered = sorted(counts, key=lambda key: (-counts[key], key))
    names = [f"{labels[key]} ({format_count(counts[key], 'file')})" for key in ordered[:MOST_NAMED]]
    if more := ordered[MOST_NAMED:]:
        names.append(f"{len(more):,} more")
    seen = f"Header lines that this site does not use: {', '.join(names)}"
    path, line = min(places)
    yield Problem(path, line, "warning", f"{seen}. Mend what is a slip; the others do no harm.")
