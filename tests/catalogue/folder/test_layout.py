"""Every file has a kind, or a remedy."""

from hypothesis import given
from hypothesis import strategies as st

from catalogue.folder.layout import explain_place, select_kind
from catalogue.folder.names import group_file_names

anything = st.text(st.characters(exclude_characters="/\0", codec=None), min_size=1, max_size=80)


@given(name=anything, folder=st.sampled_from(["", "posts/", "topics/a/", "images/", "comments/"]))
def test_no_name_raises_and_each_has_a_kind_or_a_remedy(name, folder):
    kind = select_kind(folder + name)
    assert kind or explain_place(folder + name, group_file_names([name]))
