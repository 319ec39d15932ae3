"""What the site needs of Pelican: no choice of the author's, who has pelicanconf.py for hers."""

PATH = "content"
THEME = "theme"
OUTPUT_PATH = "output"
STORE = ".cache/readings.sqlite3"  # what was read of unchanged files; "" keeps nothing
PREVIEW = False  # show drafts and waiting posts, with a badge
PLUGINS = [
    "building.pelican_adapter.source",
    "building.jobs",
    "building.pelican_adapter.templates",
    "plugins.comments",
    "plugins.topics",
    "plugins.topic_index",
    "plugins.skos",
    "plugins.start_here",
    "plugins.questions",
    "plugins.archives",
    "plugins.citations",
    "plugins.neighbours",
    "plugins.related_posts",
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
PAGINATION_PATTERNS = [
    (1, "", "index.html"),
    (2, "page/{number}/", "page/{number}/index.html"),
]
JINJA_ENVIRONMENT = {
    "auto_reload": False,  # no template changes while a site is made of it
    "autoescape": True,
    "cache_size": -1,  # each is compiled once; a cache of a limited size costs more at each import
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
INTRASITE_LINK_REGEX = "(?P<what>(?!))"  # catalogue/text/links.py has resolved every link before
TYPOGRIFY = False  # catalogue/text/typography.py sets each text once
THEME_STATIC_PATHS: list[str] = []  # the stylesheet is printed into each page
STATIC_PATHS: list[str] = []  # building/jobs.py copies what is used
CACHE_CONTENT = False  # Pelican's own, which unpickles what it finds
LOAD_CONTENT_CACHE = False
LOG_FILTER = [(30, "Empty alt attribute for image %s in %s")]  # a choice; a missing one is judged
