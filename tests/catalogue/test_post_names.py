"""A post is found by its file, with folder, ending and date or without, and by its slug."""

import pytest

from catalogue.post_names import find_post, group_post_names
from catalogue.record_reader import read_record
from catalogue.text.markdown_reader import MarkdownReader

BODIES = MarkdownReader()


def read_post(path, slug=""):
    header = f"Title: A\nDate: 2026-01-02\n{f'Slug: {slug}' if slug else ''}".strip()
    return read_record(f"posts/{path}", "post", f"{header}\n\nText.\n".encode(), BODIES)


@pytest.mark.parametrize(
    "name",
    [
        "posts/2025/2026-01-02-Weeding it.md",
        "2025/2026-01-02-Weeding it.md",
        "../posts/2025/2026-01-02-Weeding it.md",
        "2026-01-02-Weeding it.md",
        "2026-01-02-weeding it",
        "2026-01-02-WEEDING IT.MD",
        "weeding-it",
        "Weeding it",
        "culling",
        "/posts/culling/",
    ],
)
def test_a_post_may_be_named_by_its_file_or_its_slug(name):
    post = read_post("2025/2026-01-02-Weeding it.md", slug="culling")
    assert find_post(name, group_post_names([post, read_post("other.md")])) is post


def test_the_slug_goes_before_the_file_s_name():
    one, two = read_post("one.md", slug="two"), read_post("two.md", slug="one")
    posts = group_post_names([one, two])
    assert find_post("one", posts) is two
    assert find_post("one.md", posts) is one


@pytest.mark.parametrize(
    "name",
    [
        "readers’-advisory.md",
        "Readers' advisory",
        "posts/readers'-advisory",
        "readers‘–advisory.MD",
    ],
)
def test_a_post_may_be_named_in_another_form(name):
    post = read_post("readers'-advisory.md", slug="advice")
    assert find_post(name, group_post_names([post, read_post("other.md")])) is post


def test_a_post_with_an_accent_in_its_name_is_found_in_either_form():
    post = read_post("café.md", slug="coffee")
    assert find_post("cafe\u0301.md", group_post_names([post])) is post
