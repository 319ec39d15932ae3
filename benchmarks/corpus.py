"""Make up a blog of any size: English posts of a librarian, the same for the same numbers.

The text comes from word lists and patterns of sentences that stand below, and from a fixed seed. The
lengths are log-normal: half of the posts have fewer than 450 words, a few have thousands. The same
posts are written in this site's dialect, in Hugo's and in stock Pelican's.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import log
from pathlib import Path
from random import Random

from catalogue.slugs import format_slug

SEED = 1876  # the year of Dewey's first edition
MEDIAN, SPREAD = 450, 0.6  # words of a post: the median, and the spread of their logarithm
SHORTEST, LONGEST = 60, 6000
FIRST_DAY = datetime(2015, 1, 1, 8, tzinfo=UTC)
YEARS = 10
SECTION_WORDS = 180  # words from one heading to the next
BLOCK_WORDS = 70  # words of a paragraph or a list, roughly
LATELY = 150  # a post links to one so many posts back, on average
MARK = "\x1f"  # around the number of a post that is linked to
LINKED = re.compile(f"{MARK}([0-9]+){MARK}")

SUBJECTS = """Customer service|reader services
Social media|social networks
Cataloguing|cataloging
Weeding|deselection
Reference work|enquiry service
Children's services|work with children
Local history|community archives
Interlibrary loans|document supply
Digital skills|computer literacy
Opening hours|late openings
Volunteers|friends' groups
Mobile libraries|bookmobiles
Reading groups|book clubs
Accessibility|inclusive design
E-books|electronic books
Open access|free access to research
Copyright|rights and licences
Preservation|conservation
Library buildings|branch buildings
Budgets|library finance
Training|staff development
Outreach|community work
Collections|stock
Statistics|figures and counts
Games|play in libraries""".split("\n")
ASPECTS = (
    ",in schools,in universities,in prisons,in hospitals,in villages,in cities,abroad,"
    "for beginners,for managers,by post,on paper,on screen,after hours,in summer,in winter,"
    "for families,for students,for researchers,for newcomers"
).split(",")
MOST_TOPICS = len(SUBJECTS) * len(ASPECTS)

WORDS: Mapping[str, Sequence[str]] = {
    name: line.split("|")
    for name, line in {
        "who": "the branch librarian|a colleague of mine|the reader at desk two|our newest volunteer|"
        "the friends' group|a retired teacher|the head of IT|our Saturday assistant|the archivist|"
        "a boy of nine|the whole lead team|somebody from the council|a student in her last year|"
        "the cataloguer upstairs|one of our regulars|the caretaker|a visiting author|my manager|"
        "the woman from the NHS clinic|a father of three",
        "did": "asked about|wrote down|laughed at|gave up on|came back for|complained about|counted|"
        "rearranged|photographed|explained|forgot|insisted on|argued for|quietly mended|borrowed|"
        "looked up|read aloud from|handed over|labelled|praised",
        "thing": "the returns trolley|the large-print shelf|the card catalogue|the opening hours|"
        "the new reading room|a box of old postcards|the self-service machine|the summer challenge|"
        "the study desks|the local newspapers|the sign above the door|our borrowing figures|"
        "the quiet hour|a first edition|the picture books|the enquiry form|the family history group|"
        "the budget for next year|the interlibrary loan|the password on the public PCs|a lost umbrella|"
        "the R&D report|the poetry shelf|the reservation list|the BBC archive",
        "when": "last week|on a wet Tuesday|before we opened|in the middle of the holidays|this morning|"
        "at five to six|after the training day|for the third time this month|while the lift was broken|"
        "in the first week of term|during the inventory|on the day of the election|just after lunch",
        "feel": "pleased|surprised|tired|uneasy|proud|curious|relieved|at a loss|hopeful|amused",
        "adj": "small|stubborn|quiet|frank|clumsy|useful|plain|careful|surprising|cheerful|"
        "practical|well-worn|patient|generous|difficult|simple|public|modest|local|forgotten",
        "noun": "question|promise|habit|answer|rule|shelf|favour|mistake|conversation|list|request|"
        "complaint|meeting|experiment|apology|queue|reader|story|lesson|notice|letter|catalogue",
        "deed": "listen first|move the desk|write it on the wall|ask the readers|count it for a month|"
        "throw the form away|put a name on it|open an hour earlier|say what we don't know|"
        "keep a spare key|print fewer signs|thank people by name|leave the door open|try it once",
        "why": "nobody had asked before|the figures don't tell the whole story|that's what we're for|"
        "there wasn't any money|it's easier to begin than to plan|people remember how they're treated|"
        "the catalogue couldn't say|we'd promised it|a library isn't a shop|it can't be bought",
        "count": "two|three|four|five|seven|a dozen|twenty|nearly forty|a hundred|1,200",
        "unit": "readers|visits|requests|boxes|evenings|postcards|phone calls|meetings|volumes|weeks",
        "said": "said|told me|wrote|replied|answered|said afterwards",
    }.items()
}
SENTENCES = """{Who} {did} {thing} {when}.
{Who} {did} {thing}, and I was {feel} about it.
I'd always thought of {thing} as a {adj} {noun}.
It wasn't a {adj} {noun} at all; it was a {adj} one, because {why}.
We decided to {deed}, and {who} decided to {deed} as well.
"That's a {adj} {noun}," {who} {said}, "and {why}."
{When}, {who} {did} {thing} and {did} {thing}.
There were {count} {unit} {when}, which is more than I'd have guessed.
What do you do when {who} {did} {thing}?
My advice -- for what it's worth -- is to {deed}, since {why}.
Don't {deed} unless {who} has {did} {thing} first.
It's a *{adj}* {noun}, and it's **ours** to keep.
I've kept {count} {unit} of notes on {thing}, and they're all about one {adj} {noun}.
If {who} hadn't {did} {thing}, we'd never have learnt to {deed}.
Perhaps the {adj} {noun} isn't {thing} but {thing}.
So we {did} {thing}; it took {count} {unit} and a {adj} {noun}.
'Why don't you {deed}?' {who} {said}, and {why}.
Nobody {did} {thing} {when}, not even {who}.
Between {thing} and {thing} there's room for a {adj} {noun}...
It's the {adj} {noun} that matters, as {who} {said} {when}.
In my branch we {did} {thing} & {did} {thing}, both {when}.
I can't say that {who} was {feel}, but I was.
That {noun} led to {count} {unit}, then to a {adj} {noun}, then to {thing}.
The point isn't to {deed}; the point is that {why}.""".split("\n")
HEADINGS = """What {who} {did}
The {adj} {noun}
Why we {did} {thing}
A {adj} {noun}, {when}
How to {deed}
{Count} {unit} later
Where this leaves {thing}""".split("\n")
TITLES = """What {who} {did} {when}
The {adj} {noun} and the {adj} {noun}
How we {did} {thing} {when}
{Count} {unit} and a {adj} {noun}
Why I {did} {thing}
A {adj} {noun} about {thing}
Don't {deed} before you {deed}
On {thing} and {thing}
"{Deed}": a {adj} {noun}
What to do about {thing} if {why}""".split("\n")
POINTERS = """As I wrote in [{name}]({place}), {why}.
There's more on this in [an earlier post]({place}), {when}.
See [{name}]({place}) for {thing}.
{Who} still quotes [that {adj} {noun}]({place}).""".split("\n")
OUTSIDE = """The [guidelines of the Association](https://example.org/guides/{number}) say the same.
I found [a {adj} {noun}](https://example.com/notes?page={number}&view=all) about it elsewhere.""".split(
    "\n"
)


@dataclass(frozen=True)
class CorpusTopic:
    """One topic of the made-up site."""

    name: str
    slug: str
    variant: str
    summary: str
    body: str
    broader: str  # the name of the topic that this one belongs to, or empty
    see_also: str


@dataclass(frozen=True)
class Post:
    """One post; in its body, the number of each post that it links to stands between marks."""

    title: str
    slug: str
    date: datetime
    comments: int
    topics: Sequence[str]
    summary: str
    series: str
    body: str


@dataclass(frozen=True)
class Corpus:
    """A made-up site: its posts, oldest first, and its topics."""

    posts: Sequence[Post]
    topics: Sequence[CorpusTopic]


class Speaker:
    """A source of sentences of the patterns above, in an order that the seed decides."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.words = {**WORDS}
        for name, choices in WORDS.items():
            self.words[name.capitalize()] = [word[:1].upper() + word[1:] for word in choices]
        self.sentences, self.headings, self.titles, self.pointers, self.outside = (
            [self.split(pattern) for pattern in patterns]
            for patterns in (SENTENCES, HEADINGS, TITLES, POINTERS, OUTSIDE)
        )

    def split(self, pattern: str) -> list[Sequence[str]]:
        """Return a pattern as a list of choices; what is fixed is a choice of one."""
        pieces = re.split(r"\{(\w+)\}", pattern)
        return [
            self.words.get(piece, (f"{{{piece}}}",)) if number % 2 else (piece,)
            for number, piece in enumerate(pieces)
        ]

    def pick(self, choices: Sequence[str]) -> str:
        """Return one of several words."""
        return choices[int(self.random.random() * len(choices))]

    def say(self, patterns: Sequence[Sequence[Sequence[str]]]) -> str:
        """Return one sentence of one of the patterns."""
        pattern = patterns[int(self.random.random() * len(patterns))]
        return "".join(
            [choices[0] if len(choices) == 1 else self.pick(choices) for choices in pattern]
        )

    def speak(self, least: int, most: int) -> str:
        """Return a paragraph of some sentences."""
        count = least + int(self.random.random() * (most - least + 1))
        return " ".join([self.say(self.sentences) for _ in range(count)])


def make_corpus(posts: int, topics: int) -> Corpus:
    """Return a made-up site of so many posts in so many topics, at most `MOST_TOPICS`."""
    random = Random(f"{SEED} {posts} {topics}")
    speaker = Speaker(random)
    catalogue = [make_corpus_topic(speaker, number, topics) for number in range(topics)]
    # The first topics have more posts than the last, as anywhere.
    weights = [1 / (number + 10) for number in range(topics)]
    made: list[Post] = []
    taken: set[str] = set()
    for number in range(posts):
        title, slug = make_title(speaker, taken)
        names = random.choices(catalogue, weights, k=pick_skewed(random, (5, 4, 2)) + 1)
        moment = FIRST_DAY + timedelta(days=365.25 * YEARS * number / posts)
        made.append(
            Post(
                title=title,
                slug=slug,
                date=moment.replace(minute=int(random.random() * 60), second=0, microsecond=0),
                comments=int(random.expovariate(1 / 4)),
                topics=[*dict.fromkeys(topic.name for topic in names)],
                summary=speaker.speak(1, 2) if random.random() < 0.3 else "",
                series="Letters from the branch" if random.random() < 0.02 else "",
                body=make_body(speaker, made),
            )
        )
    return Corpus(made, catalogue)


def pick_skewed(random: Random, weights: Sequence[int]) -> int:
    """Return a number from 0, each as likely as its weight says."""
    return random.choices(range(len(weights)), weights)[0]


def make_corpus_topic(speaker: Speaker, number: int, total: int) -> CorpusTopic:
    """Return one topic: the subjects first, then what they are in each of the aspects."""
    aspect, subject = divmod(number, len(SUBJECTS))
    name, variant = SUBJECTS[subject].split("|")
    nearby = SUBJECTS[subject + 1].split("|")[0] if subject + 1 < min(total, len(SUBJECTS)) else ""
    whole = f"{name} {ASPECTS[aspect]}".strip()
    return CorpusTopic(
        name=whole,
        slug=format_slug(whole),
        variant=f"{variant} {ASPECTS[aspect]}".strip(),
        summary=speaker.speak(1, 1),
        body=speaker.speak(2, 4),
        broader=name if aspect else "",
        see_also=nearby if not aspect and subject % 3 == 0 else "",
    )


def make_title(speaker: Speaker, taken: set[str]) -> tuple[str, str]:
    """Return a title that no other post has, and its slug."""
    while True:
        title = speaker.say(speaker.titles)
        slug = format_slug(title)
        if slug not in taken:
            taken.add(slug)
            return title, slug


def make_body(speaker: Speaker, earlier: Sequence[Post]) -> str:
    """Return the Markdown of a post that can link to earlier ones."""
    random = speaker.random
    length = min(LONGEST, max(SHORTEST, int(random.lognormvariate(log(MEDIAN), SPREAD))))
    blocks = make_question(speaker) if random.random() < 0.03 else [speaker.speak(2, 5)]
    words = since = sum(len(block.split()) for block in blocks)
    while words + BLOCK_WORDS / 2 < length:
        if since > SECTION_WORDS and length - words > SECTION_WORDS / 2:
            blocks.append(f"## {speaker.say(speaker.headings)}")
            since = 0
        blocks.append(make_block(speaker, earlier))
        count = len(blocks[-1].split())
        words, since = words + count, since + count
    return "\n\n".join(blocks)


def make_question(speaker: Speaker) -> list[str]:
    """Return the beginning of a post that answers a reference question."""
    query = f"Query: What do we do about {speaker.pick(WORDS['thing'])}?"
    return [query, f"Short answer: {speaker.speak(1, 2)}"]


def make_block(speaker: Speaker, earlier: Sequence[Post]) -> str:
    """Return a paragraph, with a link now and then, or a list or a quotation."""
    kind = pick_skewed(speaker.random, (52, 18, 8, 6, 4, 12))
    if kind == 1 and earlier:
        return f"{speaker.speak(1, 3)} {make_pointer(speaker, earlier)}"
    if kind == 2:
        number = str(int(speaker.random.random() * 900) + 100)
        return f"{speaker.speak(1, 3)} {speaker.say(speaker.outside)}".replace("{number}", number)
    if kind in (3, 4):
        sign = "*" if kind == 3 else "1."
        count = 3 + int(speaker.random.random() * 4)
        return "\n".join(f"{sign} {speaker.speak(1, 1)}" for _ in range(count))
    if kind == 5:
        return f"> {speaker.speak(1, 3)}"
    return speaker.speak(2, 6)


def make_pointer(speaker: Speaker, earlier: Sequence[Post]) -> str:
    """Return a sentence that links to an earlier post, most likely a recent one."""
    back = int(speaker.random.expovariate(1 / LATELY)) % len(earlier)
    number = len(earlier) - 1 - back
    text = speaker.say(speaker.pointers)
    return text.replace("{name}", earlier[number].title).replace("{place}", f"{MARK}{number}{MARK}")


def place_links(body: str, posts: Sequence[Post], place: Callable[[Post], str]) -> str:
    """Return a body with the names that a dialect has for the posts that it links to."""
    return LINKED.sub(lambda match: place(posts[int(match[1])]), body)


def format_header(values: Mapping[str, str]) -> str:
    """Return a header of this site and of Pelican; what is empty is left out."""
    return "".join(f"{key}: {value}\n" for key, value in values.items() if value)


def format_fences(values: Mapping[str, object]) -> str:
    """Return front matter as Hugo has it; each value as JSON, which YAML understands."""
    lines = [f"{key}: {json.dumps(value)}\n" for key, value in values.items() if value != ""]
    return "".join(["---\n", *lines, "---\n"])


def write_texts(folder: Path, texts: Iterable[tuple[str, str]]) -> None:
    """Write files by their path below a folder."""
    for name, text in texts:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


ABOUT = "I am a librarian who does not exist, and this is what I might have written down."


def format_post(post: Post, posts: Sequence[Post], place: Callable[[Post], str]) -> str:
    """Return a post with a header of this site, which stock Pelican understands as well."""
    header = {
        "Title": post.title,
        "Date": f"{post.date:%Y-%m-%d %H:%M}",
        "Comments": str(post.comments),
        "Tags": ", ".join(post.topics),
        "Summary": post.summary,
        "Series": post.series,
    }
    return f"{format_header(header)}\n{place_links(post.body, posts, place)}\n"


def write_own(corpus: Corpus, folder: Path) -> None:
    """Write the site as this project's content folder."""
    write_texts(folder, [("pages/about.md", f"Title: About\n\n{ABOUT}\n")])
    for topic in corpus.topics:
        header = {
            "Title": topic.name,
            "Used-for": topic.variant,
            "Broader": topic.broader,
            "See-also": topic.see_also,
            "Summary": topic.summary,
        }
        text = f"{format_header(header)}\n{topic.body}\n"
        write_texts(folder, [(f"topics/{topic.slug}.md", text)])
    for post in corpus.posts:
        text = format_post(post, corpus.posts, lambda linked: f"{linked.slug}.md")
        write_texts(folder, [(f"posts/{post.slug}.md", text)])


def write_pelican(corpus: Corpus, folder: Path) -> None:
    """Write the site as a content folder of stock Pelican, which knows no topic records."""
    write_texts(folder, [("pages/about.md", f"Title: About\n\n{ABOUT}\n")])
    for post in corpus.posts:
        text = format_post(post, corpus.posts, lambda linked: f"{{filename}}{linked.slug}.md")
        write_texts(folder, [(f"posts/{post.slug}.md", text)])


def write_hugo(corpus: Corpus, folder: Path) -> None:
    """Write the site as a content folder of Hugo."""
    pages = {
        "about.md": format_fences({"title": "About"}) + f"\n{ABOUT}\n",
        "archives.md": format_fences({"title": "Archive", "layout": "archives"}),
        "posts/_index.md": "---\nbuild:\n  render: never\n---\n",
    }
    write_texts(folder, pages.items())
    for topic in corpus.topics:
        header = format_fences({"title": topic.name, "description": topic.summary})
        write_texts(folder, [(f"topics/{topic.slug}/_index.md", f"{header}\n{topic.body}\n")])
    for post in corpus.posts:
        front = {
            "title": post.title,
            "date": post.date.isoformat(),
            "comments": post.comments,
            "topics": post.topics,
            "description": post.summary,
            "part_of": post.series,
        }
        body = place_links(post.body, corpus.posts, lambda p: f'{{{{< relref "{p.slug}.md" >}}}}')
        write_texts(folder, [(f"posts/{post.slug}.md", f"{format_fences(front)}\n{body}\n")])
