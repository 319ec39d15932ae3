"""Plan the address of everything the site writes, and find two things that would share one."""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from plugins.problems import Problem
from plugins.records import Record
from plugins.slugs import check_slug, format_slug

FOLDERS = {"post": "posts/", "page": "", "topic": "topics/"}
TOPIC_FEEDS = ("feed.atom.xml", "feed.rss.xml")
COMMENTS_FEED = "comments.atom.xml"
CITATION = ("citation.bib", "citation.ris")
BIBLIOGRAPHY = ("bibliography.bib", "bibliography.ris")
CITED = {"post": CITATION, "topic": BIBLIOGRAPHY}
# Pages and files that no file of the author's makes.
OWN = (
    "/",
    "/404.html",
    "/archives/",
    "/feeds/all.atom.xml",
    "/feeds/all.json",
    "/feeds/all.rss.xml",
    "/subscribe/",
    "/topics/",
    "/topics.jsonld",
)
# Names at the root that GitHub Pages and robots read; no page may take them.
KEPT = ("/cname/", "/robots.txt/", "/sitemap.xml/", "/page/", "/feeds/", "/posts/", "/images/")


@dataclass(frozen=True, slots=True)
class Place:
    """Hold one planned address and what in which file asks for it; no file for the site itself."""

    address: str
    path: str = ""
    line: int = 0


def format_address(record: Record) -> str:
    """Give a record's address from the site's root: `/posts/weeding/`."""
    return f"/{FOLDERS[record.kind]}{record.slug}/"


def address_file(address: str) -> str:
    """Give the file that is written for an address: `/about/` is `about/index.html`."""
    return address.lstrip("/") + ("index.html" if address.endswith("/") else "")


def plan_places(
    records: Sequence[Record], files: Iterable[str], pages: int, commented: Collection[str] = ()
) -> list[Place]:
    """List every address: the site's own, each text's with its aliases, each file's.

    `pages` is the number of pages that the home page's list takes, `commented` has the paths of the
    posts with kept comments.
    """
    places = [Place(address) for address in OWN]
    places += [Place(f"/page/{number}/") for number in range(2, pages + 1)]
    places += [Place("/questions/")] if any(record.question for record in records) else []
    for record in records:
        if record.kind not in FOLDERS or not record.slug:
            continue
        address = format_address(record)
        places.append(Place(address, record.path, record.line("Slug")))
        places += [Place(address + name, record.path, 1) for name in CITED.get(record.kind, ())]
        if record.kind == "topic":
            places += [Place(address + name, record.path, 1) for name in TOPIC_FEEDS]
        if record.path in commented:
            places.append(Place(address + COMMENTS_FEED, record.path, record.line("Slug")))
        old = read_redirects(record).items()
        places += [Place(redirect, record.path, line) for redirect, line in old]
    places += [Place(f"/{path.removeprefix('extra/')}", path) for path in files]
    return places


def read_redirects(record: Record) -> dict[str, int]:
    """Give the addresses that lead to a record's own, each with its line: aliases, other names."""
    redirects = dict.fromkeys(record.values.get("Aliases", []), record.line("Aliases"))
    taken = {format_address(record), *map(fold_address, redirects)}
    for name in record.values.get("Used-for", []):
        slug = format_slug(name)
        address = f"/{FOLDERS['topic']}{slug}/"
        if slug and not check_slug(slug) and address not in taken:
            redirects[address] = record.line("Used-for")
    return redirects


def check_places(places: Sequence[Place]) -> list[Problem]:
    """Find addresses that two things ask for, also where only capitals or a folder tell them apart."""
    taken: dict[str, Place] = {}
    problems: list[Problem] = []
    pairs: dict[frozenset[str], tuple[Place, Place]] = {}  # of two files, one collision says enough
    for place in places:
        if place.path and fold_address(place.address) in KEPT:
            text = f"The address {place.address} belongs to the site itself. Choose another."
            problems.append(Problem(place.path, place.line, "error", text))
            continue
        other = taken.setdefault(fold_address(place.address), place)
        if other is not place:
            pairs.setdefault(frozenset((place.path, other.path)), (place, other))
    for place in places:
        address = fold_address(place.address)
        parts = address.strip("/").split("/")
        # An address that ends in / is a file in a folder of that name.
        for depth in range(1, len(parts) + (address.endswith("/") and address != "/")):
            above = taken.get("/" + "/".join(parts[:depth]))
            if above and above is not place:
                pairs.setdefault(frozenset((place.path, above.path)), (place, above))
    return [*problems, *(found for pair in pairs.values() for found in describe_collision(*pair))]


def fold_address(address: str) -> str:
    """Reduce an address to what a file system that ignores case tells apart."""
    return unicodedata.normalize("NFC", address).casefold().removesuffix("index.html")


def describe_collision(*pair: Place) -> list[Problem]:
    """Tell the author in each file of the two what the other one is."""
    problems = []
    for place, other in (pair, pair[::-1]):
        if not place.path:
            continue
        owner = f"by {other.path}" if other.path else "by the site itself"
        remedy = "Rename one of the two files."
        if place.path.endswith(".md"):
            remedy = "Give one of them another address, by a line in its header: Slug: another-name"
        if place.path.startswith("topics/"):
            remedy = "Rename one of the two files, or take the name out of its Used-for."
        text = f"The address {place.address} is taken {owner} as well. {remedy}"
        problems.append(Problem(place.path, place.line, "error", text))
    return problems
