"""The comments of an imported post as files, each with its place in its thread."""

from collections.abc import Sequence
from datetime import datetime

from commands.importers.comment_text import CommentWriter
from commands.importers.header import format_date
from commands.importers.people import read_address, read_author
from commands.importers.site import Site, SiteComment, SitePost
from commands.writing.post_files import choose_comment_name, format_value


class Replies:
    """What plans the comments of all posts."""

    def __init__(self) -> None:
        """Build what writes them, once."""
        self.writer = CommentWriter()

    def plan(self, post: SitePost, slug: str, site: Site, now: datetime) -> list[tuple[str, str]]:
        """Return the path in the content folder and the text of the file of each comment on a post."""
        files: list[tuple[str, str]] = []
        names: dict[str, str] = {}  # of files, by the keys of their comments
        taken: set[str] = set()
        for comment in order_threads(post.comments):
            author = read_author(comment.author)
            date = comment.date or post.date or now
            name = choose_comment_name(f"{date:%Y-%m-%d}", author, taken)
            taken.add(name)
            values = {"Author": format_value(author), "Date": format_date(date)}
            if address := read_address(comment.url):
                values["Url"] = address
            if comment.parent:
                if comment.parent in names:
                    values["Reply-to"] = names[comment.parent].removesuffix(".md")
                else:
                    site.tell(
                        "comment whose own comment is not there stands alone", post.place, author
                    )
            names[comment.key] = name
            path = f"comments/{slug}/{name}"
            files.append((path, self.writer.write(path, values, comment)))
        return files


def order_threads(comments: Sequence[SiteComment]) -> list[SiteComment]:
    """Return comments by their dates, each below what it answers, and none twice."""
    known = {comment.key: comment for comment in comments}
    in_order = sorted(known.values(), key=lambda each: (str(each.date or ""), each.key))
    done: dict[str, SiteComment] = {}
    waiting = in_order
    while waiting:
        ready = [
            c for c in waiting if c.parent in done or c.parent not in known or c.parent == c.key
        ]
        for comment in ready or waiting:  # a ring of answers is undone
            done[comment.key] = comment
        waiting = [c for c in waiting if c.key not in done]
    return list(done.values())
