"""Make a job of every file of the site: where it goes, what it shows, and how it is drawn.

Reads: what Pelican's generators and the plugins ask to be written.
Adds: `JOBS` to the settings, the list of all jobs.
Writes: when Pelican is done, each in turn; nothing if `KEEP_JOBS` is set.

Nothing is drawn while the list is made. So whoever has the list decides: a build draws what has
changed, side by side; a preview draws what is asked for.
"""

import hashlib
import posixpath
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
from pelican.paginator import Paginator
from pelican.writers import Writer

from building.tree import write_all
from catalogue.folder.layout import select_kind
from catalogue.folder.regular_files import NotRegular, TooLarge, read_whole
from catalogue.folder.sizes import MAX_FILE_BYTES
from catalogue.pictures.facts import format_published
from catalogue.problems import Refused

# What Pelican's writer is told besides, and this site has no use for.
OPTIONS = ("override_output", "paginated", "relative_urls")


class Template:
    """Stand for a template of the theme, which is compiled when the first page is drawn with it."""

    def __init__(self, environment: jinja2.Environment, name: str) -> None:
        """Take the name of a file among the theme's templates."""
        self.environment, self.name = environment, name

    def load(self) -> jinja2.Template:
        """Give the template itself."""
        return self.environment.get_template(self.name)


@dataclass(slots=True)
class Job:
    """Hold one file of the site."""

    file: str  # from the root of the site, with forward slashes
    draw: Callable[[], bytes]
    shows: Any  # all that it shows besides the settings, as far as it can change
    template: Template | None = None
    context: Mapping[str, Any] = field(default_factory=dict)  # what all templates are given


class JobWriter(Writer):  # type: ignore[misc]
    """Take the place of Pelican's writer, and keep the jobs."""

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        """Begin an empty list of jobs."""
        super().__init__(output_path, settings)
        self.jobs: list[Job] = []
        settings["JOBS"] = self.jobs

    def add(self, file: str, draw: Callable[[], str | bytes], shows: Any) -> None:
        """Keep a job for a file that no template makes; `shows` as in `Job`."""
        self.jobs.append(Job(file, partial(draw_bytes, draw), shows))

    def write_file(
        self,
        name: str,
        template: Template,
        context: Mapping[str, Any],
        template_name: str | None = None,
        url: str | None = None,
        **words: Any,
    ) -> None:
        """Keep a job for a page, or for each page of a list; the parameters are those of Pelican's writer."""
        for option in OPTIONS:
            words.pop(option, None)
        paged = self.settings["PAGINATED_TEMPLATES"]
        if template_name not in paged:
            self.add_page(name, template, context, words)
            return
        articles, per_page = words["articles"], paged[template_name]
        per_page = per_page or self.settings["DEFAULT_PAGINATION"]
        paginator = Paginator(name, url, articles, self.settings, per_page)
        pages = [paginator.page(number) for number in range(1, paginator.num_pages + 1)]
        for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
            around = {"previous_page": before, "page": page, "next_page": after}
            around |= {"paginator": paginator}
            around = {f"articles_{key}": value for key, value in around.items()}
            self.add_page(page.save_as, template, context, {**words, **around})

    def add_page(
        self, file: str, template: Template, context: Mapping[str, Any], words: dict[str, Any]
    ) -> None:
        """Keep a job for one page."""
        words["output_file"] = file
        draw = partial(draw_page, template, context, words)
        self.jobs.append(Job(file, draw, words, template, context))


def draw_page(template: Template, context: Mapping[str, Any], words: Mapping[str, Any]) -> bytes:
    """Render a template with the context of all pages and the words of one.

    Jinja's own `render` does the same, but copies the context with its 300 settings three times, and
    joins all pieces before they are encoded: most are ASCII, which is quick as long as it is alone.
    """
    environment, compiled = template.environment, template.load()
    shown = {**environment.globals, **context, **words}
    seen = environment.context_class(environment, shown, compiled.name, compiled.blocks)
    try:
        return b"".join(map(str.encode, compiled.root_render_func(seen)))
    except Exception:  # noqa: BLE001 - all that goes wrong is raised again
        environment.handle_exception()  # adds the line of the template


def draw_bytes(draw: Callable[[], str | bytes]) -> bytes:
    """Draw a file that is text or bytes already."""
    drawn = draw()
    return drawn.encode() if isinstance(drawn, str) else drawn


def name_templates(generator: Any) -> None:
    """Give a generator the names of its templates in place of templates; most runs draw with few."""
    generator.get_template = cache(lambda name: Template(generator.env, f"{name}.html"))


def copy_files(generator: Any, writer: JobWriter) -> None:
    """Copy the pictures and attachments that are linked to, and what goes to the root."""
    catalogue, content = generator.settings["CATALOGUE"], Path(generator.settings["PATH"])
    for path in catalogue.files:
        file = posixpath.relpath(catalogue.addresses[path], "/")
        digest = catalogue.media[path].digest
        writer.add(file, partial(draw_copy, content, path, digest), [path, digest])


def draw_copy(content: Path, path: str, digest: str) -> bytes:
    """Return a file as it is published: a picture without what it tells besides its pixels.

    Raises Refused if it is no longer the file that was judged.
    """
    with suppress(NotRegular, TooLarge, FileNotFoundError):
        data = read_whole(content / path, MAX_FILE_BYTES)
        if hashlib.sha256(data).hexdigest() == digest:
            return data if select_kind(path) == "attachment" else format_published(data)
    raise Refused(f"{path} was changed while the site was built. Build again.")


def write_site(pelican: Any) -> None:
    """Do all jobs, unless somebody else is going to."""
    if not pelican.settings.get("KEEP_JOBS"):
        write_all(pelican.settings["JOBS"], Path(pelican.output_path))


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.generator_init.connect(name_templates)
    signals.get_writer.connect(lambda _: JobWriter, weak=False)
    signals.article_writer_finalized.connect(copy_files)
    signals.finalized.connect(write_site)
