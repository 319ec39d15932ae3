"""Set a post that answers a reference question as one: the question, the short answer, the rest.

Reads: the paragraphs of each post that begin with `Query:` or `Question:`, and `Short answer:`.
Adds: `question` and `answer` to each article; `questions` and `read_parts`, which
splits an article, to the context.
Writes: the list of all questions, if there is one.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from markupsafe import Markup

from catalogue.addresses import SITE
from catalogue.text.links import Target, expand_links
from catalogue.text.question import Parts, split_question
from plugins.pictures import SIZES


def expand_parts(parts: Parts, root: str, targets: Mapping[str, Target]) -> Parts:
    """Return the pieces as markup, with addresses in place of the targets of links."""
    pieces = {
        name: expand_links(text, root, targets, SIZES, name != "rest")
        for name, text in vars(parts).items()
    }
    # All of it was checked when the record was read; the labels are letters and a colon.
    return Parts(**{name: Markup(text) for name, text in pieces.items()})  # noqa: S704


def split_article(article: Any, root: str, targets: Mapping[str, Target]) -> Parts | None:
    """Return the pieces of an article; None if it answers no question."""
    parts = split_question(article.html)
    return expand_parts(parts, root, targets) if parts else None


def add_questions(generator: Any) -> None:
    """Add its question and answer to each article, and the articles that ask to the context."""
    for article in generator.articles:
        article.question, article.answer = article.record.question, article.record.answer
    generator.context["questions"] = [each for each in generator.articles if each.question]
    generator.context["read_parts"] = partial(
        split_article, root=generator.site_root, targets=generator.catalogue.targets
    )


def write_questions(generator: Any, writer: Any) -> None:
    """Write the list of all questions, if there are any."""
    if generator.context["questions"]:
        writer.add_page(SITE["questions"], "questions")


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_questions)
    signals.article_writer_finalized.connect(write_questions)
