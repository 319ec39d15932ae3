"""An old address leads to the new one, and says nothing to search engines."""

import pytest


@pytest.mark.parametrize(
    ("alias", "file"),
    [
        ("/2019/05/old/", "2019/05/old/index.html"),
        ("/2019/05/old", "2019/05/old/index.html"),
        ("/old.html", "old.html"),
        ("/old.php", "old.php/index.html"),
        ("https://elsewhere.example/blog/old/", "blog/old/index.html"),
        ("/blog/überblick/", "blog/überblick/index.html"),
        ("/blog/u\u0308berblick/", "blog/überblick/index.html"),
        ("/%C3%BC/", "ü/index.html"),
        ("/tag/c++/", "tag/c++/index.html"),
        ("/a b/", "a b/index.html"),
        ("/2019/05/title%20x.html", "2019/05/title x.html"),
        ("/a,b;c/#part", "a,b;c/index.html"),
    ],
)
@pytest.mark.parametrize("siteurl", ["https://example.org", "https://example.org/blog"])
def test_an_alias_becomes_a_page_that_leads_on(build_site, alias, file, siteurl):
    post = f"Title: A & <b>\nDate: 2024-05-01\nAliases: {alias}\n\nWords.\n"
    site = build_site({"posts/a.md": post}, siteurl=siteurl)
    page = site.page(file)
    target = f"{siteurl}/posts/a/"
    assert page.one("link", rel="canonical").get("href") == target
    assert page.meta("robots") == "noindex"
    assert page.meta("color-scheme") == "light dark"  # no white flash by night
    refresh = page.one("meta", **{"http-equiv": "refresh"}).get("content")
    assert site.find(file, refresh.removeprefix("0; url=")) == ("posts/a/index.html", "")
    assert site.find(file, page.one("a").get("href")) == ("posts/a/index.html", "")
    assert "A & <b>" in page.words


def test_what_is_written_by_an_old_address_leads_to_the_text(build_site):
    post = "Title: A\nDate: 2024-05-01\nAliases: /blog/überblick/, /a b/, /tag/c%23/\n\nWords.\n"
    links = "[x](/blog/%C3%BCberblick/) [y](</a b/>) [z](/tag/c%23/) [w](/blog/u\u0308berblick)"
    other = f"Title: B\nDate: 2024-05-02\n\n{links}\n"
    site = build_site({"posts/a.md": post, "posts/b.md": other})
    found = [
        site.find("posts/b/index.html", link.get("href"))[0]
        for link in site.page("posts/b/").all("a")
        if link.text in ("x", "y", "z", "w")
    ]
    assert found == [
        "blog/überblick/index.html",
        "a b/index.html",
        "tag/c#/index.html",
        "blog/überblick",
    ]
