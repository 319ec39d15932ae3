"""`status` lists what is not on the site, and what readers would miss."""

from zoneinfo import ZoneInfo

from building.settings import read_constants
from catalogue.dates import explain_schedule
from commands.status import status

HEADER = "Title: {}\nDate: {}\n{}\nWords.\n"


def list_lines(tmp_path, capsys, posts):
    (tmp_path / "posts").mkdir()
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics/reading.md").write_text("Title: Reading\n")
    for name, (date, more) in posts.items():
        text = HEADER.format(name.capitalize(), date, more)
        (tmp_path / f"posts/{name}.md").write_text(text)
    assert status(tmp_path) == 0
    return capsys.readouterr().out.replace(f"{tmp_path}/", "").splitlines()


def test_a_site_with_nothing_open_says_so(tmp_path, capsys):
    posts = {"whole": ("2024-05-01", "Tags: Reading\nSummary: All of it.\n")}
    assert list_lines(tmp_path, capsys, posts) == ["1 post on the site.", "Nothing is left to do."]


def test_drafts_waiting_posts_and_gaps_are_listed(tmp_path, capsys):
    posts = {
        "bare": ("2024-05-01", ""),
        "draft": ("2024-05-01", "Status: draft\n"),
        "later": ("2098-11-04 09:00", ""),
        "sooner": ("2098-11-03", ""),
    }
    assert list_lines(tmp_path, capsys, posts) == [
        "1 post on the site.",
        "2 posts are waiting:",
        "  “Sooner” goes live Monday 3 November 2098 at 00:00",
        "  “Later” goes live Tuesday 4 November 2098 at 09:00",
        explain_schedule(ZoneInfo(read_constants()["TIMEZONE"])),
        "1 draft:",
        "  posts/draft.md: Draft",
        "1 post has no Summary:",
        "  posts/bare.md: Bare",
        "1 post has no topic:",
        "  posts/bare.md: Bare",
    ]


def test_a_page_that_nothing_leads_to_is_told(tmp_path, capsys):
    (tmp_path / "pages").mkdir()
    for name in ("hours", "about", "linked"):
        (tmp_path / f"pages/{name}.md").write_text(
            f"Title: {name.capitalize()}\n\nWords of {name}.\n"
        )
    more = "Tags: Reading\nSummary: All of it.\n\nSee [it](../pages/linked.md)."
    assert list_lines(tmp_path, capsys, {"whole": ("2024-05-01", more)}) == [
        "1 post on the site.",
        "2 pages are in no menu, and no text leads to them; put their addresses into NAVIGATION:",
        "  pages/about.md: About",
        "  pages/hours.md: Hours",
    ]
