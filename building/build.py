"""Build the site: all of it, or nothing."""

import os
import time
from contextlib import ExitStack, closing

from building.build_cache import BuildCache, find_unchanged
from building.inputs import Run, read_inputs
from building.outcome import Outcome, make_outcome, show_progress
from building.output_folder.swap import replace_tree

# What the last build was made of: to free so many things one by one takes longer than what is left to do.
MADE: list[object] = []


def build_site(run: Run) -> Outcome:
    """Build the site of the folder `run.content` into `run.output`, unless it is there already.

    The output folder is the last good site until the new one is whole, and stays it when anything is
    wrong. Raises Refused with what is wrong, OSError for a fault of the disk.
    """
    began_ns = time.time_ns()
    with closing(BuildCache(run.cache_file, run.output)) as cache:
        inputs = read_inputs(run)
        if outcome := find_unchanged(run, cache, inputs):
            return outcome
        # With nothing changed none of this is needed, and it takes time to load.
        from building.pelican_adapter.run import collect_jobs, compile_beside, explained_faults

        replacing = replace_tree(run.output, run.protected, has_output=run.has_output)
        with replacing as staging, show_progress() as progress:
            with ExitStack() as beside:
                beside.enter_context(compile_beside(run.settings))
                # In the meantime there is time to load these.
                from building.page_keys import PageKeys
                from building.pelican_adapter.run import load_plugins
                from building.proof import check_losses, prove_jobs, prove_site
                from building.read_site import read_site
                from building.tree import write_tree

                load_plugins(run.settings)
                catalogue = read_site(run.settings, inputs.listing, progress, beside)
                jobs = collect_jobs(run.settings, catalogue, staging)
            prove_jobs(jobs, catalogue.places, os.listdir(staging))
            progress("Writing")
            keys = PageKeys(
                run.settings, catalogue.targets, catalogue.planned, cache.template_names
            )
            with explained_faults():
                entries = write_tree(jobs, keys.make_key, staging, cache.tree, cache.entries)
            progress("Proving")
            warnings = prove_site(staging, jobs, entries, cache, run, catalogue)
            check_losses(run, catalogue, cache, entries)
        siteurl = run.settings["SITEURL"].rstrip("/")
        outcome = make_outcome(catalogue, siteurl, began_ns, keys.names, warnings)
        cache.save(inputs.key, vars(outcome), entries)
        MADE[:] = jobs, catalogue
    return outcome
