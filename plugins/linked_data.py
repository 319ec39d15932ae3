"""Describe each page as data, for search engines and other programs that read pages.

Reads: the articles with their authors, pictures, topics, counts, comments and questions; the topics
and pages.
Adds: `linked_data` to the context: for the file of each page a `Block`, which writes its JSON-LD.
Writes: nothing.

The words are those of schema.org, the form is JSON-LD 1.1 (W3C). A topic has its page's address for
a name, as in `topics.jsonld`. A post that answers a question stays a BlogPosting and has the
Question as its main entity: a QAPage is a page on which any reader may answer.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup

from catalogue.addresses import SITE, address_file
from catalogue.dates import format_stamp
from catalogue.header.author_names import AUTHORS_CACHED, Name, read_author_names

AFTER = (
    "plugins.authors",
    "plugins.pictures",
    "plugins.comments",
    "plugins.topics",
    "plugins.questions",
)

Data = dict[str, Any]
Step = tuple[str, str]  # on the way to a page: a name, and an address that begins with a slash

OWN_BLOCKS = ("home", "topics")  # of the pages in SITE; all others have that of a plain page
NEWEST = 10  # so many posts are in the data of the home page
SCHEMA_ORG = "https://schema.org"
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
# What could end a script block, or a line in old JavaScript, is spelt as JSON spells any character.
ESCAPES = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class Blog(NamedTuple):
    """The facts of the site that every page has."""

    url: str  # without the last slash
    name: str
    description: str
    language: str
    author: str  # as it is typed
    steps: Mapping[str, Step]  # to the site's own pages, by their names in SITE
    topics: str  # what its set of topics is called

    @property
    def reference(self) -> Data:
        """Return the blog's name in the data of a page."""
        return {"@type": "Blog", "@id": f"{self.url}/#blog"}


@dataclass(frozen=True)
class Block:
    """The JSON-LD of one page."""

    describe: Callable[..., list[Data]]  # a pure function of `shows`
    shows: tuple[Any, ...]  # all that decides about the text

    def __call__(self) -> Markup:
        """Return the text of the block."""
        return format_block(self.describe(*self.shows))


def format_block(things: Sequence[Data]) -> Markup:
    """Return things as JSON-LD that nothing in it can lead out of its script element."""
    text = ENCODER.encode({"@context": SCHEMA_ORG, "@graph": things})
    for sign in "<>&" if text.isascii() else ESCAPES:
        text = text.replace(sign, ESCAPES[sign])
    return Markup(text)  # noqa: S704 - what could end a script is spelt in another way


@lru_cache(maxsize=AUTHORS_CACHED)
def describe_authors(line: str, site: str, owner: str) -> list[Data]:
    """Return the data of each author of an author line; `owner` is that of the site.

    The site's author, if it is one, has an address by which the things on all pages are known as one.
    """
    owners, own = read_author_names(owner), {"@id": f"{site}/#author"}
    return [
        describe_author(name) | (own if (name,) == owners else {})
        for name in read_author_names(line)
    ]


def describe_author(name: Name) -> Data:
    """Return the data of an author: a person, or a body such as a library; a pen name is a person's."""
    words = name.family.split()
    is_person = bool(name.given) or len(words) == 1 or (len(words) == 2 and words[0] == "The")
    kind = "Person" if is_person else "Organization"
    data = {"@type": kind, "name": name.full}
    if name.given:
        data |= {"givenName": name.given, "familyName": name.family}
    return data


def describe_term(topic: Any, site: str) -> Data:
    """Return the data of a topic, a term of the site's own set of terms."""
    url = f"{site}/{topic.url}"
    return {
        "@type": "DefinedTerm",
        "@id": url,
        "name": topic.name,
        "url": url,
        "inDefinedTermSet": f"{site}{SITE['topics']}",
    }


def describe_count(number: int) -> Data:
    """Return the number of comments in both ways that schema.org has for it."""
    counter = {
        "@type": "InteractionCounter",
        "interactionType": "https://schema.org/CommentAction",
        "userInteractionCount": number,
    }
    return {"commentCount": number, "interactionStatistic": counter}


def describe_commenter(comment: Any, blog: Blog) -> Data:
    """Return the data of who wrote a comment; the site's author only under that name is the one of posts."""
    author: Data = {"@type": "Person", "name": comment.byline}
    if comment.is_own:
        named = describe_authors(comment.author, blog.url, blog.author)
        is_known = len(named) == 1 and "@id" in named[0]
        author = named[0] if is_known else {**author, "name": comment.author}
    address = comment.url or (f"{blog.url}/" if comment.is_own else "")
    return {**author, "url": address} if address else author


def describe_comment(comment: Any, blog: Blog) -> Data:
    """Return the data of one comment."""
    site = blog.url
    url = f"{site}/{comment.permalink}"
    data: Data = {
        "@type": "Comment",
        "@id": url,
        "url": url,
        "author": describe_commenter(comment, blog),
        "datePublished": format_stamp(comment.date),
        "text": comment.text,
    }
    if comment.reply_to:
        data["parentItem"] = {"@type": "Comment", "@id": f"{site}/{comment.reply_to.permalink}"}
    return data


def describe_question(record: Any, url: str, authors: list[Data]) -> Data:
    """Return the data of the question that a post answers, with its short answer."""
    answer = {"@type": "Answer", "text": record.answer, "url": url, "author": authors}
    return {
        "@type": "Question",
        "name": record.question,
        "text": record.question,
        "answerCount": 1,
        "acceptedAnswer": answer,
    }


def describe_brief(article: Any, url: str) -> Data:
    """Return what a list says of a post; `url` is its whole address."""
    return {
        "@type": "BlogPosting",
        "@id": f"{url}#post",
        "headline": article.title,
        "url": url,
        "datePublished": format_stamp(article.date),
        **describe_count(article.comment_count),
    }


def describe_post(article: Any, url: str, blog: Blog) -> Data:
    """Return the data of a post; `url` is its whole address."""
    authors = describe_authors(article.author_line, blog.url, blog.author)
    data = {
        **describe_brief(article, url),
        "dateModified": format_stamp(article.revised or article.date),
        "author": authors,
        "isPartOf": blog.reference,
        "description": article.description,
        "inLanguage": article.record.values.get("Lang", blog.language),
        "wordCount": article.record.words,
    }
    if article.topics:
        data["keywords"] = [topic.name for topic in article.topics]
        data["about"] = [describe_term(topic, blog.url) for topic in article.topics]
    if article.shared_image:
        data["image"] = article.shared_image.url
    if article.comments:
        data["comment"] = [describe_comment(comment, blog) for comment in article.comments]
    if article.record.question:
        data["mainEntity"] = describe_question(article.record, url, authors)
    return data


def describe_path(steps: Iterable[Step], blog: Blog) -> Data:
    """Return the way to a page from the home page."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": f"{blog.url}{path}"}
        for position, (name, path) in enumerate([blog.steps["home"], *steps], 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def describe_blog(blog: Blog) -> Data:
    """Return the data of the blog."""
    return {
        **blog.reference,
        "name": blog.name,
        "url": f"{blog.url}/",
        "description": blog.description,
        "inLanguage": blog.language,
        "author": describe_authors(blog.author, blog.url, blog.author),
    }


def describe_page(kind: str, step: Step, blog: Blog) -> Data:
    """Return the data of a page that is no post."""
    name, path = step
    return {
        "@type": kind,
        "@id": f"{blog.url}{path}#page",
        "url": f"{blog.url}{path}",
        "name": name,
        "inLanguage": blog.language,
        "isPartOf": blog.reference,
    }


def describe_topic(topic: Any, blog: Blog) -> Data:
    """Return the data of a topic's page, and of the topic that it is about, with its other names."""
    term = describe_term(topic, blog.url)
    if topic.used_for:
        term["alternateName"] = topic.used_for
    term["description"] = topic.description
    page = describe_page("CollectionPage", (topic.name, f"/{topic.url}"), blog)
    return {**page, "description": topic.description, "about": term}


def describe_topics(topics: Iterable[Any], blog: Blog) -> Data:
    """Return the data of the list of topics, a set of terms."""
    url = f"{blog.url}{SITE['topics']}"
    terms = [
        {"@type": "DefinedTerm", "@id": f"{blog.url}/{topic.url}", "name": topic.name}
        for topic in topics
    ]
    term_set = {
        "@type": "DefinedTermSet",
        "@id": url,
        "url": url,
        "name": blog.topics,
        "hasDefinedTerm": terms,
    }
    return {**describe_page("CollectionPage", blog.steps["topics"], blog), "mainEntity": term_set}


def collect_page(kind: str, step: Step, blog: Blog) -> list[Data]:
    """Return the data on a page that is neither a post's nor of topics."""
    return [describe_page(kind, step, blog), describe_path([step], blog)]


def collect_topic(topic: Any, blog: Blog) -> list[Data]:
    """Return the data on a topic's page."""
    steps = [blog.steps["topics"], (topic.name, f"/{topic.url}")]
    return [describe_topic(topic, blog), describe_path(steps, blog)]


def collect_topics(topics: Sequence[Any], blog: Blog) -> list[Data]:
    """Return the data on the list of topics."""
    return [describe_topics(topics, blog), describe_path([blog.steps["topics"]], blog)]


def collect_home(articles: Iterable[Any], blog: Blog) -> list[Data]:
    """Return the data on the home page; `articles` are the newest."""
    posts = [describe_brief(article, f"{blog.url}/{article.url}") for article in articles]
    return [{**describe_blog(blog), "blogPost": posts}]


def collect_post(article: Any, blog: Blog) -> list[Data]:
    """Return the data on the page of a post; its way from the home page leads through its first topic."""
    steps = [(topic.name, f"/{topic.url}") for topic in article.topics[:1]]
    steps.append((article.title, f"/{article.url}"))
    post = describe_post(article, f"{blog.url}/{article.url}", blog)
    return [post, describe_path(steps, blog)]


def read_blog(settings: Mapping[str, Any], words: Any) -> Blog:
    """Return what every page says of the site, from the settings and the words of the theme."""
    keys = ("SITEURL", "SITENAME", "SITESUBTITLE", "DEFAULT_LANG", "AUTHOR")
    steps = {name: (words[name], SITE[name]) for name in SITE if SITE[name].endswith("/")}
    topics = words.fill("topics_of", site=settings["SITENAME"])
    url, name, description, language, author = (settings[key] for key in keys)
    return Blog(url, name, description, language, author, steps, topics)


def list_other_pages(catalogue: Any, blog: Blog) -> list[tuple[str, Step]]:
    """Return each page that is neither a post nor of topics, with its kind."""
    pages = [
        ("WebPage" if name == "subscribe" else "CollectionPage", step)
        for name, step in blog.steps.items()
        if name not in OWN_BLOCKS and step[1] in catalogue.planned
    ]
    own = [(each.title, catalogue.addresses[each.path]) for each in catalogue.pages]
    return pages + [("WebPage", step) for step in own]


def add_linked_data(generator: Any) -> None:
    """Add to the context the block of each page, by its file."""
    catalogue, blog = generator.catalogue, read_blog(generator.settings, generator.words)
    articles, topics = generator.articles, generator.context["topics"]
    blocks = {SITE["home"]: Block(collect_home, (articles[:NEWEST], blog))}
    for kind, step in list_other_pages(catalogue, blog):
        blocks[step[1]] = Block(collect_page, (kind, step, blog))
    blocks[SITE["topics"]] = Block(collect_topics, (topics, blog))
    blocks |= {f"/{topic.url}": Block(collect_topic, (topic, blog)) for topic in topics}
    blocks |= {f"/{article.url}": Block(collect_post, (article, blog)) for article in articles}
    files = {address_file(path): block for path, block in blocks.items()}
    generator.context["linked_data"] = files


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_linked_data)
