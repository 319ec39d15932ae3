"""Warn of words that the card which stands for a post or topic elsewhere cannot show."""

from collections.abc import Iterable, Iterator, Mapping

from catalogue.addresses import has_card
from catalogue.card_letters import select_heading, select_letters
from catalogue.folder.media import Media
from catalogue.problems import Problem
from catalogue.records import Record


def check_cards(records: Iterable[Record], media: Mapping[str, Media]) -> Iterator[Problem]:
    """Yield one warning for each card without some of its words, at the line of the first of them.

    `media` are the author's other files, by path.
    """
    for record in records:
        lacking = list_lacking(record) if has_card(record, media) else []
        if not lacking:
            continue
        names = " and ".join(name.lower() for name in lacking)
        seen = f"Other sites show a card of this page without its {names}"
        remedy = " A picture of your own can take its place: Image: its-name.jpg"
        if record.kind == "topic":  # its name is on the cards of its posts too
            seen, remedy = (
                f"Other sites show cards of this topic and its posts without its {names}",
                "",
            )
        text = f"{seen}, for the letters are not on hand.{remedy}"
        yield Problem(record.path, record.line(lacking[0]), "warning", text)


def list_lacking(record: Record) -> list[str]:
    """Return what the card of a text should show and cannot, by its name, which `record.line` knows.

    Where the question cannot be set the title stands in its place; without this too, the card has none.
    """
    shown = {
        "Question": record.question,
        "Title": select_heading(record.question, record.title),
        "Short answer": record.answer,
    }
    return [name for name, text in shown.items() if text and not select_letters(text)]
