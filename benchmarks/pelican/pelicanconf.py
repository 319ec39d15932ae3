"""The settings of the stock Pelican that is measured: what it does by itself, no plugin of ours."""

SITENAME = "Libraries Got Game"
SITESUBTITLE = "A librarian on customer service, social media and the work between the shelves."
SITEURL = "https://blog.example"
AUTHOR = "The Librarian"
DEFAULT_LANG = "en"
TIMEZONE = "UTC"

THEME = "theme"
TYPOGRIFY = True
PLUGINS: list[str] = []
ARTICLE_PATHS = ["posts"]
PAGE_PATHS = ["pages"]
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
READERS = {"html": None, "rst": None}
SUMMARY_MAX_LENGTH = 45
SLUGIFY_SOURCE = "basename"

ARTICLE_URL = "posts/{slug}/"
ARTICLE_SAVE_AS = "posts/{slug}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
TAG_URL = "topics/{slug}/"
TAG_SAVE_AS = "topics/{slug}/index.html"
TAGS_SAVE_AS = "topics/index.html"
ARCHIVES_SAVE_AS = "archives/index.html"
CATEGORY_SAVE_AS = ""
AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags", "archives"]
PAGINATED_TEMPLATES = {"index": 10}
DEFAULT_PAGINATION = 10
PAGINATION_PATTERNS = [(1, "", "index.html"), (2, "page/{number}/", "page/{number}/index.html")]

FEED_ALL_ATOM = "feeds/all.atom.xml"
FEED_ALL_RSS = "feeds/all.rss.xml"
TAG_FEED_ATOM = "topics/{slug}/feed.atom.xml"
TAG_FEED_RSS = "topics/{slug}/feed.rss.xml"
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
RSS_FEED_SUMMARY_ONLY = False
FEED_MAX_ITEMS = 50
