"""Split the rows of a table into cells, and see a table that lacks its rule."""

import re

TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
PARTING = re.compile(r"(?<=[^\s|\\]) +\| +(?=[^\s|])")
LONGEST_ROW = 150  # characters of what may be a row by its | alone
CELL_END = re.compile(r"(?<!\\)\|")


def split_cells(line: str) -> list[str]:
    """Return the cells of a row of a table; only a | with a backslash parts none (GFM 4.10)."""
    line = line.strip(" \t")
    cells, start = [], 1 if line.startswith("|") else 0
    for match in CELL_END.finditer(line, start):
        cells.append(line[start : match.start()])
        start = match.end()
    if start < len(line):
        cells.append(line[start:])
    return [cell.strip(" \t").replace("\\|", "|") for cell in cells]


def looks_like_table(text: str, least: int = 2) -> bool:
    """Return whether all lines of a paragraph, so many or more, begin and end as rows of a table do.

    Two or more without such a beginning are rows if each has as many cells as the others.
    """
    if not text.startswith("|"):
        if "\n" not in text or text.startswith("[") or "`" in text:  # links side by side, or code
            return False
        rows = [line for line in text.split("\n") if not TABLE_RULE.fullmatch(line.strip(" \t"))]
        if max(map(len, rows), default=0) > LONGEST_ROW:
            return False
        counts = {len(PARTING.findall(row)) for row in rows}
        return len(counts) == 1 and counts != {0}
    rows = [line.strip(" \t") for line in text.split("\n")]
    are_rows = all(row.startswith("|") and row.endswith("|") and len(row) > 1 for row in rows)
    return are_rows and len(rows) >= least and len(split_cells(rows[0])) > 1
