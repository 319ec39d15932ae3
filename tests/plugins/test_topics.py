"""A topic's page shows what its record says."""

from catalogue.records import Record
from plugins.topics import make_topic


def test_a_page_of_a_topic_shows_its_record():
    values = {"Title": "Customer service", "Used-for": ["patron care", "reader services"]}
    path = "topics/customer-service.md"
    record = Record(path, "topic", "customer-service", "Customer service", values)
    made = make_topic(record, "<p>Scope</p>", "Posts about Customer service.")
    assert (made.name, made.url) == ("Customer service", "topics/customer-service/")
    assert made.feed == "topics/customer-service/feed.atom.xml"
    assert made.description == "Posts about Customer service."
    assert (made.posts, made.comment_count) == (0, 0)
    assert made.used_for == ["patron care", "reader services"]
