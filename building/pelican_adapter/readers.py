"""Stand in for Pelican's readers, of which this site uses none: the catalogue has read all texts.

Loading them would load docutils too, and take a third of the time that Pelican needs to start.
"""

import sys
from types import ModuleType


class Readers:
    """Have what Pelican's generators ask of their readers, and read nothing."""

    extensions: tuple[str, ...] = ()
    disabled_extensions: tuple[str, ...] = ()

    def __init__(self, *_: object) -> None:
        """Take the settings, as Pelican's own do."""

    def save_cache(self) -> None:
        """Keep nothing."""


def leave_out_readers() -> None:
    """Let a Pelican that is loaded from now on do without its readers."""
    if "pelican" not in sys.modules:
        module = ModuleType("pelican.readers", __doc__)
        vars(module)["Readers"] = Readers
        sys.modules[module.__name__] = module
