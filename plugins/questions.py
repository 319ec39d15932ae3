"""Set a post that answers a reference question as one: the question, the short answer, the rest.

Reads: the paragraphs of each post that begin with `Query:` or `Question:`, and `Short answer:`.
Adds: `question` and `answer` to each article; `questions`, `read_parts`, which splits an article, and
`is_title`, whether the title says all of a question, to the context.
Writes: the list of all questions, if there is one.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import partial
from typing import Any

from catalogue.addresses import SITE
from catalogue.folding import fold_name
from catalogue.text.plain_text import strip_tags
from catalogue.text.question import Parts, split_question
from catalogue.text.targets import Target
from plugins.archived_links import Copies, mark_copies
from plugins.page_text import prepare_text

# Of what Unicode has for punctuation, what is said aloud: `C#` is not `C`.
SAID = frozenset("#%&*/@\\§†‡‰")
# A tag that does more than set words off or have them run their way: a link, a note, a picture, a power.
MORE = re.compile(
    r"<(?!/)(?!(?:b|bdi|br|cite|code|del|em|i|mark|q|small|span|strong|u|wbr)"
    r'(?: (?:class|dir|lang)="[^"]*")*>)'
)


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
    """Return whether a title, as plain text, says all that a question does, as HTML.

    Marks, capitals and emphasis aside; what a title cannot have, a link or a note, makes a question more.
    """
    return not MORE.search(question) and list_words(strip_tags(question)) == list_words(title)


def list_words(text: str) -> list[str]:
    """Return the words of a text without the marks around them, with the signs that are part of them."""
    name = fold_name(text)
    return "".join(
        sign if sign in SAID or unicodedata.category(sign)[0] in "LMNS" else " " for sign in name
    ).split()


def split_article(article: Any, root: str, targets: Mapping[str, Target]) -> Parts | None:
    """Return the pieces of an article; None if it answers no question."""
    parts = split_question(article.html)
    return expand_parts(parts, root, targets, article.copies) if parts else None


def add_questions(generator: Any) -> None:
    """Add its question and answer to each article, and what the pages of questions need to the context."""
    for article in generator.articles:
        article.question, article.answer = article.record.question, article.record.answer
    generator.context["questions"] = [each for each in generator.articles if each.question]
    generator.context["is_title"] = is_title
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
