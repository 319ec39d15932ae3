"""Find when what is not on the site yet will be: the posts that wait, and all that comes with them."""

from catalogue.addresses import COMMENTS_FEED, SITE, format_address
from catalogue.authority import select_topics
from catalogue.comment_threads import format_anchor, name_comment
from catalogue.dates import read_moment
from catalogue.selection import Catalogue


def list_openings(now: Catalogue, later: Catalogue) -> dict[str, float]:
    """Return the moment of each text, comment and page of the site that `later` has and `now` does not.

    `later` is the catalogue of the same records once no post waits any more. The key of a text is its
    path, of a comment `path#id` as in a link to it, of a page or a feed its address. Moments are in
    seconds since 1970.
    """
    if not now.scheduled:
        return {}
    openings = list_post_openings(now)
    for post in now.scheduled:
        for topic in select_topics(post, now.topic_names):
            if topic.path not in now.addresses:  # the first of its posts brings it
                moment = openings[post.path]
                openings[topic.path] = min(openings.get(topic.path, moment), moment)
    openings |= list_comment_openings(now, later, openings)
    return openings | list_page_openings(now, later, openings)


def list_post_openings(now: Catalogue) -> dict[str, float]:
    """Return the moment of each post that waits, by its path."""
    dates = {post.path: post.values["Date"] for post in now.scheduled}
    return {path: read_moment(date, now.zone).timestamp() for path, date in dates.items()}


def list_comment_openings(
    now: Catalogue, later: Catalogue, openings: dict[str, float]
) -> dict[str, float]:
    """Return the moment of each comment that waits, by itself or with its post, and of each first feed."""
    found: dict[str, float] = {}
    for post in later.posts:
        moments = {
            f"{post.path}#{format_anchor(name_comment(comment))}": max(
                openings.get(post.path, 0.0),
                read_moment(comment.values["Date"], now.zone).timestamp(),
            )
            for comment in later.comments.get(post.path, ())
        }
        if moments:
            moments[f"{format_address(post)}{COMMENTS_FEED}"] = min(moments.values())
        found |= moments
    return {key: moment for key, moment in found.items() if moment > now.now.timestamp()}


def list_page_openings(
    now: Catalogue, later: Catalogue, openings: dict[str, float]
) -> dict[str, float]:
    """Return the moment of each further page of the site's own; of the list of posts that of the last."""
    moments = [openings[post.path] for post in now.scheduled]
    asked = [openings[post.path] for post in now.scheduled if post.question]
    return {
        place.address: min(asked) if place.address == SITE["questions"] else max(moments)
        for place in later.claims
        if not place.path and place.address not in now.planned
    }
