"""The settings of the site, which are yours: constants, no logic. theme/words.py has its words."""

from building.pelican_adapter.fixed_settings import *  # noqa: F403

# What the site is called; it stands above every page and in every feed.
SITENAME = "Libraries Got Game"
# The one line below it, on the home page and where others show a link to it.
SITESUBTITLE = "A librarian on customer service, social media and the work between the shelves."
# Who writes what names no other author: your name, or another that you write under.
AUTHOR = "The Librarian"
# The language of the texts, as a tag (BCP 47) such as en, de or pt-BR.
DEFAULT_LANG = "en"
# Where readers' replies go; with no address here, no post has a link to reply.
CONTACT_EMAIL = ""
# Where the clock is that your dates are by, as in Europe/Berlin.
TIMEZONE = "UTC"

# Where readers find the site. GitHub tells its own address when it publishes (publishconf.py), a domain in
# content/extra/CNAME takes its place, and the preview is on your own machine, whatever stands here.
SITEURL = "http://localhost:8000"
# What begins the ids of posts in feeds (RFC 4151), and outlives every move of the site: `setup` or the
# first `publish` writes it, once. By hand: your domain, or "<repo>@<user>.github.io"; never another later.
FEED_AUTHORITY = "libraries-got-game.example"

# How many posts stand on one page of the list of all posts.
DEFAULT_PAGINATION = 10
# How many posts the feeds of the site have, the newest ones.
FEED_LENGTH = 50
# How many the feeds of a topic have.
TOPIC_FEED_LENGTH = 20

# The pages in the head of every page, in this order: those of the site by name, yours by address. One
# is called as it calls itself; to call it otherwise write ("/about/", "Who writes here").
NAVIGATION = ["home", "topics", "questions", "archives", "/about/"]
# Links at the foot of every page, each a label and an address; after a profile of yours write "me", so
# that it can prove to be yours: ("Mastodon", "https://glammr.us/@ann", "me").
FOOTER_LINKS = []
# How readers see a date: {day}, {month} by name or {month_number}, and {year}.
DATE_FORM = "{day} {month} {year}"
