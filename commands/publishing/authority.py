"""Write down, at the first publishing, the authority that begins the ids of the site's feeds and posts."""

from pathlib import Path

from building.feed_authority import NAME, derive_authority, is_example
from building.settings import FILES
from catalogue.folder.domain import read_domain
from catalogue.folder.regular_files import is_link
from commands.publishing.order import Order
from commands.publishing.own_files import OwnFile
from commands.writing.setting_edit import change_setting, find_setting, has_setting
from commands.writing.setup_guesses import guess_pages


def propose_authority(order: Order, siteurl: str, remote_address: str) -> str:
    """Return the authority that a site may have; empty if nothing that is surely the author's is known.

    `siteurl` is the address of the site, `remote_address` that of the repository.
    """
    domain = read_domain(order.content)
    own = f"https://{domain}" if domain else ""
    return derive_authority(own, siteurl, guess_pages(remote_address))


def plan_authority(order: Order, proposal: str) -> OwnFile | None:
    """Return the file of the settings with the authority that is proposed in place of the example's.

    None if it has one of its own, if there is no proposal, or if what stands there cannot be written over.
    """
    path = order.root / FILES[0]
    is_wanted = proposal and is_example(str(order.settings.get(NAME, "")))
    if not is_wanted or has_public(order.root) or is_link(path) or not path.is_file():
        return None
    data = path.read_bytes()
    place = find_setting(data, NAME)
    changed = change_setting(data, NAME, proposal)
    if not place or not is_example(place.value) or not changed:
        return None
    shown = (
        f'  {FILES[0]}:{place.line}: {NAME} = "{proposal}" is written there, once: it begins the ids of '
        "your posts in feeds, and stays as it is wherever the site moves to"
    )
    return OwnFile(FILES[0], changed, data, shown)


def has_public(root: Path) -> bool:
    """Return whether the settings of the public site have the authority, which publishing does not write."""
    path = root / FILES[1]
    return path.is_file() and has_setting(path.read_bytes(), NAME)
