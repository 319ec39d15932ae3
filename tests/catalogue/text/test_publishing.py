"""Targets and typography are put in before the sanitiser, which then changes nothing."""

from catalogue.text.html_reader import read_html
from catalogue.text.publishing import place_targets, publish, read_as_browsers, serialise_signs
from catalogue.text.sanitiser import Sanitiser
from catalogue.text.targets import TARGET_CLOSE, TARGET_OPEN

SANITISER = Sanitiser()


def test_targets_take_the_place_of_addresses_in_tags_alone():
    targets = {("a", "b.md"): f'{TARGET_OPEN}c&"d\u00a0{TARGET_CLOSE}', ("img", "b.md"): "e"}
    source = (
        '<p>It’s “so”,&#160;a <a data-x1="y" href="b.md" title="&quot;">b</a> <img src="b.md" alt=""> '
        '<code>href="b.md"</code> &lt;a href="b.md"&gt; <a href="f.md">f</a></p>\n<table>\n</table>'
    )
    published, is_same = SANITISER.sanitise(serialise_signs(place_targets(source, targets)))
    assert is_same
    target = f"{TARGET_OPEN}c&amp;&quot;d&nbsp;{TARGET_CLOSE}"
    assert published == source.replace("&#160;", "&nbsp;").replace(
        'href="b.md" title', f'href="{target}" title'
    ).replace('src="b.md"', 'src="e"').replace("<table>", '<table tabindex="0">')


def test_marks_that_are_to_stay_straight_do_whatever_else_is_in_the_text():
    for more in ("", "<P>x", '<div title="&#34;x&#39;">y</div>'):
        source = f"<p>&#34;so&#34; it&#39;s &quot;so&quot;</p>{more}"
        facts = read_html(source)
        assert facts.is_plain == (not more)
        if not facts.is_plain:
            source, _, findings = read_as_browsers(source, facts)
            assert findings == []
        published, findings = publish(source, {})
        assert findings == []
        assert published.startswith('<p>"so" it\'s “so”</p>'.replace(" “", "&nbsp;“"))
