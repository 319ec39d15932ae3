"""Have a card for each post and topic: the picture that other sites show when a page is linked to.

Reads: the articles with their topics, questions and pictures; the topics.
Adds: `card_url`, the address of its card from the site's root, to each article without a picture of its
own and to each topic.
Writes: the cards.
"""

from functools import partial
from typing import Any

from catalogue.addresses import CARD
from catalogue.card_letters import select_letters
from plugins.card_drawing import Card, draw_card

AFTER = ("plugins.topics", "plugins.pictures", "plugins.questions", "plugins.shelf_marks")


def list_set(*texts: str) -> list[str]:
    """Return those of some texts that can be set, as they are set."""
    return [shown for text in texts if (shown := select_letters(text))]


def describe_post(article: Any, site: str, day: str) -> Card:
    """Return what the card of a post says; without its title if that cannot be set."""
    topics = [topic.name for topic in article.topics[:2]]
    return Card(
        site=select_letters(site),
        mark=select_letters(article.shelf_mark),
        title=select_letters(article.question or article.title),
        foot=list_set(day, *topics),
        answer=select_letters(article.answer),
    )


def describe_topic(topic: Any, site: str, count: str) -> Card:
    """Return what the card of a topic says."""
    return Card(
        select_letters(site), "", select_letters(topic.name), list_set(count), is_drawer=True
    )


def add_cards(generator: Any) -> None:
    """Add its card's address to each article and topic that has one."""
    planned = generator.catalogue.planned
    for page in (*generator.articles, *generator.context["topics"]):
        page.card_url = f"{page.url}{CARD}" if f"/{page.url}{CARD}" in planned else ""


def write_cards(generator: Any, writer: Any) -> None:
    """Write the cards."""
    filters, words = generator.env.filters, generator.words
    site = generator.settings["SITENAME"]
    cards = {
        article.card_url: describe_post(article, site, filters["day"](article.date))
        for article in generator.articles
    }
    for topic in generator.context["topics"]:
        count = filters["counted"](topic.posts, words["posts"])
        cards[topic.card_url] = describe_topic(topic, site, count)
    for address, card in cards.items():
        if address:
            writer.add(address, partial(draw_card, card), card)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_cards)
    signals.article_writer_finalized.connect(write_cards)
