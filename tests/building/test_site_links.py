"""A text may lead to the site's own address in full: what is not there is told, and stops nothing."""

import pytest

from building.site_links import judge_links
from tests.conftest import ROOT_URL, write_files
from tests.published import judge

SITE = "https://ann.example/blog"
POST = "Title: Weeding\nDate: 2026-01-01\n\nWords.\n\nSee {}.\n"
SETTINGS = {"SITEURL": SITE, "NAVIGATION": (), "FOOTER_LINKS": ()}


def tell(folder, link, **settings):
    """Return what is told of a post with a link: the place, the level and the sentence of each."""
    files = {"posts/weeding.md": POST.format(link)}
    write_files(folder, files)
    catalogue = judge_links({**SETTINGS, "PATH": str(folder), **settings}, judge(files)[0])
    return [(each.path, each.line, each.level, each.text) for each in catalogue.problems]


@pytest.mark.parametrize(
    "link",
    [
        f"[it]({SITE}/posts/weeding/)",
        f"[it]({SITE}/posts/weeding)",
        f"<{SITE}/posts/weeding/index.html>",
        f"[it]({SITE}/posts/weeding/?x=1#place)",
        f"[all]({SITE}/archives/)",
        f"[home]({SITE}/)",
        "[another](https://ann.example/elsewhere/)",
        "[another](https://ann.example/blogs/)",
        "[another](https://example.org/blog/posts/none/)",
    ],
)
def test_nothing_is_told_of_what_is_there_or_of_another_site(tmp_path, link):
    assert tell(tmp_path, link) == []


@pytest.mark.parametrize(
    ("link", "told"),
    [
        (
            f"[it]({SITE}/posts/weding/)",
            f"{SITE}/posts/weding/ begins as this site does, which has no such page. "
            "Did you mean: /posts/weeding/",
        ),
        (
            f"<{SITE}/another-project/>",
            f"{SITE}/another-project/ begins as this site does, which has no such page. "
            "Mend it, unless another site lies there.",
        ),
    ],
)
def test_what_is_not_there_is_a_warning_at_its_line(tmp_path, link, told):
    assert tell(tmp_path, link) == [("posts/weeding.md", 6, "warning", told)]


@pytest.mark.parametrize("siteurl", [SITE, "https://ann.example", "http://localhost:8000"])
def test_a_site_is_built_whatever_full_addresses_of_its_own_stand_in_its_texts(build_site, siteurl):
    links = f"[a]({siteurl}/none/#x), [b]({siteurl}/posts/other/#place), <http://localhost:8000/>"
    comment = f"Author: Ann\nDate: 2026-01-02\nUrl: {siteurl}/ann/\n\nSee {siteurl}/none/ there.\n"
    files = {
        "posts/weeding.md": POST.format(links),
        "posts/other.md": POST.format("nothing\n\n## Place").replace("Weeding", "Other"),
        "comments/weeding/ann.md": comment,
    }
    site = build_site(files, siteurl=siteurl)
    assert f"{siteurl}/none/#x" in [a.get("href") for a in site.page("posts/weeding/").all("a")]


def test_a_text_that_shows_html_and_templates_is_built(build_site):
    code = """In a line `<a href="/none/" id="x">` and `<b id="x" class="{{ x }}">`.

```html
<a href="/none/" src="/none.png" id="y">{% raw %}</a>
<b id="y" title="{% x %}"> <meta name="image" content="/none/">
```
"""
    site = build_site({"posts/weeding.md": POST.format(code)})
    assert 'href="/none/" src="/none.png"' in site.page("posts/weeding/").words


def test_a_link_to_a_place_that_a_page_of_the_site_lacks_is_refused_at_its_line(build_site):
    texts = {
        "posts/weeding.md": POST.format("[them](/archives/#none)"),
        "posts/other.md": POST.format("[both](/search/?q=a#none) [of](/archives/#none:~:text=a)"),
        "posts/third.md": POST.format(f"[full]({ROOT_URL}/posts/other/#none)"),
        "posts/draft.md": POST.format("[it](/archives/#none)").replace(
            "\n\n", "\nStatus: draft\n\n", 1
        ),
    }
    with pytest.raises(AssertionError) as refused:
        build_site(texts)
    told = "There is no place called #none on that page. Take out the # and what follows it."
    lines = [line for line in str(refused.value).splitlines() if told in line]
    assert [line.rpartition("/")[2].partition(": ")[0] for line in lines] == [
        "other.md:6",
        "third.md:6",
        "weeding.md:6",
    ]


def test_the_top_of_a_page_and_a_text_in_it_can_be_linked_to(build_site):
    links = "[up](#top) [top](other.md#Top) [old](/archives/#top) [text](other.md#:~:text=See)"
    link = "[both](other.md#words:~:text=See)"
    other = POST.replace("Weeding", "Other").format("nothing\n\n## Words")
    site = build_site({"posts/weeding.md": POST.format(links + link), "posts/other.md": other})
    found = [a.get("href") for a in site.page("posts/weeding/").all("a")]
    assert {"#top", "/archives/#top", "/posts/other/#Top"} <= {*found}


def test_files_that_the_author_has_brought_along_are_not_judged(build_site):
    extra = {"data.json": '{"url": "/none/"', "opml.xml": '<opml><outline url="/none/"/></opml>'}
    site = build_site({f"extra/{name}": text for name, text in extra.items()})
    assert {name: site.text(name) for name in extra} == extra


def test_a_menu_may_lead_in_full_to_another_site_below_the_same_domain(build_site):
    other = f"{ROOT_URL}/another-project/"
    site = build_site({}, FOOTER_LINKS=[("Another", other)])
    assert other in [a.get("href") for a in site.page("").all("a")]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://another.example/", []),
        (f"{SITE}/posts/weeding/#place", []),
        (f"{SITE}/posts/weding/", [f"{SITE}/posts/weding/ begins as this site does"]),
        ("http://localhost:8000/", ["http://localhost:8000/ leads to your own computer"]),
        ("mailto:ann@library.example", []),
    ],
)
def test_an_address_in_full_in_the_settings_is_judged_too(tmp_path, address, told):
    found = tell(tmp_path, "nothing", FOOTER_LINKS=(("A", address),))
    assert [level for _, _, level, _ in found] == ["warning" for _ in told]
    assert all(text.startswith(start) for (*_, text), start in zip(found, told, strict=True))


def test_links_of_the_settings_and_of_texts_keep_what_they_ask_for(build_site):
    links = {
        "FOOTER_LINKS": [("Old", "/archives/#y2026")],
        "NAVIGATION": [("/search/?q=a&b", "Both")],
    }
    post = POST.format('[them](</search/?q=a b&c="é%20#none>)').replace("#none", "")
    site = build_site({"posts/weeding.md": post}, siteurl=f"{ROOT_URL}/books", **links)
    found = [a.get("href") for a in site.page("posts/weeding/").all("a")]
    assert {"/books/archives/#y2026", "/books/search/?q=a&b"} <= {*found}
    assert "/books/search/?q=a%20b&c=%22%C3%A9%20" in found
