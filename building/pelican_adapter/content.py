"""Make of a record what Pelican, the plugins and the templates see of a post or a page.

Pelican reads a file into its `Content` in a hundred steps, of which this site needs none: the record
has been read and checked. A text has what Pelican's generators ask of a `Content`, and no more.
"""

from markupsafe import Markup

from catalogue.addresses import address_file
from catalogue.comment_threads import count_comments
from catalogue.dates import read_moment
from catalogue.records import Record
from catalogue.selection import Catalogue
from catalogue.text.links import expand_links

TEMPLATES = {"post": "article", "page": "page"}


class Text:
    """Hold a post or a page that is shown; plugins add their facts to it as plain attributes."""

    status = "published"  # Pelican is shown nothing else

    def __init__(self, record: Record, catalogue: Catalogue, root: str) -> None:
        """Take what is shown from the record; `root` is the path that the site lies under."""
        values, address = record.values, catalogue.addresses[record.path]
        image = values.get("Image")
        self._catalogue, self._root = catalogue, root
        self.record = record
        self.title = record.title
        self.slug = record.slug
        self.url = address.lstrip("/")
        self.save_as = address_file(address)
        self.template = TEMPLATES[record.kind]
        self.summary = Markup(record.summary)  # noqa: S704 - set from plain text
        self.description = record.description
        self.date = read_moment(values["Date"], catalogue.zone) if "Date" in values else None
        self.revised = (
            read_moment(values["Modified"], catalogue.zone) if "Modified" in values else None
        )
        self.comments = count_comments(record, catalogue.comments.get(record.path))
        self.minutes = record.minutes
        self.badge = catalogue.badge(record)
        # An address of its own stands for itself, as in `expand_links`.
        self.image = root + catalogue.addresses.get(image, f"/{image}") if image else ""
        self.image_alt = values.get("Image-alt", "")

    @property
    def content(self) -> Markup:
        """Give the HTML of the body, every link with its address."""
        html = expand_links(self.record.html, self._root, self._catalogue.addresses)
        return Markup(html)  # noqa: S704 - checked when the record was read

    def get_relative_source_path(self) -> str:
        """Give Pelican the path of the file in the content folder."""
        return self.record.path

    def get_static_links(self) -> set[str]:
        """Tell Pelican of no files: the catalogue knows which are used."""
        return set()

    def __str__(self) -> str:
        """Name the text as Pelican does, by its file."""
        return self.record.path
