"""Nothing reaches Pelican that was not judged, and nothing that was judged is lost on the way."""

import pytest

from building.pelican_adapter import source as door
from building.pelican_adapter.content import Text


def write_post(title="A", **header):
    lines = "".join(f"{key}: {value}\n" for key, value in header.items())
    return f"Title: {title}\nDate: 2024-05-01\n{lines}\nWords.\n"


def test_one_error_anywhere_keeps_the_whole_site_from_being_written(build_site):
    files = {"posts/a.md": write_post(), "posts/b.md": write_post(Coments=3)}
    with pytest.raises(AssertionError, match=r"posts/b\.md:3: Unknown header “Coments”"):
        build_site(files)


def test_a_warning_keeps_nothing_back(build_site):
    site = build_site({"posts/a.md": write_post(Tags="Unheard of")})
    assert "posts/a/index.html" in site.files


def test_a_draft_is_not_even_read_by_pelican(build_site):
    """What it does not know, it can leave behind in no page, feed or folder."""
    site = build_site({"posts/a.md": write_post(), "posts/b.md": write_post("B", Status="draft")})
    assert not [name for name in site.files if "draft" in name or "/b/" in name]


def test_pelican_opens_no_file_of_the_content_and_asks_its_cache_for_each(build_site, monkeypatch):
    """The door is a hook of Pelican's cache: a new Pelican that asks it for nothing fails here."""
    asked = []
    offer = door.offer_texts

    def offer_and_count(generator, records):
        offer(generator, records)
        get = generator.get_cached_data
        generator.get_cached_data = lambda *words: asked.append(words[0]) or get(*words)

    monkeypatch.setattr(door, "offer_texts", offer_and_count)
    build_site({"posts/a.md": write_post(), "posts/b.md": write_post("B")})
    assert sorted(asked) == ["pages/about.md", "posts/a.md", "posts/b.md"]


def test_a_post_that_pelican_drops_ends_the_build(build_site, monkeypatch):
    status = property(lambda text: "hidden" if text.title == "Second" else "published")
    monkeypatch.setattr(Text, "status", status)
    with pytest.raises(AssertionError, match=r"Pelican left out posts/b\.md"):
        build_site({"posts/a.md": write_post(), "posts/b.md": write_post("Second")})
