"""Have a card for each post and topic: the picture that other sites show when a page is linked to.

Reads: the articles with their topics, questions and pictures; the topics.
Adds: `card_url`, the address of its card from the site's root, to each article without a picture of its
own and to each topic.
Writes: the cards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from catalogue.addresses import CARD
from catalogue.card_letters import select_letters
from plugins.card_drawing import Card, draw_card

AFTER = ("plugins.topics", "plugins.pictures", "plugins.questions", "plugins.shelf_marks")


@dataclass(frozen=True)
class Facts:
    """What a card is drawn from, as it is typed; what of it can be set is seen when it is drawn."""

    site: str
    title: str
    foot: Sequence[str]
    mark: str = ""
    answer: str = ""
    is_drawer: bool = False


def draw_facts(facts: Facts) -> bytes:
    """Return the card of some facts as PNG; it is without those that cannot be set."""
    card = Card(
        site=select_letters(facts.site),
        mark=select_letters(facts.mark),
        title=select_letters(facts.title),
        foot=[shown for text in facts.foot if (shown := select_letters(text))],
        answer=select_letters(facts.answer),
        is_drawer=facts.is_drawer,
    )
    return draw_card(card)


def list_facts(generator: Any) -> dict[str, Facts]:
    """Return the facts of each card by its address."""
    filters, words = generator.env.filters, generator.words
    site = generator.settings["SITENAME"]
    facts = {
        article.card_url: Facts(
            site=site,
            title=article.question or article.title,
            foot=[filters["day"](article.date), *(topic.name for topic in article.topics[:2])],
            mark=article.shelf_mark,
            answer=article.answer,
        )
        for article in generator.articles
        if article.card_url
    }
    for topic in generator.context["topics"]:
        if topic.card_url:
            count = filters["counted"](topic.posts, words["posts"])
            facts[topic.card_url] = Facts(site, topic.name, [count], is_drawer=True)
    return facts


def add_cards(generator: Any) -> None:
    """Add its card's address to each article and topic that has one."""
    planned = generator.catalogue.planned
    for page in (*generator.articles, *generator.context["topics"]):
        page.card_url = f"{page.url}{CARD}" if f"/{page.url}{CARD}" in planned else ""


def write_cards(generator: Any, writer: Any) -> None:
    """Write the cards."""
    for address, facts in list_facts(generator).items():
        writer.add(address, partial(draw_facts, facts), facts)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_cards)
    signals.article_writer_finalized.connect(write_cards)
