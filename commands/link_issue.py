"""Keep one issue on GitHub about the links that lead nowhere, from what the ledger of links says.

It asks no link itself: what may open issues does not talk to strange servers.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from building.public_site import read_site_settings
from catalogue.link_ledger import check_ledger, load_ledger
from catalogue.problems import count_errors, write_report
from catalogue.project import CONTENT
from commands.check import judge_content
from commands.github.dead_links import NEEDED, tell_links
from commands.link_care.uses import list_uses
from commands.writing.ready import is_ready

INCOMPLETE = (
    "A text has an error, so not all links are known, and the issue stays as it is. To see it: "
    "python3 tasks.py check"
)


def link_issue(content: Path = CONTENT, environ: Mapping[str, str] = os.environ) -> int:
    """Open, change or close the issue, and print what was done; return the exit code.

    Exit codes: 0 the issue says what the ledger says, 1 it could not be done, 2 there is no such folder,
    or this is not GitHub.
    """
    if missing := [name for name in NEEDED if not environ.get(name)]:
        print(f"This runs on GitHub, where {', '.join(missing)} is set.", file=sys.stderr)
        return 2
    if not is_ready(content):
        return 2
    if problems := check_ledger(content):
        write_report(problems, content)
        return 1
    catalogue = judge_content(content)
    if count_errors(catalogue.problems):
        print(INCOMPLETE, file=sys.stderr)
        return 1
    uses = list_uses(catalogue, read_site_settings(content)["SITEURL"])
    return tell_links(uses, load_ledger(content), content, environ)
