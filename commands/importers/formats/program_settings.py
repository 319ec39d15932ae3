"""Read what the settings of Jekyll, Hugo and Pelican say of addresses, as far as they are simple."""

import ast
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from commands.importers.front_matter import decode, read_toml, read_yaml
from commands.importers.site import Site, Unreadable

JEKYLL, HUGO, PELICAN = "Jekyll", "Hugo", "Pelican"
DATE_STYLE = "/:categories/:year/:month/:day/:title:output_ext"
# https://jekyllrb.com/docs/permalinks/#built-in-formats
STYLES = {
    "date": DATE_STYLE,
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
DEFAULTS: Mapping[str, Mapping[str, str]] = {
    JEKYLL: {"post": DATE_STYLE},
    HUGO: {},  # the folders and the name of the file
    PELICAN: {"post": "{slug}.html", "page": "pages/{slug}.html"},
}
COLON_PART = re.compile(r":([a-z_]+|\d+)")
PARTS = {JEKYLL: COLON_PART, HUGO: COLON_PART, PELICAN: re.compile(r"\{([^{}]*)\}")}
# Those parts that a post tells; of its date only numbers, since words are in some language.
TOLD = {
    JEKYLL: frozenset(
        "year short_year month i_month day i_day y_day title slug categories output_ext".split()
    ),
    HUGO: frozenset(
        "year month day section title slug slugorfilename slugorcontentbasename filename "
        "contentbasename yearday 2006 06 01 1 02 2 002".split()
    ),
    PELICAN: frozenset(("slug", "category", *(f"date:%{sign}" for sign in "YymdjHM"))),
}
# What else changes addresses, in ways that are not simple.
HUGO_OTHERS = frozenset(
    "languages uglyurls disablepathtolower removepathaccents contentdir frontmatter cascade".split()
)
PELICAN_OTHERS = re.compile(r"\w+_REGEX_SUBSTITUTIONS|SLUGIFY_(?:USE|PRESERVE)\w+|PATH_METADATA")
PELICAN_NAMES = frozenset(
    "ARTICLE_URL ARTICLE_SAVE_AS PAGE_URL PAGE_SAVE_AS SLUGIFY_SOURCE DEFAULT_CATEGORY "
    "CATEGORY_SAVE_AS USE_FOLDER_AS_CATEGORY FILENAME_METADATA".split()
)
MOST_BYTES = 5_000_000


@dataclass(frozen=True)
class Settings:
    """What a blog's settings say of addresses."""

    program: str = ""  # JEKYLL, HUGO or PELICAN; empty without settings
    patterns: Mapping[str, str] = field(default_factory=dict)  # by kind, in Hugo by folder
    is_understood: bool = False  # so that the patterns are the blog's
    fault: str = ""  # why they are not understood
    slug_source: str = "title"  # or `basename`, or `name`, which is that without its date
    category: str = "misc"  # of Pelican's posts that have none
    has_folders: bool = True  # which are categories in Pelican
    folder: str = "content"  # that all texts of Pelican lie in
    file_name: re.Pattern[str] | None = None  # in which Pelican's texts may have their slug


def read_settings(site: Site) -> Settings:
    """Return what the settings in the site's folder say; what is not understood is told to the site."""
    for name, program in FILES.items():
        try:
            text = decode(((site.root or Path()) / name).read_bytes()[:MOST_BYTES])
        except OSError:
            continue
        try:
            settings = READERS[program](text, name)
        except (Unreadable, SyntaxError, ValueError, TypeError, RecursionError):
            settings = guess(Settings(program), f"they cannot be read as {program} reads them")
        if settings and not settings.is_understood:
            text = f"{settings.fault}, so that the addresses are guessed"
            site.tell("settings that do not tell the old addresses", name, text)
        if settings:
            return settings
    return Settings()


def guess(settings: Settings, fault: str) -> Settings:
    """Return settings as not understood, with the program's patterns where posts do not tell their own."""
    told = {
        kind: pattern
        for kind, pattern in settings.patterns.items()
        if has_told_parts(settings.program, pattern)
    }
    return replace(settings, patterns={**DEFAULTS[settings.program], **told}, fault=fault)


def judge(settings: Settings, others: Iterable[str]) -> Settings:
    """Return settings as understood, if posts tell each part of their patterns, or else the guess.

    `others` names the settings that change addresses in ways that are not simple.
    """
    if found := sorted(set(others)):
        return guess(settings, f"{' and '.join(found)} may change addresses")
    for pattern in settings.patterns.values():
        if not has_told_parts(settings.program, pattern):
            return guess(settings, f"{pattern} has a part that is not known here")
    return replace(settings, is_understood=True)


def has_told_parts(program: str, pattern: str) -> bool:
    """Return whether a post tells each part of a pattern."""
    return TOLD[program].issuperset(PARTS[program].findall(pattern))


def read_jekyll(text: str, _: str) -> Settings:
    """Return what `_config.yml` says. Raises Unreadable."""
    values = read_yaml(text)
    posts = pick(pick(values, "collections"), "posts")
    pattern = str(posts.get("permalink") or values.get("permalink") or "date")
    is_other = re.search("permalink|categor", str(values.get("defaults")))
    others = ["defaults"] if is_other else []
    return judge(Settings(JEKYLL, {"post": STYLES.get(pattern, pattern)}), others)


def pick(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return the mapping that a value is; an empty one where it is none."""
    found = values.get(name)
    return found if isinstance(found, Mapping) else {}


def read_hugo(text: str, name: str) -> Settings | None:
    """Return what Hugo's settings say; None for Zola's, which are known by `base_url`. Raises Unreadable."""
    readers: Mapping[str, Callable[[str], Any]] = {"toml": read_toml, "json": json.loads}
    read: Callable[[str], Any] = readers.get(name.rpartition(".")[2], read_yaml)
    values = {str(key).casefold(): value for key, value in dict(read(text)).items()}
    if "base_url" in values:
        return None
    patterns = pick(values, "permalinks")
    patterns = pick(patterns, "page") or patterns
    settings = Settings(HUGO, {str(key): str(value) for key, value in patterns.items()})
    return judge(settings, values.keys() & HUGO_OTHERS)


def read_pelican(text: str, _: str) -> Settings:
    """Return what `pelicanconf.py` says, which is read and not run. Raises SyntaxError."""
    if re.search(r"^from building\.", text, re.MULTILINE):  # a site of this very program
        patterns = {"post": "posts/{slug}/", "page": "{slug}/"}
        return Settings(PELICAN, patterns, True, slug_source="name", has_folders=False)
    values, others = read_constants(text)
    patterns = {
        kind: values.get(f"{word}_URL")
        or re.sub(r"\bindex\.html\Z", "", values.get(f"{word}_SAVE_AS", ""))
        or DEFAULTS[PELICAN][kind]
        for kind, word in (("post", "ARTICLE"), ("page", "PAGE"))
    }
    settings = Settings(
        PELICAN,
        patterns,
        slug_source=values.get("SLUGIFY_SOURCE", "title"),
        category=str(values.get("DEFAULT_CATEGORY", "misc")),
        # Pelican looks at the folders only if its categories have pages.
        has_folders=bool(
            values.get("USE_FOLDER_AS_CATEGORY", True) and values.get("CATEGORY_SAVE_AS", True)
        ),
        folder=str(values.get("PATH", "content")).strip("./"),
    )
    if source := values.get("FILENAME_METADATA"):
        try:
            settings = replace(settings, file_name=re.compile(str(source)))
        except re.error:
            others.append("FILENAME_METADATA")
    if settings.file_name and settings.file_name.groupindex.keys() - {"date", "slug", "title"}:
        others.append("FILENAME_METADATA")
    return judge(settings, others)


def read_constants(text: str) -> tuple[dict[str, Any], list[str]]:
    """Return the constants of Python by name, and what else may change addresses. Raises SyntaxError."""
    values: dict[str, Any] = {}
    others = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            others.append(f"from {node.module} import *")
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if not isinstance(node, ast.Assign) or not isinstance(target, ast.Name):
            continue
        name = target.id
        is_known = isinstance(node.value, ast.Constant) and name not in values
        if PELICAN_OTHERS.fullmatch(name) or (name in PELICAN_NAMES and not is_known):
            others.append(name)
        elif is_known and name in {*PELICAN_NAMES, "PATH"}:
            values[name] = getattr(node.value, "value", None)
    return values, others


def find_category(place: str, settings: Settings, has_lines: bool) -> str:
    """Return the category that Pelican takes from the folder of a text; empty if it is none of Pelican's.

    Without settings a text is Pelican's if `has_lines`, and a folder that is a number is a year's.
    """
    folders = place.removeprefix(f"{settings.folder}/").split("/")[:-1]
    if not folders or not settings.has_folders:
        return ""
    is_likely = not settings.program and has_lines and not folders[-1].isdigit()
    return folders[-1] if settings.program == PELICAN or is_likely else ""


READERS: Mapping[str, Callable[[str, str], Settings | None]] = {
    JEKYLL: read_jekyll,
    HUGO: read_hugo,
    PELICAN: read_pelican,
}
FILES = {
    "_config.yml": JEKYLL,
    "_config.yaml": JEKYLL,
    **{
        f"{folder}{stem}.{ending}": HUGO
        for folder in ("", "config/_default/")
        for stem in ("hugo", "config")
        for ending in ("toml", "yaml", "yml", "json")
    },
    "pelicanconf.py": PELICAN,
}
