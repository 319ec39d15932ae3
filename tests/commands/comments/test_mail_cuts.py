"""What a mail program adds to an answer is cut, in each of six languages, and nothing else is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.comments.mail_cuts import Rows, cut_mail, cut_rows

LIBRARIAN = "The Librarian <desk@library.example>"
ATTRIBUTIONS = {
    "Gmail, English": f"On Wed, 25 Nov 2026 at 09:14, {LIBRARIAN} wrote:",
    "Gmail, wrapped": "On Wed, 25 Nov 2026 at 09:14, The Librarian\n<desk@library.example> wrote:",
    "Gmail, German": f"Am Mi., 25. Nov. 2026 um 09:14 Uhr schrieb {LIBRARIAN}:",
    "Gmail, German, in an app": f"{LIBRARIAN} schrieb am Mi., 25. Nov. 2026, 09:14:",
    "Gmail, French": f"Le mer. 25 nov. 2026 à 09:14, {LIBRARIAN} a écrit :",
    "Gmail, French, with firm blanks": f"Le mer. 25 nov. 2026 à 09:14, {LIBRARIAN} a écrit\u202f:",
    "Gmail, Spanish": "El mié, 25 nov 2026 a las 9:14, The Librarian (<desk@library.example>) escribió:",
    "Gmail, Italian": f"Il giorno mer 25 nov 2026 alle ore 09:14 {LIBRARIAN} ha scritto:",
    "Gmail, Dutch": f"Op wo 25 nov 2026 om 09:14 schreef {LIBRARIAN}:",
    "Apple, English": f"On 25 Nov 2026, at 09:14, {LIBRARIAN} wrote:",
    "Apple, German": f"Am 25.11.2026 um 09:14 schrieb {LIBRARIAN}:",
    "Apple, French": f"Le 25 nov. 2026 à 09:14, {LIBRARIAN} a écrit :",
    "Apple, Spanish": f"El 25 nov 2026, a las 9:14, {LIBRARIAN} escribió:",
    "Apple, Italian": f"Il giorno 25 nov 2026, alle ore 09:14, {LIBRARIAN} ha scritto:",
    "Apple, Dutch": f"Op 25 nov. 2026, om 09:14 heeft {LIBRARIAN} het volgende geschreven:",
    "Yahoo, English": f"On Wednesday, November 25, 2026 at 09:14:00 AM GMT, {LIBRARIAN} wrote:",
    "Yahoo, German": f"Am Mittwoch, 25. November 2026 um 09:14:00 MEZ hat {LIBRARIAN} Folgendes geschrieben:",
    "Yahoo, French": f"Le mercredi 25 novembre 2026 à 09:14:00 UTC+1, {LIBRARIAN} a écrit :",
    "Yahoo, Spanish": f"El miércoles, 25 de noviembre de 2026, 09:14:00 CET, {LIBRARIAN} escribió:",
    "Yahoo, Italian": f"Il mercoledì 25 novembre 2026 alle ore 09:14:00 CET, {LIBRARIAN} ha scritto:",
    "Yahoo, Dutch": f"Op woensdag 25 november 2026 om 09:14:00 CET schreef {LIBRARIAN}:",
    "Thunderbird, English": "On 25/11/2026 09:14, The Librarian wrote:",
    "Thunderbird, German": "Am 25.11.26 um 09:14 schrieb The Librarian:",
    "Thunderbird, French": "Le 25/11/2026 à 09:14, The Librarian a écrit :",
    "Thunderbird, Spanish": "El 25/11/26 a las 9:14, The Librarian escribió:",
    "Thunderbird, Italian": "Il 25/11/2026 09:14, The Librarian ha scritto:",
    "Thunderbird, Dutch": "Op 25-11-2026 om 09:14 schreef The Librarian:",
    "Gmail, Japanese": f"2026年11月25日(水) 9:14 {LIBRARIAN}:",
    "Gmail, of an older version": f"2026-11-25 9:14 GMT+01:00 {LIBRARIAN}:",
    "Zoho, plain": f"On Wed, 25 Nov 2026 09:14:00 +0000 {LIBRARIAN} wrote",
    "Zoho": f"---- On Wed, 25 Nov 2026 09:14:00 +0000 {LIBRARIAN} wrote ----",
}  # fmt: skip
OLD = ["We took out four hundred books.", "What do you think?"]


def check(text, left, cuts):
    """Cut a text, with accents in one sign and in two, and compare."""
    for form in ("NFC", "NFD"):
        found, gone = cut_mail(unicodedata.normalize(form, text))
        assert (unicodedata.normalize("NFC", found), len(gone)) == (left, cuts)


@pytest.mark.parametrize("line", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
@pytest.mark.parametrize(
    "form", ["marked", "marked below", "indented", "as it is", "marked with it"]
)
def test_the_quoted_mail_goes_with_the_sentence_above_it(line, form):
    old = {
        "marked": f"{line}\n> {OLD[0]}\n>\n> {OLD[1]}",
        "marked below": f"{line}\n\n> {OLD[0]}\n\n> {OLD[1]}\n",
        "indented": "\n".join(f"    {row}" for row in [*line.split("\n"), "", *OLD]),
        "as it is": f"{line}\n\n{OLD[0]}\n\n{OLD[1]}",
        "marked with it": "\n".join(f"> {row}" for row in [*line.split("\n"), "", *OLD]),
    }[form]
    check(f"I agree.\n\nWe did too.\n\n{old}", "I agree.\n\nWe did too.", 1)


@pytest.mark.parametrize("line", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_a_mail_that_is_quoted_whole_above_the_answer_goes_too(line):
    check(f"{line}\n> {OLD[0]}\n>\n> {OLD[1]}\n\nI agree.\n\n-- \nAnn", "I agree.", 2)


@pytest.mark.parametrize("line", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_what_is_quoted_between_the_lines_of_an_answer_stays(line):
    text = f"{line}\n> {OLD[0]}\n\nI agree.\n\n> {OLD[1]}\n\nWell."
    check(text, text, 0)


@pytest.mark.parametrize("line", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
@pytest.mark.parametrize("mark", ["", "> "])
def test_the_words_right_above_the_sentence_stay(line, mark):
    """Of a sentence that is not the first of its paragraph only an opening word is known."""
    left, _ = cut_mail(f"Yes.\n\nI agree.\n{line}\n\n{mark}{OLD[0]}")
    assert left.startswith("Yes.\n\nI agree.")


HEADS = {
    "English": "From: {0}|Sent: Wednesday, November 25, 2026 9:14 AM|To: Ann|Subject: x",
    "English, with copies": "From: {0}|Sent: 25 November 2026 09:14|To: Ann|Cc: Ben|Subject: x",
    "German": "Von: {0}|Gesendet: Mittwoch, 25. November 2026 09:14|An: Ann|Betreff: x",
    "German, GMX": "Gesendet: Mittwoch, 25. November 2026 um 09:14 Uhr|Von: {0}|An: Ann|Betreff: x",
    "German, Apple": "Von: {0}|Betreff: x|Datum: 25. November 2026 um 09:14|An: Ann",
    "French": "De : {0}|Envoyé : mercredi 25 novembre 2026 09:14|À : Ann|Objet : x",
    "French, older": "De : {0}|Envoyé le : mercredi 25 novembre 2026|À : Ann|Objet : x",
    "French, Orange": "Message du : 25/11/2026 09:14|De : {0}|A : Ann|Copie à : |Sujet : x",
    "French, without blanks": "De :{0}|Envoyé le :mercredi 25 novembre 2026|À :Ann|Objet :x",
    "Spanish": "De: {0}|Enviado: miércoles, 25 de noviembre de 2026 9:14|Para: Ann|Asunto: x",
    "Spanish, older": "De: {0}|Enviado el: miércoles, 25 de noviembre|Para: Ann|Asunto: x",
    "Italian": "Da: {0}|Inviato: mercoledì 25 novembre 2026 09:14|A: Ann|Oggetto: x",
    "Dutch": "Van: {0}|Verzonden: woensdag 25 november 2026 09:14|Aan: Ann|Onderwerp: x",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("mark", ["", "*"])
@pytest.mark.parametrize("above", ["", "________________________________\n", " -----\n\n"])
def test_an_old_mail_below_its_head_goes(head, mark, above):
    lines = [line.replace(":", f":{mark}", 1).format(LIBRARIAN) for line in head.split("|")]
    old = "\n".join(f"{mark}{line}" for line in lines)
    check(f"Yes.\n\n{above}{old}\n\n{OLD[0]}", "Yes.", 1)


@pytest.mark.parametrize(
    "line",
    ["-----Original Message-----", "---------- Forwarded message ---------", "Begin forwarded message:",
     "-----Ursprüngliche Nachricht-----", "-------- Weitergeleitete Nachricht --------",
     "Anfang der weitergeleiteten Nachricht:", "-----Message d'origine-----",
     "-------- Message transféré --------", "Début du message réexpédié :", "-----Mensaje original-----",
     "-------- Mensaje reenviado --------", "Inicio del mensaje reenviado:", "-----Messaggio originale-----",
     "-------- Messaggio inoltrato --------", "Inizio messaggio inoltrato:",
     "-----Oorspronkelijk bericht-----", "-------- Doorgestuurd bericht --------",
     "Begin doorgestuurd bericht:"],
)  # fmt: skip
def test_what_stands_below_the_words_for_an_old_mail_goes(line):
    check(f"Yes.\n\n{line}\n{OLD[0]}", "Yes.", 1)


@pytest.mark.parametrize(
    "line",
    ["Sent from my iPhone", "Sent from my Samsung Galaxy smartphone.", "Sent from Outlook for iOS",
     "Get Outlook for Android", "Sent from Mail for Windows", "Sent from Yahoo Mail on Android",
     "Sent with Proton Mail secure email.",
     "Sent from my Android device with K-9 Mail. Please excuse my brevity.",
     "Sent from the all-new AOL app for iOS", "Von meinem iPhone gesendet", "Gesendet von Mail für Windows",
     "Gesendet von Outlook für iOS", "Gesendet mit der GMX Mail App", "Outlook für Android herunterladen",
     "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.", "Envoyé de mon iPhone",
     "Envoyé à partir de Courrier pour Windows", "Envoyé depuis Yahoo Mail pour Android",
     "Télécharger Outlook pour Android", "Obtenir Outlook pour iOS", "Enviado desde mi iPhone",
     "Enviado desde Correo para Windows", "Obtener Outlook para iOS", "Inviato da iPhone",
     "Inviato dal mio dispositivo Samsung", "Inviato da Posta per Windows", "Ottieni Outlook per Android",
     "Verstuurd vanaf mijn iPhone", "Verzonden vanaf mijn Samsung-apparaat",
     "Verzonden vanuit Mail voor Windows",
     "Outlook voor iOS downloaden", "Download Outlook voor Android"],
)  # fmt: skip
def test_what_a_device_says_of_itself_goes(line):
    check(f"Yes.\n\n{line}", "Yes.", 1)
    check(f"Yes.\n\n{line}\n\nOn 25/11/2026 09:14, Ann wrote:\n> Old.", "Yes.", 2)


@pytest.mark.parametrize(
    "text",
    [
        "On 3 May 2026 she wrote:\n\nBe kind.\n\nI liked that.",
        "On 3 May 2026 she wrote:\n\n> Be kind.\n\nI liked that. At 9:14 I wrote to her.",
        "On Monday at 9:14 I wrote: nothing.\n\nThen I slept.",
        "I wrote to the town at 9:14:\n\nthey never answered",
        "From: here\nto there, by bus",
        "De: ninguna parte\nPara: nadie",
        "Date: a fruit.\nTo: eat it.\nI like them.",
        "I looked.\n\nSent from the library with love",
        "I looked.\n\nVon mir wurde nichts gesendet",
        "The original message was lost.",
        "Original message: see below",
        "> On 3 May Ann wrote:\n> Be kind.\n\nSo true.\n\n> And rest.\n\nYes.",
        "A table:\n-----\none",
    ],
)
def test_what_only_looks_like_a_quoted_mail_stays(text):
    assert cut_mail(text) == (text, [])


def test_a_signature_goes_below_its_sign():
    for sign in ("--", "-- ", "—"):
        check(f"Yes.\n{sign}\nAnn\n0123", "Yes.", 1)


def test_a_mail_of_nothing_but_a_quotation_keeps_it():
    for text in ("> Old.", "> On 25/11/2026 09:14, Ann wrote:\n> Old.", "Sent from my iPhone"):
        assert cut_mail(text) == (text, [])


@pytest.mark.parametrize(
    ("roles", "kept"),
    [
        (["", "old", "old"], (0, 1)),
        (["", "attribution", ""], (0, 3)),
        (["", "signature", "signature"], (0, 1)),
        (["", "signature", ""], (0, 3)),
        (["", "old", ""], (0, 3)),
        (["old", "old", "old"], (0, 3)),
        (["signature", "signature", "signature"], (0, 3)),
        (["", "signature", "old"], (0, 1)),
    ],
)
def test_what_the_program_calls_old_goes_where_it_ends_the_mail(roles, kept):
    assert cut_rows(Rows(["Yes.", "Anna", "Vanha."], roles))[:2] == kept


def test_a_sentence_that_the_program_calls_one_goes_with_the_quotation_below_it():
    rows = Rows(
        ["Yes.", "", "25. marraskuuta Anna kirjoitti", "> Vanha."], ["", "", "attribution", ""]
    )
    assert cut_rows(rows) == (0, 1, ["quoted mail, 2 lines, from “25. marraskuuta Anna kirjoitti”"])


pieces = st.sampled_from(
    ["> Old.", "", ">", "New.", *ATTRIBUTIONS.values(), *HEADS["German"].split("|"), "-- ",
     "Sent from my iPhone", "On 1 Ann:", "> On 1 May, 9:14, Ann wrote:",
     "-----Original Message-----", "_____"]
)  # fmt: skip


@given(st.lists(pieces, max_size=12), st.randoms())
def test_what_is_left_stands_in_the_mail_as_it_is_and_what_is_cut_is_told(lines, random):
    text = "\n".join(lines)
    left, cuts = cut_mail(text)
    assert left in text
    words = len([line for line in text.split("\n") if line.strip()])
    kept = len([line for line in left.split("\n") if line.strip()])
    assert words - kept == sum(int(cut.split(", ")[1].split()[0]) for cut in cuts)
    roles = random.choices(["", "old", "attribution", "signature"], k=len(lines))
    start, end, _ = cut_rows(Rows(text.split("\n"), (roles * 3)[: len(text.split("\n"))] or [""]))
    assert 0 <= start <= end <= len(text.split("\n"))
