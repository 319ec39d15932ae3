"""Have a card for each post and topic: the picture that other sites show when a page is linked to.

Reads: the articles with their topics, questions and pictures; the topics.
Adds: `card_url`, the address of its card from the site's root, to each article without a picture that
can take its place and to each topic.
Writes: the cards.
"""

from dataclasses import replace
from functools import partial
from typing import Any

from catalogue.addresses import CARD
from catalogue.card_letters import select_heading, select_letters
from plugins.card_drawing import Card, draw_card

AFTER = ("plugins.topics", "plugins.pictures", "plugins.questions", "plugins.shelf_marks")


def draw_settable(card: Card) -> bytes:
    """Return a card as PNG, of what is typed without what the font cannot set."""
    return draw_card(
        replace(
            card,
            site=select_letters(card.site),
            mark=select_letters(card.mark),
            title=select_letters(card.title),
            foot=[shown for text in card.foot if (shown := select_letters(text))],
            answer=select_letters(card.answer),
        )
    )


def list_cards(generator: Any) -> dict[str, Card]:
    """Return each card by its address, with all as it is typed."""
    filters, words = generator.env.filters, generator.words
    site = generator.settings["SITENAME"]
    cards = {
        article.card_url: Card(
            site=site,
            title=select_heading(article.question, article.title),
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
            cards[topic.card_url] = Card(site, "", topic.name, [count], is_drawer=True)
    return cards


def add_cards(generator: Any) -> None:
    """Add its card's address to each article and topic that has one."""
    planned = generator.catalogue.planned
    for page in (*generator.articles, *generator.context["topics"]):
        page.card_url = f"{page.url}{CARD}" if f"/{page.url}{CARD}" in planned else ""


def write_cards(generator: Any, writer: Any) -> None:
    """Write the cards."""
    for address, card in list_cards(generator).items():
        writer.add(address, partial(draw_settable, card), card)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_cards)
    signals.article_writer_finalized.connect(write_cards)
