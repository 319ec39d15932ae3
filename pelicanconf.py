"""The settings of the site, which are yours: constants, no logic."""

from building.pelican_adapter.fixed_settings import *  # noqa: F403

# The site in words
SITENAME = "Libraries Got Game"
SITESUBTITLE = "A librarian on customer service, social media and the work between the shelves."
AUTHOR = "The Librarian"
DEFAULT_LANG = "en"
CONTACT_EMAIL = ""  # where readers' replies go; with no address here, no post has a link to reply
TIMEZONE = "UTC"

# Where it is, while it is written; publishconf.py has the public address
SITEURL = "http://localhost:8000"
# Your own domain or e-mail address, before you publish first; never another after that. It begins the
# ids of posts in feeds (RFC 4151), need not lead anywhere, and outlives every move of the site.
FEED_AUTHORITY = "libraries-got-game.example"

# How many posts stand on one page of the list of all posts.
DEFAULT_PAGINATION = 10
# How many posts the feeds of the site have, the newest ones.
FEED_LENGTH = 50
# How many the feeds of a topic have.
TOPIC_FEED_LENGTH = 20
