"""Find what the links and pictures of an imported post mean, and what stands in their place here."""

import hashlib
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from catalogue.folder.layout import ATTACHMENT_FORMATS, IMAGE_ENDINGS
from catalogue.pictures.facts import ENDINGS, read_picture_facts
from catalogue.pictures.kinds import find_picture_type
from catalogue.pictures.pixels import InvalidPicture
from catalogue.slugs import format_slug
from catalogue.text.html_allowlist import SCHEMES
from commands.importers.bodies.dialects import POST
from commands.importers.site import Site, SitePost

FOLDERS_OF_PICTURES = (
    "", "static", "assets", "images", "img", "content", "content/images", "source", "source/images",
    "public", "media", "files", "uploads", "attachments", "_attachments", "assets/images", "assets/img",
)  # fmt: skip
ENDINGS_OF_PAGES = re.compile(
    r"(?:/index)?\.(?:html?|php|md|markdown|mdown|qmd|aspx?)\Z", re.IGNORECASE
)
INDICATOR = re.compile(r"[{|](filename|static|attach|index)[}|]", re.IGNORECASE)
MOST_PICTURE_BYTES = 60_000_000
Fetch = Callable[[str], bytes | None]


def split(address: str) -> SplitResult:
    """Return the parts of an address; none of what is no address."""
    try:
        parts = urlsplit(address)
        _ = parts.hostname
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def join(base: str, address: str) -> str:
    """Return an address as it is meant from the home page of a blog; as it is if it is none."""
    try:
        return urljoin(f"{base}/", address)
    except ValueError:
        return address


def is_nearby(address: str) -> bool:
    """Return whether an address names no host and no program."""
    return not re.match(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|//)", address)


class Places:
    """The places of one import: which post has which address, and the files that posts show."""

    def __init__(
        self, site: Site, targets: Mapping[int, str], images: Path, fetch: Fetch | None = None
    ) -> None:
        """Begin with where each post goes: `posts/slug.md` by its number.

        `images` is the folder for pictures, whose names are taken; `fetch` gets a file of the web.
        """
        self.site, self.images, self.fetch = site, images, fetch
        self.host = split(site.address).hostname or ""
        self.by_address: dict[str, str] = {}
        self.by_name: dict[str, str] = {}
        self.files: dict[str, bytes] = {}  # new pictures, by name
        self.made: dict[str, str] = {}  # the names of files, by their digests
        self.index: dict[str, list[Path]] | None = None
        for number, post in enumerate(site.posts):
            for address in (post.address, *post.aliases):
                if address:
                    self.by_address.setdefault(self.fold_address(address), targets[number])
            for name in post.names:
                if name:
                    self.by_name.setdefault(fold_name(name), targets[number])
        if not self.host:
            self.host = self.guess_host()

    def guess_host(self) -> str:
        """Return the host that most posts say they were on."""
        hosts = [split(post.address).hostname or "" for post in self.site.posts]
        return max(sorted(set(filter(None, hosts))), key=hosts.count, default="")

    def fold_address(self, address: str) -> str:
        """Return what tells one address of the blog from another."""
        parts = split(address)
        path = ENDINGS_OF_PAGES.sub("", unquote(parts.path)).strip("/").casefold()
        return f"{path}?{parts.query}" if not path and parts.query else path

    def is_own(self, address: str) -> bool:
        """Return whether an address leads to the blog itself."""
        if is_nearby(address):
            return True
        host = (split(address).hostname or "").removeprefix("www.")
        return bool(self.host) and host == self.host.removeprefix("www.")

    def find_link(self, address: str, post: SitePost, target: str) -> str:
        """Return the address in place of a link's; empty if it leads nowhere, which is told."""
        address = address.strip()
        if (bare := INDICATOR.sub("", address)).startswith("#"):  # Pelican's for this very text
            address = bare
        if address.startswith("#") or address.lower().startswith(("mailto:", "tel:")):
            return address
        place, mark, fragment = address.partition("#")
        if found := self.find_post(place, post):
            return relate(found, target) + (f"#{fragment}" if mark else "")
        if address.startswith(POST):
            self.site.tell(
                "link to a post that is not there", post.place, unquote(place.removeprefix(POST))
            )
            return ""
        scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", address)
        if (scheme and scheme[1].lower() not in SCHEMES) or re.search(r"[\s{}<>]", address):
            self.site.tell("link that no page may have", post.place, address[:80])
            return ""
        if not self.is_own(address):
            return f"https:{address}" if address.startswith("//") else address
        if is_nearby(address) and (name := self.find_file(place, post)):
            return relate(f"images/{name}", target)
        if not is_nearby(address):
            return address
        if self.site.address and place.startswith("/"):
            self.site.tell("link to another page of the old blog", post.place, address)
            return join(self.site.address, address)
        self.site.tell("link that leads nowhere", post.place, address)
        return ""

    def find_post(self, address: str, post: SitePost) -> str:
        """Return where the post goes that an address names: by its file, its key, or where it was."""
        if address.startswith(POST):
            name = unquote(address.removeprefix(POST))
            return self.by_name.get(fold_name(name)) or self.by_address.get(
                self.fold_address(name), ""
            )
        plain = INDICATOR.sub("", address)
        if is_nearby(address):
            joined = join_folder(post.place, plain)
            names = (plain, joined, plain.rpartition("/")[2])
            if (
                plain.lower().endswith((".md", ".markdown", ".qmd", ".html", ".rst"))
                or plain != address
            ):
                found = next(
                    (self.by_name[fold_name(n)] for n in names if fold_name(n) in self.by_name), ""
                )
                if found:
                    return found
        if not self.is_own(address):
            return self.by_name.get(fold_name(address), "")
        folded = self.fold_address(plain)
        query = split(plain).query
        return (
            (self.by_address.get(folded) if folded else None)
            or (self.by_name.get(fold_name(f"?{query}")) if query else None)
            or ""
        )

    def find_picture(self, source: str, post: SitePost, target: str) -> str:
        """Return the address in place of a picture's: here, on the web, or nothing if it is nowhere."""
        source = source.strip()
        if source.startswith("data:"):
            self.site.tell("picture inside the text left out", post.place, source[:40])
            return ""
        if is_nearby(source) and (name := self.find_file(source, post)):
            return relate(f"images/{name}", target)
        whole = f"https:{source}" if source.startswith("//") else source
        if is_nearby(source) and self.site.address:
            whole = join(self.site.address, source)
        if is_nearby(whole):
            self.site.tell("picture that is not there", post.place, source)
            return ""
        if name := self.find_web(whole, post):
            return relate(f"images/{name}", target)
        return whole

    def find_web(self, address: str, post: SitePost) -> str:
        """Return the name of a picture of the web that lies beside the source, or was fetched."""
        is_beside = self.is_own(address) and self.site.root is not None
        if is_beside and (name := self.find_file(split(address).path, post)):
            return name
        if self.fetch and self.is_own(address):
            data = self.fetch(address)
            if data is not None:
                return self.add(split(address).path, data)
        self.site.tell("picture of the web", post.place, address)
        return ""

    def find_file(self, source: str, post: SitePost) -> str:
        """Return the name here of a file that lies beside the source; empty if there is none."""
        root = self.site.root
        if root is None:
            return ""
        plain = unquote(re.split(r"[?#]", INDICATOR.sub("", source))[0])
        name = plain.rpartition("/")[2]
        if not name.lower().endswith((*IMAGE_ENDINGS, *ATTACHMENT_FORMATS)):
            return ""
        inside = root.resolve()
        for folder in ([post.folder] if post.folder else []) + [
            root / each for each in FOLDERS_OF_PICTURES
        ]:
            path = folder / plain.lstrip("/")
            if path.is_file() and path.resolve().is_relative_to(inside):
                return self.read(path, post)
        found = self.find_by_name(root, name)
        return self.read(found, post) if found else ""

    def find_by_name(self, root: Path, name: str) -> Path | None:
        """Return the one file below the source's folder with a name; None if there is none, or several."""
        if self.index is None:
            self.index = {}
            for place, folders, names in os.walk(root):
                folders[:] = [
                    each for each in folders if each not in (".git", "node_modules", "_site")
                ]
                for each in names:
                    if each.lower().endswith((*IMAGE_ENDINGS, *ATTACHMENT_FORMATS)):
                        self.index.setdefault(each.casefold(), []).append(Path(place, each))
        found = self.index.get(name.casefold(), [])
        return found[0] if len(found) == 1 and not found[0].is_symlink() else None

    def read(self, path: Path, post: SitePost) -> str:
        """Return the name here of a file of the source, which is added; empty for one that is too large."""
        if path.stat().st_size > MOST_PICTURE_BYTES:
            self.site.tell("file that is too large left", post.place, path.name)
            return ""
        return self.add(path.name, path.read_bytes())

    def add(self, path: str, data: bytes) -> str:
        """Add a file under a name of its own, once for the same bytes; return the name."""
        digest = hashlib.sha256(data).hexdigest()
        if digest in self.made:
            return self.made[digest]
        stem, ending = os.path.splitext(path.rpartition("/")[2])
        if ending.lower() in IMAGE_ENDINGS or ending.lower() not in ATTACHMENT_FORMATS:
            ending = ENDINGS.get(find_picture_type(data), (ending,))[0]
            if wrong := explain_picture(data, f"{stem}{ending}"):
                self.site.tell("picture that cannot be shown", path, wrong)
                self.made[digest] = ""
                return ""
        stem, number = format_slug(stem) or "picture", 1
        name = f"{stem}{ending.lower()}"
        while name in self.files or not self.is_free(name, data):
            number += 1
            name = f"{stem}-{number}{ending.lower()}"
        if not (self.images / name).exists():
            self.files[name] = data
        self.made[digest] = name
        return name

    def is_free(self, name: str, data: bytes) -> bool:
        """Return whether a name is nobody's, or that of the very same file."""
        path = self.images / name
        return not os.path.lexists(path) or (path.is_file() and path.read_bytes() == data)


def explain_picture(data: bytes, name: str) -> str:
    """Return why the site cannot show a picture; empty if it can."""
    try:
        facts, problems = read_picture_facts(data, name)
    except InvalidPicture as wrong:
        return str(wrong)
    errors = [problem.text for problem in problems if problem.level == "error"]
    return next(iter(errors), "" if facts else "It cannot be read as a picture.")


def fold_name(name: str) -> str:
    """Return what tells one name of a file from another: no folder at its start, no date, no ending."""
    plain = ENDINGS_OF_PAGES.sub("", unquote(name).strip().casefold().strip("/"))
    return plain.removeprefix("content/").removeprefix("_posts/")


def join_folder(place: str, path: str) -> str:
    """Return a path as it is meant from the folder of another file."""
    folder = place.rpartition("/")[0]
    return os.path.normpath(os.path.join(folder, path)).replace(os.sep, "/") if folder else path


def relate(target: str, source: str) -> str:
    """Return the path of a file of the content folder as it is written in another."""
    return os.path.relpath(target, os.path.dirname(source)).replace(os.sep, "/")
