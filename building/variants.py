"""Have each picture in the smaller widths that screens need, and plan the files of all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from building.made_pictures import MadePictures, Size, open_made_pictures
from catalogue.addresses import Place
from catalogue.pictures.variants import KINDS, select_widths
from catalogue.problems import Problem, Refused, format_report
from catalogue.selection import Catalogue, SiteFile
from catalogue.workers import share_work

CHUNK = 1  # a picture takes long: whoever has time takes the next one


def add_variants(
    settings: Mapping[str, Any], catalogue: Catalogue, progress: Callable[[str], None]
) -> Catalogue:
    """Return a catalogue with the smaller pictures of those that it publishes; only new ones are made.

    Raises Refused for a picture that cannot be decoded, with its path.
    """
    media = catalogue.media
    paths = {
        media[path].digest: path
        for path in catalogue.files
        if media[path].type in KINDS and select_widths(media[path].width)
    }
    made = open_made_pictures(settings) if paths else None
    if made is None:
        return catalogue
    sizes = {digest: made.find(digest) for digest in paths}
    waiting = [(path, digest) for digest, path in paths.items() if sizes[digest] is None]
    problems = []
    results = share_work(partial(make_maker, made, len(waiting), progress), waiting, 1, CHUNK)
    for (path, digest), result in zip(waiting, results, strict=True):
        if isinstance(result, str):
            problems.append(Problem(path, 0, "error", result))
        else:
            sizes[digest] = result
    if problems:
        raise Refused(format_report(problems, made.content))
    made.drop_all_but([*paths])
    return plan_variants(catalogue, made, {d: s for d, s in sizes.items() if s})


def make_maker(
    made: MadePictures, total: int, progress: Callable[[str], None]
) -> Callable[[tuple[str, str]], list[Size] | str]:
    """Return the function that makes the sizes of a picture and shows how many are done."""
    before = made.count()

    def make(piece: tuple[str, str]) -> list[Size] | str:
        result = made.make(*piece)
        done = made.count() - before  # other processes make some
        progress(f"Pictures {'━' * (20 * done // total)} {done} of {total}")
        return result

    return make


def plan_variants(
    catalogue: Catalogue, made: MadePictures, sizes: Mapping[str, Sequence[Size]]
) -> Catalogue:
    """Return a catalogue in which each picture has its variants, at addresses that nothing else has."""
    taken, variants, places = catalogue.planned, {}, []
    for path in catalogue.files:
        digest, found = catalogue.media[path].digest, []
        for width, _, sha in sizes.get(digest, ()):
            address = f"{catalogue.addresses[path]}.{width}.webp"
            if address not in taken:
                load = partial(made.load, path, digest, width, sha)
                found.append(SiteFile(address, sha, load, width))
                places.append(Place(address, path))
        if found:
            variants[path] = tuple(found)
    return replace(catalogue, variants=variants, claims=[*catalogue.claims, *places])
