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
    refresh = page.one("meta", **{"http-equiv": "refresh"}).get("content")
    assert site.find(file, refresh.removeprefix("0; url=")) == ("posts/a/index.html", "")
    assert site.find(file, page.one("a").get("href")) == ("posts/a/index.html", "")
    assert "A & <b>" in page.words
