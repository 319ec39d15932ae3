"""Configure the templates: their filters, the words, and what every page shows.

Reads: the theme's stylesheet and words, the site's address and its links.
Adds: `stylesheet`, `policy`, `text_styles`, `site_root`, `site_url`, `navigation` and `footer_links` to
the context; filters, the words of the theme and `site_root` to the templates.
Writes: nothing.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import (
    Environment,
    StrictUndefined,
    TemplateRuntimeError,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from markupsafe import Markup, escape

from building.navigation import list_footer, list_navigation
from building.pelican_adapter.compiled_templates import keep_compiled
from building.pelican_adapter.once import Once
from building.pelican_adapter.stylesheet import (
    Policy,
    find_text_parts,
    format_source,
    make_stylesheet,
)
from building.words import PLACEHOLDER, WORD_LINK, format_counted, format_date, read_words
from catalogue.addresses import SITE
from catalogue.dates import format_stamp
from catalogue.selection import Catalogue
from catalogue.text.directions import find_direction

# In a word of the theme, as it is after HTML's signs have been escaped.
MARKS = re.compile(rf"{WORD_LINK.pattern}|\*([^*]+)\*|`([^`]+)`")
MARGIN = re.compile(r"\n\s+")
FIRST_MARGIN = re.compile(r"^ {2,}(?=<)")
BRACES = re.compile(rf"{PLACEHOLDER.pattern}|[{{}}]")


def read_root(site_url: str) -> str:
    """Return the path that the site lies under: `` at a domain's root, `/repo` below it."""
    return urlsplit(site_url).path.rstrip("/")


def format_permalink(output_file: str, site_url: str) -> str:
    """Return the absolute address of a page from the name of its file."""
    return f"{site_url}/{output_file.replace(chr(92), '/').removesuffix('index.html')}"


def find_address(name: str, in_full: bool = False, *, catalogue: Catalogue, site_url: str) -> str:
    """Return the address of a page or file of the site, such as `/blog/topics/` for `topics`.

    `name` is one of `addresses.SITE`, or an address from the site's root. Raises TemplateRuntimeError
    if the site has no such page. With `in_full` the address begins with that of the site.
    """
    address = SITE.get(name, name)
    if address not in catalogue.planned:
        raise TemplateRuntimeError(
            f"the site has no page “{name}”. Write one of: {', '.join(sorted(SITE))}"
        )
    return (site_url if in_full else read_root(site_url)) + address


def prepare(word: str) -> str:
    """Return a word as HTML that `str.format` fills."""
    return BRACES.sub(lambda match: match[0] if match[1] else match[0] * 2, escape(word))


def mark_up(word: str, find: Callable[[str], str]) -> str:
    """Return a word as HTML, with its links and stresses; `find` returns the path of an address."""

    def mark(match: re.Match[str]) -> str:
        label, address, stress, code = match.groups()
        if stress or code:
            return f"<em>{stress}</em>" if stress else f"<code>{code}</code>"
        return f'<a href="{find(address)}">{label}</a>'

    return MARKS.sub(mark, prepare(word))


def fill(word: str, /, *, prepared: Callable[[str], str], **values: object) -> Markup:
    """Return a word of the theme with values, which are escaped, in place of the names in braces."""
    shown = {name: escape(value) for name, value in values.items()}
    return Markup(prepared(word).format_map(shown))  # noqa: S704 - all of it is escaped


class Constants(Extension):
    """A Jinja extension that writes the theme's words and the site's path into templates once.

    So `words.home` and `site_root` cost no page anything, nor does `site_language`, which macros see too.
    The environment has the first two as `constants`. The margins of a template's lines are taken away
    as well: no reader needs them.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the pieces of a template, with a text in place of each such name."""
        root, words = vars(self.environment)["constants"]
        texts = {"site_root": root, "site_language": vars(self.environment).get("site_language")}
        before = ""
        for token in stream:
            if token.type == "data":
                text = MARGIN.sub("\n", token.value)
                # The end of the line before is gone with the tag in it; one blank parts words.
                text = FIRST_MARGIN.sub("", text) if before == "block_end" else text
                yield Token(token.lineno, "data", text)
            elif token.type != "name" or before == "dot":
                yield token
            elif texts.get(token.value) is not None:
                yield Token(token.lineno, "string", texts[token.value])
            elif token.value == "words":
                stream.expect("dot")
                name = stream.expect("name").value
                if name not in words:
                    text = f"there is no word {name} in theme/words.py"
                    raise TemplateSyntaxError(text, token.lineno, stream.name, stream.filename)
                yield from make_tokens(token.lineno, words[name])
            else:
                yield token
            before = token.type


def make_tokens(line: int, value: str | tuple[str, ...]) -> Iterator[Token]:
    """Yield how a text is written in a template, or several in round brackets."""
    if isinstance(value, str):
        yield Token(line, "string", value)
        return
    yield Token(line, "lparen", "(")
    for text in value:
        yield Token(line, "string", text)
        yield Token(line, "comma", ",")
    yield Token(line, "rparen", ")")


def configure(generator: Any) -> None:
    """Add filters to the templates of one generator, and what every page shows to the context."""
    settings, words, catalogue = generator.settings, read_words(), generator.catalogue
    generator.words = words  # for plugins
    site_url = settings["SITEURL"]
    root = read_root(site_url)
    stylesheet = make_stylesheet(Path(settings["THEME"]), site_url)
    find = partial(find_address, catalogue=catalogue, site_url=site_url)
    generator.context.update(
        stylesheet=stylesheet,
        policy=Policy(stylesheet),
        text_styles=find_text_parts,
        site_root=root,
        site_url=site_url,
        navigation=list_navigation(settings, catalogue, root, words),
        footer_links=list_footer(settings, catalogue, root),
    )
    prepare_environment(generator.env, settings, words, find)


def prepare_environment(
    environment: Environment,
    settings: Mapping[str, Any],
    words: Mapping[str, Any],
    find: Callable[..., str],
) -> None:
    """Have an environment draw the templates of a site as they are meant.

    `words` are the theme's; `find` returns the address of a page, as `find_address` does.
    """
    day_form, language, site_url = (settings[n] for n in ("DATE_FORM", "DEFAULT_LANG", "SITEURL"))
    root = read_root(site_url)
    environment.globals.clear()  # Jinja compares them one by one wherever a macro is imported
    environment.extend(constants=(root, words), site_language=language)
    environment.add_extension(Constants)
    environment.add_extension(Once)
    environment.undefined = StrictUndefined  # a misspelt name in a template ends the build
    environment.filters.update(
        address=ask_late(find),
        permalink=ask_late(partial(format_permalink, site_url=site_url)),
        day=partial(format_date, form=day_form, months=words["months"]),
        direction=find_direction,
        iso=format_stamp,
        policy_source=format_source,
        counted=partial(format_counted, thousands=words["thousands"]),
        filled=partial(fill, prepared=cache(prepare)),
        marked=ask_late(partial(fill, prepared=cache(partial(mark_up, find=find)))),
    )
    keep_compiled(environment, [root, day_form, language, words])


def ask_late(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that Jinja does not work out beforehand: it knows no pages, and no address, by then."""

    @pass_context
    def ask(_: Context, *values: Any, **named: Any) -> Any:
        return function(*values, **named)

    return ask


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.generator_init.connect(configure)
