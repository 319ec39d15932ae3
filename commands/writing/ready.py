"""What comes before a content folder is read: what a killed command has left, and a word to who is new."""

from pathlib import Path

from building.inputs import has_content
from building.pelican_adapter.fixed_settings import READING_CACHE
from building.settings import read_constants
from catalogue.problems import Refused
from catalogue.project import ROOT
from commands.writing.plans import has_plan


def is_ready(content: Path) -> bool:
    """Return whether there is a folder to read; print what to do if there is none.

    What a command that was killed has left to do in it is done.
    """
    if not has_content(content):
        return False
    if has_plan(content):
        from commands.writing.write_files import finish_writing  # which most runs do not need

        finish_writing(content)
    return True


def mention_setup() -> None:
    """Print how to set up a site that nobody has, before its first build or preview on this machine."""
    if (ROOT / READING_CACHE).parent.exists():
        return
    from commands.settings.setup_questions import is_as_shipped

    try:
        is_new = is_as_shipped(read_constants())
    except Refused:  # which is told by who needs the settings
        return
    if is_new:
        print("This site is not set up yet: python3 tasks.py setup asks six questions.", flush=True)
