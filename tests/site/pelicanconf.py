"""The settings of the sites that the tests build: in every test these stand for the author's."""

from building.pelican_adapter.fixed_settings import *  # noqa: F403

SITENAME = "Libraries Got Game"
SITESUBTITLE = "A librarian on customer service, social media and the work between the shelves."
AUTHOR = "The Librarian"
DEFAULT_LANG = "en"
CONTACT_EMAIL = ""
TIMEZONE = "UTC"
SITEURL = "http://localhost:8000"
FEED_AUTHORITY = "librarian.example.org"
DEFAULT_PAGINATION = 10
FEED_LENGTH = 50
TOPIC_FEED_LENGTH = 20
# No content of a test has to have an about page.
NAVIGATION = ["home", "topics", "questions", "archives"]
FOOTER_LINKS = []
DATE_FORM = "{day} {month} {year}"
