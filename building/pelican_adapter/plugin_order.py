"""Check that each plugin comes after those whose work it reads.

A plugin says so in its module: `AFTER = ("plugins.topics",)`, the names as `PLUGINS` has them. Pelican
fires their handlers in the order of `PLUGINS`, and would let one read what is not there yet.
"""

from collections.abc import Sequence
from types import ModuleType

from catalogue.problems import Refused


def check_order(plugins: Sequence[ModuleType]) -> None:
    """Raise Refused if a plugin that another one needs is not before it."""
    names = [plugin.__name__ for plugin in plugins]
    for number, plugin in enumerate(plugins):
        for needed in getattr(plugin, "AFTER", ()):
            if needed not in names[:number]:
                raise Refused(
                    f'building/pelican_adapter/fixed_settings.py: "{names[number]}" reads what '
                    f'"{needed}" adds. Put "{needed}" above it in PLUGINS. The site is unchanged.'
                )
