"""The HTML of a mail becomes Markdown that shows what its reader saw, whichever program wrote it."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.text.comment_reader import CommentReader
from commands.comments.mail import read_html_words
from commands.comments.mail_html import read_html_lines

thorough = settings(deadline=None, database=None, max_examples=300)


def show(markdown):
    """Return the HTML that the site shows of a comment, with no blank between its tags."""
    body = CommentReader().read(markdown, 1, "comments/x/y.md")
    assert body.problems == []
    return re.sub(r"\s*\n\s*", "", body.html).replace(' rel="ugc nofollow"', "")


FORMS = {
    "line ends": ("<div>One<br>two</div><div>three</div>", "<p>One<br>two<br>three</p>"),
    "an empty line": ("<div>One</div><div><br></div><div>two</div>", "<p>One</p><p>two</p>"),
    "two line ends": ("One<br><br>two", "<p>One</p><p>two</p>"),
    "an empty line of Outlook's": (
        "<p>One</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p>two</p>",
        "<p>One</p><p>two</p>",
    ),
    "paragraphs": ("<p>One\n more</p><p>two</p>", "<p>One more</p><p>two</p>"),
    "emphasis": (
        "<b>bold</b> and <i>slanted</i> and <strong><em>both</em></strong>",
        "<p><strong>bold</strong> and <em>slanted</em> and <em><strong>both</strong></em></p>",
    ),
    "emphasis with blanks in it": ("a<b> b </b>c", "<p>a <strong>b</strong> c</p>"),
    "emphasis within a word": ("a<b>b</b>c", "<p>a<strong>b</strong>c</p>"),
    "emphasis over lines": (
        "<b>a<br>b</b>",
        "<p><strong>a</strong><br><strong>b</strong></p>",
    ),
    "emphasis in pieces": ("<b>a</b><b>b</b>", "<p><strong>ab</strong></p>"),
    "emphasis that Markdown cannot show": ('<b>"a"</b>b', '<p>"a"b</p>'),
    "two that touch": ("<i>a</i><b>b</b>", "<p><em>a</em>b</p>"),
    "a heading": ("<h2>One</h2>two", "<p><strong>One</strong></p><p>two</p>"),
    "a link": (
        "See <a href='https://e.org/a?b=1&amp;c=2'>this page</a>.",
        '<p>See <a href="https://e.org/a?b=1&amp;c=2">this page</a>.</p>',
    ),
    "a bold link": (
        "<b>See <a href='https://e.org/'>this</a>!</b>",
        '<p><strong>See</strong> <strong><a href="https://e.org/">this</a></strong>!</p>',
    ),
    "a link by its address": (
        "<a href='https://e.org/'>https://e.org</a>",
        '<p><a href="https://e.org/">https://e.org/</a></p>',
    ),
    "an address with signs": (
        "<a href='https://e.org/(a)_b_ [c]'>x]y</a>!<a href='https://e.org'>z</a>",
        '<p><a href="https://e.org/%28a%29_b_%20%5Bc%5D">x]y</a>!<a href="https://e.org">z</a></p>',
    ),
    "an address that is typed": (
        "https://e.org/a_b_c",
        '<p><a href="https://e.org/a_b_c">https://e.org/a_b_c</a></p>',
    ),
    "a link for mails": ("<a href='mailto:a@e.org'>Ann</a>", "<p>Ann</p>"),
    "a link that acts": ("<a href='javascript:x()'>Ann</a>", "<p>Ann</p>"),
    "a link that Outlook has wrapped": (
        "<a href='https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fe.org%2Fa&amp;data="
        "05%7Cann%40e.org'>here</a>",
        '<p><a href="https://e.org/a">here</a></p>',
    ),
    "a link with an address of mail in it": (
        "<a href='https://e.org/?u=ann@e.org'>here</a>",
        "<p>here</p>",
    ),
    "a broken link": ("<a href='https://[e.org/'>here</a>", "<p>here</p>"),
    "a list": ("<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
    "a list between words": (
        "One<ul><li>a</li></ul>two",
        "<p>One</p><ul><li>a</li></ul><p>two</p>",
    ),
    "a numbered list": ("<ol><li>a</li><li>b</li></ol>", "<ol><li>a</li><li>b</li></ol>"),
    "a list in a list": (
        "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>",
        "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>",
    ),
    "a list in a list, as Gmail has it": (
        "<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>",
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
    ),
    "a list that begins late in a list": (
        "<ul><li>a<ol start=7><li>b</li></ol></li></ul>",
        "<ul><li><p>a</p><ol><li>b</li></ol></li></ul>",
    ),
    "two lists": (
        "<ul><li>a</li></ul><ul><li>b</li></ul>",
        "<ul><li>a</li></ul><ul><li>b</li></ul>",
    ),
    "lines in a list": ("<ul><li>a<br>b</li></ul>", "<ul><li>a<br>b</li></ul>"),
    "a paragraph after a list in an item": (
        "<ul><li>a<ul><li>b</li></ul><p>c</p></li></ul>",
        "<ul><li><p>a</p><ul><li>b</li></ul><p>c</p></li></ul>",
    ),
    "a list of Word's": (
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span "
        "style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>a</p>"
        "<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>b</p>"
        "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>c<br>d</p><p>e</p>",
        "<ul><li>a<ol><li>b</li></ol></li><li>c<br>d</li></ul><p>e</p>",
    ),
    "a quotation": (
        "<blockquote><p>a</p><p>b</p></blockquote>c",
        "<blockquote><p>a</p><p>b</p></blockquote><p>c</p>",
    ),
    "a list in a quotation": (
        "a<blockquote>b<ul><li>c</li></ul></blockquote>",
        "<p>a</p><blockquote><p>b</p><ul><li>c</li></ul></blockquote>",
    ),
    "code": ("<code>a`b *c*</code>", "<p><code>a`b *c*</code></p>"),
    "code in a link": (
        "<code>a<a href='https://e.org'>b</a></code>",
        '<p><code>a</code><a href="https://e.org"><code>b</code></a></p>',
    ),
    "plain text in HTML": ("<pre>a\n  b\n\nc</pre>", "<p>a<br>b</p><p>c</p>"),
    "a table": ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a | b</p>"),
    "an emoji of Gmail's": ("a <img data-emoji=x alt='😀'> b", "<p>a 😀 b</p>"),
    "a picture": ("a <img src='https://e.org/x.png' alt='A cat'> b", "<p>a b</p>"),
    "what nobody sees": (
        "<style>x</style><div style='display: none'>y</div>a<script>z</script>",
        "<p>a</p>",
    ),
    "what Markdown would act on": (
        "<p># a</p><p>- b</p><p>1. c</p><p>*d* `e` [f](g) &lt;b&gt; &amp;amp;</p><p>&gt; h\\</p>",
        "<p># a</p><p>- b</p><p>1. c</p><p>*d* `e` [f](g) &lt;b&gt; &amp;amp;</p><p>&gt; h\\</p>",
    ),
}


@pytest.mark.parametrize(("source", "shown"), FORMS.values(), ids=FORMS)
def test_the_form_of_a_mail_survives_as_markdown(source, shown):
    assert show(read_html_words(source).body) == shown


NEW = "<div>I <b>agree</b>.</div>"
OLD = "<p>We took out four hundred books.</p>"
PROGRAMS = {
    "Gmail": (
        f"<div dir=ltr>{NEW}</div><br><div class='gmail_quote gmail_quote_container'><div dir=ltr class="
        "gmail_attr>Den ons 25 nov. 2026 kl. 09.14 skrev X<br></div><blockquote class=gmail_quote>"
        f"{OLD}</blockquote></div>"
    ),
    "Apple Mail": (
        f"{NEW}<div><br><blockquote type=cite><div>On 25 Nov 2026, at 09:14, X wrote:</div><br>"
        f"{OLD}</blockquote></div><br>"
    ),
    "Thunderbird": (
        f"{NEW}<div class='moz-cite-prefix'>25.11.2026 09:14, X kirjoitti:<br></div>"
        f"<blockquote type=cite cite='mid:x'>{OLD}</blockquote>"
    ),
    "Outlook": (
        f"{NEW}<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>Von:</b> X<br>"
        f"<b>Gesendet:</b> Mittwoch<br><b>An:</b> Ann<br><b>Betreff:</b> x</p></div>{OLD}"
    ),
    "Outlook on the web": (
        f"{NEW}<div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>Fra:</b> X</div>{OLD}"
    ),
    "Outlook, new": f"{NEW}<div id=mail-editor-reference-message-container><b>Fra:</b> X{OLD}</div>",
    "Yahoo": f"{NEW}<div id=yahoo_quoted_1 class=yahoo_quoted><div>X skrev:</div>{OLD}</div>",
    "GMX": f"{NEW}<div name=quote><b>Gesendet:</b> Mittwoch<br><b>Von:</b> X{OLD}</div>",
    "Proton": (
        f"{NEW}<div class=protonmail_quote>On Wednesday, November 25th, 2026 at 9:14 AM, X wrote:<br>"
        f"<blockquote class=protonmail_quote type=cite>{OLD}</blockquote></div>"
    ),
    "Roundcube": f"{NEW}<p id=reply-intro>25.11.2026 X:</p><blockquote type=cite>{OLD}</blockquote>",
    "none": f"{NEW}<blockquote type=cite>{OLD}</blockquote>",
}
SIGNATURES = {
    "Gmail": "<span class=gmail_signature_prefix>-- </span><br><div class=gmail_signature>Ann<br>0123</div>",
    "Thunderbird": "<pre class=moz-signature>-- \nAnn\n0123</pre>",
    "Outlook": "<div id=ms-outlook-mobile-signature>Get Outlook</div>",
    "Apple": "<div id=AppleMailSignature>Ann</div>",
    "a phone's": "<div><br></div><div>Envoyé de mon iPhone</div>",
}


@pytest.mark.parametrize("source", PROGRAMS.values(), ids=PROGRAMS)
def test_a_quoted_mail_goes_by_what_its_program_calls_it_in_any_language(source):
    words = read_html_words(source)
    assert words.body == "I **agree**."
    (cut,) = words.cuts
    assert cut.startswith("quoted mail, ")


@pytest.mark.parametrize("signature", SIGNATURES.values(), ids=SIGNATURES)
@pytest.mark.parametrize("place", ["above", "below", "alone"])
def test_a_signature_goes_above_and_below_the_quoted_mail(signature, place):
    old = PROGRAMS["Thunderbird"].removeprefix(NEW)
    source = {
        "above": f"{NEW}{signature}{old}",
        "below": f"{NEW}{old}{signature}",
        "alone": f"{NEW}{signature}",
    }[place]
    words = read_html_words(source)
    assert words.body == "I **agree**."
    assert len(words.cuts) == 1 + (place != "alone")


def test_an_answer_between_the_quoted_lines_stays_where_it_is():
    source = (
        "<div class=gmail_quote><div class=gmail_attr>On 25 Nov 2026 at 09:14, X wrote:</div>"
        "<blockquote class=gmail_quote>Did you?</blockquote><div>Yes.</div>"
        "<blockquote class=gmail_quote>And then?</blockquote><div>No.</div></div>"
    )
    words = read_html_words(source)
    assert words.body.endswith("> Did you?\n\nYes.\n\n> And then?\n\nNo.")
    assert words.cuts == []


def test_an_address_of_mail_goes_wherever_tags_part_it():
    words = read_html_words("<p>Write to &lt;<b>ann</b>@<i>e.org</i>&gt; or ben<br>@e.org.</p>")
    assert "e.org" not in words.body
    assert words.cuts == ["2 e-mail addresses"]


tags = st.sampled_from(
    "p div b i a code blockquote ul ol li table tr td pre span h1 br hr img o:p u font".split()
)
signs = st.sampled_from(
    ["word", "two words", " ", "\n", "&nbsp;", "*", "_", "`", "#", "- ", "1. ", "> ", "[x](y)", "!", "\\",
     "&lt;b&gt;", "&amp;amp;", "|", "~~~", "~", "é", "😀", "https://e.org/a_b", "--", "="]
)  # fmt: skip
attributes = st.sampled_from(
    ["", " href='https://e.org/a_(b)'", " href='x'", " start=5", " style='mso-list:l1 level2 x'",
     " style='mso-list:Ignore'", " style='white-space:pre'", " value=9", " alt='😀'"]
)  # fmt: skip
opened = st.builds(lambda tag, more: f"<{tag}{more}>", tags, attributes)
sources = st.lists(opened | st.builds(lambda tag: f"</{tag}>", tags) | signs, max_size=30).map(
    "".join
)


@thorough
@given(sources)
def test_whatever_the_tags_no_word_is_lost_or_gained(source):
    """The sign of a list item of Word's is none of its words."""
    lines = read_html_lines(source)
    words = read_html_words(source)
    if words.cuts:  # two hyphens, which open a signature
        return
    body = CommentReader().read(words.body, 1, "comments/x/y.md") if words.body else None
    shown = re.sub(r"<[^>]*>", " ", body.html) if body else ""
    seen = "".join("".join(line.text.split()) for line in lines)
    assert "".join(html.unescape(shown).split()) == seen


@thorough
@given(st.lists(st.sampled_from(["ul", "ol", "blockquote", "/"]), max_size=12))
def test_lists_and_quotations_stand_in_each_other_as_they_did(path):
    """Each has one word at its beginning, so that nothing is empty."""
    parts, open_tags = [], []
    for number, tag in enumerate(path):
        if tag != "/" and len(open_tags) < 6:
            item = "<li>" if tag != "blockquote" else ""
            parts.append(f"<{tag}>{item}w{number}")
            open_tags.append(tag)
        elif open_tags:
            closed = open_tags.pop()
            parts.append(f"{'</li>' if closed != 'blockquote' else ''}</{closed}>")
    source = "".join(parts) + "".join(
        f"{'</li>' if tag != 'blockquote' else ''}</{tag}>" for tag in reversed(open_tags)
    )
    shown = show(read_html_words(source).body) if parts else ""
    assert re.sub("</?p>", "", shown) == source


@thorough
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["word", "a_b", "x*", "(y)", "!", "é", "1.", "-", "`z`", "~q~", "[r]"]),
            st.sampled_from([(), ("strong",), ("em",), ("em", "strong")]),
            st.booleans(),
        ),
        min_size=1,
    )
)
def test_each_word_keeps_its_emphasis_and_its_link(spans):
    parts = []
    for words, tags, is_link in spans:
        inside = f'<a href="https://e.org/a_b">{words}</a>' if is_link else words
        parts.append("".join(f"<{tag}>" for tag in tags) + inside)
        parts[-1] += "".join(f"</{tag}>" for tag in reversed(tags))
    source = " ".join(parts)
    assert show(read_html_words(f"<p>{source}</p>").body) == f"<p>{source}</p>"
