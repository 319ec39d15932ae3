"""The site: constants under headings, no logic."""

# The site in words
SITENAME = "Libraries Got Game"
SITESUBTITLE = "A librarian on customer service, social media and the work between the shelves."
AUTHOR = "The Librarian"
DEFAULT_LANG = "en"
TIMEZONE = "UTC"

# Where it is, while it is written; publishconf.py has the public address
SITEURL = "http://localhost:8000"
PREVIEW = False  # show drafts and waiting posts, with a badge

# Where things lie
PATH = "content"
THEME = "theme"
OUTPUT_PATH = "output"
PLUGINS = [
    "plugins.door",
    "plugins.theme",
    "plugins.topics",
    "plugins.archives",
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
TYPOGRIFY = False  # plugins/typography.py sets each text once
THEME_STATIC_PATHS: list[str] = []  # the stylesheet is printed into each page
STORE = ".cache/readings.sqlite3"  # what was read of unchanged files; "" keeps nothing
CACHE_CONTENT = False  # Pelican's own, which unpickles what it finds
LOAD_CONTENT_CACHE = False
LOG_FILTER = [(30, "Empty alt attribute for image %s in %s")]  # a choice; a missing one is judged
