"""The site in public: what differs from pelicanconf.py."""

import os

from pelicanconf import *  # noqa: F403
from pelicanconf import SITEURL as local_address

SITEURL = os.environ.get("SITE_URL") or local_address
