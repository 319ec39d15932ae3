"""Find whether the site of the last build is what another build would make."""

from building.build_cache import BuildCache
from building.inputs import Inputs, Run
from building.outcome import Outcome
from building.output_folder.swap import is_tidy
from building.tree import read_tree
from catalogue.dates import read_clock
from catalogue.reading_cache import RACY_NS


def find_unchanged(run: Run, cache: BuildCache, inputs: Inputs) -> Outcome | None:
    """Return what the last build had to say, if another one would make the same tree and say the same."""
    if cache.inputs != inputs.key:
        return None
    try:
        last = Outcome(**cache.facts)
    except TypeError:  # cached by something else than this code
        return None
    is_same = (
        inputs.changed_ns + RACY_NS < last.began_ns
        and last.newest <= read_clock().timestamp() < last.next
        and (last.posts or run.allow_shrink)
        and read_tree(cache.tree) == {name: entry.stamp for name, entry in cache.entries.items()}
        and is_tidy(cache.tree)
    )
    return last if is_same else None
