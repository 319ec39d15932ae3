"""Pelican with one generator: the texts come from the catalogue, and all files become jobs.

`PELICAN_CLASS` in fixed_settings.py names the class, as Pelican's documentation has it. So Pelican
reads no file of the content folder; it loads the plugins, the theme and the templates, and fires
the signals that its plugins know: `generator_init`, `article_generator_finalized`,
`article_writer_finalized` and `finalized`.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.generators import Generator

from building.jobs import Job, LazyTemplate, copy_files, draw_bytes, draw_page
from building.pelican_adapter.content import Content
from building.pelican_adapter.plugin_order import check_order
from building.tree import write_all
from catalogue.addresses import address_file
from catalogue.selection import Catalogue


class JobWriter:
    """The writer that plugins add their files to: it collects jobs."""

    def __init__(self, generator: Any) -> None:
        """Set the generator, which has the templates and the context of all pages."""
        self.generator = generator
        self.jobs: list[Job] = []

    def add(self, file: str, draw: Callable[[], str | bytes], shows: Any) -> None:
        """Add a job for a file that no template makes; `shows` as in `Job`."""
        self.jobs.append(Job(file, partial(draw_bytes, draw), shows))

    def add_page(self, address: str, template: str, **words: Any) -> None:
        """Add a job for the page at an address, drawn by a template with `words` of its own."""
        words["output_file"] = file = address_file(address)
        drawn_with, context = self.generator.get_template(template), self.generator.context
        draw = partial(draw_page, drawn_with, context, words)
        self.jobs.append(Job(file, draw, words, drawn_with, context))


class SiteGenerator(Generator):  # type: ignore[misc]
    """The articles and pages of a catalogue, with what Pelican's plugins expect of a generator."""

    def __init__(self, catalogue: Catalogue, **options: Any) -> None:
        """Set the catalogue; `options` are those of Pelican's own generators."""
        self.catalogue = catalogue
        super().__init__(**options)
        self.site_root = self.context["site_root"]

    def get_template(self, name: str) -> LazyTemplate:
        """Return a template of the theme by its name without the ending; most runs draw with few."""
        return LazyTemplate(self.env, f"{name}.html")

    def generate_context(self) -> None:
        """Make the articles and pages, to which the plugins then add their facts."""
        catalogue, language = self.catalogue, self.settings["DEFAULT_LANG"]
        how = (self.catalogue, self.site_root, self.words, language)
        self.articles = [Content(record, *how) for record in catalogue.posts]
        self.pages = [Content(record, *how) for record in catalogue.pages]
        self.context |= {"articles": self.articles, "pages": self.pages}
        signals.article_generator_finalized.send(self)

    def generate_output(self, writer: JobWriter) -> None:
        """Add the jobs of all pages and files of the site."""
        for article in self.articles:
            writer.add_page(article.url, "article", article=article)
        for page in self.pages:
            writer.add_page(page.url, "page", page=page)
        signals.article_writer_finalized.send(self, writer=writer)
        copy_files(self.catalogue, Path(self.path), writer)


class SitePelican(Pelican):  # type: ignore[misc]
    """A Pelican for one catalogue."""

    def __init__(self, settings: dict[str, Any], catalogue: Catalogue | None = None) -> None:
        """Load the plugins; without a catalogue, read and judge the content folder."""
        super().__init__(settings)
        check_order(self.plugins)
        if catalogue is None:
            from building.read_site import read_site
            from building.settings import read_constants

            own = read_constants()
            catalogue = read_site({name: settings[name] for name in own})
        self.catalogue = catalogue

    def collect_jobs(self) -> list[Job]:
        """Return the jobs of all files of the site; nothing is drawn yet."""
        generator = SiteGenerator(
            self.catalogue,
            context=dict(self.settings),
            settings=self.settings,
            path=self.path,
            theme=self.theme,
            output_path=self.output_path,
        )
        generator.generate_context()
        writer = JobWriter(generator)
        generator.generate_output(writer)
        signals.finalized.send(self)
        return writer.jobs

    def run(self) -> None:
        """Write the site into the output folder, as `pelican` on the command line does."""
        write_all(self.collect_jobs(), Path(self.output_path))
