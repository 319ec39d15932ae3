"""Set a post that answers a reference question as one: the question, the short answer, the rest.

Reads: the paragraphs of each post that begin with `Query:` or `Question:`, and `Short answer:`.
Adds: `question`, `answer` and `asks_title`, whether its title is the question, to each article;
`questions` and `read_parts`, which splits an article, to the context.
Writes: the list of all questions, if there is one.
"""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from catalogue.addresses import SITE
from catalogue.folding import fold_name
from catalogue.text.links import Target
from catalogue.text.question import Parts, split_question
from plugins.archived_links import Copies, mark_copies
from plugins.page_text import prepare_text

WORDS = re.compile(r"\w+")


def expand_parts(parts: Parts, root: str, targets: Mapping[str, Target], copies: Copies) -> Parts:
    """Return the pieces as markup, with addresses in place of the targets of links.

    `copies` are the archived copies of the article's dead links.
    """
    return Parts(
        **{
            name: mark_copies(prepare_text(text, root, targets, name != "rest"), copies)
            for name, text in vars(parts).items()
        }
    )


def is_title(question: str, title: str) -> bool:
    """Return whether a question says the same as a title: signs, marks and capitals aside."""
    return WORDS.findall(fold_name(question)) == WORDS.findall(fold_name(title))


def split_article(article: Any, root: str, targets: Mapping[str, Target]) -> Parts | None:
    """Return the pieces of an article; None if it answers no question."""
    parts = split_question(article.html)
    return expand_parts(parts, root, targets, article.copies) if parts else None


def add_questions(generator: Any) -> None:
    """Add its question and answer to each article, and the articles that ask to the context."""
    for article in generator.articles:
        article.question, article.answer = article.record.question, article.record.answer
        article.asks_title = bool(article.question) and is_title(article.question, article.title)
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
