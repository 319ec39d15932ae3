"""Replace Pelican's readers, of which this site uses none: the catalogue has read all texts.

Loading them would load docutils too, and take a third of the time that Pelican needs to start.
"""

import sys
from types import ModuleType

from catalogue.known_versions import are_known


class Readers:
    """The readers that a generator of Pelican's has; ours never asks them for anything."""

    def __init__(self, *_: object) -> None: ...


def leave_out_readers() -> None:
    """Replace the readers of a Pelican that is loaded from now on."""
    if "pelican" not in sys.modules and are_known("pelican"):
        module = ModuleType("pelican.readers", __doc__)
        vars(module)["Readers"] = Readers
        sys.modules[module.__name__] = module
