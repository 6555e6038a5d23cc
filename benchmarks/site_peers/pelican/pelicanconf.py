"""A Pelican site of pages without feeds, authors, tags or static files: what the others make."""

SITENAME = "Trois ans de feuille de route"
SITEURL = ".."
DEFAULT_LANG = "fr"
TIMEZONE = "Europe/Paris"
THEME = "theme"
PATH = "content"
PAGE_PATHS = ["panels"]
ARTICLE_PATHS = []
STATIC_PATHS = []
THEME_STATIC_PATHS = []
PAGE_ORDER_BY = "basename"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
DIRECT_TEMPLATES = ["index", "tout"]
TOUT_SAVE_AS = "tout/index.html"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ARCHIVES_SAVE_AS = ""
