"""Have a card for each post and topic: the picture that other sites show when a page is linked to.

Reads: the articles with their topics, questions and pictures; the topics; the settings SITENAME,
SITESUBTITLE, AUTHOR and SITEURL.
Adds: `card_url`, the address of its card from the site's root, to each article without a picture that
can take its place and to each topic; `site_card` to the context, the `Picture` that stands for all other
pages: the site's card, or that of the author's in extra, or None.
Writes: the cards, but for what extra has itself.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from catalogue.addresses import CARD, DEFAULT_FILES
from catalogue.card_letters import select_heading, select_letters
from plugins.card_drawing import HEIGHT, WIDTH, Card, draw_card
from plugins.pictures import Picture

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
    if DEFAULT_FILES["card"] in generator.catalogue.own:
        cards[CARD] = make_site_card(generator.settings)
    return cards


def make_site_card(settings: Mapping[str, Any]) -> Card:
    """Return the card of the site itself: where it is, its name with the line below, who writes."""
    name, author = settings["SITENAME"], settings["AUTHOR"]
    address = settings["SITEURL"].partition("://")[2]
    foot = [author] if author != name else []
    return Card(address, "", name, foot, answer=settings["SITESUBTITLE"])


def find_site_card(generator: Any) -> Picture | None:
    """Return what stands for pages without a card: the site's, or the author's own in extra."""
    catalogue, settings = generator.catalogue, generator.settings
    address = DEFAULT_FILES["card"]
    if address in catalogue.own:
        width, height = WIDTH, HEIGHT
    elif own := catalogue.media.get(f"extra{address}"):
        width, height = own.width, own.height
    else:
        return None
    return Picture(settings["SITEURL"] + address, settings["SITENAME"], width, height, "image/png")


def add_cards(generator: Any) -> None:
    """Add its card's address to each article and topic that has one, and the site's to the context."""
    planned = generator.catalogue.planned
    for page in (*generator.articles, *generator.context["topics"]):
        page.card_url = f"{page.url}{CARD}" if f"/{page.url}{CARD}" in planned else ""
    generator.context["site_card"] = find_site_card(generator)


def write_cards(generator: Any, writer: Any) -> None:
    """Write the cards."""
    for address, card in list_cards(generator).items():
        writer.add(address, partial(draw_settable, card), card)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_cards)
    signals.article_writer_finalized.connect(write_cards)
