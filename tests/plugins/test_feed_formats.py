"""Each form of a feed holds what it was given."""

import json
from datetime import datetime, timedelta, timezone
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.feed_formats import Feed, Item, format_atom, format_json, format_rss

quick = settings(deadline=None, database=None)
ATOM = "{http://www.w3.org/2005/Atom}"
THREADS = "{http://purl.org/syndication/thread/1.0}"
# What the author's files cannot hold is refused before (catalogue/text/encoding.py).
words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1)


@quick
@given(words, words, st.integers(0, 99_999))
def test_any_words_come_back_from_every_feed_as_they_went_in(title, text, number):
    moment = datetime(2026, 1, 2, tzinfo=timezone(timedelta(0)))
    item = Item(
        "tag:a,2026:b", "u", title, text, text, text, moment, None, [title], [title], number
    )
    feed = Feed("i", "u", "p", title, "en", text, title, [item])
    entry = ElementTree.fromstring(format_atom(feed)).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}content") == text
    assert entry.find(f"{ATOM}category").get("term") == title
    assert entry.findtext(f"{THREADS}total") == str(number)
    (channel,) = ElementTree.fromstring(format_rss(feed))
    assert channel.findtext("item/description") == text
    assert channel.findtext("item/category") == title
    assert json.loads(format_json(feed))["items"][0]["content_html"] == text
