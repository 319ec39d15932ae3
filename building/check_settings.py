"""Find what no site can be built with in the author's settings, each fault with its line."""

import ast
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from building.check_theme import check_theme
from building.pelican_adapter.unused_modules import load_pelican
from building.setting_examples import SETTING_EXAMPLES
from building.setting_rules import check_setting
from building.settings import FILES, FIXED_NAMES, MODULE
from building.settings_source import find_twice, parse_file
from catalogue.problems import Refused
from catalogue.project import ROOT
from catalogue.spelling import find_nearest

FIXED = FIXED_NAMES


def check_settings(settings: Mapping[str, Any]) -> None:
    """Raise Refused with all that is wrong with the settings and the words of the site."""
    faults = [*check_names(settings), *check_twice(), *check_values(settings)]
    faults += check_theme()
    if faults:
        raise Refused("\n".join([*faults, "The site is unchanged."]))


def find_lines(path: Path) -> dict[str, int]:
    """Return the names that a settings file assigns or imports, each with the line."""
    lines = {}
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            lines[node.id] = node.lineno
        elif isinstance(node, ast.alias) and node.name != "*":
            lines[node.asname or node.name] = node.lineno
    return lines


def locate_setting(name: str, settings: Mapping[str, Any]) -> tuple[str, int]:
    """Return the file and line that a setting has its value from; line 0 if it stands in none."""
    first, second = (find_lines(ROOT / file) for file in FILES)
    before = vars(sys.modules[MODULE]).get(name) if MODULE in sys.modules else None
    if name in second and (name not in first or before != settings.get(name)):
        return FILES[1], second[name]
    return FILES[0], first.get(name, 0)


def format_setting_place(name: str, settings: Mapping[str, Any]) -> str:
    """Return where a setting stands, as messages begin."""
    file, line = locate_setting(name, settings)
    return f"{file}:{line}" if line else file


def check_names(settings: Mapping[str, Any]) -> list[str]:
    """Return the faults of settings that are not the author's, that nobody reads, or that are missing."""
    written = {name for file in FILES for name in find_lines(ROOT / file)}
    strange = {name for name in written if name.isupper() or name.upper() in SETTING_EXAMPLES}
    strange |= settings.keys() - FIXED
    missing = sorted(SETTING_EXAMPLES.keys() - settings.keys())
    faults = [
        f"{format_setting_place(name, settings)}: {explain_name(name, missing or SETTING_EXAMPLES)}"
        for name in sorted(strange - SETTING_EXAMPLES.keys())
    ]
    return faults + [
        f"{FILES[0]}: the setting {name} is missing. Add it: {name} = {SETTING_EXAMPLES[name]}"
        for name in missing
    ]


def check_twice() -> list[str]:
    """Return the faults of settings that stand twice in one file."""
    return [
        f"{file}:{line}: {fault}"
        for file in FILES
        for line, fault in find_twice(parse_file(ROOT / file))
    ]


def explain_name(name: str, known: Iterable[str]) -> str:
    """Return why a setting is none of the author's; `known` are those that may be meant."""
    if name not in FIXED:
        load_pelican()
        from pelican.settings import DEFAULT_CONFIG

        if name not in DEFAULT_CONFIG:
            near = find_nearest(name.upper(), known)
            remedy = f"Did you mean {near}?" if near else "Take it out."
            return f"nobody reads a setting called {name}. {remedy}"
    where = "building/pelican_adapter/fixed_settings.py"
    if name.endswith(("_URL", "_SAVE_AS")):
        where = "catalogue/addresses.py, which plans every address"
    return f"{name} belongs to the code of the site and is fixed in {where}. Take it out."


def check_values(settings: Mapping[str, Any]) -> list[str]:
    """Return the faults of values of the wrong kind, and of those that do not name what they should."""
    return [
        f"{format_setting_place(name, settings)}: {wrong}"
        for name in sorted(SETTING_EXAMPLES.keys() & settings.keys())
        if (wrong := check_setting(name, settings[name]))
    ]
