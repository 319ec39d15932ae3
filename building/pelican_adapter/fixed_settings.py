"""What the site needs of Pelican: no choice of the author's, who has pelicanconf.py for hers."""

PATH = "content"
THEME = "theme"
OUTPUT_PATH = "output"
READING_CACHE = ".cache/readings.sqlite3"  # what was read of unchanged files; "" caches nothing
PREVIEW = False  # show drafts and scheduled posts, with a badge
SEARCH_INDEX = CARDS = True  # the benchmark measures each of them by itself
PELICAN_CLASS = "building.SitePelican"
PLUGINS = [  # each below those that it names in AFTER; plugin_order.py checks it
    "building.pelican_adapter.templates",
    "plugins.authors",
    "plugins.pictures",
    "plugins.comments",
    "plugins.comment_feeds",
    "plugins.topics",
    "plugins.archived_links",
    "plugins.shelf_marks",
    "plugins.topic_index",
    "plugins.skos",
    "plugins.start_here",
    "plugins.questions",
    "plugins.contents",
    "plugins.home",
    "plugins.archives",
    "plugins.citations",
    "plugins.neighbours",
    "plugins.series",
    "plugins.backlinks",
    "plugins.related_posts",
    "plugins.linked_data",
    "plugins.feeds",
    "plugins.subscribe",
    "plugins.search",
    "plugins.not_found",
    "plugins.cards",
    "plugins.redirects",
    "plugins.gone",
    "plugins.icons",
    "plugins.sitemap",
    "plugins.llms",
    "plugins.address_list",
]
JINJA_ENVIRONMENT = {
    "auto_reload": False,  # no template changes while a site is made of it
    "autoescape": True,
    "cache_size": -1,  # each is compiled once; a cache of a limited size costs more at each import
    "extensions": ["building.pelican_adapter.template_policy.PolicyGuard"],
    "trim_blocks": True,
    "lstrip_blocks": True,
}
