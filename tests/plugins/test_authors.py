"""A post is by those whom its header names, else by the author of the site."""

import pytest


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("", ["Cy Poe"]),
        ("Author: Ann Reader and Ben Writer\n", ["Ann Reader", "Ben Writer"]),
        ("Author: {Marks and Spencer}\n", ["Marks and Spencer"]),
    ],
)
def test_a_post_names_its_authors_one_by_one(build_site, header, names):
    post = f"Title: A\nDate: 2026-01-02\n{header}\nText.\n"
    site = build_site({"posts/a.md": post}, AUTHOR="Cy Poe")
    page = site.page("posts/a/")
    assert page.texts("span", class_="p-author") == names
    assert [data.get("value") for data in site.page("").all("data", class_="p-author")] == names
