"""Nobody passes for the site's author by a name that looks like hers, and others keep theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.problems import Refused
from catalogue.records import Record
from catalogue.rules.namesakes import find_role, is_namesake, read_site_names

OWN = ("The Librarian", "Libraries Got Game", "Jane Doe and {Marks and Spencer}")


@pytest.mark.parametrize(
    "name",
    ["The Librarian", "the librarian", "THE LIBRARIAN", "Librarian", "TheLibrarian", "The_Librarian",
     "The Libra\u200brian", "The Librarian\u2060", "The  Libràrian", "Тhе Lіbrаrіаn", "The Iibrarian",
     "The Libr4rian", "𝐓𝐡𝐞 Librarian", "Ｔｈｅ Librarian", "The Librarian (site's author)",
     "The Librarian, site’s author", "The real Librarian", "Librarian (admin)", "The Librarian!",
     "L i b r a r i a n", "Libraries Got Game", "libraries got game team", "Jane Doe", "Doe, Jane",
     "jane d0e", "Marks and Spencer", "Admin", "The Author", "Site author", "author of this blog"],
)  # fmt: skip
def test_a_name_that_looks_like_the_sites_own_is_one(name):
    assert is_namesake(name, OWN)


@pytest.mark.parametrize(
    "name",
    ["Ann", "Joan Doe", "Jane Doe Smith", "A Library", "The Reader", "null", "~", "1", "Libraries",
     "Got Game", "Librarianne", "The", "", "!", "Лев", "山田"],
)  # fmt: skip
def test_another_name_is_not(name):
    assert not is_namesake(name, OWN)


@given(
    st.text(st.sampled_from("\u200b\u200d\u0301\u0336\u00ad\ufe0f "), max_size=6),
    st.integers(0, 13),
)
def test_no_sign_that_nobody_sees_makes_it_another_name(hidden, place):
    name = "The Librarian"
    assert is_namesake(name[:place] + hidden.strip() + name[place:], OWN)


@pytest.mark.parametrize(
    ("author", "given_role", "role"),
    [
        ("The Librarian", "", "reader"),
        ("The Librarian", "author", "author"),
        ("The Librarian", "reader", "reader"),
        ("Ann", "", ""),
        ("Ann", "author", "author"),
    ],
)
def test_only_the_file_says_who_the_author_is(author, given_role, role):
    values = {"Author": author, **({"Role": given_role} if given_role else {})}
    assert find_role(Record("comments/a/a.md", "comment", values=values), OWN) == role


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("AUTHOR", "ann [at] example.org"),
        ("SITENAME", "ann [at] example.org"),
        ("AUTHOR", "Ann @ Library"),
        ("AUTHOR", "ann＠localhost"),
    ],
)
def test_an_address_in_the_settings_is_refused_with_the_remedy(key, name):
    settings = {"AUTHOR": "Ann", "SITENAME": "Site", key: name}
    with pytest.raises(Refused) as refused:
        read_site_names(settings)
    assert f"pelicanconf.py: {key} holds an e-mail address" in str(refused.value)
    assert f'Write only the name: {key} = "' in str(refused.value)
    assert "example.org" not in str(refused.value)
