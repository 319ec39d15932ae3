"""Blogs of other programs: read in `formats/`, their texts made this site's own in `bodies/`.

`recognise.py` knows which program a source comes from; a new one is a row of its `READERS` and a file in
`formats/`. `run.py` is an import from its beginning to its end; a plain text dump goes by `dump_posts.py`.
"""
