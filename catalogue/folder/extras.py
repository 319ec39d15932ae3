"""Warn of files that are copied to the root of the site and act there, also on a pull request.

Whoever can put such a file there acts in the name of the site: what a browser runs from there, it
runs with all rights of the site itself, and a CNAME gives the site to another domain. Which endings a
browser runs follows from the types that servers give them (https://mimesniff.spec.whatwg.org/, 4.6:
HTML, XML and JavaScript). A style sheet does nothing until a page asks for it, and no page does but one
in extra, which is named itself. Whether a drawing (.svg) does anything is judged by what is in it, as
among the pictures.
"""

import re
from pathlib import PurePosixPath

from catalogue.folder.domain import DOMAIN_FILE, find_faults
from catalogue.folder.layout import TEXT_ENDINGS
from catalogue.problems import Problem, shorten

WEB_PAGES = frozenset(".hta .htm .html .mht .mhtml .shtm .shtml .xht .xhtm .xhtml".split())
DATA = frozenset(".atom .kml .mathml .mml .rdf .rss .svgz .xml .xsd .xsl .xslt .xspf .xul".split())
SCRIPTS = frozenset(".cjs .jar .js .jsm .jsx .mjs .swf .ts .vbs .wasm .xap".split())
SERVED = frozenset(
    ".asp .aspx .cgi .jsp .php .php3 .php4 .php5 .php7 .php8 .phps .pht .phtml".split()
)
SERVER_RULES = frozenset(
    ".htaccess _config.yml _headers _redirects _routes.json _worker.js netlify.toml vercel.json "
    "web.config".split()
)
NEARLY_DOMAIN = frozenset(("extra/cname.txt", "extra/cname.md", "extra/.cname"))
HEADER = re.compile(rb"\s*(?:-{3,}\s*\n)?(?:title|date|status)[ \t]*:", re.IGNORECASE)
KNOW = "Keep it only if you know what it does and who put it there."


def check_extra(path: str, start: bytes = b"") -> list[Problem]:
    """Warn of a file of extra that acts; `start` are its first bytes. A domain that is none is an error."""
    if path.lower() == DOMAIN_FILE.lower() and (faults := find_domain_faults(path, start)):
        return [Problem(path, line, "error", text) for line, text in faults]
    text = describe_extra(PurePosixPath(path.lower()), start) or describe_misplaced(path, start)
    return [Problem(path, 0, "warning", text)] if text else []


def describe_misplaced(path: str, start: bytes) -> str:
    """Return where a file of extra belongs that was probably meant to be more than a copy."""
    if path.lower() in NEARLY_DOMAIN:
        name = DOMAIN_FILE.rpartition("/")[2]
        return f"GitHub reads a domain from a file that is called {name} alone. Rename it to {name}"
    if path.lower().endswith(TEXT_ENDINGS) and HEADER.match(start):
        name = path.rpartition("/")[2]
        return (
            "This is copied as it is, for every reader to see, with its header. If it is to be a post, "
            f"move it to posts/{name}; if it is a draft, do so at once."
        )
    return ""


def find_domain_faults(path: str, data: bytes) -> list[tuple[int, str]]:
    """Return what is wrong with the file that gives the site its domain, each with its line."""
    if path != DOMAIN_FILE:
        name = DOMAIN_FILE.rpartition("/")[2]
        return [(0, f"GitHub knows this file only in capitals. Rename it to {name}")]
    return find_faults(data)


def describe_extra(path: PurePosixPath, start: bytes) -> str:
    """Return what a file does at the root of the site; empty if it does nothing."""
    if str(path) == "extra/cname":
        domain = shorten(start.decode("utf-8", "replace").strip())
        return (
            f"This gives the site the domain “{domain}”. If it is yours, name it in pelicanconf.py too, and "
            f'this is not said again: SITEURL = "https://{domain}"; if you did not put it there, delete it.'
        )
    if path.name in SERVER_RULES:
        return f"Some servers take this for rules on what readers get. {KNOW}"
    ending = path.suffix
    if ending in WEB_PAGES:
        return f"This is a page of its own, and may run programs in the name of the site. {KNOW}"
    if ending in DATA:
        return f"Browsers open this as a page that may run programs in the name of the site. {KNOW}"
    if ending in SCRIPTS:
        return f"This is a program that browsers may run in the name of the site. {KNOW}"
    if ending in SERVED:
        return f"This is a program for servers, or shows its text to every reader. {KNOW}"
    return ""
