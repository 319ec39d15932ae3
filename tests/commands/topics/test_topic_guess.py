"""Topics are guessed from whole words, by every name that the authority file has for them."""

import pytest

from commands.topics.topic_guess import guess_topics, read_topic_names
from tests.conftest import write_files

VARIANTS = {
    "Customer service": "Customer service",
    "patron service": "Customer service",
    "Social media": "Social media",
    "Library": "Libraries",
    "IT": "Information technology",
    "reader's advisory": "Readers' advisory",
    "C": "C",
    "C++": "C++",
    "C#": "C#",
    ".NET": ".NET",
}


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("good customer service", ["Customer service"]),
        ("Customer-Service!", ["Customer service"]),
        ("customer\u2011service", ["Customer service"]),
        ("customer\nservice", ["Customer service"]),
        ("customer\n\nservice", []),
        ("customer services", ["Customer service"]),
        ("customer *service*", ["Customer service"]),
        ("the customer's service", []),
        ("customer serviceable", []),
        ("unsocial media", []),
        ("SOCIAL MEDIA and PATRON SERVICE", ["Social media", "Customer service"]),
        ("two libraries", ["Libraries"]),
        ("my library's", ["Libraries"]),
        ("librarian", []),
        ("it is late", []),
        ("our IT department", ["Information technology"]),
        ("reader\u2019s advisory", ["Readers' advisory"]),
        ("reader\u02bcs advisory", ["Readers' advisory"]),
        ("C++ and C#", ["C++", "C#"]),
        ("in C, with .NET.", ["C", ".NET"]),
        ("ASP.NET", []),
        ("", []),
    ],
)
def test_the_topics_that_a_text_uses_are_proposed_in_order_of_use(text, tags):
    assert guess_topics(text, VARIANTS) == tags


def test_variants_are_read_from_the_topic_records(tmp_path):
    write_files(
        tmp_path,
        {
            "topics/broken.md": b"Title: \xff\n",
            "topics/customer-service.md": "Title: Customer service\nUsed-for: client service; patron service",
            "topics/social-media.md": "Title: Social media\n",
        },
    )
    assert read_topic_names(tmp_path) == {
        "client service": "Customer service",
        "patron service": "Customer service",
        "Customer service": "Customer service",
        "Social media": "Social media",
    }
