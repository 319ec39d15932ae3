"""Judge what was read of the content folder with the settings of a site."""

from collections.abc import Mapping
from datetime import UTC
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from building.site_address import follow_domain
from building.site_links import judge_links
from catalogue.address_ledger import load_address_ledger
from catalogue.dates import read_clock
from catalogue.folder.domain import read_domain
from catalogue.judging import View, judge_records
from catalogue.memory import Readings
from catalogue.rules.namesakes import read_site_names
from catalogue.selection import Catalogue


def settle_settings(settings: Mapping[str, Any], content: Path) -> dict[str, Any]:
    """Return settings that are good with the content folder that they are for, and its site's address."""
    siteurl = follow_domain(settings["SITEURL"], read_domain(content))
    return {**settings, "PATH": str(content), "SITEURL": siteurl}


def make_view(settings: Mapping[str, Any]) -> View:
    """Return of when and for whom these settings have a site selected."""
    return View(
        ZoneInfo(settings["TIMEZONE"]),
        read_clock().astimezone(UTC),
        settings["DEFAULT_PAGINATION"],
        settings["PREVIEW"],
        read_site_names(settings),
        load_address_ledger(Path(settings["PATH"])),
        settings["FEED_AUTHORITY"],
    )


def judge_readings(settings: Mapping[str, Any], readings: Readings, view: View) -> Catalogue:
    """Return the catalogue of what was read of the folder, with its problems; settings are not judged."""
    return judge_links(settings, judge_records(*readings, view))
