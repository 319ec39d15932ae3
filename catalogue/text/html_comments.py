"""Take hidden comments out of HTML, as browsers split it (HTML Standard, 13.2.5.43 and following)."""

import re
from collections.abc import Iterator

# To browsers <!--> and <!---> are whole comments, and --!> ends one too.
WHOLE_COMMENT, COMMENT_END = re.compile("<!---?>"), re.compile("--!?>")
# What word processors write, and browsers take for comments: <?xml:namespace ... />, <![if ...]>, <![endif]>.
OFFICE_MARK = re.compile(r"<\?xml\b[^>]*>|<!\[(?:if|endif)\b[^>]*>", re.IGNORECASE)


def drop_comments(source: str) -> str:
    """Return HTML without its comments but for their line ends; one that is never closed stays."""
    shown = "".join(
        keep_line_ends(piece) if is_comment else piece
        for is_comment, piece in split_comments(source)
    )
    return OFFICE_MARK.sub(lambda match: keep_line_ends(match[0]), shown)


def keep_line_ends(comment: str) -> str:
    """Return only the line ends of a comment."""
    return "\n" * comment.count("\n")


def split_comments(source: str) -> Iterator[tuple[bool, str]]:
    """Yield the comments of HTML and what stands between them, and which of both each piece is."""
    done = 0
    while (start := source.find("<!--", done)) >= 0:
        end = WHOLE_COMMENT.match(source, start) or COMMENT_END.search(source, start + 4)
        if not end:
            break
        yield False, source[done:start]
        yield True, source[start : end.end()]
        done = end.end()
    yield False, source[done:]
