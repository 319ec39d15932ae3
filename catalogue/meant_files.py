"""Find the file that a link means by another form of its name: a bent apostrophe, a long hyphen."""

import posixpath
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from catalogue.folding import fold_path
from catalogue.records import Record
from catalogue.text.links import find_source

PICTURES = "/images/"  # where a picture is sought that a header names without a folder


def settle_links(
    records: Mapping[str, Record], media: Iterable[str], sources: Mapping[str, str]
) -> dict[str, str]:
    """Set in the links of all texts the paths of the files that they mean; return these, by target.

    `records` are the texts by path, `media` the paths of all other files, `sources` the file that makes
    each address. A target that is a file or an address stays, and so does one that may mean two.
    """
    paths = {*records, *media}
    strange = {
        link.target
        for record in records.values()
        for link in record.links
        if link.target not in paths and is_strange(link.target, sources)
    }
    if not strange:
        return {}
    meant = match_folded(strange, paths, sources)
    for record in records.values():
        settle_record(record, meant | find_beside(record, paths))
    return meant


def find_beside(record: Record, paths: Collection[str]) -> dict[str, str]:
    """Return the picture that a header names, by its target, if it lies beside the text alone."""
    folder = posixpath.dirname(record.path)
    return {
        link.target: beside
        for link in record.links
        if link.tag == "img" and "/" not in link.url and link.target.startswith(PICTURES)
        if link.target[1:] not in paths
        if (beside := posixpath.join(folder, link.target.removeprefix(PICTURES))) in paths
    }


def is_strange(target: str, sources: Mapping[str, str]) -> bool:
    """Return whether a target that is no file's path is no address of the site either."""
    return bool(target) and not (
        target.startswith("/") and find_source(target, sources) is not None
    )


def match_folded(
    targets: Iterable[str], paths: Iterable[str], sources: Mapping[str, str]
) -> dict[str, str]:
    """Return the one file whose path, or whose address, folds to the same as each target."""
    known: dict[str, set[str]] = {}
    for name, path in [*((path, path) for path in paths), *sources.items()]:
        known.setdefault(fold_path(name.rstrip("/")), set()).add(path)
    found = {target: known.get(fold_path(target.rstrip("/")), set()) for target in targets}
    return {target: min(files) for target, files in found.items() if len(files) == 1 and all(files)}


def settle_record(record: Record, meant: Mapping[str, str]) -> None:
    """Set the files that the links and the picture of one text mean."""
    if not any(link.target in meant for link in record.links):
        return
    record.links = [
        replace(link, target=meant.get(link.target, link.target)) for link in record.links
    ]
    image = str(record.values.get("Image", ""))
    if path := meant.get(image) or meant.get(f"/{image}"):
        record.values = {**record.values, "Image": path}
