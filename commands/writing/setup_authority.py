"""Set the authority of a new site's feeds along with its address, once; a later address leaves it alone."""

from collections.abc import Mapping
from pathlib import Path

from building.feed_authority import NAME, derive_authority, explain_example, is_example
from building.settings import FILES
from building.site_address import is_public
from catalogue.folder.domain import read_domain
from commands.writing.setting_edit import find_setting, has_setting


def add_authority(
    answers: Mapping[str, str], address: str, root: Path, content: Path
) -> dict[str, str]:
    """Return the answers by setting, with the authority if it is the example's and can be derived.

    `address` is that of the site; its domain, which the content folder may name, comes first.
    """
    first, second = ((root / file).read_bytes() for file in FILES)
    place = find_setting(first, NAME)
    if not place or not is_example(place.value) or has_setting(second, NAME):
        return dict(answers)
    domain = read_domain(content)
    derived = derive_authority(f"https://{domain}" if domain else "", address)
    return {**answers, NAME: derived} if derived else dict(answers)


def hint_at_authority(data: bytes, address: str) -> None:
    """Print what to write before the first publishing, where the site's address does not give it."""
    place = find_setting(data, NAME)
    if place and is_example(place.value) and is_public(address):
        print(explain_example(f"{FILES[0]}:{place.line}", ""))
