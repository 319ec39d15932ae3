"""A site is built for the address that readers have, and what contradicts it is told with its line."""

import pytest

from building import settings, site_address
from building.settings import FILES
from building.site_address import (
    follow_domain,
    format_pages,
    is_of_machine,
    is_public,
    judge_site_address,
)
from catalogue.folder.domain import DOMAIN_FILE
from catalogue.problems import Problem

KNOWN = Problem(DOMAIN_FILE, 0, "warning", "This gives the site a domain.")


@pytest.fixture
def judge(tmp_path, monkeypatch):
    """Return a function that judges an address, with a domain and with it or another in the settings."""
    for module in (settings, site_address):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    (tmp_path / "content/extra").mkdir(parents=True)

    def judge(address, domain="", written="http://localhost:8000", problems=()):
        (tmp_path / FILES[0]).write_text(
            f'"""Mine."""\n\nSITEURL = "{written}"\n', encoding="utf-8"
        )
        (tmp_path / FILES[1]).write_text("from pelicanconf import *\n", encoding="utf-8")
        (tmp_path / "content" / DOMAIN_FILE).unlink(missing_ok=True)
        if domain:
            (tmp_path / "content" / DOMAIN_FILE).write_text(f"{domain}\n", newline="\n")
        return judge_site_address({"SITEURL": address, "PATH": str(tmp_path / "content")}, problems)

    return judge


@pytest.mark.parametrize(
    ("address", "is_mine", "is_everybodys"),
    [
        ("http://localhost:8000", True, False),
        ("http://127.0.0.1", True, False),
        ("http://127.1.2.3:80", True, False),
        ("http://[::1]:8000", True, False),
        ("http://192.168.1.7", False, False),
        ("http://10.0.0.1/blog", False, False),
        ("http://nas/blog", False, False),
        ("http://books.local", False, False),
        ("http://books.test", False, False),
        ("https://example.org", False, True),
        ("https://EXAMPLE.org./blog", False, True),
        ("https://ann.github.io/books", False, True),
        ("http://93.184.215.14", False, True),
        ("http://[", True, False),
    ],
)
def test_an_address_is_of_this_machine_or_of_one_network_or_everybody_s(
    address, is_mine, is_everybodys
):
    assert (is_of_machine(address), is_public(address)) == (is_mine, is_everybodys)


@pytest.mark.parametrize(
    ("address", "domain", "followed"),
    [
        ("http://localhost:8000", "", "http://localhost:8000"),
        ("http://localhost:8000/", "example.org", "https://example.org"),
        ("https://ann.github.io/books", "example.org", "https://example.org"),
        ("https://ann.github.io", "example.org", "https://example.org"),
        ("https://x7.pages.github.io", "example.org", "https://example.org"),
        ("https://example.org/", "example.org", "https://example.org"),
        ("https://other.org/blog/", "example.org", "https://other.org/blog"),
        ("https://mygithub.io/blog", "example.org", "https://mygithub.io/blog"),
    ],
)
def test_a_domain_takes_the_place_of_github_s_address_and_of_this_machine_s(
    address, domain, followed
):
    assert follow_domain(address, domain) == followed


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("http://localhost:8000", "example.org"),
        ("https://ann.github.io/books", "example.org"),
        ("https://example.org", "example.org"),
        ("https://example.org/", "example.org"),
        ("https://other.example.org/blog", ""),
        ("http://192.168.1.7:8000", "example.org"),  # tried out from another machine
    ],
)
def test_an_address_that_goes_with_the_domain_is_no_problem(judge, address, domain):
    assert judge(address, domain, written=address) == []


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://other.org", "example.org"),
        ("https://www.example.org", "example.org"),
        ("https://example.org/blog", "example.org"),  # a site with a domain lies at its root
    ],
)
def test_an_address_against_the_domain_is_an_error_that_names_both_lines(judge, address, domain):
    (problem,) = judge(address, domain, written=address)
    assert (problem.path, problem.line, problem.level) == (DOMAIN_FILE, 1, "error")
    assert f"the domain of the site is {domain}" in problem.text
    assert f"SITEURL in pelicanconf.py:3 that it is found at {address}" in problem.text
    assert f"write https://{domain} there" in problem.text


def test_an_address_that_was_given_for_one_build_is_named_as_such(judge):
    (problem,) = judge("https://other.org", "example.org")
    assert "what the build was given (--siteurl or SITE_URL)" in problem.text


def test_an_open_address_is_a_warning_with_the_line_to_write(judge):
    (problem,) = judge("http://example.org/blog", written="http://example.org/blog")
    assert (problem.path, problem.line, problem.level) == ("../pelicanconf.py", 3, "warning")
    assert problem.text.endswith('Write: SITEURL = "https://example.org/blog"')


def test_an_open_address_that_github_gives_says_where_to_click(judge):
    (problem,) = judge("http://example.org")
    assert (problem.path, problem.line, problem.level) == ("../publishconf.py", 0, "warning")
    assert "Settings → Pages → Enforce HTTPS" in problem.text


@pytest.mark.parametrize(
    ("written", "is_told"),
    [
        ("http://localhost:8000", True),
        ("https://ann.github.io/books", True),
        ("https://example.org", False),
        ("example.org", False),  # as the authority is written
    ],
)
def test_a_domain_that_the_settings_name_too_is_no_surprise(judge, written, is_told):
    told = judge("https://example.org", "example.org", written=written, problems=[KNOWN])
    assert told == [KNOWN] * is_told


@pytest.mark.parametrize(
    ("user", "name", "address"),
    [
        ("Ann", "Books", "https://ann.github.io/Books"),
        ("Ann", "ann.GitHub.io", "https://ann.github.io"),
    ],
)
def test_github_gives_a_repository_this_address(user, name, address):
    assert format_pages(user, name) == address
