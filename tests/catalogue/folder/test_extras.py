"""What is copied to the root of the site and acts there is named to whoever looks at the change."""

import pytest

from catalogue.folder.extras import check_extra

ACTIVE = (
    "evil.html e.HTM x.xhtml x.xht page.shtml e.svgz sw.js a.mjs a.cjs feed.xml style.xsl a.xslt "
    "a.rdf a.rss a.atom a.mathml run.wasm a.php a.PHP5 a.phtml a.cgi a.asp a.jsp a.swf _redirects "
    "_headers _worker.js web.config netlify.toml CNAME posts/fake/index.html google1234.html "
    ".well-known/a.html sub/.htaccess old.mht a.hta"
).split()
QUIET = (
    "robots.txt ads.txt humans.txt favicon.ico icon.png google1234.txt .nojekyll style.css a.json "
    "site.webmanifest .well-known/security.txt .well-known/apple-app-site-association BingSiteAuth "
    "font.woff2 e.svg list.csv sub/CNAME a.html.txt html js notes.pdf"
).split()


@pytest.mark.parametrize("name", ACTIVE)
def test_a_file_that_acts_in_the_name_of_the_site_is_a_warning_with_its_path(name):
    (problem,) = check_extra(f"extra/{name}", b"example.org\n")
    assert (problem.path, problem.line, problem.level) == (f"extra/{name}", 0, "warning")
    assert problem.text.endswith(("who put it there.", "delete it."))


@pytest.mark.parametrize("name", QUIET)
def test_a_file_that_only_lies_there_is_none(name):
    assert check_extra(f"extra/{name}", b"<script>") == []


@pytest.mark.parametrize(
    ("name", "start", "words"),
    [
        ("CNAME.txt", b"blog.example.org\n", "Rename it to CNAME"),
        (
            "a.md",
            b"Title: A\nStatus: draft\n\nWords.",
            "move it to posts/a.md; if it is a draft, do so",
        ),
        ("sub/a.markdown", b"---\ndate: 2024-01-01\n---\n", "move it to posts/a.markdown"),
        ("README.md", b"# Read me\n", ""),
    ],
)
def test_what_was_meant_for_another_place_is_a_warning(name, start, words):
    found = check_extra(f"extra/{name}", start)
    assert len(found) == bool(words)
    for problem in found:
        assert (problem.path, problem.level) == (f"extra/{name}", "warning")
        assert words in problem.text


def test_a_domain_is_an_ordinary_thing_and_is_named():
    (problem,) = check_extra("extra/CNAME", b"blog.example.org\n")
    assert "“blog.example.org”" in problem.text
    assert 'in pelicanconf.py too, and this is not said again: SITEURL = "https://b' in problem.text


def test_a_domain_that_is_none_is_an_error_with_its_line_and_can_be_printed():
    (problem,) = check_extra("extra/CNAME", b"\n\xff\x1b[31m" + b"x" * 999)
    assert (problem.path, problem.line, problem.level) == ("extra/CNAME", 2, "error")
    assert problem.text.isprintable()
    assert len(problem.text) < 250


def test_a_domain_in_a_file_of_another_spelling_is_an_error():
    (problem,) = check_extra("extra/cname", b"blog.example.org\n")
    assert (problem.level, problem.text[-15:]) == ("error", "Rename it to CNAME"[-15:])
