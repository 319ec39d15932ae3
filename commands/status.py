"""Print what is not on the site yet, and what would help readers to find what is."""

from collections.abc import Iterable
from pathlib import Path

from building.navigation import list_unreached
from building.settings import read_constants
from catalogue.authority import list_post_tags
from catalogue.dates import format_scheduled
from catalogue.problems import format_count, format_root
from catalogue.project import CONTENT
from catalogue.records import Record
from commands.check import judge_content
from commands.writing.ready import is_ready


def status(content: Path = CONTENT) -> int:
    """Print what is not public yet and what readers would miss; return 0, or 2 for no folder."""
    if not is_ready(content):
        return 2
    catalogue = judge_content(content)
    root = format_root(content)
    posts = [record for record in catalogue.posts if record.title]
    print(f"{format_count(len(posts), 'post')} on the site.")
    lines = format_scheduled(catalogue.scheduled, catalogue.scheduled_comments, catalogue.zone)
    lines += format_records("draft", catalogue.drafts, root)
    without_summary = [record for record in posts if "Summary" not in record.values]
    lines += format_records("post has no Summary", without_summary, root, "posts have no Summary")
    without_topic = [record for record in posts if not list_post_tags(record)]
    lines += format_records("post has no topic", without_topic, root, "posts have no topic")
    unreached = list_unreached(read_constants(), catalogue)
    one = "page is in no menu, and no text leads to it; put its address into NAVIGATION"
    many = "pages are in no menu, and no text leads to them; put their addresses into NAVIGATION"
    lines += format_records(one, unreached, root, many)
    print("\n".join(lines or ["Nothing is left to do."]))
    return 0


def format_records(one: str, records: Iterable[Record], root: str, many: str = "") -> list[str]:
    """Return a heading with the number of records, and a line for each."""
    found = sorted(records, key=lambda record: record.path)
    if not found:
        return []
    lines = [f"  {root}/{record.path}: {record.title or 'no title yet'}" for record in found]
    return [f"{format_count(len(found), one, many)}:", *lines]
