"""On a thousand posts the first result comes soon after the first letter, and little is fetched for it."""

import gzip
import shutil
from datetime import date, timedelta

import pytest

from benchmarks.corpus import make_corpus
from building.pagefind import make_bundle
from plugins.search_documents import Document, format_html, format_topic_filter, format_year_filter

POSTS, BYTES, MILLISECONDS = 1000, 160_000, 300
SLOW = 3  # so many times longer it may take where other tests run beside it
NOTE = """() => {
  const field = document.querySelector('input[name=q]');
  field.addEventListener('input', () => { window.typed ??= performance.now(); });
  new MutationObserver(() => {
    if (document.querySelector('.found li > a')) window.found ??= performance.now();
  }).observe(document.querySelector('main'), {childList: true, subtree: true});
}"""


FETCHED = """() => [found - typed, performance.getEntriesByType('resource')
  .filter(each => each.responseEnd <= found).map(each => new URL(each.name).pathname)]"""


def make_documents():
    """Make up posts as the search has them, with what is shown of each."""
    corpus = make_corpus(POSTS, 20)
    facts = {"day": "1 May 2024", "comments": "2 comments", "topics": "Reading"}
    for number, post in enumerate(corpus.posts):
        day = date(2015, 1, 1) + timedelta(days=3 * number)
        filters = [format_topic_filter("reading"), format_year_filter(day.year)]
        html = "".join(f"<p>{part}</p>" for part in post.body.split("\n\n"))
        yield Document(f"posts/{post.slug}/", format_html(post.title, html, facts, filters))


@pytest.fixture(scope="module")
def large(serve, build_site, tmp_path_factory):
    """Serve a small site with the index of a large one."""
    post = "Title: A\nDate: 2024-05-01\nTags: Reading\n\nWords.\n"
    folder = tmp_path_factory.mktemp("large") / "site"
    shutil.copytree(build_site({"posts/a.md": post}).folder, folder)
    shutil.rmtree(folder / "search" / "pagefind")
    bundle = make_bundle(list(make_documents()), "en")
    for name in bundle.parts:
        path = folder / "search" / "pagefind" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bundle.load(name))
    return serve(folder) + "/search/", folder


def weigh(path):
    """Return the bytes of a file as GitHub sends it: programs compressed, the index as it is."""
    data = path.read_bytes()
    return len(gzip.compress(data, 6, mtime=0)) if path.suffix == ".js" else len(data)


def test_the_first_result_comes_soon_and_little_is_fetched_for_it(open_context, large):
    context = open_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    address, folder = large
    page.goto(address)
    page.evaluate(NOTE)
    page.locator("input[name=q]").focus()
    page.wait_for_timeout(500)  # as a hand takes from the click to the first key
    page.keyboard.type("b")
    page.locator(".found li > a").first.wait_for(timeout=10_000)
    took, paths = page.evaluate(FETCHED)
    fetched = sum(weigh(folder / path.lstrip("/")) for path in paths)
    assert 10_000 < fetched <= BYTES
    assert took <= SLOW * MILLISECONDS
