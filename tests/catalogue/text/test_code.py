"""Code of a known language is coloured and stays the same code; all other code stays as it is."""

import html
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.text.code import CLASSES, check_languages, colour_code
from catalogue.text.html_allowlist import CLASSES as PUBLISHED
from catalogue.text.markdown_reader import MarkdownReader
from tests.conftest import Page


def fence(code, language="python"):
    """Write code as the sanitiser leaves it."""
    return f'<pre><code class="language-{language}">{html.escape(code, quote=False)}</code></pre>'


def read_words(source):
    """Return the words of each class."""
    return re.findall(r'<span class="(\w)">([^<]*)</span>', source)


def test_six_kinds_of_words_are_told_apart():
    code = '@app\ndef f(x):\n    # why\n    return len("a") + 1\n'
    words = read_words(colour_code(fence(code)))
    assert {"b", "k", "f", "c", "s", "m"} == {name for name, _ in words} == {c for _, c in CLASSES}
    assert ("k", "def") in words
    assert ("f", "f") in words
    assert ("c", "# why") in words
    assert ("s", '"a"') in words
    assert ("m", "1") in words


@settings(deadline=None, max_examples=60)
@given(
    st.text(
        st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from("\t\n<&\"'"), max_size=90
    ),
    st.sampled_from(["python", "html", "JS", "bash", "sql", "c++", "diff", "xquery", "no-such"]),
)
def test_whatever_is_typed_the_code_stays_the_same(code, language):
    source = fence(code, language)
    assert html.unescape(re.sub("<[^>]*>", "", colour_code(source))) == code
    assert (
        re.sub("</?span[^>]*>", "", colour_code(source)) == re.sub("\xa0", "&nbsp;", source)
        or "\xa0" in code
    )


@pytest.mark.parametrize("language", ["text", "mermaid", "no-such-language"])
def test_what_is_no_language_is_left_alone(language):
    source = fence("def f(): pass", language)
    assert colour_code(source) == source


def test_code_with_tags_of_the_author_is_left_alone():
    source = '<pre><code class="language-python">def <b>f</b>(): pass</code></pre>'
    assert colour_code(source) == source


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("\n" * 90_000, "java"),
        ("a " * 50_000, "java"),
        ("-" * 4000, "make"),
        ("x\n " * 2500, "csharp"),
        ("a" * 7000, "xquery"),
    ],
)
def test_no_code_takes_long(code, language):
    began = time.process_time()
    colour_code(fence(code, language))
    assert time.process_time() - began < 1


def test_nobody_but_the_site_can_colour():
    assert not {name for _, name in CLASSES} & PUBLISHED
    body = MarkdownReader().read('<span class="k">if</span>\n', 1, "posts/a.md")
    assert 'class="k"' not in body.html


def test_a_text_is_coloured_when_it_is_read_and_keeps_its_tabs():
    body = MarkdownReader().read("```python\nif x:\n\treturn 1\n```\n", 1, "posts/a.md")
    assert '<span class="k">if</span>' in body.html
    assert "\n\t<span" in body.html
    assert not body.problems


def test_a_text_that_is_whole_between_fences_of_markdown_is_told():
    text = "```markdown\n# Aims\n\nWords.\n```\n"
    (problem,) = MarkdownReader().read(text, 3, "posts/a.md").problems
    assert (problem.line, problem.level) == (3, "warning")
    assert "is shown as code, with all its signs. Delete these two lines." in problem.text
    for other in (f"As in:\n\n{text}", text.replace("markdown", "python")):
        assert MarkdownReader().read(other, 1, "posts/a.md").problems == []


def test_a_misspelt_language_is_named_with_its_line():
    text = "Words.\n\n```pyhton\nif x: pass\n```\n"
    (problem,) = MarkdownReader().read(text, 5, "posts/a.md").problems
    assert (problem.level, problem.line) == ("warning", 7)
    assert "Did you mean python?" in problem.text
    assert not check_languages(fence("x", "zzzzqqqq"))


def test_a_page_with_code_has_its_style_and_no_other_has(build_site):
    files = {
        "posts/a.md": "Title: A\nDate: 2026-03-01\nTags: Reading\n\n```sql\nselect 1\n```\n",
        "posts/b.md": "Title: B\nDate: 2026-03-02\nTags: Reading\n\nWords.\n",
    }
    site = build_site(files)
    with_code, without = (site.page(f"posts/{name}/").one("style").text for name in "ab")
    assert ".k{" in with_code
    assert ".k{" not in without
    assert Page.text(site.page("posts/a/").one("pre")) == "select 1"


def test_a_lexer_that_fails_or_changes_code_colours_nothing(monkeypatch):
    source = fence("a = 1\n")

    class Odd:
        def __init__(self, pieces):
            self.pieces = pieces

        def get_tokens_unprocessed(self, code):
            if self.pieces is None:
                raise RuntimeError(code)
            return self.pieces

    for pieces in (None, [], [(0, "Token.Keyword", "a = 2\n")]):
        monkeypatch.setattr("catalogue.text.code.find_lexer", lambda _, p=pieces: Odd(p))
        assert colour_code(source) == source
