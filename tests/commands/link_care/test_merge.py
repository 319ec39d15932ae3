"""What a run elsewhere has kept and what the repository has become one ledger, which knows what both know."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.link_ledger import LinkFacts, format_ledger, parse_ledger
from commands.link_care.findings import Findings
from commands.link_care.keep import keep_findings, open_ledger
from commands.link_care.merge import merge_facts, merge_ledgers
from commands.writing.post_files import CommandFault

URL = "http://gone.example/"
COPY = {
    "archived": "https://web.archive.org/web/20200303101112/http://a/",
    "archived_on": "2020-03-03",
}
WEEK = [f"2026-11-0{day}" for day in range(1, 8)]


def facts(**values):
    return LinkFacts(**values)


@pytest.mark.parametrize(
    ("one", "other", "merged"),
    [
        # The later answer counts, and what was ever known stays.
        (
            facts(first_seen=WEEK[1], checked=WEEK[2], last_good=WEEK[2], status="200", **COPY),
            facts(
                first_seen=WEEK[0],
                checked=WEEK[4],
                status="404",
                failing_since=WEEK[3],
                last_failed=WEEK[4],
            ),
            facts(
                first_seen=WEEK[0],
                checked=WEEK[4],
                last_good=WEEK[2],
                status="404",
                failing_since=WEEK[3],
                last_failed=WEEK[4],
                **COPY,
            ),
        ),
        # A failure goes on from its first day, whoever has seen it.
        (
            facts(checked=WEEK[1], failing_since=WEEK[0], last_failed=WEEK[1], status="404"),
            facts(checked=WEEK[5], failing_since=WEEK[5], last_failed=WEEK[5], status="404"),
            facts(checked=WEEK[5], failing_since=WEEK[0], last_failed=WEEK[5], status="404"),
        ),
        # An answer that says nothing of the page ends none.
        (
            facts(checked=WEEK[1], failing_since=WEEK[0], last_failed=WEEK[1], status="404"),
            facts(checked=WEEK[5], status="403"),
            facts(checked=WEEK[5], failing_since=WEEK[0], last_failed=WEEK[1], status="403"),
        ),
        # A good one after its first day does.
        (
            facts(checked=WEEK[1], failing_since=WEEK[0], last_failed=WEEK[1], status="404"),
            facts(checked=WEEK[5], last_good=WEEK[5], status="200"),
            facts(checked=WEEK[5], last_good=WEEK[5], status="200"),
        ),
    ],
)
def test_of_two_ledgers_the_later_answer_counts_and_nothing_is_forgotten(one, other, merged):
    assert merge_facts(one, other) == merge_facts(other, one) == merged


DAYS = st.sampled_from(["", *WEEK])
NAMES = "first_seen checked last_good failing_since last_failed saved".split()
FACTS = st.builds(LinkFacts, **dict.fromkeys(NAMES, DAYS))


@given(
    st.dictionaries(st.sampled_from("abc"), FACTS), st.dictionaries(st.sampled_from("abc"), FACTS)
)
def test_no_address_is_lost_and_to_merge_once_more_changes_nothing(ours, theirs):
    merged = merge_ledgers(ours, theirs)
    assert merged.keys() == ours.keys() | theirs.keys()
    assert merge_ledgers(ours, {}) == ours
    assert merge_ledgers(merged, merged) == merged
    assert all(merged[url].last_good >= ours[url].last_good for url in ours)


def test_what_was_kept_is_read_first_and_written_anew(tmp_path, capsys):
    content, kept = tmp_path / "content", tmp_path / "kept" / "links.json"
    content.mkdir()
    assert open_ledger(content, kept) == {}
    keep_findings(content, Findings(), [URL], (), date(2026, 11, 1), kept)
    assert kept.read_bytes() == (content / "links.json").read_bytes()
    assert [path.name for path in kept.parent.iterdir()] == ["links.json"]
    (content / "links.json").unlink()
    assert open_ledger(content, kept) == {URL: LinkFacts(first_seen="2026-11-01")}
    assert parse_ledger((content / "links.json").read_bytes()).keys() == {URL}
    other = format_ledger({"http://b.example/": LinkFacts(first_seen="2026-01-01")})
    (content / "links.json").write_bytes(other)
    assert open_ledger(content, kept).keys() == {URL, "http://b.example/"}
    assert capsys.readouterr().out == ""


def test_what_was_kept_and_cannot_be_read_is_left_out(tmp_path, capsys):
    (tmp_path / "kept.json").write_bytes(b"{'")
    assert open_ledger(tmp_path, tmp_path / "kept.json") == {}
    assert "cannot be read as a ledger of links, and is left out." in capsys.readouterr().out
    with pytest.raises(CommandFault, match="cannot be written"):
        keep_findings(tmp_path, Findings(), (), (), date(2026, 11, 1), tmp_path / "kept.json" / "x")
