"""What is on the allow-list is judged: no address is loaded that was not looked at."""

from catalogue.text.html_allowlist import ADDRESS_ATTRIBUTES, ATTRIBUTES, EVERYWHERE, REFERENCES

# HTML Standard, index of attributes, and those of older versions: all that holds an address or code.
WITH_AN_ADDRESS = frozenset(
    "action archive background cite classid codebase data formaction href icon imagesrcset itemid "
    "itemtype longdesc lowsrc manifest ping poster profile src srcdoc srcset style usemap".split()
)


def test_links_lead_and_pictures_show():
    assert REFERENCES == {"a": "href", "img": "src"}


def test_what_an_element_loads_is_judged_or_not_allowed():
    for element, names in {**ATTRIBUTES, "": EVERYWHERE}.items():
        judged = {"cite", REFERENCES.get(element)}  # of a cite only a web address is kept
        assert names & WITH_AN_ADDRESS <= judged
    assert {"cite", *REFERENCES.values()} <= ADDRESS_ATTRIBUTES
