"""Whoever wants to follow the site finds every feed, and how to use it."""


def test_all_feeds_are_on_the_page_that_explains_them_and_every_page_leads_to_it(site):
    page = site.page("subscribe/")
    linked = {site.find("subscribe/", a.get("href")) for a in page.all("a")}
    own = [name for name in site.feeds if "comments" not in name]
    assert {(name, "") for name in [*own, "feeds/all.json"]} <= linked
    for name, other in site.pages.items():
        footer = other.one("footer", class_="colophon")
        assert ("subscribe/index.html", "") in [
            site.find(name, a.get("href")) for a in footer.iter("a")
        ]
