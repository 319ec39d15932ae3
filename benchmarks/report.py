"""Write the figures of a benchmark as a table."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from benchmarks.tools import OWN

SCENARIOS = {"cold": "cold", "unchanged": "nothing changed", "edit": "one body edited"}


def format_figures(result: Mapping[str, Any]) -> str:
    """Return the figures as a table, a line for each scenario, and what the plugins cost below it."""
    peer, machine = result["peer"], result["machine"]
    rows = [("", OWN, peer, "ratio", "processors", "", "ratio", "memory", "", "ratio")]
    for name, title in SCENARIOS.items():
        found = result["scenarios"][name]
        own, other = found["own"], found["peer"]
        rows.append(
            (
                title,
                f"{own['median']:.2f} s",
                f"{other['median']:.2f} s",
                format_ratio(found["ratio"]),
                f"{median(own['cpu']):.2f} s",
                f"{median(other['cpu']):.2f} s",
                format_ratio(found["cpu_ratio"]),
                format_megabytes(own["peak"]),
                format_megabytes(other["peak"]),
                format_ratio(found["memory_ratio"]),
            )
        )
    sites = [
        f"{title}: {result['sites'][key]['files']:,} files, {format_megabytes(result['sites'][key]['bytes'])}"
        for key, title in (("own", OWN), ("peer", peer))
    ]
    place = "in memory" if machine["in_memory"] else "on a disk"
    return "\n".join(
        [
            f"{result['posts']:,} posts in {result['topics']:,} topics, {result['runs']} runs in turn, "
            f"{machine['cores']} cores, Python {machine['python']}, files {place}",
            "",
            *format_rows(rows),
            "",
            *sites,
            f"Memory: {result['memory']}.",
            format_beside(result["beside"]),
            format_pictures(result["pictures"]),
            format_plugins(result["plugins"]),
        ]
    )


def format_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows in columns, the first flush left and the others flush right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def format_ratio(ratio: float | None) -> str:
    """Return a ratio; what could not be measured is a question mark."""
    return "?" if ratio is None else f"{ratio:.2f}"


def format_megabytes(size: int | None) -> str:
    """Return a number of bytes in megabytes (10^6)."""
    return "?" if size is None else f"{size / 1e6:,.0f} MB"


def format_beside(result: Mapping[str, Any]) -> str:
    """Return in one line what the index of the search and the cards cost, which the runs are without."""
    return (
        f"Besides, search: the index of {result['documents']:,} texts in {result['index']:.2f} s; "
        f"cards: {result['cards']} in {result['drawn']:.2f} s."
    )


def format_pictures(result: Mapping[str, Any]) -> str:
    """Return in one line what the smaller widths of photographs cost."""
    return (
        f"Pictures: {result['photographs']} photographs of 12 megapixels in {result['cold']:.2f} s, "
        f"{result['unchanged']:.2f} s unchanged."
    )


def format_plugins(costs: Mapping[str, Mapping[str, float]]) -> str:
    """Return in one line what the plugins cost together, the dearest first."""
    sums = {name: sum(cost.values()) for name, cost in costs.items()}
    parts = ", ".join(f"{name} {sums[name]:.2f}" for name in sorted(sums, key=lambda n: -sums[n]))
    drawing = sum(cost["drawing"] for cost in costs.values())
    return (
        f"The catalogue's plugins: {sum(sums.values()):.2f} s of the processor ({parts}), "
        f"of which {drawing:.2f} s for what they draw."
    )
