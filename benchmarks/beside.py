"""Measure what is left out of the runs, because other generators make none: the search's index, and cards."""

import time
from pathlib import Path
from typing import Any

from building.judge_site import judge_site
from building.pagefind import make_bundle
from building.search_index import make_describer
from building.settings import read_constants
from building.words import read_words
from plugins.card_drawing import Card, draw_card
from plugins.search_documents import list_documents

CARDS = 50


def measure_beside(content: Path) -> dict[str, Any]:
    """Return the seconds that the index of a content folder takes, and some cards of its posts."""
    settings = {**read_constants(), "PATH": str(content), "READING_CACHE": ""}
    catalogue = judge_site(settings)
    start = time.perf_counter()
    documents = list_documents(catalogue, make_describer(settings), read_words()["used_for"])
    make_bundle(documents, settings["DEFAULT_LANG"])
    index, posts = time.perf_counter() - start, catalogue.posts[:CARDS]
    start = time.perf_counter()
    for post in posts:
        draw_card(Card(settings["SITENAME"], "mark 2026.01", post.title, ["1 January 2026"]))
    cards = time.perf_counter() - start
    return {"documents": len(documents), "index": index, "cards": len(posts), "drawn": cards}
