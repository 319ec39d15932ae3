"""Replace Pelican's readers, of which this site uses none: the catalogue has read all texts.

Loading them would load docutils too, and take a third of the time that Pelican needs to start.
"""

import sys
from types import ModuleType


class Readers:
    """A reader with what Pelican's generators ask of theirs; it reads nothing."""

    extensions: tuple[str, ...] = ()
    disabled_extensions: tuple[str, ...] = ()

    def __init__(self, *_: object) -> None:
        """Accept the settings, as Pelican's own do."""

    def save_cache(self) -> None:
        """Write nothing."""


def leave_out_readers() -> None:
    """Replace the readers of a Pelican that is loaded from now on."""
    if "pelican" not in sys.modules:
        module = ModuleType("pelican.readers", __doc__)
        vars(module)["Readers"] = Readers
        sys.modules[module.__name__] = module
