"""Every address of the site and every reserved name, once."""

from __future__ import annotations  # a Record is only known where files are read

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalogue.folder.names import FORBIDDEN_ON_WINDOWS, MAX_NAME, UNPRINTABLE
from catalogue.folding import compose
from catalogue.problems import shorten
from catalogue.slugs import DEVICES, check_slug, format_topic_slug
from catalogue.text.encoding import FORBIDDEN_CHARACTERS

if TYPE_CHECKING:
    from catalogue.folder.media import Media
    from catalogue.records import Record

# Where each kind of text lies, and what lies in the folder of each beside its page.
FOLDERS = {"post": "posts/", "page": "", "topic": "topics/"}
TOPIC_FEEDS = ("feed.atom.xml", "feed.rss.xml")
CARD = "card.png"  # also at the site's root, for the pages that have none of their own
COMMENTS_FEED = "comments.atom.xml"
CITATION = ("citation.bib", "citation.ris")
BIBLIOGRAPHY = ("bibliography.bib", "bibliography.ris")
BESIDE = {"post": CITATION, "topic": (*BIBLIOGRAPHY, *TOPIC_FEEDS)}  # a topic with posts
# Pages and files that no file of the author's makes, by the names that templates and settings use. A
# new page is a line here, a word of the same name in theme/words.py, a template, and a plugin that asks
# for it by `writer.add_page` (as plugins/archives.py); NAVIGATION in pelicanconf.py may name it then.
SITE = {
    "home": "/",
    "archives": "/archives/",
    "questions": "/questions/",  # comes with the first question
    "search": "/search/",
    "subscribe": "/subscribe/",
    "topics": "/topics/",
    "not_found": "/404.html",
    "atom": "/feeds/all.atom.xml",
    "json": "/feeds/all.json",
    "rss": "/feeds/all.rss.xml",
    "vocabulary": "/topics.jsonld",
}
SEARCH_FOLDER = "/search/pagefind/"  # the files of the index
SEARCH_SCRIPT = "/search/search.js"
ADDRESS_LIST = "/addresses.txt"  # of all that is there to stay, against which the next site is held
# Files that machines look for; one of the same address in content/extra/ takes the place of the site's.
DEFAULT_FILES = {
    "apple_touch_icon": "/apple-touch-icon.png",
    "card": f"/{CARD}",
    "favicon": "/favicon.ico",
    "icon": "/icon.svg",
    "icon_192": "/icon-192.png",
    "icon_512": "/icon-512.png",
    "llms": "/llms.txt",
    "manifest": "/site.webmanifest",
    "robots": "/robots.txt",
    "sitemap": "/sitemap.xml",
}
SITEMAP_PART = "/sitemap-{number}.xml"  # where one file cannot hold all addresses
MOST_IN_SITEMAP = 50_000  # addresses (https://www.sitemaps.org/protocol.html)
LONGEST_ADDRESS = 200  # bytes: Windows counts the folders above as well
FURTHER_PAGES = "/page/{number}/"  # of the home page's list, from the second on


def split_first(address: str) -> str:
    """Return the first name of an address: `feeds` of `/feeds/all.json`."""
    return address.strip("/").partition("/")[0]


# Names at the root that no text may take: folders of the site that have no page of their own, and
# the list of questions.
RESERVED_ROOTS = frozenset({"images", split_first(FOLDERS["post"]), split_first(SITE["questions"])})
# The same, with all that lies below: the feeds and the further pages of the home page's list, and
# files that GitHub Pages, robots and browsers ask for by themselves.
RESERVED_TREES = frozenset(
    """
    .nojekyll .well-known ads.txt app-ads.txt apple-touch-icon.png browserconfig.xml cname
    crossdomain.xml favicon.ico humans.txt llms.txt manifest.json manifest.webmanifest robots.txt
    security.txt service-worker.js sitemap.xml sw.js
    """.split()
) | {
    split_first(address)
    for address in (SITE["atom"], SITE["json"], SITE["rss"], FURTHER_PAGES, *DEFAULT_FILES.values())
}
# Slugs that no page may have: what the site itself has at its root, and the folders of the content.
RESERVED_SLUGS = frozenset(
    ["comments", "extra", "images", "index", "pages", split_first(FURTHER_PAGES)]
    + [split_first(address) for address in (*SITE.values(), *FOLDERS.values())]
) - {""}
# What GitHub Pages serves as HTML: a file of this ending can lead a reader on.
PAGE_ENDINGS = (".htm", ".html", ".shtml")
# What older sites put at the end of a page's address. GitHub Pages would offer a file of this ending
# to be saved, but answers the address of a folder with the page inside.
PROGRAMS = re.compile(
    r"\.(?:[aj]spx?|[0-9]+|action|cfml?|cgi|do|fcgi|jsf|php[3-8]?|phtml|pl|xhtml)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """One planned address, and what in which file asks for it; no file for the site itself."""

    address: str
    path: str = ""
    line: int = 0  # of a text; files have none
    is_old: bool = False  # whether its page only leads on to the text's own


def format_address(record: Record) -> str:
    """Return a record's address from the site's root: `/posts/weeding/`."""
    return f"/{FOLDERS[record.kind]}{record.slug}/"


def address_file(address: str) -> str:
    """Return the file that is written for an address: `/about/` is `about/index.html`."""
    return address.lstrip("/") + ("index.html" if address.endswith("/") else "")


def is_reserved(kind: str, slug: str) -> bool:
    """Return whether the site needs a name where a text of this kind would lie."""
    return slug == "index" or (kind == "page" and slug in RESERVED_SLUGS)


def has_card(record: Record, media: Mapping[str, Media]) -> bool:
    """Return whether a text has a card: a topic, and a post without a picture that can take its place."""
    if record.kind != "post":
        return record.kind == "topic"
    picture = media.get(record.values.get("Image", ""))
    return picture is None or not picture.can_stand_elsewhere


def count_list_pages(posts: int, per_page: int) -> int:
    """Return the number of pages that the list of all posts takes; one if there are no posts."""
    return max(1, math.ceil(posts / per_page))


def format_list_page(number: int) -> str:
    """Return the address of a page of the list of all posts; the first is the home page."""
    return SITE["home"] if number == 1 else FURTHER_PAGES.format(number=number)


def plan_places(
    records: Sequence[Record],
    files: Iterable[str],
    pages: int,
    commented: Collection[str] = (),
    used: Collection[str] = (),
) -> list[Place]:
    """Return every address but the cards': the site's own, each text's with its aliases, each file's.

    `pages` is the number of pages that the home page's list takes, `commented` has the paths of the
    posts with comments, `used` those of the topics that posts have.
    """
    asked = any(record.question for record in records)
    places = [Place(address) for name, address in SITE.items() if asked or name != "questions"]
    places += [Place(format_list_page(number)) for number in range(2, pages + 1)]
    places += [Place(SEARCH_SCRIPT), Place(ADDRESS_LIST)]
    texts = sum(record.kind in FOLDERS and bool(record.slug) for record in records)
    pages = texts + sum(place.address.endswith("/") for place in places)
    places += plan_defaults(files, pages)
    for record in records:
        if record.kind not in FOLDERS or not record.slug:
            continue
        address = format_address(record)
        places.append(Place(address, record.path, record.line("Slug")))
        if record.kind != "topic" or record.path in used:
            places += [
                Place(address + name, record.path, 1) for name in BESIDE.get(record.kind, ())
            ]
        if record.path in commented:
            places.append(Place(address + COMMENTS_FEED, record.path, record.line("Slug")))
        old = read_redirects(record).items()
        places += [Place(redirect, record.path, line, is_old=True) for redirect, line in old]
    places += [Place(f"/{path.removeprefix('extra/')}", path) for path in files]
    return places


def plan_cards(records: Iterable[Record], media: Mapping[str, Media]) -> list[Place]:
    """Return the places of the cards; what a text calls its picture is known when links are settled."""
    carded = (record for record in records if record.slug and has_card(record, media))
    return [Place(format_address(record) + CARD, record.path, 1) for record in carded]


def plan_defaults(files: Iterable[str], pages: int) -> list[Place]:
    """Return the places of the files that machines look for, but for those that extra has itself.

    `pages` is the number of pages that a sitemap names.
    """
    own = {f"/{path.removeprefix('extra/')}" for path in files}
    addresses = [*DEFAULT_FILES.values(), *list_sitemap_parts(pages)]
    return [Place(address) for address in addresses if address not in own]


def list_sitemap_parts(pages: int) -> list[str]:
    """Return the addresses of the parts of a sitemap of so many pages; none if one file holds all."""
    parts = math.ceil(pages / MOST_IN_SITEMAP)
    return (
        [SITEMAP_PART.format(number=number) for number in range(1, parts + 1)] if parts > 1 else []
    )


def read_redirects(record: Record) -> dict[str, int]:
    """Return the addresses that lead to a record's own, each with its line: aliases, other names."""
    redirects = dict.fromkeys(record.values.get("Aliases", []), record.line("Aliases"))
    taken = {format_address(record), *map(fold_address, redirects)}
    for name in record.values.get("Used-for", []):
        slug = format_topic_slug(name)
        address = f"/{FOLDERS['topic']}{slug}/"
        if slug and not check_slug(slug) and address not in taken:
            redirects[address] = record.line("Used-for")
    return redirects


def is_reserved_address(address: str) -> bool:
    """Return whether the site, a robot or a browser looks for something of its own at an address."""
    first, _, below = fold_address(address).strip("/").partition("/")
    return first in RESERVED_TREES or (first in RESERVED_ROOTS and not below)


def explain_reserved(address: str) -> str:
    """Return the sentence for an address that no text may take."""
    return f"The address {address} belongs to the site itself. Choose another."


def check_alias(address: str) -> str:
    """Return in one sentence why no page at an old address could lead on, and what to do; empty if one can.

    `address` is a path from the site's root, and ends in a slash if that was typed.
    """
    if is_reserved_address(address):
        return f"The address {address} belongs to the site itself. Leave it out of Aliases."
    seen = f"“{shorten(address)}” cannot lead to this text"
    faults = map(find_part_fault, address.strip("/").split("/"))
    fault = next(filter(None, faults), "")
    if not fault and len(address.encode()) > LONGEST_ADDRESS:
        fault = f"it has more than {LONGEST_ADDRESS} bytes, and is too long for some computers"
    if fault:
        return f"{seen}: {fault}. Leave it out of Aliases."
    ending = find_ending(address)
    if not ending or ending in PAGE_ENDINGS or PROGRAMS.fullmatch(ending):
        return ""
    why = f"what leads on is a web page, and whoever asks for {ending} wants the file itself"
    return (
        f"{seen}: {why}. Put the file into the folder extra; if it was a page all the same, write "
        f"it with a slash at its end: {shorten(address)}/"
    )


def find_part_fault(part: str) -> str:
    """Return why some system could not store or publish a name in an address; empty if all can."""
    if part.startswith("."):
        return f"GitHub Pages does not publish “{part}”, for what begins with a dot is hidden"
    if hidden := (UNPRINTABLE.search(part) or FORBIDDEN_CHARACTERS.search(part)):
        return f"it holds an invisible sign (U+{ord(hidden[0]):04X})"
    if bad := FORBIDDEN_ON_WINDOWS.search(part):
        return f"Windows cannot store a name with {bad[0]} in it"
    if DEVICES.fullmatch(part):
        return f"Windows keeps the name “{part}” for itself and could not store this site"
    if part.endswith((".", " ")):
        end = "dot" if part.endswith(".") else "blank"
        return f"Windows cannot store a name that ends in a {end}"
    if len(part.encode()) > MAX_NAME:
        return f"“{shorten(part)}” is too long for a name on some computers"
    return ""


def format_alias(address: str) -> str:
    """Return the address of the page that leads on from an old one: a file, or a folder's index."""
    is_page = find_ending(address) in PAGE_ENDINGS
    return address if address.endswith("/") or is_page else f"{address}/"


def find_ending(address: str) -> str:
    """Return the ending of the file that an address names, such as `.html`; empty for a folder."""
    match = re.search(r"(?<=[^/])\.[a-z0-9]+$", address.casefold())
    return match[0] if match else ""


def fold_address(address: str) -> str:
    """Return an address without what a file system that ignores case cannot tell apart."""
    plain = address.lower() if address.isascii() else compose(address).casefold()
    return plain.removesuffix("index.html")
