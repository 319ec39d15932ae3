"""Nothing reaches Pelican that was not judged, and nothing that was judged is lost on the way."""

import pytest

from building.pelican_adapter.content import Content


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


def test_pelican_reads_no_file_of_the_content_and_meets_each_text_once(build_site, monkeypatch):
    made = []
    init = Content.__init__
    monkeypatch.setattr(
        Content,
        "__init__",
        lambda own, record, *rest: (made.append(record.path), init(own, record, *rest))[1],
    )
    monkeypatch.setattr("pelican.generators.Generator.get_files", None)
    build_site({"posts/a.md": write_post(), "posts/b.md": write_post("B")})
    assert sorted(made) == ["pages/about.md", "posts/a.md", "posts/b.md"]
