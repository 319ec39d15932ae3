"""Add the index of the search to what a site publishes.

Where there is no Pagefind for a system, or it fails, a site is built all the same: its page of the search
lists all titles.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from building.kept_index import find_bundle
from building.pagefind import NoIndex
from building.words import format_counted, format_date, read_words
from catalogue.addresses import SEARCH_FOLDER, Place
from catalogue.problems import Problem
from catalogue.selection import Catalogue, SiteFile
from plugins.markdown_words import put_words
from plugins.search_documents import Describer, list_documents


def add_search(
    settings: Mapping[str, Any], catalogue: Catalogue, progress: Callable[[str], None]
) -> Catalogue:
    """Return a catalogue with the files of the index of what it publishes; it is made if the texts are new.

    Without an index a problem says so, which is a warning. A preview has none.
    """
    if settings["PREVIEW"] or not settings.get("SEARCH_INDEX", True) or not catalogue.posts:
        return catalogue
    words = read_words()
    put = partial(put_words, words=words)
    documents = list_documents(catalogue, make_describer(settings), words["used_for"], put)
    language = settings["DEFAULT_LANG"].partition("-")[0]
    try:
        bundle = find_bundle(settings, documents, language, progress)
    except NoIndex as why:
        text = f"The search has no index, so its page lists all titles instead: {why}."
        return replace(catalogue, problems=[*catalogue.problems, Problem("", 0, "warning", text)])
    files = [
        SiteFile(
            f"{SEARCH_FOLDER}{name}",
            hashlib.blake2b(bundle.load(name), digest_size=16).hexdigest(),
            partial(bundle.load, name),
        )
        for name in bundle.parts
    ]
    places = [Place(file.address) for file in files]
    return replace(catalogue, search=files, claims=[*catalogue.claims, *places])


def make_describer(settings: Mapping[str, Any]) -> Describer:
    """Return the function that says of a post what is shown of it, in the words of the theme."""
    words, form = read_words(), settings["DATE_FORM"]

    def describe(date: datetime, comments: int) -> dict[str, str]:
        counted = format_counted(comments, words["comments"], words["thousands"])
        return {"day": format_date(date, form, words["months"]), "comments": counted}

    return describe
