"""Find where a text of Jekyll, Hugo or Pelican was: by the settings of its program, else by a guess."""

import re
from datetime import UTC
from typing import NamedTuple

from catalogue.slugs import format_ascii, format_post_slug
from commands.importers.fields import Header, read_items
from commands.importers.formats.program_settings import (
    DEFAULTS,
    HUGO,
    JEKYLL,
    PARTS,
    PELICAN,
    STYLES,
    Settings,
    find_category,
    has_told_parts,
)
from commands.importers.site import SitePost

SOURCES = ("source", "src")  # folders that a whole blog may lie in
PLAIN_TITLE = re.compile(r"[A-Za-z0-9 -]*")


class OldAddress(NamedTuple):
    """Where a text was."""

    address: str  # empty where nobody knows it
    is_guess: bool = False


def find_address(post: SitePost, header: Header, settings: Settings, has_lines: bool) -> OldAddress:
    """Return where a post was that has a header; `has_lines` for one of lines, as Pelican's are."""
    parts = post.place.split("/")
    is_inside = parts[0] == "content" and parts[1:] not in ([], ["index.md"])
    if "_posts" in parts and settings.program in ("", JEKYLL):
        return find_jekyll(parts, post, header, settings)
    if settings.program == PELICAN or (not settings.program and has_lines and is_inside):
        return find_pelican(parts, post, header, settings)
    if is_inside and settings.program in ("", HUGO):
        return find_hugo(parts, post, header, settings)
    return OldAddress("")


def find_jekyll(parts: list[str], post: SitePost, header: Header, settings: Settings) -> OldAddress:
    """Return where a post of Jekyll was; nowhere without a date."""
    if not post.date:
        return OldAddress("")
    moment, slug = post.date, re.sub(r"\s+", "-", post.slug)
    folders = [part for part in parts[: parts.index("_posts")] if part not in SOURCES]
    categories = [name.lower() for name in (*folders, *read_categories(header))]
    values = {
        "year": f"{moment:%Y}", "short_year": f"{moment:%y}",
        "month": f"{moment:%m}", "i_month": str(moment.month),
        "day": f"{moment:%d}", "i_day": str(moment.day), "y_day": f"{moment:%j}",
        "title": slug, "slug": format_post_slug(slug), "output_ext": ".html",
        "categories": "/".join(dict.fromkeys(categories)),
    }  # fmt: skip
    own = header.text("permalink")
    own = STYLES.get(own, own)
    is_own = bool(own) and has_told_parts(JEKYLL, own)
    pattern = own if is_own else (settings.patterns or DEFAULTS[JEKYLL])["post"]
    # Jekyll turns a moment into the zone of the machine that it runs on, where it may be another day.
    is_turned = moment.tzinfo is not None and moment.astimezone(UTC).date() != moment.date()
    is_sure = (settings.is_understood and not own) or is_own
    return OldAddress(fill(JEKYLL, pattern, values), not is_sure or is_turned)


def read_categories(header: Header) -> list[str]:
    """Return the categories of Jekyll: one of `category`, of a text of `categories` each word."""
    value = header.values.get("categories")
    several = value.split() if isinstance(value, str) else read_items(value)
    return [*filter(None, [header.text("category")]), *several]


def find_hugo(parts: list[str], post: SitePost, header: Header, settings: Settings) -> OldAddress:
    """Return where a text of Hugo, or of a program like it, was."""
    is_bundle = parts[-1].startswith("index.")
    folders = parts[1 : -2 if is_bundle else -1]
    name = parts[-2] if is_bundle else parts[-1].rpartition(".")[0]
    # Hugo leaves a date in the name of a file where it is; Zola, which is like it, does not.
    name = name if settings.program == HUGO else post.slug
    own = header.text("slug")
    pattern = settings.patterns.get(folders[0], "") if folders else ""
    title = format_post_slug(post.title)
    values = {
        "section": folders[0] if folders else "", "title": title, "slug": own or title,
        "slugorfilename": own or name, "slugorcontentbasename": own or name,
        "filename": name, "contentbasename": name,
    }  # fmt: skip
    if date := post.date:
        values |= {
            "year": f"{date:%Y}", "month": f"{date:%m}", "day": f"{date:%d}",
            "yearday": f"{date:%j}".lstrip("0"),
            # As Go writes a moment, by parts of an example (https://pkg.go.dev/time#Layout).
            "2006": f"{date:%Y}", "06": f"{date:%y}", "01": f"{date:%m}", "1": str(date.month),
            "02": f"{date:%d}", "2": str(date.day), "002": f"{date:%j}",
        }  # fmt: skip
    named = set(PARTS[HUGO].findall(pattern))
    is_title = "title" in named or ("slug" in named and not own)
    is_sure = settings.is_understood and (not is_title or PLAIN_TITLE.fullmatch(post.title))
    address = fill(HUGO, pattern or f"/{'/'.join(folders)}/{own or name}/", values)
    return OldAddress(re.sub(r"\s+", "-", address.lower()), not is_sure)


def find_pelican(
    parts: list[str], post: SitePost, header: Header, settings: Settings
) -> OldAddress:
    """Return where a text of Pelican was."""
    if own := header.text("url") or re.sub(r"\bindex\.html\Z", "", header.text("saveas")):
        return OldAddress(f"/{own.lstrip('/')}")
    names = {"basename": parts[-1].rpartition(".")[0], "name": post.slug}
    source = names.get(settings.slug_source, post.title)
    folder = find_category(post.place, settings, has_lines=True)
    category = header.text("category") or folder or settings.category
    named = settings.file_name.match(names["basename"]) if settings.file_name else None
    own = header.text("slug") or (named and named.groupdict().get("slug")) or ""
    values = {"slug": own or format_slug(source), "category": format_slug(category)}
    if post.date:
        values |= {f"date:%{sign}": post.date.strftime(f"%{sign}") for sign in "YymdjHM"}
    pattern = (settings.patterns or DEFAULTS[PELICAN])[post.kind]
    return OldAddress(fill(PELICAN, pattern, values), not settings.is_understood)


def format_slug(words: str) -> str:
    """Return a slug as Pelican makes it, which leaves underscores, and puts nothing for other signs."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", format_ascii(words)).strip()).lower()


def fill(program: str, pattern: str, values: dict[str, str]) -> str:
    """Return a pattern of a program with the values of a post, as a path from the root.

    It is empty where a value is missing: the date of a post that has none.
    """
    if not values.keys() >= set(PARTS[program].findall(pattern)):
        return ""
    filled = PARTS[program].sub(lambda match: values[match[1]], pattern)
    return re.sub(r"/{2,}", "/", f"/{filled}")
