"""Prove that a site has the files that were planned, and not far fewer than the last one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from building.build_cache import BuildCache
from building.inputs import NO_POSTS, Run
from building.jobs import Job
from building.output_folder.unbuilt_files import check_unbuilt_files
from building.prove_tree import prove_tree
from building.tree import Entry, read_tree
from catalogue.addresses import Place, address_file
from catalogue.problems import Refused, format_count, format_name
from catalogue.selection import Catalogue


def prove_jobs(jobs: Sequence[Job], places: Iterable[Place], present: Iterable[str] = ()) -> None:
    """Raise Refused if the files to be written are not those that were planned, each once.

    `present` are the names in the folder for them: what is there by now was written by nobody's job.
    """
    planned = Counter(address_file(place.address) for place in places)
    asked = Counter(job.file for job in jobs)
    behind = {name for name in present if not name.startswith(".")}
    lost, strange = sorted(planned - asked), sorted({*(asked - planned), *behind})
    if lost or strange:
        names = ", ".join(format_name(name) for name in (lost or strange)[:5])
        what = "would not be written" if lost else "would be written unasked"
        raise Refused(f"Files of the site {what}: {names}. The site is unchanged.")


def prove_site(
    folder: Path,
    jobs: Sequence[Job],
    entries: Mapping[str, Entry],
    cache: BuildCache,
    run: Run,
    catalogue: Catalogue,
) -> list[str]:
    """Return what is to be told of a finished tree; raise Refused if it leads nowhere, or cannot be read."""
    return prove_tree(folder, jobs, entries, cache.entries, cache.tree, run.settings, catalogue)


def check_losses(
    run: Run, catalogue: Catalogue, cache: BuildCache, entries: Mapping[str, Entry]
) -> None:
    """Raise Refused if readers or the author would lose something that the run does not allow."""
    if not run.allow_shrink:
        check_shrink(cache.entries or read_tree(run.output), entries, bool(catalogue.posts))
    if not run.replace:
        check_unbuilt_files(cache.tree, cache.entries, entries, run.has_output)


def check_shrink(last: Iterable[str], written: Iterable[str], has_posts: bool) -> None:
    """Raise Refused for a site without posts, or with less than half the pages of the last one."""
    remedy = "If that is meant, add --allow-shrink. The site is unchanged."
    if not has_posts:
        raise Refused(f"{NO_POSTS} {remedy}")
    now, before = (sum(file.endswith(".html") for file in files) for files in (written, last))
    if now * 2 < before:
        raise Refused(
            f"The site would have {format_count(now, 'page')} where it had {before:,}. {remedy}"
        )
