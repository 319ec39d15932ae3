"""What each page is, read back by foreign readers: rdflib for JSON-LD, mf2py for microformats."""

import html
import json

import mf2py
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF

from catalogue.header.author_names import read_author_names
from plugins.linked_data import describe_author, format_block
from tests.conftest import SAMPLE, draw_png, fold

# rdflib's reader of JSON-LD uses a class of rdflib that rdflib itself has given up.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
quick = settings(deadline=None, database=None)
SCHEMA = Namespace("https://schema.org/")
# schema.org's own context is not fetched: this says the same of the words that are used here.
ADDRESSES = "inDefinedTermSet interactionType item url image".split()
CONTEXT = {"@vocab": str(SCHEMA), **{word: {"@type": "@id"} for word in ADDRESSES}}


def write_post(extra="", text="Text.", title="Post"):
    return f"Title: {title}\nDate: 2026-01-02 09:30\n{extra}\n{text}\n"


def read_block(page):
    """Return a page's block as data."""
    script = page.one("script", type="application/ld+json")
    assert script.get("type") == "application/ld+json"
    return json.loads("".join(script.itertext()))


def read_graph(page):
    """Read a page's block as RDF, without the network."""
    data = read_block(page)
    assert data.pop("@context") == "https://schema.org"
    return Graph().parse(data=json.dumps({"@context": CONTEXT, **data}), format="json-ld")


def read_one(graph, kind):
    """Return the only thing of a kind."""
    (thing,) = graph.subjects(RDF.type, SCHEMA[kind])
    return thing


def read_facts(graph, thing, *words):
    """Return the values of a thing, by word; each has one."""
    return {word: str(graph.value(thing, SCHEMA[word], any=False)) for word in words}


@pytest.mark.parametrize("number", [0, 1, 1024, 99_999])
def test_both_counts_are_the_number_in_the_header(build_site, number):
    site = build_site({"posts/a.md": write_post(f"Comments: {number}\n")})
    for page in ("posts/a/", ""):
        graph = read_graph(site.page(page))
        post, counter = read_one(graph, "BlogPosting"), read_one(graph, "InteractionCounter")
        assert graph.value(post, SCHEMA.commentCount) == Literal(number)
        assert graph.value(post, SCHEMA.interactionStatistic) == counter
        assert graph.value(counter, SCHEMA.interactionType) == SCHEMA.CommentAction
        assert graph.value(counter, SCHEMA.userInteractionCount) == Literal(number)


def test_a_post_says_what_it_is(build_site):
    site = build_site(
        {
            "posts/a.md": write_post(
                "Modified: 2026-02-03\nTags: Reading\nSummary: In short.\n"
                "Author: Ann Reader\nImage: card.png\nImage-alt: A card\n",
                "One two three.",
            ),
            "images/card.png": SAMPLE["images/card.png"],
        }
    )
    graph = read_graph(site.page("posts/a/"))
    post = read_one(graph, "BlogPosting")
    url = f"{site.url}/posts/a/"
    words = (
        "headline url datePublished dateModified description inLanguage wordCount image keywords"
    )
    assert read_facts(graph, post, *words.split()) == {
        "headline": "Post",
        "url": url,
        "datePublished": "2026-01-02T09:30:00+00:00",
        "dateModified": "2026-02-03T00:00:00+00:00",
        "description": "In short.",
        "inLanguage": "en",
        "wordCount": "3",
        "image": f"{site.url}/images/card.png",
        "keywords": "Reading",
    }
    author = graph.value(post, SCHEMA.author)
    assert (author, RDF.type, SCHEMA.Person) in graph
    assert read_facts(graph, author, "name", "givenName", "familyName") == {
        "name": "Ann Reader",
        "givenName": "Ann",
        "familyName": "Reader",
    }


def test_a_topic_is_one_thing_on_its_page_on_posts_and_in_the_vocabulary(build_site):
    site = build_site({"posts/a.md": write_post("Tags: Reading\n")})
    term = URIRef(f"{site.url}/topics/reading/")
    for name in ("posts/a/", "topics/reading/", "topics/"):
        graph = read_graph(site.page(name))
        assert read_one(graph, "DefinedTerm") == term, name
        assert str(graph.value(term, SCHEMA.name)) == "Reading"
    vocabulary = Graph().parse(data=site.text("topics.jsonld"), format="json-ld")
    assert (term, None, None) in vocabulary
    assert graph.value(predicate=SCHEMA.hasDefinedTerm, object=term) == URIRef(
        f"{site.url}/topics/"
    )


def test_a_topics_page_is_a_collection_about_the_topic_with_its_other_names(sample):
    graph = read_graph(sample.page("topics/weeding/"))
    page, term = read_one(graph, "CollectionPage"), read_one(graph, "DefinedTerm")
    assert graph.value(page, SCHEMA.about) == term != page
    names = {str(name) for name in graph.objects(term, SCHEMA.alternateName)}
    assert names == {"deselection", "culling"}


def test_the_home_page_is_the_blog_with_its_newest_posts(sample):
    graph = read_graph(sample.page(""))
    blog = read_one(graph, "Blog")
    posts = [*graph.objects(blog, SCHEMA.blogPost)]
    assert len(posts) == 10
    assert URIRef(f"{sample.url}/posts/rich/#post") in posts
    home = read_graph(sample.page("posts/rich/"))
    assert home.value(URIRef(f"{sample.url}/posts/rich/#post"), SCHEMA.isPartOf) == blog


def test_every_page_but_the_home_page_and_the_lost_one_has_a_way_that_leads_to_it(site):
    for name, page in site.pages.items():
        if name in ("index.html", "404.html") or name.startswith("page/"):
            continue
        graph = read_graph(page)
        steps = {
            int(graph.value(step, SCHEMA.position)): str(graph.value(step, SCHEMA.item))
            for step in graph.subjects(RDF.type, SCHEMA.ListItem)
        }
        assert [*sorted(steps)] == [*range(1, len(steps) + 1)]
        assert steps[1] == f"{site.url}/"
        assert steps[len(steps)] == site.address(name)
        assert all(site.find("", step)[0] in site.files for step in steps.values())


def test_every_address_in_a_block_leads_to_a_page(site):
    for name, page in site.pages.items():
        if page.all("script", type="application/ld+json"):
            graph = read_graph(page)
            readers = {  # who commented may name a site, which is all that leads away
                author
                for comment in graph.subjects(RDF.type, SCHEMA.Comment)
                for author in graph.objects(comment, SCHEMA.author)
            }
            for word in ("url", "item", "image"):
                for thing, address in graph.subject_objects(SCHEMA[word]):
                    target = site.find("", str(address))
                    if thing in readers:
                        assert str(address) in {link for _, link in page.links}, (name, address)
                        assert target is None
                        continue
                    assert target[0] in site.files, (name, address)


def test_kept_comments_are_in_the_data_and_each_says_what_it_answers(build_site):
    first = "Author: Ann\nDate: 2026-01-03\nUrl: https://ann.example/\n\nOne *two* <b>three</b>.\n"
    second = "Author: Ben\nDate: 2026-01-04\nReply-to: ann\n\nFour.\n"
    site = build_site(
        {
            "posts/a.md": write_post(),
            "comments/a/ann.md": first,
            "comments/a/ben.md": second,
        }
    )
    graph = read_graph(site.page("posts/a/"))
    post = read_one(graph, "BlogPosting")
    assert graph.value(post, SCHEMA.commentCount) == Literal(2)
    comments = {
        str(graph.value(graph.value(comment, SCHEMA.author), SCHEMA.name)): comment
        for comment in graph.objects(post, SCHEMA.comment)
    }
    assert fold(str(graph.value(comments["Ann"], SCHEMA.text))) == "One two <b>three</b>."
    author = graph.value(comments["Ann"], SCHEMA.author)
    assert graph.value(author, SCHEMA.url) == URIRef("https://ann.example/")
    assert graph.value(comments["Ben"], SCHEMA.parentItem) == comments["Ann"]
    for comment in comments.values():
        name, fragment = site.find("", str(comment))
        assert fragment in site.html[name].ids


@pytest.mark.parametrize(
    ("owner", "line", "on_post", "on_comment"),
    [
        ("Ann Reader", "Ann Reader", ["Ann Reader"], ["Ann Reader"]),
        ("Reader, Ann", "Ann Reader", ["Ann Reader"], ["Ann Reader"]),
        ("Ann Reader", "Cy Reader", [], []),
        ("Ann Reader", "Ann Reader Library", [], []),
        ("Town Library", "Town Library", ["Town Library"], ["Town Library"]),
        ("Ann Reader", "Cy Poe and Ann Reader", ["Ann Reader"], []),
        ("Ann Reader and Ben Writer", "Ann Reader", [], []),
        ("Ann Reader and Ben Writer", "Ann Reader and Ben Writer", [], []),
    ],
)
def test_who_has_the_site_alone_has_an_address_and_nobody_else_has_it(
    build_site, owner, line, on_post, on_comment
):
    comment = "Author: {}\nDate: 2026-01-03\nRole: {}\n\nYes.\n".format
    site = build_site(
        {
            "posts/a.md": write_post(f"Author: {line}\n"),
            "comments/a/own.md": comment(line, "author"),
            "comments/a/other.md": comment("Dee Reader", "author"),
            "comments/a/namesake.md": comment(line, "reader"),
        },
        AUTHOR=owner,
    )
    post = read_block(site.page("posts/a/"))["@graph"][0]
    known = [author for author in post["author"] if "@id" in author]
    written = [comment["author"] for comment in post["comment"] if "@id" in comment["author"]]
    assert [author["name"] for author in known] == on_post
    assert [author["name"] for author in written] == on_comment
    assert {author["@id"] for author in known + written} <= {f"{site.url}/#author"}
    assert len({author["@type"] for author in known + written}) <= 1
    home = read_block(site.page(""))["@graph"][0]["author"]
    assert ["@id" in author for author in home] == ([False] * 2 if " and " in owner else [True])


def test_a_reference_question_has_its_short_answer_as_the_accepted_one(seeded):
    page = next(p for name, p in seeded.pages.items() if name.startswith("posts/what-do-we-do"))
    graph = read_graph(page)
    post, question = read_one(graph, "BlogPosting"), read_one(graph, "Question")
    answer = graph.value(question, SCHEMA.acceptedAnswer)
    assert graph.value(post, SCHEMA.mainEntity) == question
    assert (answer, RDF.type, SCHEMA.Answer) in graph
    assert str(graph.value(question, SCHEMA.name)).startswith("What do we do if our wider")
    assert str(graph.value(answer, SCHEMA.text)).startswith("Libraries got swag.")


def test_what_asks_nothing_has_no_question(build_site):
    page = build_site({"posts/a.md": write_post()}).page("posts/a/")
    assert "Question" not in page.source.partition("<script")[2].partition("</script>")[0]


def test_nothing_of_what_is_hidden_is_in_any_block(build_site):
    site = build_site(
        {
            "posts/a.md": write_post("Tags: Reading\n"),
            "posts/b.md": write_post(
                "Tags: Reading\nStatus: draft\nSeries: Canary\n", title="Canary"
            ),
            "posts/c.md": write_post("Tags: Reading\n", title="Canary").replace("2026", "2036"),
        }
    )
    assert [name for name in site.files if b"anary" in site.bytes(name)] == []


@quick
@given(st.text())
def test_no_text_can_leave_its_block_and_every_text_comes_back(text):
    block = format_block([{"name": text, text: ["</script>", "<!--", "&amp;"]}])
    assert not {*"<>&\u2028\u2029"} & {*block}
    (thing,) = json.loads(block)["@graph"]
    assert thing[text] == ["</script>", "<!--", "&amp;"]
    assert text == "name" or thing["name"] == text


@pytest.mark.parametrize("header", ["Title", "Summary", "Author", "Series"])
def test_a_header_that_looks_like_markup_stays_text_on_the_page(build_site, header):
    evil = 'a </script><script>alert(1)</script> "b" & <!-- c'
    post = write_post(f"{header}: {evil}\n") if header != "Title" else write_post(title=evil)
    page = build_site({"posts/a.md": post}).page("posts/a/")
    assert len(page.all("script", type="application/ld+json")) == 1
    assert "<script>alert" in json.dumps(read_block(page)) or header == "Series"
    assert "<script>alert" in page.words or header == "Summary"


@pytest.mark.parametrize(
    ("line", "kind", "name"),
    [
        ("Ann Reader", "Person", "Ann Reader"),
        ("Reader, Ann", "Person", "Ann Reader"),
        ("The Librarian", "Person", "The Librarian"),
        ("Colette", "Person", "Colette"),
        ("{Marks and Spencer}", "Organization", "Marks and Spencer"),
        ("City Library of Springfield", "Organization", "City Library of Springfield"),
    ],
)
def test_an_author_is_a_person_or_a_body(line, kind, name):
    (author,) = (describe_author(name) for name in read_author_names(line))
    assert (author["@type"], author["name"]) == (kind, name)


def read_open_graph(page):
    """Return the properties of a page (ogp.me), each with all its values."""
    found = {}
    for meta in page.all("meta"):
        if meta.get("property"):
            found.setdefault(meta.get("property"), []).append(meta.get("content"))
    return found


def test_every_page_tells_what_a_link_to_it_should_show(site):
    for name, page in site.pages.items():
        facts = read_open_graph(page)
        if name == "404.html":
            assert facts == {}
            continue
        assert facts["og:url"] == [site.address(name)]
        assert facts["og:site_name"] == [site.settings["SITENAME"]]
        assert facts["og:description"] == [page.meta("description")]
        assert facts["og:type"] == ["article" if name.startswith("posts/") else "website"]
        assert fold(facts["og:title"][0]) in page.title


def test_a_post_tells_its_dates_topics_and_picture(build_site):
    site = build_site(
        {
            "posts/a.md": write_post(
                "Modified: 2026-02-03\nTags: Reading\nImage: card.png\nImage-alt: A card\n"
            ),
            "images/card.png": draw_png(600, 400),
        },
    )
    facts = read_open_graph(site.page("posts/a/"))
    assert facts["article:published_time"] == ["2026-01-02T09:30:00+00:00"]
    assert facts["article:modified_time"] == ["2026-02-03T00:00:00+00:00"]
    assert facts["article:tag"] == ["Reading"]
    assert facts["og:image"] == [f"{site.url}/images/card.png"]
    assert facts["og:image:alt"] == ["A card"]


def read_entries(site, name):
    """Return the h-entries of a page as a reader of microformats sees them."""
    parsed = mf2py.parse(doc=site.text(name), url=site.address(name), html_parser="html5lib")
    waiting, entries = [*parsed["items"]], []
    while waiting:
        item = waiting.pop(0)
        waiting += item.get("children", [])
        if "h-entry" in item["type"]:
            entries.append(item["properties"])
    return entries


def read_names_of(entry):
    """Return the names of an entry's authors."""
    return [a if isinstance(a, str) else a["properties"]["name"][0] for a in entry["author"]]


def test_a_post_is_an_entry_with_author_date_and_address(sample):
    (entry,) = read_entries(sample, "posts/rich/index.html")
    assert read_names_of(entry) == ["The Librarian"]
    assert entry["published"] == ["2026-03-04T09:30:00+0000"]
    assert entry["updated"] == ["2026-05-06T00:00:00+0000"]
    assert entry["url"] == entry["uid"] == [f"{sample.url}/posts/rich/"]
    assert fold(html.unescape(entry["name"][0])) == "All that Markdown makes & more"
    assert entry["category"] == ["Reading", "Weeding"]


@pytest.mark.parametrize("name", ["index.html", "topics/reading/index.html"])
def test_a_list_names_author_date_and_address_of_each_entry(sample, name):
    entries = read_entries(sample, name)
    assert len(entries) >= 10
    for entry in entries:
        assert read_names_of(entry) == ["The Librarian"]
        assert len(entry["published"]) == len(entry["name"]) == len(entry["url"]) == 1
        assert sample.find("", entry["url"][0])[0] in sample.files
