"""llms.txt says what is where, in Markdown in which titles mean themselves."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from plugins.llms import escape_marks, format_llms
from tests.conftest import BELOW_URL

PRINTABLE = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cf")), min_size=1
)


@given(PRINTABLE)
def test_a_title_is_the_words_of_its_link_and_nothing_else(title):
    text = format_llms("Blog", "", [("Posts", [(title, "posts/a/", "")])], "https://e.org")
    links = [t for t in MarkdownIt().parse(text) if t.type == "inline" and t.children[1:]]
    (link,) = links
    kinds = [child.type for child in link.children]
    assert kinds[0] == "link_open"
    assert kinds[-1] == "link_close"
    assert link.children[0].attrs["href"] == "https://e.org/posts/a/"
    shown = "".join(c.content for c in link.children[1:-1])
    assert shown == title


def test_a_text_of_several_lines_is_one_line():
    assert escape_marks("a\n# b\n\n- c &amp;") == r"a \# b - c \&amp;"


def test_it_names_all_topics_and_pages_and_the_newest_posts(sample_below):
    text = sample_below.text("llms.txt")
    assert text.startswith("# ")
    links = {
        child.attrs["href"]
        for token in MarkdownIt().parse(text)
        for child in token.children or ()
        if child.type == "link_open"
    }
    wanted = {
        f"{BELOW_URL}/{name.removesuffix('index.html')}"
        for name in sample_below.pages
        if name.startswith(("posts/", "topics/")) and name.count("/") == 2
    }
    assert wanted | {f"{BELOW_URL}/about/"} <= links
