"""Write the authority file as data: the topics as a concept scheme.

Reads: the topics with their relations.
Adds: nothing.
Writes: `topics.jsonld`.

The words are those of SKOS (W3C, SKOS Reference, 2009), the form is JSON-LD 1.1.
"""

import json
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from catalogue.text.plain_text import strip_tags
from plugins.topics import Topic

AFTER = ("plugins.topics", "plugins.topic_index")

PLACE = "topics.jsonld"
NAMESPACE = "http://www.w3.org/2004/02/skos/core#"
# What leads to other concepts, and is not text.
CONCEPT_LINKS = "broader hasTopConcept inScheme narrower related topConceptOf".split()


def format_scheme(topics: Sequence[Topic], site: str, name: str, language: str) -> str:
    """Return the topics as a concept scheme called `name`; `site` is the site's address."""
    context: dict[str, Any] = {"@vocab": NAMESPACE, "@language": language}
    context |= {relation: {"@type": "@id"} for relation in CONCEPT_LINKS}
    scheme = f"{site}/topics/"
    top = [topic for topic in topics if not topic.broader]
    concepts = [describe_concept(topic, site, scheme) for topic in topics]
    head = {
        "@id": scheme,
        "@type": "ConceptScheme",
        "prefLabel": name,
        "hasTopConcept": list_concept_addresses(top, site),
    }
    data = {"@context": context, "@graph": [head, *concepts]}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def describe_concept(topic: Topic, site: str, scheme: str) -> dict[str, Any]:
    """Return one topic as a concept; what it does not have is left out."""
    concept = {
        "@id": f"{site}/{topic.url}",
        "@type": "Concept",
        "prefLabel": format_plain_name(topic.name),
        "altLabel": [format_plain_name(name) for name in topic.used_for],
        "scopeNote": strip_tags(topic.record.html),
        "broader": list_concept_addresses(topic.broader, site),
        "narrower": list_concept_addresses(topic.narrower, site),
        "related": list_concept_addresses(topic.see_also, site),
        "inScheme": scheme,
        "topConceptOf": "" if topic.broader else scheme,
    }
    return {key: value for key, value in concept.items() if value}


def format_plain_name(name: str) -> str:
    """Return a name with plain blanks; a page has a hard one before the last word."""
    return " ".join(name.split())


def list_concept_addresses(topics: Iterable[Topic], site: str) -> list[str]:
    """Return the addresses that stand for topics."""
    return [f"{site}/{topic.url}" for topic in topics]


def write_scheme(generator: Any, writer: Any) -> None:
    """Write the file of the concept scheme."""
    settings, topics = generator.settings, generator.context["topics"]
    site, language = settings["SITEURL"], settings["DEFAULT_LANG"]
    name = generator.words.fill("topics_of", site=settings["SITENAME"])
    shows = [name, [[t, t.record, t.broader, t.narrower, t.see_also] for t in topics]]
    writer.add(PLACE, partial(format_scheme, topics, site, name, language), shows)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_writer_finalized.connect(write_scheme)
