"""Say in data what each page is, for search engines and other programs that read pages.

Reads: the articles with their topics, counts, comments and questions; the topics and pages.
Adds: `linked_data` to the context, by the file of each page a function that writes its JSON-LD
block; to each article `author`, the authors as they are typed, `byline`, their names, and `picture`,
the whole address of the picture.
Writes: nothing.

The words are those of schema.org, the form is JSON-LD 1.1 (W3C). A topic has its page's address for
a name, as in `topics.jsonld`. A post that answers a question stays a BlogPosting and has the
Question as its main entity: a QAPage is a page on which any reader may answer.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from catalogue.addresses import address_file
from catalogue.dates import format_stamp
from catalogue.header.author_names import AUTHORS_KEPT, Name, read_author_names

AFTER = ("plugins.comments", "plugins.topics", "plugins.questions")

Data = dict[str, Any]

CONTEXT = "https://schema.org"
COUNTS_KEPT = 1000  # most posts have few comments
HOME = ("Home", "")  # the name and the address of the first step to every page
NEWEST = 10  # so many posts stand in the data of the home page
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# What could end a script block, or a line in old JavaScript, is spelt as JSON spells any character.
SIGNS = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class Blog(NamedTuple):
    """Hold what every page says of the site."""

    url: str  # without the last slash
    name: str
    description: str
    language: str
    author: str

    @property
    def reference(self) -> Data:
        """Name the blog in a page's data."""
        return {"@type": "Blog", "@id": f"{self.url}/#blog"}


class Term(NamedTuple):
    """Hold what the posts of a topic say of it, as JSON."""

    name: str
    data: str
    step: str  # on the way to a post


class Shared(NamedTuple):
    """Hold what many posts say, as JSON: it is written once."""

    home: str  # the first step on the way to a page
    language: str
    terms: Mapping[str, Term]  # by slug


def format_block(*things: str) -> Markup:
    """Write a JSON-LD block of things that are JSON already."""
    text = f'{{"@context":"{CONTEXT}","@graph":[{",".join(things)}]}}'
    return Markup(text)  # noqa: S704 - what could end a script is spelt in `format_json`


def format_json(value: Any) -> str:
    """Write a value as JSON that is safe within a script element."""
    text = ENCODER.encode(value)
    for sign in "<>&" if text.isascii() else SIGNS:
        text = text.replace(sign, SIGNS[sign])
    return text


def format_members(data: Data) -> str:
    """Write the members of an object as JSON, without its braces."""
    return format_json(data)[1:-1]


@lru_cache(maxsize=AUTHORS_KEPT)
def describe_authors(line: str) -> list[Data]:
    """Describe each author of an author line."""
    return [describe_author(name) for name in read_author_names(line)]


def describe_author(name: Name) -> Data:
    """Describe one author: a person, or a body such as a library; a pen name is a person's."""
    words = name.family.split()
    is_person = bool(name.given) or len(words) == 1 or (len(words) == 2 and words[0] == "The")
    kind = "Person" if is_person else "Organization"
    data = {"@type": kind, "name": name.full}
    if name.given:
        data |= {"givenName": name.given, "familyName": name.family}
    return data


def describe_term(topic: Any, site: str) -> Data:
    """Describe a topic as a term of the site's own set of terms."""
    url = f"{site}/{topic.url}"
    return {
        "@type": "DefinedTerm",
        "@id": url,
        "name": topic.name,
        "url": url,
        "inDefinedTermSet": f"{site}/topics/",
    }


def describe_count(number: int) -> Data:
    """Say how many comments there are, in both ways that schema.org has for it."""
    counter = {
        "@type": "InteractionCounter",
        "interactionType": "https://schema.org/CommentAction",
        "userInteractionCount": number,
    }
    return {"commentCount": number, "interactionStatistic": counter}


def describe_comment(comment: Any, site: str) -> Data:
    """Describe one kept comment."""
    url = f"{site}/{comment.permalink}"
    author = {"@type": "Person", "name": comment.author if comment.is_own else comment.byline}
    if comment.is_own:
        author |= {"@id": f"{site}/#author", "url": f"{site}/"}
    if comment.url:
        author["url"] = comment.url
    data: Data = {
        "@type": "Comment",
        "@id": url,
        "url": url,
        "author": author,
        "datePublished": format_stamp(comment.date),
        "text": comment.text,
    }
    if comment.reply_to:
        data["parentItem"] = {"@type": "Comment", "@id": f"{site}/{comment.reply_to.permalink}"}
    return data


def describe_question(record: Any, url: str, authors: list[Data]) -> Data:
    """Describe the question that a post answers, with its short answer."""
    answer = {"@type": "Answer", "text": record.answer, "url": url, "author": authors}
    return {
        "@type": "Question",
        "name": record.question,
        "text": record.question,
        "answerCount": 1,
        "acceptedAnswer": answer,
    }


def format_brief(article: Any, url: str, title: str) -> str:
    """Write what a list says of a post, as members of an object.

    `url` is its address within a text of JSON, `title` a text of JSON.
    """
    return (
        f'"@type":"BlogPosting","@id":"{url}#post","headline":{title},"url":"{url}",'
        f'"datePublished":"{format_stamp(article.date)}",{format_count(article.comments)}'
    )


def format_address(article: Any, blog: Blog) -> str:
    """Write the whole address of a post as it stands within a text of JSON."""
    return format_json(f"{blog.url}/{article.url}")[1:-1]


@lru_cache(maxsize=COUNTS_KEPT)
def format_count(number: int) -> str:
    """Write how many comments there are, as members of an object."""
    return format_members(describe_count(number))


@lru_cache(maxsize=AUTHORS_KEPT)
def format_origin(line: str, blog: Blog) -> str:
    """Write who made a post, by the author line, and of which blog it is, as members of an object."""
    return format_members({"author": describe_authors(line), "isPartOf": blog.reference})


def describe_more(article: Any, blog: Blog) -> Data:
    """Describe what few posts have: a picture, comments, a question."""
    data: Data = {}
    if article.picture:
        data["image"] = article.picture
    if article.replies:
        data["comment"] = [describe_comment(comment, blog.url) for comment in article.replies]
    if article.record.question:
        url, authors = f"{blog.url}/{article.url}", describe_authors(article.author)
        data["mainEntity"] = describe_question(article.record, url, authors)
    return data


def format_path(steps: Iterable[tuple[str, str]], blog: Blog) -> str:
    """Write the way to a page from the home page as JSON: the name and address of each step."""
    places = [HOME, *steps]
    items = ",".join([format_step(n, *place, blog.url) for n, place in enumerate(places, 1)])
    return f'{{"@type":"BreadcrumbList","itemListElement":[{items}]}}'


def format_step(position: int, name: str, path: str, site: str) -> str:
    """Write one step of the way to a page as JSON."""
    place = f'"name":{format_json(name)},"item":{format_json(f"{site}/{path}")}'
    return f'{{"@type":"ListItem","position":{position},{place}}}'


def describe_blog(blog: Blog) -> Data:
    """Describe the blog."""
    return {
        **blog.reference,
        "name": blog.name,
        "url": f"{blog.url}/",
        "description": blog.description,
        "inLanguage": blog.language,
        "author": describe_authors(blog.author),
    }


def describe_page(kind: str, path: str, name: str, blog: Blog) -> Data:
    """Describe a page that is no post."""
    return {
        "@type": kind,
        "@id": f"{blog.url}/{path}#page",
        "url": f"{blog.url}/{path}",
        "name": name,
        "inLanguage": blog.language,
        "isPartOf": blog.reference,
    }


def describe_topic(topic: Any, blog: Blog) -> Data:
    """Describe a topic's page, and the topic that it is about with its other names."""
    term = describe_term(topic, blog.url)
    if topic.used_for:
        term["alternateName"] = topic.used_for
    term["description"] = topic.description
    page = describe_page("CollectionPage", topic.url, topic.name, blog)
    return {**page, "description": topic.description, "about": term}


def describe_topics(topics: Iterable[Any], blog: Blog) -> Data:
    """Describe the list of topics as a set of terms."""
    url = f"{blog.url}/topics/"
    terms = [
        {"@type": "DefinedTerm", "@id": f"{blog.url}/{topic.url}", "name": topic.name}
        for topic in topics
    ]
    kept = {
        "@type": "DefinedTermSet",
        "@id": url,
        "url": url,
        "name": f"Topics of {blog.name}",
        "hasDefinedTerm": terms,
    }
    return {**describe_page("CollectionPage", "topics/", "Topics", blog), "mainEntity": kept}


def format_picture(image: str, site: str, addresses: Mapping[str, str]) -> str:
    """Give the whole address of a post's picture from its path; empty when it has none."""
    return f"{site}{quote(addresses.get(image, f'/{image}'))}" if image else ""


def read_blog(settings: Mapping[str, Any]) -> Blog:
    """Take from the settings what every page says of the site."""
    keys = ("SITEURL", "SITENAME", "SITESUBTITLE", "DEFAULT_LANG", "AUTHOR")
    return Blog(*(settings[key] for key in keys))


def list_pages(catalogue: Any, questions: bool) -> list[tuple[str, str, str]]:
    """List the kind, address and name of each page that is neither a post nor of topics."""
    pages = [("CollectionPage", "archives/", "Archive"), ("WebPage", "subscribe/", "Subscribe")]
    if questions:
        pages.append(("CollectionPage", "questions/", "Questions"))
    for record in catalogue.pages:
        address = catalogue.addresses[record.path]
        pages.append(("WebPage", address.lstrip("/"), record.title))
    return pages


def format_page(kind: str, path: str, name: str, blog: Blog) -> Markup:
    """Write the block of a page that is neither a post nor of topics."""
    page = describe_page(kind, path, name, blog)
    return format_block(format_json(page), format_path([(name, path)], blog))


def format_topic(topic: Any, blog: Blog) -> Markup:
    """Write the block of a topic's page."""
    steps = [("Topics", "topics/"), (topic.name, topic.url)]
    return format_block(format_json(describe_topic(topic, blog)), format_path(steps, blog))


def format_topics(topics: Sequence[Any], blog: Blog) -> Markup:
    """Write the block of the list of topics."""
    way = format_path([("Topics", "topics/")], blog)
    return format_block(format_json(describe_topics(topics, blog)), way)


def format_home(articles: Iterable[Any], blog: Blog) -> Markup:
    """Write the block of the home page, which has the newest articles."""
    posts = [
        f"{{{format_brief(each, format_address(each, blog), format_json(each.title))}}}"
        for each in articles
    ]
    return format_block(f'{{{format_members(describe_blog(blog))},"blogPost":[{",".join(posts)}]}}')


def format_term(topic: Any, site: str) -> Term:
    """Write what the posts of a topic say of it."""
    data = format_json(describe_term(topic, site))
    return Term(format_json(topic.name), data, format_step(2, topic.name, topic.url, site))


def share_facts(topics: Iterable[Any], blog: Blog) -> Shared:
    """Write what many posts say."""
    terms = {topic.slug: format_term(topic, blog.url) for topic in topics}
    return Shared(format_step(1, *HOME, blog.url), format_json(blog.language), terms)


def format_post(article: Any, blog: Blog, shared: Shared) -> Markup:
    """Write the block of a post; its way from the home page leads through its first topic."""
    record, url, title = article.record, format_address(article, blog), format_json(article.title)
    terms = [shared.terms[topic.slug] for topic in article.topics]
    topics = way = ""
    if terms:
        names, data = ",".join([t.name for t in terms]), ",".join([t.data for t in terms])
        topics, way = f',"keywords":[{names}],"about":[{data}]', f"{terms[0].step},"
    more = describe_more(article, blog)
    return format_block(
        f"{{{format_brief(article, url, title)},"
        f'"mainEntityOfPage":"{url}","dateModified":"{format_stamp(article.revised or article.date)}",'
        f'{format_origin(article.author, blog)},"description":{format_json(article.description)},'
        f'"inLanguage":{shared.language},"wordCount":{record.words}{topics}'
        f"{',' + format_members(more) if more else ''}}}",
        f'{{"@type":"BreadcrumbList","itemListElement":[{shared.home},{way}'
        f'{{"@type":"ListItem","position":{3 if way else 2},"name":{title},"item":"{url}"}}]}}',
    )


def add_facts(generator: Any) -> None:
    """Give each article the names of its authors and the address of its picture."""
    catalogue, blog = generator.catalogue, read_blog(generator.settings)
    for article in generator.articles:
        values = article.record.values
        article.author = values.get("Author") or blog.author
        article.byline = tuple(author["name"] for author in describe_authors(article.author))
        article.picture = format_picture(values.get("Image", ""), blog.url, catalogue.addresses)


def add_linked_data(generator: Any) -> None:
    """Give the templates a function for each file that is written, which writes its block."""
    catalogue, blog = generator.catalogue, read_blog(generator.settings)
    articles, topics = generator.articles, generator.context["topics"]
    shared = share_facts(topics, blog)
    blocks = {"": partial(format_home, articles[:NEWEST], blog)}
    for kind, path, name in list_pages(catalogue, bool(generator.context["questions"])):
        blocks[path] = partial(format_page, kind, path, name, blog)
    blocks["topics/"] = partial(format_topics, topics, blog)
    blocks |= {topic.url: partial(format_topic, topic, blog) for topic in topics}
    # By name, because the key of a page has all that is given by place, and a post shows some of it.
    blocks |= {each.url: partial(format_post, each, blog, shared=shared) for each in articles}
    files = {address_file(f"/{path}"): block for path, block in blocks.items()}
    generator.context["linked_data"] = files


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_facts)
    signals.article_generator_finalized.connect(add_linked_data)
