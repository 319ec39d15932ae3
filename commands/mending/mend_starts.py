"""Find the mends of `Start-here`: a post that is named as it was called once."""

from collections.abc import Callable, Iterator

from catalogue.records import Record
from catalogue.rules.link_targets import LinkTargets
from catalogue.rules.start_here import format_start_name
from catalogue.slugs import slug_of
from commands.mending.mends import Mend, list_steps
from commands.renaming.link_edit import LinkStays
from commands.renaming.relink_starts import replace_start


def find_start_mends(
    record: Record, data: bytes, targets: LinkTargets, read: Callable[[bytes], Record]
) -> Iterator[Mend]:
    """Yield a mend for each post in a topic's list of which it is sure what it is called now.

    `data` are the topic's bytes, and `read` returns the record of such bytes.
    """
    for number, start in enumerate(record.values.get("Start-here", ())):
        path = targets.find_former(f"posts/{slug_of(start['post'])}.md")
        if not path:
            continue
        new = format_start_name(start["post"], path)
        try:
            changed = replace_start(data, start["line"], start["post"], new, number, read)
        except LinkStays:
            continue
        yield from list_steps(record.path, data, changed)
        data = changed
