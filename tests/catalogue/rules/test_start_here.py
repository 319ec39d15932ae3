"""Each line of `Start-here` names a post, and each post stands there once."""

from catalogue.records import Record
from catalogue.rules.start_here import check_starts


def test_a_name_that_no_post_has_is_an_error_and_one_named_twice_a_warning():
    lines = [
        {"line": number, "post": name, "why": ""}
        for number, name in enumerate(["weedign", "weeding", "weeding.md", "zzz"], 3)
    ]
    topic = Record("topics/a.md", "topic", values={"Start-here": lines})
    post = Record("posts/weeding.md", "post", slug="weeding")
    problems = list(check_starts([topic], [post]))
    assert [(p.line, p.level) for p in problems] == [(3, "error"), (5, "warning"), (6, "error")]
    assert "Did you mean: weeding" in problems[0].text
    assert "a second time" in problems[1].text
    assert "content/posts" in problems[2].text
