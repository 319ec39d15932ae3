"""Whatever an author does between publishings, no address dies unless she says so, and no id is shared."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.address_ledger import parse_address_ledger
from catalogue.permanence import list_all_permanent
from catalogue.problems import count_errors
from tests.published import follow, judge, publish

NAMES = ("weeding", "shelves", "hours")
WORDS = {  # each text has words of its own, by which it is known again
    "one": "Librarians discard crowded volumes gladly",
    "two": "Opening times confuse every evening visitor",
    "three": "Quiet corners attract restless students",
}
HEADINGS = ("Why", "How", "When")

posts = st.fixed_dictionaries(
    {
        "name": st.sampled_from(NAMES),
        "day": st.integers(1, 3),
        "heading": st.sampled_from(HEADINGS),
        "status": st.sampled_from(["", "", "", "Status: draft\n"]),
    }
)
# What each text is at each publishing; None where it is deleted.
states = st.fixed_dictionaries({which: st.none() | posts for which in WORDS})


def write(which, post, old):
    """Return the file of a text; `old` are the header lines that earlier remedies have brought to it."""
    name, words = post["name"], WORDS[which]
    header = f"Title: {name.title()} {which}\nDate: 2026-01-0{post['day']}\n{post['status']}{old}"
    return f"posts/{name}.md", f"{header}\n{words}. {words}.\n\n## {post['heading']}\n\n{which}.\n"


def find_aliases(text):
    """Return the header line with the old addresses of a text, if it has one."""
    header = text.partition("\n\n")[0]
    return "".join(f"{line}\n" for line in header.split("\n") if line.startswith("Aliases:"))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(states, min_size=2, max_size=5))
def test_no_address_dies_untold_and_each_post_keeps_an_id_of_its_own(steps):
    ledger, ever, ids, names, before = b"", set(), {}, {}, {}
    for step in steps:
        files = dict(
            write(which, post, find_aliases(before.get(which, "")))
            for which, post in step.items()
            if post
        )
        if not files or len(files) < sum(map(bool, step.values())):
            continue  # two in one file are one
        catalogue, problems = judge(files, ledger)
        if count_errors(each for each in problems if each.path != "addresses.txt"):
            continue  # two at one address, say: nothing is published
        files, ledger = follow(files, ledger)
        catalogue, problems = judge(files, ledger)
        if count_errors(problems):  # an old address that another text has now
            continue
        ledger = publish(files, ledger)
        known = parse_address_ledger(ledger)
        now = list_all_permanent(catalogue)
        before_now, ever = ever, ever | now
        pages = {address.partition("#")[0] for address in ever - now} - catalogue.planned
        assert [each for each in pages if not known.is_gone(each)] == []
        assert catalogue.gone.keys() <= known.gone.keys()
        marks = [*catalogue.post_ids.values()]
        assert len(set(marks)) == len(marks)
        shown = {which: post for which, post in step.items() if post and not post["status"]}
        found = {which: catalogue.post_ids[f"posts/{shown[which]['name']}.md"] for which in shown}
        for which in found.keys() & ids.keys():
            others = {post["name"] for other, post in shown.items() if other != which}
            new, old = shown[which]["name"], names[which]
            # Else an address of one of two texts is another's now, and so is the id.
            if old not in others and (new == old or f"/posts/{new}/" not in before_now):
                assert found[which] == ids[which], which
        ids, names = found, {which: post["name"] for which, post in shown.items()}
        before = {which: files[f"posts/{shown[which]['name']}.md"] for which in shown}
        assert publish(files, ledger) == ledger
