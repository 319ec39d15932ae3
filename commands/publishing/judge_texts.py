"""Judge what is to be published, and publish nothing while anything in it is wrong."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from building.judge_site import judge_site
from catalogue.problems import count_errors, format_count, write_report
from catalogue.selection import Catalogue
from commands.writing.post_files import CommandFault


def judge_texts(settings: Mapping[str, Any]) -> Catalogue:
    """Return the catalogue of a site, of which every problem is printed.

    Raises CommandFault if one of them is an error, Refused for wrong settings.
    """
    catalogue = judge_site(settings)
    write_report(catalogue.problems, Path(settings["PATH"]))
    if errors := count_errors(catalogue.problems):
        count = format_count(errors, "error is", "errors are")
        raise CommandFault(
            f"{count} to be mended first: each line above says how. Nothing was published.", 1
        )
    return catalogue
