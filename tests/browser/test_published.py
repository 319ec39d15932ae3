"""What a new copy has published works in a browser, at the root of a domain and below it."""

import re

import feedparser
import pytest

from tests.commands.publishing.pages_host import hosting
from tests.test_first_publishing import ADDRESS, clone_site, publish_first, run

AT_ROOT = "https://books.example.org"
POST = "three-requests-i-asked-of-our-library-lead-team"


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """Return a copy of the project that is set up and published by what the README says."""
    return publish_first(tmp_path_factory.mktemp("published"))


@pytest.mark.parametrize(
    ("name", "below", "address"), [("below", "/books", ADDRESS), ("root", "", AT_ROOT)]
)
def test_the_published_branch_is_a_site_that_works(copied, tab, open_context, name, below, address):
    if address != ADDRESS:  # for which it is published first
        words = ("publish", "--branch", "gh-pages", "--siteurl", address, "--yes")
        assert run(copied, *words)[0] == 0
    with hosting(clone_site(copied, name), below) as host:
        read_and_search(tab, f"{host.url}/")
        look_beside(tab, f"{host.url}/", address)
        lose_the_way(open_context, f"{host.url}/")
        if below:
            compare(copied, host.url, address)


def read_and_search(tab, home):
    """Go from the home page to a post, and find it again by a word of its title."""
    tab.goto(home)
    assert "Books" in tab.title()
    link = tab.locator(f"main a[href*='/posts/{POST}']").first
    link.click()
    tab.wait_for_url(f"{home}posts/{POST}/")
    title = tab.inner_text("h1")
    tab.goto(f"{home}search/")
    tab.locator("form.search input[name=q]").fill("requests")
    tab.wait_for_selector(".found li > a")
    assert title in tab.locator(".found li > a").all_inner_texts()
    tab.locator(".found li > a", has_text=title).click()
    tab.wait_for_url(f"{home}posts/{POST}/")


def look_beside(tab, home, address):
    """Get what the home page names beside itself: feeds, icons, the manifest and its icons."""
    tab.goto(home, wait_until="networkidle")
    links = tab.evaluate(
        "() => [...document.querySelectorAll('link[rel*=icon], link[rel=manifest], link[rel=alternate]')]"
        ".map(link => [link.rel, link.type, new URL(link.getAttribute('href'), document.baseURI).href])"
    )
    kinds = {rel for rel, _, _ in links}
    assert {"icon", "manifest", "alternate"} <= kinds
    for rel, kind, named in links:
        if named.startswith("data:"):
            continue
        link = named.replace(f"{address}/", home)
        assert link.startswith(home), link
        answer = tab.request.get(link)
        assert answer.ok, link
        if rel == "alternate" and "json" not in kind:
            feed = feedparser.parse(answer.body())
            assert not feed.bozo
            assert {each.link.startswith(f"{address}/posts/") for each in feed.entries} == {True}
        if rel == "manifest":
            for icon in answer.json()["icons"]:
                assert tab.request.get(
                    tab.evaluate("([a, b]) => new URL(a, b).href", [icon["src"], link])
                ).ok
    assert tab.request.get(f"{home}favicon.ico").ok


def lose_the_way(open_context, home):
    """Open an address that is none: its page is the site's own, and all that it needs is there."""
    context = open_context()
    page, failed = context.new_page(), []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("response", lambda answer: failed.append(answer.url) if not answer.ok else None)
    address = f"{home}posts/{POST[:-1]}/"
    answer = page.goto(address, wait_until="networkidle")
    assert answer.status == 404
    assert failed == [address]
    page.wait_for_selector(".nearest a")
    page.locator(".nearest a").first.click()
    page.wait_for_url(f"{home}posts/{POST}/")


def compare(copied, url, address):
    """Have the task say that the site is what is committed, though the settings in the folder differ."""
    settings = copied / "pelicanconf.py"
    committed = settings.read_text(encoding="utf-8")
    other = re.sub("(?m)^SITENAME = .*$", 'SITENAME = "Not yet"', committed)
    settings.write_text(other, encoding="utf-8", newline="\n")
    code, out, err = run(copied, "publish", "--verify", url, "--siteurl", address)
    settings.write_text(committed, encoding="utf-8", newline="\n")
    assert (code, err) == (0, "")
    assert re.search(r" builds: \d+ files, [\d,]+ bytes, all the same\.\n", out)
    assert out.endswith("1 file here is not as in that commit, and left out.\n")
