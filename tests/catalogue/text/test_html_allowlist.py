"""What is on the allow-list is judged: no address is loaded that was not looked at."""

from catalogue.text.html_allowlist import (
    ADDRESS_ATTRIBUTES,
    ATTRIBUTES,
    ELEMENTS,
    EVERYWHERE,
    REFERENCES,
    RENAMED,
    SCHEMES,
    TAKEN_OFF,
)

# HTML Standard, index of attributes, and those of older versions: all that holds an address or code.
WITH_AN_ADDRESS = frozenset(
    "action archive background cite classid codebase data formaction href icon imagesrcset itemid "
    "itemtype longdesc lowsrc manifest ping poster profile src srcdoc srcset style usemap".split()
)


def test_links_lead_and_pictures_and_recordings_show():
    shown = dict.fromkeys(("audio", "img", "source", "track", "video"), "src")
    assert {"a": "href", **shown} == REFERENCES


def test_what_an_element_loads_is_judged_or_not_allowed():
    for element, names in {**ATTRIBUTES, "": EVERYWHERE}.items():
        judged = {"cite", "poster", REFERENCES.get(element)}  # of a cite only a web address is kept
        assert names & WITH_AN_ADDRESS <= judged
    assert {"cite", "poster", *REFERENCES.values()} <= ADDRESS_ATTRIBUTES


def test_what_runs_or_leads_to_the_reader_s_own_computer_is_no_scheme():
    assert SCHEMES.isdisjoint(
        "javascript data vbscript file blob about view-source jar feed".split()
    )


def test_no_element_is_both_published_and_taken_off():
    assert ELEMENTS.isdisjoint(RENAMED)
    assert TAKEN_OFF.isdisjoint(ELEMENTS | RENAMED.keys())
    assert ELEMENTS.issuperset(RENAMED.values())
