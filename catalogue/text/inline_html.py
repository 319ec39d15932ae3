"""Find where HTML within lines ends (CommonMark 0.31.2, 6.6)."""

import re

OPENING_TAG = re.compile(
    r"<([a-zA-Z][a-zA-Z0-9-]*+)(?:\s++[a-zA-Z_:][\w.:-]*+"
    r"""(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?)*\s*+(/?>)?""",
    re.ASCII,
)
CLOSING_TAG = re.compile(r"</([a-zA-Z][a-zA-Z0-9-]*+)[ \t\n]*+>")
# How each kind of HTML that is no tag begins, where its end is looked for, and how it ends.
OTHER_HTML = (
    ("<!--", 2, "-->"),
    ("<![CDATA[", 9, "]]>"),
    ("<?", 2, "?>"),
    ("<!", 2, ">"),
)
# So many signs of a text, for each of its signs, may be read in vain for tags that do not end.
MOST_READ_IN_VAIN = 8
# Within these no address is made a link.
VERBATIM_TAGS = frozenset("a code kbd pre samp script style textarea tt".split())


class HtmlScanner:
    """What is known of the HTML in one text, whose places are asked for from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.verbatim = ""  # the tag of the open element in which addresses are no links
        self.missing_ends: set[str] = set()  # those that do not come any more
        self.read_in_vain = 0

    def find_end(self, start: int) -> int:
        """Return the end of a tag, a comment or the like that begins at a place; -1 if there is none."""
        text = self.text
        following = text[start + 1 : start + 2]
        if following == "/":
            found = CLOSING_TAG.match(text, start)
            if found and found[1].lower() == self.verbatim:
                self.verbatim = ""
            return found.end() if found else -1
        if following in ("!", "?"):
            return self.find_end_of_other(start)
        return self.find_end_of_tag(start)

    def find_end_of_tag(self, start: int) -> int:
        """Return the end of an opening tag that begins at a place; -1 if there is none."""
        if self.read_in_vain > MOST_READ_IN_VAIN * len(self.text):
            return -1
        found = OPENING_TAG.match(self.text, start)
        if not found:
            return -1
        if not found[2]:
            self.read_in_vain += found.end() - start
            return -1
        tag = found[1].lower()
        if tag in VERBATIM_TAGS and (tag != "a" or "href" in found[0].lower()):
            self.verbatim = tag
        return found.end()

    def find_end_of_other(self, start: int) -> int:
        """Return the end of a comment, CDATA, an instruction or a declaration; -1 if there is none."""
        text = self.text
        opening, offset, ending = next(
            kind for kind in OTHER_HTML if text.startswith(kind[0], start)
        )
        letter = text[start + 2 : start + 3]
        is_letter = letter.isascii() and letter.isalpha()
        if ending in self.missing_ends or (opening == "<!" and not is_letter):
            return -1
        place = text.find(ending, start + offset)
        if place < 0:
            self.missing_ends.add(ending)
            return -1
        return place + len(ending)
