"""The table of other programs' keys is folded, and says one thing of each."""

from catalogue.header.foreign_keys import EQUALS, MEANINGS, NOT_USED, is_foreign
from catalogue.header.schema import KNOWN_KEYS, SCHEMAS, fold_key


def test_the_table_is_folded_and_says_one_thing_of_each_key():
    own = {fold_key(item.key) for kind in ("post", "page") for item in SCHEMAS[kind]}
    for key in NOT_USED | MEANINGS.keys():
        assert fold_key(key) == key
        assert is_foreign(key)
    assert not NOT_USED & MEANINGS.keys()
    assert not NOT_USED & own - {"lang"}
    assert set(MEANINGS) & own <= {"date", "image"}
    assert {"lang"} >= NOT_USED & KNOWN_KEYS
    for names in EQUALS.values():
        assert len(set(names)) == len(names)
