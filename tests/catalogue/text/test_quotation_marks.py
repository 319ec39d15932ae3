"""Each quotation mark, apostrophe and dash of a text is the one that a printer would set."""

import html
import re
import time

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue.text.languages import LANGUAGES, find_language, is_language_tag
from catalogue.text.typography import set_line, set_title, typeset

quick = settings(deadline=None, database=None, max_examples=200)
NARROW = "\N{NARROW NO-BREAK SPACE}"


def strip(source):
    """Return HTML without what hangs, capitals, ampersands and ties are set with."""
    source = re.sub(r'<span class="(?:amp|caps|dquo|quo)">(.*?)</span>', r"\1", source)
    return source.replace("&nbsp;", " ")


# One a line: what is typed, and what is right. < > stand for tags.
ENGLISH = r"""
<em>Emma</em>'s author | <em>Emma</em>’s author
<a href="https://e.com">Jane</a>'s book | <a href="https://e.com">Jane</a>’s book
<a href="https://e.com"><em>Emma</em></a>'s | <a href="https://e.com"><em>Emma</em></a>’s
<strong>J</strong>'s | <strong>J</strong>’s
<cite>Emma</cite>'s | <cite>Emma</cite>’s
The <abbr title="American">ALA</abbr>'s new rules | The <abbr title="American">ALA</abbr>’s new rules
<code>x</code>'s value | <code>x</code>’s value
<code>get()</code>'s "value" | <code>get()</code>’s “value”
'<em>Emma</em>' now | ‘<em>Emma</em>’ now
"see <em>Emma</em>"—she | “see <em>Emma</em>”—she
"<em>Emma</em>", said Jane | “<em>Emma</em>”, said Jane
<em>"Emma"</em>, said Jane | <em>“Emma”</em>, said Jane
<em>"Emma</em>" | <em>“Emma</em>”
"<strong><em>Emma</em></strong>" | “<strong><em>Emma</em></strong>”
"Jane"'s | “Jane”’s
"<a href="https://e.com">Jane</a>"'s | “<a href="https://e.com">Jane</a>”’s
dell'<em>arte</em> | dell’<em>arte</em>
l'<em>Arte</em> d'amare | l’<em>Arte</em> d’amare
("<em>Emma</em>") | (“<em>Emma</em>”)
"<a href="https://e.com">Link</a>"? | “<a href="https://e.com">Link</a>”?
(<em>Emma</em>)'s | (<em>Emma</em>)’s
In the '90s | In the ’90s
the early '80s and late '70s | the early ’80s and late ’70s
Class of '05 | Class of ’05
Class of '05's reunion | Class of ’05’s reunion
Summer of '69, again | Summer of ’69, again
('98) | (’98)
the mid-'90s | the mid-’90s
"In the '90s," she said | “In the ’90s,” she said
'1984' is banned | ‘1984’ is banned
the answer is '42' | the answer is ‘42’
the 1990s' best | the 1990s’ best
the 1990's | the 1990’s
'Tis the season | ’Tis the season
'TWAS the night | ’TWAS the night
"'Tis true," he said | “’Tis true,” he said
Give 'em books | Give ’em books
rock 'n' roll | rock ’n’ roll
rock'n'roll | rock’n’roll
Rock 'N' Roll | Rock ’N’ Roll
'I love rock 'n' roll' | ‘I love rock ’n’ roll’
just 'cause | just ’cause
open 'til ten | open ’til ten
'round the clock | ’round the clock
how 'bout that | how ’bout that
good ol' days | good ol’ days
livin' and lovin' | livin’ and lovin’
get 'er done | get ’er done
left--"Really?"--and | left—“Really?”—and
word—"quoted" | word—“quoted”
word--'quoted' | word—‘quoted’
"quoted"--word | “quoted”—word
who ordered---" | who ordered—”
"I was about to--" she said | “I was about to—” she said
"Wait--", he said | “Wait—”, he said
fine? --- yes | fine? — yes
yes -- no | yes — no
one---two | one—two
1998--2004 | 1998–2004
pages 12--15, 20--21 | pages 12–15, 20–21
<em>1998</em>--<em>2004</em> | <em>1998</em>–<em>2004</em>
'68--'72 | ’68–’72
$5--$10 and 5%--10% | $5–$10 and 5%–10%
2004--now | 2004—now
9-5 and check-in | 9-5 and check-in
---- | ----
so... and then... | so… and then…
"...and then?" | “…and then?”
"Well..." | “Well…”
well. . . yes | well… yes
6'2" tall | 6′2″ tall
He is 6' 2" tall | He is 6′ 2″ tall
"He is 6'2" tall," she said | “He is 6′2″ tall,” she said
40°26'46" north | 40°26′46″ north
5'11½" | 5′11½″
a 6" ruler | a 6" ruler
a 5' fence | a 5' fence
8'x10' | 8'x10'
"page 6" | “page 6”
"Catch 22" and 'Catch 22' | “Catch 22” and ‘Catch 22’
"the 5th of May, 1998" | “the 5th of May, 1998”
Press <code>Ctrl</code> "now" | Press <code>Ctrl</code> “now”
Press <kbd>"</kbd> and 'go' | Press <kbd>"</kbd> and ‘go’
"<code>"x"</code>" | “<code>"x"</code>”
the U.S. "law" | the U.S. “law”
"'x'" | “‘x’”
'"x"' | ‘“x”’
"She said 'no'" | “She said ‘no’”
'She said "no"' | ‘She said “no”’
"She said, 'Is it "so"?'" | “She said, ‘Is it “so”?’”
"'No,' she said." | “‘No,’ she said.”
"" | “”
" spaced " | “ spaced ”
' spaced ' | ‘ spaced ’
("quoted") ['quoted'] {"quoted"} | (“quoted”) [‘quoted’] {“quoted”}
either/"or" | either/“or”
so-"called" | so-“called”
"one"-"two" | “one”-“two”
"one"/"two" | “one”/“two”
"one","two" | “one”,“two”
"one""two" | “one”“two”
the "-" sign and "--" | the “-” sign and “—”
"Why?" "Because!" | “Why?” “Because!”
"Why?", "Because!"; "So": | “Why?”, “Because!”; “So”:
Is it "so"? Is it 'so'! | Is it “so”? Is it ‘so’!
"Yahoo!"'s | “Yahoo!”’s
Yahoo!'s | Yahoo!’s
(ALA)'s | (ALA)’s
the ".net" world | the “.net” world
"$5" and "#1" and "@ann" | “$5” and “#1” and “@ann”
"¿Qué?" | “¿Qué?”
100%'s | 100%’s
it's, don't, we'll, I'm, you've, she'd, they're | it’s, don’t, we’ll, I’m, you’ve, she’d, they’re
O'Neill and D'Arcy | O’Neill and D’Arcy
Readers' advisory | Readers’ advisory
Jones' and James's | Jones’ and James’s
"readers' rights" | “readers’ rights”
'readers' rights' | ‘readers’ rights’
the dogs' 'home' | the dogs’ ‘home’
shouldn't've fo'c's'le | shouldn’t’ve fo’c’s’le
Mind your p's and q's | Mind your p’s and q’s
"One thing<br>and another" | “One thing<br>and another”
"One"<br>"Two" | “One”<br>“Two”
<label><input type="checkbox"> "done"</label>, 'so' | <label><input type="checkbox"> “done”</label>, ‘so’
say"hello" | say“hello”
"hello"she said | “hello”she said
He said, "Hello | He said, “Hello
and he left." | and he left.”
“typed” and "straight" | “typed” and “straight”
“page 6" | “page 6”
“Jane”'s and Jane’s | “Jane”’s and Jane’s
so &ldquo;Jane&rdquo;'s | so &ldquo;Jane&rdquo;’s
caf&eacute;'s | caf&eacute;’s
&mdash;"so" | &mdash;“so”
one&nbsp;"two" | one “two”
&quot;so&quot; | “so”
&#34;so&#34; it&#39;s | "so" it's
"R&amp;D" and AT&amp;T's | “R&amp;D” and AT&amp;T’s
a &lt;"b"&gt; | a &lt;“b”&gt;
See https://example.org/cat--alog?x=it's. | See https://example.org/cat--alog?x=it's.
"https://example.org/a--b" | “https://example.org/a--b”
'www.example.org/a--b' | ‘www.example.org/a--b’
(https://e.com/it's.html) and it's | (https://e.com/it's.html) and it’s
jane--d'arc@example.org's "mail" | jane--d'arc@example.org's “mail”
'ann@example.org' | ‘ann@example.org’
@ann's "words" | @ann’s “words”
<a href="https://e.com/a--b">https://e.com/a--b</a>'s | <a href="https://e.com/a--b">https://e.com/a--b</a>’s
<a href="https://e.com/a--b/">e.com/a--b</a> | <a href="https://e.com/a--b/">e.com/a--b</a>
<a href="mailto:o'b@e.com">o'b@e.com</a> | <a href="mailto:o'b@e.com">o'b@e.com</a>
<a href="https://e.com/a--b">a--b</a> | <a href="https://e.com/a--b">a—b</a>
<a title="it's -- &quot;so&quot;" href="x">it's</a> | <a title="it's -- &quot;so&quot;" href="x">it’s</a>
""".strip().split("\n")

OTHER_LANGUAGES = [
    ("en-GB", "\"so\" 'so' it's -- 1--2", "“so” ‘so’ it’s — 1–2"),
    ("de", "\"so\" 'so' geht's -- 1--2", "„so“ ‚so‘ geht’s – 1–2"),
    ("de-AT", "\"Er sagte 'Nein'\", rief sie.", "„Er sagte ‚Nein‘“, rief sie."),
    ("de", "so 'n Tag, '68er, 's ist", "so ’n Tag, ’68er, ’s ist"),
    ("de-CH", "\"so\" 'so'", "«so» ‹so›"),
    ("fr", '"so" --- l\'art', f"«{NARROW}so{NARROW}» — l’art"),
    ("fr", '" so "', f"«{NARROW}so{NARROW}»"),
    ("fr", "« so » «so»", f"«{NARROW}so{NARROW}» «{NARROW}so{NARROW}»"),
    (
        "fr",
        "Quoi ? Oui ! Non; à 10:30 : si!",
        f"Quoi{NARROW}? Oui{NARROW}! Non{NARROW}; à 10:30{NARROW}: si{NARROW}!",
    ),
    ("fr", "<em>Quoi</em>? &amp;", f"<em>Quoi</em>{NARROW}? &amp;"),
    ("fr", "Quoi ?! https://e.com/?a", f"Quoi{NARROW}?! https://e.com/?a"),
    ("fr-CH", 'l\'"art"', f"l’«{NARROW}art{NARROW}»"),
    ("sv", "\"so\" 'so' -- it's", "”so” ’so’ – it’s"),
    ("pl", "\"so\" 'so' --", "„so” ‚so’ –"),
    ("es", "\"¿so?\" 'so'", "«¿so?» “so”"),
    ("es-MX", "\"so\" 'so'", "“so” ‘so’"),
    ("nl", "\"so\" 'so' 's avonds in 't huis", "“so” ‘so’ ’s avonds in ’t huis"),
    ("da", "\"so\" 'so'", "»so« ›so‹"),
    ("nb", "\"so\" 'so'", "«so» ‘so’"),
    ("fi", "\"so\" 'so'", "”so” ’so’"),
    ("it", "dell'\"arte\" 'so'", "dell’«arte» “so”"),
    ("pt-BR", "\"so\" 'so'", "“so” ‘so’"),
    ("pt-PT", "\"so\" 'so'", "«so» “so”"),
    ("cs", "\"so\" 'so'", "„so“ ‚so‘"),
    ("eo", "\"so\" 'so'", "“so” ‘so’"),
]


def test_the_table_has_its_120_cases():
    assert len(ENGLISH) >= 120
    assert len(set(ENGLISH)) == len(ENGLISH)


@pytest.mark.parametrize("case", ENGLISH)
def test_each_mark_is_decided_by_the_text_of_its_block(case):
    typed, right = case.split(" | ")
    assert strip(typeset(f"<p>{typed}</p>")) == f"<p>{right}</p>"
    assert strip(typeset(f"<ul>\n<li>{typed}</li>\n</ul>")) == f"<ul>\n<li>{right}</li>\n</ul>"


@pytest.mark.parametrize("case", [case for case in ENGLISH if "<" not in case])
def test_a_title_and_a_summary_have_the_marks_that_a_text_has(case):
    typed, right = (
        html.unescape(text).replace("\N{NO-BREAK SPACE}", " ") for text in case.split(" | ")
    )
    if "&#" not in case:  # a code in plain text is no code
        assert set_title(typed) == right
        assert html.unescape(strip(set_line(typed))) == right


@pytest.mark.parametrize(("language", "typed", "right"), OTHER_LANGUAGES)
def test_each_language_has_its_own_marks(language, typed, right):
    assert strip(typeset(f"<p>{typed}</p>", language)) == f"<p>{right}</p>"
    assert strip(typeset(typeset(f"<p>{typed}</p>", language), language)) == f"<p>{right}</p>"


def test_a_mark_is_not_decided_by_another_block():
    assert strip(typeset('<p>"One</p>\n<p>"Two"</p>')) == "<p>“One</p>\n<p>“Two”</p>"
    assert strip(typeset("<td>'One</td><td>'Two'</td>")) == "<td>‘One</td><td>‘Two’</td>"
    assert strip(typeset('<li>"One"\n<ul>\n<li>"Two"</li></ul></li>')) == (
        "<li>“One”\n<ul>\n<li>“Two”</li></ul></li>"
    )


@pytest.mark.parametrize("tag", "code pre kbd samp tt script style math".split())
def test_what_is_no_text_stays(tag):
    source = f"<p>one</p><{tag}>\"x\" -- 'y'... <b>AT&amp;T & ABC</b></{tag}><p>two</p>"
    assert typeset(source) == source
    assert typeset(source.partition("</")[0]) == source.partition("</")[0]


def test_a_mark_behind_a_backslash_stays_straight_in_a_line():
    assert set_title(r"\"so\" it\'s \\ it's") == '"so" it\'s \\\\ it’s'
    assert html.unescape(strip(set_line(r"\"so\" it\'s"))) == '"so" it\'s'


WORDS = st.sampled_from(
    "Emma it's readers' so U.S. ALA 1998 '90s 'em rock 6'2\" a é & x@y.z www.a.b".split()
)
SIGNS = st.sampled_from(
    [*"\"'-.,;:!?()[] /–—…“”‘’«»", "--", "---", "...", " ", "\n", "&amp;", "&nbsp;", "&#34;"]
)
TAGS = st.sampled_from(
    [
        *"<em> </em> <p> </p> <li> </li> <br> <code> </code> <b> </b> <td> </a> <h2> </h2>".split(),
        *[
            '<a href="https://e.com/a--b">',
            '<span class="caps">ABC</span>',
            '<img alt="it\'s" src="x">',
        ],
    ]
)
SOUP = st.lists(WORDS | SIGNS | TAGS, max_size=30).map("".join)
LANGUAGE = st.sampled_from([*LANGUAGES, "eo"])


def select(pattern, source):
    return re.findall(pattern, source)


@quick
@given(SOUP | st.text(), LANGUAGE)
def test_no_letter_no_figure_and_no_tag_changes(source, language):
    made = typeset(source, language)
    assert drop_own(made) == drop_own(source)
    other = r'<(?!/?span)/?[a-zA-Z][^<>"]*(?:"[^<>"]*"[^<>"]*)*>'  # as serialisers write tags
    assert select(other, made) == select(other, source)


def drop_own(source):
    """Return the letters and figures of HTML, without those of what typography writes itself."""
    return select(r"\w", re.sub("</?span[^<>]*>|&nbsp;|&quot;|&#34;", "", source))


@quick
@given(SOUP, LANGUAGE)
@example("Emma;<p>'", "fr")  # the blank before the sign is an edit too
def test_what_is_typeset_is_not_changed_again(source, language):
    made = typeset(source.replace("&#34;", ""), language)
    assert typeset(made, language) == made


@quick
@given(SOUP, LANGUAGE)
def test_no_mark_is_lost(source, language):
    """A mark becomes a mark; in three hyphens and three dots there is one."""
    source = source.replace("&#34;", "").replace("<code>", "")
    text = html.unescape(re.sub("<[^>]*>", "\ue000", source))
    made = html.unescape(
        re.sub("<[^>]*>", "", re.sub(r"</?span[^>]*>", "", typeset(source, language)))
    )
    marks = r"[\"'“”‘’„‚«»‹›′″」「『』]"
    assert len(select(marks, made)) == len(select(marks, text))


LETTERS = st.text("abcdefgé", min_size=1, max_size=6)


def quote(inner):
    """Put texts into marks, the one kind within the other, with signs of a sentence between."""
    return st.builds(
        lambda texts, kinds: " ".join(
            f"{kind}{text.translate(SWAPPED) if kind == chr(34) else text}{kind}" if kind else text
            for text, kind in zip(texts, kinds, strict=False)
        ),
        st.lists(inner, min_size=1, max_size=4),
        st.lists(st.sampled_from(['"', ""]), min_size=4, max_size=4),
    )


SWAPPED = str.maketrans("\"'", "'\"")
BALANCED = st.recursive(LETTERS, quote, max_leaves=8).filter(lambda text: "''" not in text)


@quick
@given(BALANCED, st.sampled_from(["en", "de", "fr", "pl", "es", "nl"]))
def test_balanced_marks_stay_balanced(text, language):
    known = find_language(language)
    made = strip(typeset(f"<p>{text}</p>", language))
    for typed, (opening, closing) in (('"', known.double), ("'", known.single)):
        assert made.count(opening) == text.count(typed) / 2
        assert made.count(closing) == text.count(typed) / 2


@quick
@given(SOUP)
def test_what_is_typeset_is_read_as_the_same_text(source):
    tree = html5lib.parseFragment(typeset(source), namespaceHTMLElements=False)
    plain = html5lib.parseFragment(source, namespaceHTMLElements=False)
    fold = re.compile(r"[^\w]+")
    assert fold.sub("", "".join(tree.itertext())) == fold.sub("", "".join(plain.itertext()))


@pytest.mark.parametrize(
    "piece",
    [
        *[
            "'",
            '"',
            "-",
            ".",
            "<",
            "&",
            "&quot;",
            "A1",
            "U.",
            "6'2\" ",
            '("',
            "'90s ",
            " '",
            "\"'",
            "`",
        ],
        *[
            "<code>",
            "<p>",
            "<em>",
            '<a href="',
            "<a \"'",
            "http://",
            "www.",
            "@",
            "a@b ",
            "&amp; ",
            " ",
        ],
        *[
            "«",
            "“",
            "A'",
            "A-",
            "A.B",
            "1",
            "x ' ",
            "— ",
            "! ",
            "</code>",
            "<kbd>x",
            "\x1c",
            '<a href="x">x',
        ],
    ],
)
def test_the_time_grows_with_the_length_only(piece):
    def measure(count):
        source = f"<p>{piece * count}</p>"
        best = []
        for language in ("en", "fr"):
            start = time.process_time()
            typeset(source, language)
            best.append(time.process_time() - start)
        return max(best)

    assert measure(40_000 // len(piece)) < 1


@pytest.mark.parametrize(
    "tag", [*LANGUAGES, "en", "eo", "pt-BR", "zh-Hant-TW", "de-1996", "en-x-twain"]
)
def test_a_language_tag_is_one(tag):
    assert is_language_tag(tag)
    assert find_language(tag).double[0]


@pytest.mark.parametrize("text", ["", "english", "e", "de_DE", "de-", "-de", "d e", "deu!", "12"])
def test_another_text_is_no_language_tag(text):
    assert not is_language_tag(text)
