"""Find the addresses that stand in a text as they are (GitHub Flavored Markdown 0.29, 6.9).

`https://example.org/a`, `www.example.org` and `jane@example.org` are links, without the signs after them
that belong to the sentence. Beyond the specification an address may follow an opening quotation mark or
a dash, an old DOI is whole, and `@jane@example.org` is a name in a network and no address of mail.

The places are found from left to right, each sign of a text is read a bounded number of times.
"""

import re
from collections.abc import Callable

from catalogue.text.web_addresses import OLD_DOI

NAME_SIGNS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
# Web addresses: the beginning, the domain, all of it, and the end that belongs to the sentence.
SCHEME = re.compile(r"(?<![^\W_])(?:https?|ftp)$", re.IGNORECASE)
BEFORE_WWW = frozenset(" \t\n*_~([\"'“‘„«—–\u00a0")
LONGEST_DOMAIN = 255
DOMAIN = re.compile(rf"[^\W_][\w.-]{{0,{LONGEST_DOMAIN}}}")
ADDRESS = re.compile(r"[^\s<]+")
ADDRESS_IN_BRACKETS = re.compile(r"[^\s<\]]+")
# An old DOI may have codes for its points, as programs write them.
CODES = {"&lt;": "<", "&gt;": ">"}
WHOLE_DOI = OLD_DOI.replace("<[0", "(?:<|&lt;)[0").replace("}>", "}(?:>|&gt;)")
DOI = re.compile(WHOLE_DOI)
DOI_IN_BRACKETS = re.compile(WHOLE_DOI.replace("<>]", "<>\\]]"))
# What may follow a domain in an address that browsers open.
PORT = re.compile(r":([0-9]{1,6})")
AFTER_NAME = re.compile(r"(?::[^\s<@/?#]{0,255})?@")
HIGHEST_PORT = 65535
PATH_SIGNS = ("/", "?", "#")
TRAILING = frozenset("?!.,:*_~'\"\\”’»…>")
LONGEST_REFERENCE = 32
# Mail: what stands before and after the @.
LOCAL_SIGNS = f"{NAME_SIGNS}.+-_\\"
LONGEST_LOCAL = 256
LOCAL = re.compile(r"(?:[a-zA-Z0-9.+_-]|\\[.+_-])+$")
MAIL_DOMAIN = re.compile(r"[a-zA-Z0-9_-]+(?:\.[a-zA-Z0-9_-]+)+")
MAILTO = "mailto:"
BEFORE_MAIL = re.compile(rf"(?<![^\W_]){MAILTO}$")


def holds_sign_of_address(text: str) -> bool:
    """Return whether a text can hold an address at all."""
    return "://" in text or "@" in text or "www." in text


class BareAddresses:
    """The addresses of a text, found one after the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.none = len(text)  # the place of an address that isn't there
        self.mail_end = 0  # of the next address of mail
        self.finders: tuple[Callable[[int], int], ...] = (
            self.find_scheme,
            self.find_www,
            self.find_mail,
        )
        self.starts = [-1, -1, -1]  # of the next address of each kind

    def find(self, position: int) -> int:
        """Return where the next address from a position on begins; beyond the text if there is none."""
        for kind, start in enumerate(self.starts):
            if start < position:
                self.starts[kind] = self.finders[kind](position)
        return min(self.starts)

    def read(self, start: int, *, in_brackets: bool) -> tuple[int, str, str]:
        """Return the end of the address that was found at a place, where it leads, and its words."""
        _, www, mail = self.starts
        if start == mail:
            words = self.text[start : self.mail_end].replace("\\", "")
            address = words if words.startswith(MAILTO) else f"{MAILTO}{words}"
            return self.mail_end, address, words
        # The ] that ends the words of a link ends an address too.
        end = find_host_end(self.text, start)
        doi = (DOI_IN_BRACKETS if in_brackets else DOI).match(self.text, start)
        if doi:
            end = doi.end()
        elif self.text[end : end + 1] in PATH_SIGNS:
            whole = (ADDRESS_IN_BRACKETS if in_brackets else ADDRESS).match(self.text, end)
            end = whole.end() if whole else end
        end = trim_sentence(self.text, start, end)
        words = self.text[start:end]
        for code, sign in CODES.items() if doi else ():
            words = words.replace(code, sign)
        return end, f"http://{words}" if start == www else words, words

    def find_scheme(self, position: int) -> int:
        """Return where the next address with a scheme begins."""
        place = self.text.find("://", position)
        while place >= 0:
            found = SCHEME.search(self.text, max(position, place - 5), place)
            if found and has_domain(self.text, place + 3):
                return found.start()
            place = self.text.find("://", place + 3)
        return self.none

    def find_www(self, position: int) -> int:
        """Return where the next address that begins with www begins."""
        place = self.text.find("www.", position)
        while place >= 0:
            follows = place == 0 or self.text[place - 1] in BEFORE_WWW
            if follows and has_domain(self.text, place + 4) and has_domain(self.text, place):
                return place
            place = self.text.find("www.", place + 4)
        return self.none

    def find_mail(self, position: int) -> int:
        """Return where the next address of mail begins."""
        place = self.text.find("@", position)
        while place >= 0:
            start = self.read_mail(position, place)
            if start >= 0:
                return start
            place = self.text.find("@", place + 1)
        return self.none

    def read_mail(self, position: int, place: int) -> int:
        """Return where the address of mail around an @ begins, not before a position; -1 if there is none."""
        head = self.text[max(position, place - LONGEST_LOCAL) : place]
        local = LOCAL.search(head, len(head.rstrip(LOCAL_SIGNS)))
        domain = MAIL_DOMAIN.match(self.text, place + 1)
        if not (local and domain):
            return -1
        name, host = local[0], domain[0]
        if name.startswith("_") and host.endswith("_"):  # signs of emphasis around it
            name, host = name.lstrip("_"), host.rstrip("_")
        start = place - len(name)
        if not name or host.endswith(("-", "_")) or self.text[start - 1 : start] == "@":
            return -1
        self.mail_end = place + 1 + len(host)
        scheme = BEFORE_MAIL.search(self.text, max(position, start - len(MAILTO)), start)
        return scheme.start() if scheme else start


def has_domain(text: str, start: int) -> bool:
    """Return whether a domain begins at a place: no underscore is in its last two parts."""
    found = DOMAIN.match(text, start)
    return found is not None and "_" not in "".join(found[0].rstrip(".").split(".")[-2:])


def find_host_end(text: str, start: int) -> int:
    """Return where the domain of an address and its port end; no browser opens one that goes on otherwise."""
    scheme = text.find("://", start, start + len("https://"))
    domain = DOMAIN.match(text, scheme + 3 if scheme >= 0 else start)
    assert domain  # it was found by it
    name = AFTER_NAME.match(text, domain.end())
    domain = (name and DOMAIN.match(text, name.end())) or domain
    port = PORT.match(text, domain.end())
    return port.end() if port and int(port[1]) <= HIGHEST_PORT else domain.end()


def trim_sentence(text: str, start: int, end: int) -> int:
    """Return the end of an address without the signs at its end that belong to the sentence."""
    surplus = text.count(")", start, end) - text.count("(", start, end)
    while True:
        last = text[end - 1]
        if last == ")" and surplus > 0:
            surplus -= 1
            end -= 1
        elif last == ";":
            reference = text[max(start, end - LONGEST_REFERENCE) : end - 1]
            name = len(reference) - len(reference.rstrip(NAME_SIGNS))
            is_reference = name and text[end - 2 - name] == "&"
            end -= name + 2 if is_reference else 1
        elif last in TRAILING:
            end -= 1
        else:
            return end
