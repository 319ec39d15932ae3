"""What mail programs write around an answer: above an old mail, and below the new one.

Known are the forms of Outlook, Apple Mail, Gmail, Thunderbird, Yahoo and their like in English, German,
French, Spanish, Italian and Dutch; a new language begins here.
"""

import re

# A line above a mail that is sent on or answered, by itself or between hyphens.
OLD = re.compile(
    r"""[-_\s]*(?:
      original\ message | forwarded\ message | begin\ forwarded\ message\s?:
    | ursprüngliche\ (?:nachricht|mail) | (?:original|weitergeleitete)[\ -]?nachricht
    | anfang\ der\ weitergeleiteten\ (?:nachricht|e-?mail)\s?:
    | message\ d['’]origine | message\ (?:original|transféré|réexpédié)
    | début\ du\ message\ (?:réexpédié|transféré)\s?:
    | mensaje\ (?:original|reenviado) | inicio\ del\ mensaje\ reenviado\s?:
    | messaggio\ (?:originale|inoltrato) | inizio\ (?:del\ )?messaggio\ inoltrato\s?:
    | (?:oorspronkelijk|origineel|doorgestuurd)\ bericht | begin\ doorgestuurd\ bericht\s?:
    )[-_\s]*""",
    re.IGNORECASE | re.VERBOSE,
)
# The lines of an old mail's head: who, when, to whom, what about.
HEADS = tuple(
    tuple(re.compile(names, re.IGNORECASE) for names in language)
    for language in (
        ("from", "sent|date", "to", "subject"),
        ("von", "gesendet(?: am)?|datum", "an", "betreff"),
        (
            "de|expéditeur",
            "envoyée?(?: le)?|date|message du",
            "[àa]|pour|destinataires?",
            "objet|sujet",
        ),
        ("de", "enviad[oa](?: el)?|fecha", "para|a", "asunto"),
        ("da", "inviat[oa](?: il)?|data", "a|per", "oggetto"),
        ("van", "verzonden(?: op)?|datum", "aan", "onderwerp"),
    )
)
FIELD = re.compile(r"\*{0,2}([^\W\d_][\w ]{0,14}?)\s?\*{0,2}[:：].*")
WROTE = re.compile(
    r"\b(?:wrote|schrieb|geschrieben|écrit|escribió|scritto|schreef|geschreven)\b", re.IGNORECASE
)
# What nobody types who quotes from memory: the time of day, or an address.
TIME = re.compile(r"\b\d{1,2}\s?[:.h]\s?\d{2}\b")
STAMP = re.compile(rf"{TIME.pattern}|<[^<>\s]+@[^<>\s]+>|\[e-mail address\]")
# Without a colon, or without a verb, in whatever language: a time and an address say it too.
UNENDED = re.compile(r"<[^<>\s]+@[^<>\s]+> wrote\Z")
NAMED = re.compile(r"[\w\"“].*\b\d{1,2}[:.h]\d{2}\b.*<[^<>\s]+@[^<>\s]+>\s?[:：]")
SENTENCE_END = re.compile(r"[.!?…,;]\Z")
OPENER = re.compile(r"(?:On|Am|Le|El|Il|Op|Em|Den)\s")
# What a device or a program adds below a mail: by whose own or by which it was sent.
PROGRAM = r"""(?:outlook|(?:e-?)?mail|courriel|courrier|correo|posta|yahoo|gmail|samsung|aol|proton|gmx
    |web\.de|android|i(?:phone|pad)|tuta\w*|k-9|fairemail|spark|thunderbird)\b"""
DEVICE = re.compile(
    rf"""(?:
      (?:this\ (?:e?-?mail|message)\ was\ )?sent\ (?:from|via|with|using)
        \ (?:my\b|the\ all-new|{PROGRAM}).{{0,80}}
    | (?:diese\ (?:e?-?mail|nachricht)\ wurde\ )?(?:von|mit)\ (?:meine[mr]\b|{PROGRAM}).{{0,80}}
        \ (?:gesendet|gesandt|geschickt|verschickt)
    | gesendet\ (?:von|mit|über|aus)\ (?:meine[mr]\b|der\b|{PROGRAM}).{{0,80}}
    | envoyée?\ (?:de|depuis|à\ partir\ d[eu]|avec|via)\ (?:mon\b|ma\b|l['’]|{PROGRAM}).{{0,80}}
    | enviado\ (?:desde|con|de)\ (?:mi\b|la\b|{PROGRAM}).{{0,80}}
    | inviato\ (?:da|dal|dalla|con|tramite)\ (?:mio\b|mia\b|il\ mio\b|la\ mia\b|{PROGRAM}).{{0,80}}
    | (?:verstuurd|verzonden|gestuurd)\ (?:vanaf|vanuit|van|met|via)\ (?:mijn\b|de\b|{PROGRAM}).{{0,80}}
    | (?:get|obtenir|obtenez|télécharge[rz]|obtener|obtenga|descargar?|ottieni|ottenere|scarica|download|haal
        |laden\ sie|holen\ sie\ sich)\ outlook\ (?:for|pour|para|per|voor|für)\b.{{0,40}}
    | outlook\ (?:für|voor)\ .{{1,20}}\ (?:herunterladen|beziehen|downloaden)
    )[.!]?""",
    re.IGNORECASE | re.VERBOSE,
)
SIGNATURE_SIGNS = ("--", "—")  # the second is what some programs make of the first
RULE = re.compile("_{5,}|-{5,}")
