"""Find which post an author means by a name: its slug, its path or its file's name."""

import posixpath
from collections.abc import Iterable, Mapping

from catalogue.folding import fold_name
from catalogue.records import Record
from catalogue.slugs import slug_of


def group_post_names(posts: Iterable[Record]) -> dict[str, Record]:
    """Return posts by all that an author may call them, folded: the slug, the path, the file's name."""
    ordered = sorted(posts, key=lambda post: post.path)
    names = {fold_name(post.slug): post for post in ordered if post.slug}
    for post in ordered:
        base = posixpath.basename(post.path)
        others = [post.path, post.path.removeprefix("posts/"), base]
        others += [slug_of(base)] if "Slug" in post.values else []  # else it is the slug
        for name in others:
            names.setdefault(fold_name(name), post)
    return names


def group_former_posts(posts: Iterable[Record]) -> dict[str, Record]:
    """Return posts by the slugs that they had, as their Aliases tell; none that two had, or one has."""
    found: dict[str, dict[str, Record]] = {}
    present = set()
    for post in posts:
        present.add(post.slug)
        for alias in post.values.get("Aliases", ()):
            slug = slug_of(alias.removesuffix("index.html").strip("/"))
            found.setdefault(slug, {})[post.path] = post
    return {
        slug: next(iter(owners.values()))
        for slug, owners in found.items()
        if slug not in present and len(owners) == 1
    }


def find_post(name: str, posts: Mapping[str, Record]) -> Record | None:
    """Return the post that a name stands for; its folder, ending and date may be there or not."""
    plain = name.replace("\\", "/").strip("/").removeprefix("../")
    ends = (plain, f"{plain}.md", posixpath.basename(plain), slug_of(plain))
    found = (posts.get(fold_name(end)) for end in ends)
    return next((post for post in found if post), None)
