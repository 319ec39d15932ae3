"""Topics stand in relations that hold both ways; the vocabulary keeps the rules of SKOS."""

import json
from collections import Counter
from types import SimpleNamespace

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from catalogue.records import Record
from plugins.letter_groups import group_by_letter
from plugins.skos import format_scheme
from plugins.topic_index import (
    MOST_RELATED,
    count_pairs,
    list_lines,
    order_line,
    select_related,
)
from plugins.topics import Topic, make_topic
from tests.conftest import fold

# rdflib's reader of JSON-LD uses a class of rdflib that rdflib itself has given up.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
SITE = "https://example.org/blog"


# Related by posts


def make_topics(*names):
    return {
        name: Topic(name.title(), name, f"topics/{name}/", "", "", [], SimpleNamespace(html=""))
        for name in names
    }


def test_topics_that_share_most_posts_are_related_in_an_order_that_does_not_change():
    topics = make_topics(*"abcdefgh")
    posts = ["ab", "ab", "ac", "ad", "ae", "af", "ag", "bc", "h"]
    articles = [SimpleNamespace(topics=[topics[name] for name in post]) for post in posts]
    for order in (articles, articles[::-1]):
        pairs = count_pairs(order)
        assert pairs["a"] == Counter(b=2, c=1, d=1, e=1, f=1, g=1)
        related = select_related(topics["a"], pairs["a"], topics)
        assert [topic.slug for topic in related] == list("bcdef")
        assert len(related) == MOST_RELATED
    assert "h" not in pairs
    topics["a"].see_also, topics["a"].broader = [topics["b"]], [topics["d"]]
    topics["a"].narrower = [topics["e"]]
    related = select_related(topics["a"], count_pairs(articles)["a"], topics)
    assert [topic.slug for topic in related] == list("cfg")


# The index


def test_the_index_has_every_name_in_one_order():
    variants = {"Used-for": ["culling", "3 rules", "de-selection"]}
    records = [
        Record("topics/weeding.md", "topic", "weeding", "Weeding", variants),
        Record("topics/archives.md", "topic", "archives", "Archives"),
    ]
    topics = [make_topic(record, "") for record in records]
    index = group_by_letter(list_lines(topics), order_line)
    assert [group.letter for group in index] == ["0–9", "A", "C", "D", "W"]
    lines = [(fold(e.name), e.topic.name, e.is_variant) for group in index for e in group.lines]
    assert lines == [
        ("3 rules", "Weeding", True),
        ("Archives", "Archives", False),
        ("culling", "Weeding", True),
        ("de-selection", "Weeding", True),
        ("Weeding", "Weeding", False),
    ]


def test_numbers_are_filed_by_their_value_and_accents_aside(build_site):
    names = ["Part 10", "Part 2", "Part 02 b", "Zines", "Écriture", "100 books", "24 hours"]
    files = {f"topics/t{n}.md": f"Title: {name}\n\nScope {n}.\n" for n, name in enumerate(names)}
    tags = "Title: A\nDate: 2026-01-01\nTags: " + ", ".join(names) + "\n\nWords.\n"
    site = build_site({**files, "posts/a.md": tags, "topics/reading.md": None})
    filed = ["24 hours", "100 books", "Écriture", "Part 2", "Part 02 b", "Part 10", "Zines"]
    page = site.page("topics/")
    assert [page.text(a) for e in page.all("section", class_="shelf") for a in e.iter("a")] == filed
    terms = [fold(term) for term in site.page("subscribe/").texts("dt")]
    assert [term for term in terms if term in filed] == filed
    found = [fold(text) for text in site.page("search/").texts("li") if fold(text) in filed]
    assert found == filed


# SKOS, read back by rdflib


def read_scheme(site):
    graph = Graph()
    graph.parse(data=site.text("topics.jsonld"), format="json-ld")
    return graph


def above(graph, concept):
    """Return all that is broader than a concept, over any number of steps (S24)."""
    return set(graph.transitive_objects(concept, SKOS.broader)) - {concept}


def check_integrity(graph):
    """Check a graph against the integrity conditions of the SKOS Reference."""
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    assert len(schemes) == 1
    assert not concepts & schemes  # S9
    collections = set(graph.subjects(RDF.type, SKOS.Collection))
    assert not collections & (concepts | schemes)  # S37
    kinds = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
    for thing in concepts | schemes:
        labels = [set(graph.objects(thing, kind)) for kind in kinds]
        assert all(isinstance(label, Literal) for group in labels for label in group)  # S12
        assert not labels[0] & labels[1]  # S13
        assert not (labels[0] | labels[1]) & labels[2]  # S13
        languages = Counter(label.language for label in labels[0])
        assert set(languages.values()) == {1}  # S14
    preferred = Counter(graph.value(concept, SKOS.prefLabel) for concept in concepts)
    assert set(preferred.values()) <= {1}
    for relation in (SKOS.broader, SKOS.narrower, SKOS.related):
        for one, other in graph.subject_objects(relation):
            assert {one, other} <= concepts  # S19, S20
            assert one != other
    for one, other in graph.subject_objects(SKOS.related):
        assert (other, SKOS.related, one) in graph  # S23
        assert other not in above(graph, one)  # S27
        assert one not in above(graph, other)  # S27
    for one, other in graph.subject_objects(SKOS.broader):
        assert (other, SKOS.narrower, one) in graph  # S25
        assert one not in above(graph, other)
    for one, other in graph.subject_objects(SKOS.narrower):
        assert (other, SKOS.broader, one) in graph  # S25
    (scheme,) = schemes
    for concept in concepts:
        assert list(graph.objects(concept, SKOS.inScheme)) == [scheme]  # S4
        top = (concept, SKOS.topConceptOf, scheme) in graph
        assert top == ((scheme, SKOS.hasTopConcept, concept) in graph)  # S8
        assert top == (not above(graph, concept))
    exact = set(graph.subject_objects(SKOS.exactMatch))
    assert not exact & set(graph.subject_objects(SKOS.broadMatch))  # S46
    return scheme, concepts


@pytest.fixture(scope="session")
def vocabulary(build_site):
    """Build a site whose topics stand in every relation."""
    topics = {
        "weeding": 'Title: Weeding & "culling" <b>\nSee-also: Shelves\n'
        'Used-for: De-selection, weeding & "culling" <b>, Kürzung',
        "shelves": "Title: Shelves\nBroader: Furniture, The building",
        "furniture": "Title: Furniture\nBroader: building",
        "building": "Title: The building",
        "hidden": "Title: Canary\nUsed-for: Canary variant\nSee-also: Shelves, Weeding\nBroader: Furniture",
        "below": "Title: Below\nBroader: Canary",
        "beside": "Title: Beside\nSee-also: Canary variant",
    }
    files = {
        f"topics/{name}.md": f"{text}\n\nA *note* on &lt;{name}&gt;.\n\nAnd more.\n"
        for name, text in topics.items()
        if name != "hidden"
    }
    files["topics/hidden.md"] = f"{topics['hidden']}\n\nCanary note.\n"
    files["topics/bare.md"] = "Title: Bare\n"
    files["posts/a.md"] = (
        'Title: A\nDate: 2026-01-02\nTags: weeding-&-"culling"-<b>, shelves\n\nText.\n'
    )
    files["posts/b.md"] = (
        "Title: B\nDate: 2026-01-02\nTags: Canary variant\nStatus: draft\n\nText.\n"
    )
    return build_site(files, siteurl=SITE)


def test_every_scheme_keeps_the_integrity_conditions_of_skos(site, vocabulary):
    for each in (site, vocabulary):
        graph = read_scheme(each)
        scheme, concepts = check_integrity(graph)
        pages = {
            f"{each.url}/{name.removesuffix('index.html')}"
            for name in each.pages
            if name.startswith("topics/")
        }
        assert {str(scheme), *map(str, concepts)} == pages


def test_the_checks_of_integrity_can_fail():
    good = format_scheme([*make_topics("a", "b").values()], SITE, "Blog", "en")
    a, b = (URIRef(f"{SITE}/topics/{name}/") for name in "ab")
    scheme = URIRef(f"{SITE}/topics/")
    wrong = [
        (scheme, RDF.type, SKOS.Concept),
        (a, RDF.type, SKOS.Collection),
        (a, SKOS.altLabel, Literal("A", "en")),
        (a, SKOS.prefLabel, Literal("Another", "en")),
        (a, SKOS.related, b),
        (a, SKOS.broader, b),
        (b, SKOS.inScheme, a),
    ]
    check_integrity(Graph().parse(data=good, format="json-ld"))
    for triple in wrong:
        graph = Graph().parse(data=good, format="json-ld")
        graph.add(triple)
        with pytest.raises(AssertionError):
            check_integrity(graph)
    graph = Graph().parse(data=good, format="json-ld")
    for triple in [(a, SKOS.related, b), (b, SKOS.related, a)]:
        graph.add(triple)
    for triple in [(a, SKOS.broader, b), (b, SKOS.narrower, a)]:
        graph.add(triple)
    with pytest.raises(AssertionError):
        check_integrity(graph)


def test_the_scheme_says_what_the_records_say(vocabulary):
    graph = read_scheme(vocabulary)

    def read(slug, relation):
        address = URIRef(f"{SITE}/topics/{slug}/")
        return sorted(str(value).removeprefix(SITE) for value in graph.objects(address, relation))

    assert read("weeding", SKOS.prefLabel) == ["Weeding & “culling” <b>"]
    assert read("weeding", SKOS.altLabel) == ["De-selection", "Kürzung"]
    assert read("weeding", SKOS.scopeNote) == ["A note on <weeding>. And more."]
    assert read("weeding", SKOS.related) == ["/topics/shelves/"]
    assert read("shelves", SKOS.related) == ["/topics/weeding/"]
    assert read("shelves", SKOS.broader) == ["/topics/building/", "/topics/furniture/"]
    assert read("building", SKOS.narrower) == ["/topics/furniture/", "/topics/shelves/"]
    assert read("bare", SKOS.scopeNote) == []
    scheme = URIRef(f"{SITE}/topics/")
    assert "Libraries Got Game" in str(graph.value(scheme, SKOS.prefLabel))
    languages = {label.language for label in graph.objects(None, SKOS.prefLabel)}
    assert languages == {"en"}


def test_topics_and_their_variants_are_in_the_scheme(seeded):
    graph = read_scheme(seeded)
    labels = {str(label) for label in graph.objects(None, SKOS.prefLabel)}
    assert {"Customer service", "Social media"} <= labels
    variants = {str(label) for label in graph.objects(None, SKOS.altLabel)}
    assert {"patron service", "social networking"} <= variants


def test_the_file_is_plain_json_that_names_its_words(vocabulary):
    data = json.loads(vocabulary.text("topics.jsonld"))
    assert data["@context"]["@vocab"] == str(SKOS)
    assert vocabulary.page("topics/").all("link", href="/blog/topics.jsonld")
    assert vocabulary.page("topics/").all("a", href="/blog/topics.jsonld")


def test_a_topic_that_is_kept_back_is_in_no_relation(vocabulary):
    for name, data in vocabulary.all_bytes.items():
        assert b"canary" not in data.lower(), name
        assert "canary" not in name


# On the pages


def read_terms(page):
    """Return the rows of a topic's record: each term with its values."""
    rows = page.one("dl", class_="facts")
    return {
        page.text(row.find("dt")): [page.text(value) for value in row.findall("dd")] for row in rows
    }


def test_a_topic_s_page_shows_its_relations_with_links(vocabulary):
    page = vocabulary.page("topics/shelves/")
    terms = read_terms(page)
    assert [*terms.values()][1:3] == [['Weeding & "culling" <b>'], ["Furniture", "The building"]]
    links = {page.text(a): a.get("href") for a in page.one("dl", class_="facts").iter("a")}
    assert links["The building"] == "/blog/topics/building/"
    assert ["Furniture", "Shelves"] in read_terms(vocabulary.page("topics/building/")).values()
    for name in ("below", "beside"):
        record = vocabulary.page(f"topics/{name}/").one("dl", class_="facts")
        assert not [a for a in record.iter("a") if a.get("href").endswith("/")]


def test_a_topic_s_page_shows_the_topics_that_its_posts_have_too(build_site):
    tags = {"a": "One, Two", "b": "One, Two", "c": "One, Three", "d": "Four"}
    files = {
        f"posts/{n}.md": f"Title: {n}\nDate: 2026-01-02\nTags: {tag}\n\nText.\n"
        for n, tag in tags.items()
    }
    files |= {f"topics/{t}.md": f"Title: {t.title()}\n" for t in ("one", "two", "three", "four")}
    site = build_site(files)
    assert ["Two", "Three"] in read_terms(site.page("topics/one/")).values()
    assert ["One"] in read_terms(site.page("topics/three/")).values()
    alone = site.page("topics/four/").one("dl", class_="facts")
    assert not [a for a in alone.iter("a") if a.get("href").endswith("/")]


def test_the_list_of_topics_is_an_index_with_references(vocabulary):
    page = vocabulary.page("topics/")
    index = page.one("main")
    assert [page.text(e) for e in index.iter("h2")] == list("BDFKRSTW")
    lines = [page.text(e) for e in index.iter("li")]
    begins = {'Weeding & "culling" <b> 1 ', "The building 0 ", "De-selection, "}
    assert all(any(line.startswith(begin) for line in lines) for begin in begins)
    assert sum(line.endswith(' Weeding & "culling" <b>') for line in lines) == 2
    links = [e.get("href") for e in index.iter("a")]
    assert links.count("/blog/topics/weeding/") == 3
    jumps = [e.get("href").removeprefix("#") for e in page.one("p", class_="jumps").iter("a")]
    assert jumps == [e.get("id") for e in page.all("section", class_="shelf")]
