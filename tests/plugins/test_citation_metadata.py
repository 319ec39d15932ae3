"""Read what Zotero reads of a post's citation."""

from urllib.parse import parse_qs

from hypothesis import given

from plugins.citation_metadata import collect_metadata, format_coins
from tests.plugins.sources import LINES, make_source


@given(LINES)
def test_any_title_comes_back_from_coins(title):
    fields = parse_qs(format_coins(make_source(title=title)), strict_parsing=True)
    assert fields["rft.title"] == [title]


def test_nothing_is_written_of_what_is_missing():
    bare = make_source(author="")
    data = collect_metadata(bare)
    assert not any((data.citation_authors, data.subjects, data.revised))
    assert "rft.creator" not in format_coins(bare)
