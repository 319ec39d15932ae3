"""Every file has a kind, or a remedy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.folder.layout import explain_place, select_kind
from catalogue.folder.names import group_file_names

anything = st.text(st.characters(exclude_characters="/\0", codec=None), min_size=1, max_size=80)


@given(name=anything, folder=st.sampled_from(["", "posts/", "topics/a/", "images/", "comments/"]))
def test_no_name_raises_and_each_has_a_kind_or_a_remedy(name, folder):
    kind = select_kind(folder + name)
    assert kind or explain_place(folder + name, group_file_names([name]))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("film.mov", "save it again as a film in MP4"),
        ("FILM.AVI", "save it again as a film in MP4"),
        ("film.m4v", 'Rename it to "film.mp4".'),
        ("talk.opus", 'Rename it to "talk.ogg".'),
        ("talk.flac", "save it again as a recording in MP3"),
        ("plan.doc", "save it again as DOCX or PDF"),
        ("list.xls", "save it again as XLSX or PDF"),
        ("talk.ppt", "save it again as PPTX or PDF"),
        ("plan.pages", "save it again as PDF"),
        ("all.rar", "save it again as a ZIP archive"),
        ("shelf.mpo", 'Rename it to "shelf.jpg".'),
        ("a.marc", "Give it the right ending, put it into a ZIP file"),
    ],
)
def test_a_file_of_a_kind_that_not_all_can_open_has_a_remedy_of_its_own(name, words):
    assert words in explain_place(f"images/{name}", group_file_names([name]))
