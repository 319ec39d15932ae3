"""Judge the links that depend on the settings: those on every page, and those to the site's own address.

The latter are written in full. Under a domain other sites may lie too, such as those of other repositories
on GitHub Pages. So what leads to no page of this one is told, and stops nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from building.check_settings import locate_setting
from building.navigation import check_navigation
from building.settings import relate_file
from building.site_address import is_of_machine
from catalogue.outside_uses import find_line, list_links
from catalogue.problems import Problem, shorten
from catalogue.selection import Catalogue
from catalogue.spelling import Guesses
from catalogue.text.links import list_forms


def judge_links(settings: Mapping[str, Any], catalogue: Catalogue) -> Catalogue:
    """Return the catalogue with the problems of links that depend on the settings."""
    if not catalogue.records:  # there is a fault that says more
        return catalogue
    own = [*check_menu(settings, catalogue), *check_own_links(settings, catalogue)]
    problems = [*catalogue.problems, *check_navigation(settings, catalogue), *own]
    return replace(catalogue, problems=problems)


def check_own_links(settings: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Problem]:
    """Yield a warning for each address below that of the site which leads to no page of it."""
    site, guesses = f"{settings['SITEURL'].rstrip('/')}/", Guesses()
    for record in catalogue.published:
        for url in list_links(record):
            if url.startswith(site) and (text := explain_own(url, site, catalogue, guesses)):
                line = find_line(Path(settings["PATH"]), record.path, url)
                yield Problem(record.path, line, "warning", text)


def check_menu(settings: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Problem]:
    """Yield a warning for each address in full at the foot of every page that readers can do nothing with."""
    site, guesses = f"{settings['SITEURL'].rstrip('/')}/", Guesses()
    for _, url, *_ in settings["FOOTER_LINKS"]:
        text = ""
        if is_of_machine(url) and "://" in url and not is_of_machine(site):
            text = f"{shorten(url)} leads to your own computer. Write the public address."
        elif url.startswith(site):
            text = explain_own(url.partition("#")[0], site, catalogue, guesses)
        if text:
            file, line = locate_setting("FOOTER_LINKS", settings)
            yield Problem(relate_file(file, Path(settings["PATH"])), line, "warning", text)


def explain_own(url: str, site: str, catalogue: Catalogue, guesses: Guesses) -> str:
    """Return what is wrong with an address below that of the site; empty if a page is there."""
    address = unquote(f"/{url.removeprefix(site).partition('?')[0]}")
    if catalogue.planned & {*list_forms(address)}:
        return ""
    near = guesses.find(address, catalogue.planned)
    remedy = f"Did you mean: {near}" if near else "Mend it, unless another site lies there."
    return f"{shorten(url)} begins as this site does, which has no such page. {remedy}"
