"""The header keys of other programs: which of them equals a key of this site, and which is not used.

The programs are those that posts come from: Jekyll and Octopress, Hugo, Pelican, Nikola, Hexo, Eleventy,
Gatsby, Astro, Zola, Docusaurus, MkDocs, Quarto, Obsidian, and the exports of WordPress, Blogger, Ghost,
Movable Type and Drupal. All names are folded, as `schema.fold_key` does.
"""

import re
from collections.abc import Mapping

# Each key of this site, and the foreign keys that say the same, the best first: of several that stand
# in one header the first of this table is read, and the site's own key before all of them.
EQUALS: Mapping[str, tuple[str, ...]] = {
    key: tuple(names.split())
    for key, names in {
        "Date": """
            date publishdate pubdate published publishedat publishedon publishedtime datepublished
            postdate created createdat createdon createddate datecreated creationdate
            """,
        "Modified": """
            updated updatedat updatedon updateddate dateupdated lastmod lastmodified lastmodifiedat
            lastmodifieddate modifiedtime modifieddate modifiedat datemodified lastupdated lastupdate
            lasteditedtime reviewed
            """,
        "Summary": """
            description excerpt abstract metadescription customexcerpt seodescription postexcerpt
            synopsis teasertext ogdescription socialdescription subtitle subheading subheadline
            """,
        "Status": """
            published publish publishstatus poststatus visibility private hidden unlisted password
            protected eleventyexcludefromcollections permalink
            """,
        "Aliases": """
            permalink redirectfrom redirects url oldurl oldurls oldpermalink bloggerorigurl bloggerpermalink
            """,
        "Author": "authors byline writtenby postauthor authorname",
        "Image": """
            image cover coverimage featuredimage featureimage featureimg featurephoto heroimage hero
            bannerimage banner headerimage headerimg header mainimage previewimage postimage
            thumbnailimage thumbnail thumb teaser images img picture photo ogimage socialimage
            """,
        "Image-alt": """
            coveralt coverimagealt featuredimagealt featureimagealt heroimagealt heroalt banneralt
            headerimagealt thumbnailalt imagedescription
            """,
        "Tags": "labels taxonomies hashtags posttag posttags",
        "Category": "taxonomies",
        "Lang": "language locale",
    }.items()
}

# What is not used here. In a header between lines --- a key that nobody knows is not used either, if it
# resembles none of the site's own, so what is named here are keys that could be taken for a slip of
# the pen, and those that are met outside of such lines, but no words that may begin a sentence.
NOT_USED = frozenset(
    """
    layout template type kind id uid uuid guid theme format weight order toc math mathjax katex
    mermaid menu menus robots sitemap noindex keywords lang data rate css js markup generator
    license copyright featured sticky pin pinned linktitle longtitle shorttitle seotitle metatitle
    titleprefix hidetitle showtitle showdate hidedate dateformat slugid

    author_profile author_login author_email author_url author_id author_avatar read_time classes
    excerpt_separator tagline cssclass cssclasses body_class post_class image_credit image_caption
    image_source image_height image_width cover_caption featured_image_caption
    feature_image_caption no_comments comments_closed comments_open comments_off allow_comments
    comment_status comment_id comments_id comments_locked enable_comments disable_comments
    show_comments hide_comments ping_status meta parent_id series_order series_weight series_index
    series_part

    wordpress_id wordpress_url post_id post_parent post_name post_type post_format dsq_thread_id
    disqus disqus_id disqus_identifier disqus_url disqus_title _edit_last _edit_lock menu_order
    attachments date_gmt modified_gmt publish_date_gmt basename primary_category allow_pings
    convert_breaks blogger_id blogger_blog blogger_author

    headless cascade resources outputs expiry_date is_cjk_language translation_key url_format params
    insert_anchor_links in_search_index sort_by paginate_by collections pagination
    eleventy_navigation eleventy_computed template_key template_engine_override canonical
    canonical_url codeinjection_head codeinjection_foot primary_tag primary_author
    sidebar_label sidebar_position hide_table_of_contents custom_edit_url og twitter seo
    bibliography csl execute editor output number_sections code_fold translation hyphenate
    """.replace("_", "").split()
)
# What the value of a switch says; an empty list or mapping is one too.
ON = frozenset("true yes on 1 y open opened enabled show".split())
OFF = frozenset("false no off 0 n none closed close disabled hide".split())
NOTHING = frozenset(("", "[]", "{}", "~", "null"))
SWITCHES = ON | OFF | NOTHING
# What other programs write after `Status:`. What they do not show to everybody is a draft here.
STATUS_WORDS = {
    **dict.fromkeys("publish published public live final future scheduled".split(), "published"),
    **dict.fromkeys("draft drafts pending private trash auto-draft".split(), "draft"),
    **dict.fromkeys("hidden unlisted members paid".split(), "draft"),
}
RESERVED_WORDS = frozenset("hidden unlisted members paid".split())  # for some readers
# Keys that say for whom a text is: by a switch, a password or a word.
RESERVING = frozenset(
    "private hidden unlisted password protected visibility eleventyexcludefromcollections".split()
)
# The parts of a mapping that are a text's own. Whatever else is in one is of the mapping alone.
PARTS: Mapping[str, Mapping[str, str]] = {
    "date": {"created": "Date", "updated": "Modified"},
    "lastupdate": {"date": "Modified"},
    "taxonomies": {"tags": "Tags", "categories": "Category"},
}
PATHS_OF_IMAGE = tuple("path src url file image feature teaser thumbnail overlayimage".split())
TEXTS_OF_IMAGE = ("alt", "imagealt", "alttext")
# A key as programs write it; a sentence with a colon mostly has blanks before it.
PROGRAM_KEY = re.compile(r"[^\W\d][\w.$@-]*")

# The site's own keys that each foreign key may mean, with its rank among those that mean the same.
MEANINGS: dict[str, list[tuple[str, int]]] = {}
for _own, _names in EQUALS.items():
    for _rank, _name in enumerate(_names):
        MEANINGS.setdefault(_name, []).append((_own, _rank))


def is_foreign(key: str) -> bool:
    """Return True if a folded key is one of another program."""
    return key in MEANINGS or key in NOT_USED
