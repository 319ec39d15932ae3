"""Judge addresses that two files share, also where only capitals or a folder differ, and the site's own."""

from collections.abc import Sequence

from catalogue.addresses import Place, explain_reserved, fold_address, is_reserved_address
from catalogue.problems import Problem


def check_places(places: Sequence[Place]) -> list[Problem]:
    """Return the faults of addresses for two things, also where only capitals or a folder differ."""
    taken: dict[str, Place] = {}
    pairs: dict[frozenset[str], tuple[Place, Place]] = {}  # of two files, one collision says enough
    reserved = [place for place in places if place.line and is_reserved_address(place.address)]
    problems = [Problem(p.path, p.line, "error", explain_reserved(p.address)) for p in reserved]
    refused = frozenset(reserved)
    free = [place for place in places if place not in refused] if reserved else places
    for place in free:
        other = taken.setdefault(fold_address(place.address), place)
        if other is not place:
            pairs.setdefault(frozenset((place.path, other.path)), (place, other))
    for place in free:
        address = fold_address(place.address)
        parts = address.strip("/").split("/")
        # An address that ends in / is a file in a folder of that name.
        for depth in range(1, len(parts) + (address.endswith("/") and address != "/")):
            above = taken.get("/" + "/".join(parts[:depth]))
            if above and above is not place:
                pairs.setdefault(frozenset((place.path, above.path)), (place, above))
    return [*problems, *(found for pair in pairs.values() for found in describe_collision(*pair))]


def describe_collision(*pair: Place) -> list[Problem]:
    """Return a problem for each file of the two, which names the other one; one if it is one file."""
    if pair[0].path == pair[1].path:
        one, other = pair
        seen = f"{other.address} and {one.address} cannot stand side by side on every computer"
        text = f"The addresses {seen}. Take one of them out."
        return [Problem(one.path, one.line, "error", text)]
    problems = []
    for place, other in (pair, pair[::-1]):
        if not place.path:
            continue
        owner = f"by {other.path}" if other.path else "by the site itself"
        remedy = "Rename one of the two files." if other.path else "Rename this file, or delete it."
        if place.path.endswith((".md", ".markdown")):
            which = "one of them" if other.path else "this text"
            remedy = f"Give {which} another address, by a line in its header: Slug: another-name"
        if place.path.startswith("topics/"):
            remedy = "Rename one of the two files, or take the name out of its Used-for."
        elif place.is_old:
            remedy = "Take it out of Aliases."
        elif other.is_old and not other.path.startswith("topics/"):
            remedy = "Take it out of the Aliases there."
        text = f"The address {place.address} is taken {owner} as well. {remedy}"
        problems.append(Problem(place.path, place.line, "error", text))
    return problems
