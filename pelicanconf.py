"""The site: constants under headings, no logic."""

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
PREVIEW = False  # show drafts and waiting posts, with a badge

# Where things lie
PATH = "content"
THEME = "theme"
OUTPUT_PATH = "output"
PLUGINS = [
    "plugins.door",
    "plugins.jobs",
    "plugins.theme",
    "plugins.comments",
    "plugins.topics",
    "plugins.vocabulary",
    "plugins.skos",
    "plugins.starts",
    "plugins.questions",
    "plugins.archives",
    "plugins.citations",
    "plugins.neighbours",
    "plugins.related",
    "plugins.backlinks",
    "plugins.series",
    "plugins.linked_data",
    "plugins.feeds",
    "plugins.redirects",
]

# Addresses
ARTICLE_URL = "posts/{slug}/"
ARTICLE_SAVE_AS = "posts/{slug}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
INDEX_SAVE_AS = "index.html"
INDEX_URL = ""
ARCHIVES_SAVE_AS = "archives/index.html"
ARCHIVES_URL = "archives/"

# Pages that no post makes; every name is a template of the theme
DIRECT_TEMPLATES = ["index", "archives", "404"]
PAGINATED_TEMPLATES = {"index": None}
DEFAULT_PAGINATION = 10
PAGINATION_PATTERNS = [
    (1, "", "index.html"),
    (2, "page/{number}/", "page/{number}/index.html"),
]
JINJA_ENVIRONMENT = {
    "auto_reload": False,  # no template changes while a site is made of it
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
}

# What Pelican does by itself and this site does not have, or does in a plugin
CATEGORY_SAVE_AS = ""
AUTHOR_SAVE_AS = ""
TAG_SAVE_AS = ""
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
ARTICLE_TRANSLATION_ID = None
PAGE_TRANSLATION_ID = None
READERS = {"html": None, "rst": None}
INTRASITE_LINK_REGEX = "(?P<what>(?!))"  # plugins/links.py has resolved every link before
TYPOGRIFY = False  # plugins/typography.py sets each text once
THEME_STATIC_PATHS: list[str] = []  # the stylesheet is printed into each page
STATIC_PATHS: list[str] = []  # plugins/jobs.py copies what is used
STORE = ".cache/readings.sqlite3"  # what was read of unchanged files; "" keeps nothing
CACHE_CONTENT = False  # Pelican's own, which unpickles what it finds
LOAD_CONTENT_CACHE = False
LOG_FILTER = [(30, "Empty alt attribute for image %s in %s")]  # a choice; a missing one is judged
