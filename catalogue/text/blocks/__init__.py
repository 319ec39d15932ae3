"""The blocks of a Markdown text, read as CommonMark 0.31.2 and GitHub's additions (GFM 0.29) do.

It takes the place of Python-Markdown's own block parser and builds the same tree of elements, which
the library's later steps go on with. It follows the specification's appendix “A parsing strategy”:
line by line, each line is held against the containers that are open (quotations, lists, items), then
it may start new blocks, and what is left is text. The numbers in comments are the sections of the
specification. Each line is looked at once for each open container, of which there are at most
`MOST_OPEN`, so the time is linear in the length of the text.

Beyond the specification it reads notes (`[^1]: …`), abbreviations (`*[ALA]: …`), definition lists
(`: …` below a term), admonitions (`!!! note`), GitHub's alerts (`> [!NOTE]`), task lists, and an id
at the end of a heading (`{#id}`).

`reader.py` goes through the lines; `state.py` knows which blocks are open, and `cursor.py` what of a
line is left. `starts.py` lists what may start a block; each kind of block has a file of its own.
"""
