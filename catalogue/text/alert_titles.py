"""The titles of GitHub's alerts, `> [!NOTE]`, and of admonitions, in the language of the text."""

from collections.abc import Mapping

ALERTS = ("note", "tip", "important", "warning", "caution")
# By the language of a tag; in English the title is the word that was typed.
TITLES: Mapping[str, tuple[str, ...]] = {
    "da": ("Bemærk", "Tip", "Vigtigt", "Advarsel", "Forsigtig"),
    "de": ("Hinweis", "Tipp", "Wichtig", "Warnung", "Vorsicht"),
    "es": ("Nota", "Consejo", "Importante", "Advertencia", "Precaución"),
    "fi": ("Huomautus", "Vinkki", "Tärkeää", "Varoitus", "Huomio"),
    "fr": ("Remarque", "Astuce", "Important", "Avertissement", "Attention"),
    "it": ("Nota", "Suggerimento", "Importante", "Avviso", "Attenzione"),
    "nb": ("Merk", "Tips", "Viktig", "Advarsel", "Forsiktig"),
    "nl": ("Opmerking", "Tip", "Belangrijk", "Waarschuwing", "Let op"),
    "nn": ("Merk", "Tips", "Viktig", "Åtvaring", "Ver varsam"),
    "no": ("Merk", "Tips", "Viktig", "Advarsel", "Forsiktig"),
    "pl": ("Uwaga", "Wskazówka", "Ważne", "Ostrzeżenie", "Przestroga"),
    "pt": ("Nota", "Dica", "Importante", "Aviso", "Cuidado"),
    "sv": ("Obs", "Tips", "Viktigt", "Varning", "Var försiktig"),
}


def find_alert_title(kind: str, language: str) -> str:
    """Return the title of a box by its kind, in small letters, if the author has given none.

    `language` is a tag of BCP 47. A kind that is none of GitHub's, or a language that is not in the
    table, has the word that was typed.
    """
    titles = TITLES.get(language.lower().partition("-")[0])
    return titles[ALERTS.index(kind)] if titles and kind in ALERTS else kind.capitalize()
