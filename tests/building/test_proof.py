"""What is written is what was planned, and no site becomes far smaller unasked."""

import pytest

from building.jobs import Job
from building.proof import check_shrink, prove_jobs
from catalogue.addresses import Place
from catalogue.problems import Refused

PLACES = [Place("/"), Place("/about/", "pages/about.md", 1), Place("/feeds/all.json")]
FILES = ["index.html", "about/index.html", "feeds/all.json"]


def prove(files, present=()):
    prove_jobs([Job(file, bytes, None) for file in files], PLACES, present)


def test_what_was_planned_is_what_is_written():
    prove(FILES, [".built-by"])


@pytest.mark.parametrize(
    ("files", "present", "said"),
    [
        (FILES[:2], [], "would not be written: feeds/all.json"),
        ([*FILES, "stray.html"], [], "would be written unasked: stray.html"),
        ([*FILES, "index.html"], [], "would be written unasked: index.html"),
        (FILES, ["stray.html"], "would be written unasked: stray.html"),
    ],
    ids=["one is missing", "one too many", "one twice", "one that no job wrote"],
)
def test_any_other_file_ends_the_build(files, present, said):
    with pytest.raises(Refused, match=said):
        prove(files, present)


@pytest.mark.parametrize(("before", "now"), [(0, 1), (1, 1), (2, 1), (20, 10), (3, 50)])
def test_a_site_may_lose_half_of_its_pages(before, now):
    pages = [[f"{n}/index.html" for n in range(number)] for number in (before, now)]
    check_shrink([*pages[0], *(f"{n}.bib" for n in range(99))], pages[1], has_posts=True)


@pytest.mark.parametrize(("before", "now"), [(3, 1), (21, 10), (1, 0)])
def test_a_site_that_would_lose_more_is_refused_with_the_remedy(before, now):
    pages = [[f"{n}/index.html" for n in range(number)] for number in (before, now)]
    with pytest.raises(Refused, match="--allow-shrink"):
        check_shrink(pages[0], pages[1], has_posts=True)


def test_a_site_without_posts_is_refused():
    with pytest.raises(Refused, match="no posts"):
        check_shrink([], ["index.html"], has_posts=False)
