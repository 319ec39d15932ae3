"""Write one and the same blog as several programs export it."""
# ruff: noqa: E501 - the lines of exports are as long as their programs write them

import json
from html import escape

TITLE, OTHER = "Weeding & the “stacks”", "Reading aloud"
WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Old blog</title><wp:base_blog_url>https://old.example</wp:base_blog_url>
{items}
</channel></rss>
"""
ITEM = """<item><title>{title}</title><link>https://old.example/2015/06/{slug}/</link>
<dc:creator>Ann Example</dc:creator><guid>https://old.example/?p={number}</guid>
<content:encoded><![CDATA[{body}]]></content:encoded>
<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>2015-06-0{number} 09:30:00</wp:post_date>
<wp:post_date_gmt>2015-06-0{number} 08:30:00</wp:post_date_gmt>
<wp:post_name>{slug}</wp:post_name><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>
<wp:post_password>{password}</wp:post_password>
<category domain="category" nicename="x"><![CDATA[Customer Service]]></category>
<category domain="category" nicename="u"><![CDATA[Uncategorized]]></category>
<category domain="post_tag" nicename="y"><![CDATA[customer-services]]></category>
<category domain="post_format" nicename="z"><![CDATA[Aside]]></category>
{comments}</item>"""
COMMENT = """<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>{author}</wp:comment_author>
<wp:comment_author_email>reader@example.org</wp:comment_author_email>
<wp:comment_author_url>{url}</wp:comment_author_url><wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>
<wp:comment_date>2015-06-1{day} 10:00:00</wp:comment_date>
<wp:comment_date_gmt>2015-06-1{day} 09:00:00</wp:comment_date_gmt>
<wp:comment_content><![CDATA[{text}]]></wp:comment_content>
<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>
<wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"""
WORDPRESS_BODY = """We took out <strong>four hundred</strong> books.

Nobody asked\x93 for them\x94:
not once.

[caption id="a" width="300"]<img src="https://old.example/shelf.jpg" alt="A shelf" /> The empty shelf[/caption]

<blockquote>Every book its reader.</blockquote>
<!--more-->
[code lang="python"]
x = 1 < 2

y = 2
[/code]

[youtube https://www.youtube.com/watch?v=abc1234567]

See <a href="https://old.example/?p=2">the other</a> and <a href="https://old.example/2015/06/reading-aloud/">again</a>."""
BLOCKS_BODY = """<!-- wp:paragraph -->
<p>Words of <em>blocks</em>.</p>
<!-- /wp:paragraph -->

<!-- wp:list -->
<ul><li>One</li><li>Two</li></ul>
<!-- /wp:list -->

<!-- wp:gallery {"ids":[7]} -->
<figure class="wp-block-gallery"><img src="https://old.example/a.jpg" alt="Picture A"/></figure>
<!-- /wp:gallery -->"""


def format_comment(
    number, author="Ann Reader", text="I agree.", approved="1", kind="", parent=0, url=""
):
    return COMMENT.format(
        id=number,
        author=author,
        text=text,
        approved=approved,
        kind=kind,
        parent=parent,
        url=url,
        day=number,
    )


def format_item(
    number, title, slug, body, comments="", status="publish", kind="post", password="", excerpt=""
):
    return ITEM.format(
        number=number,
        title=escape(title),
        slug=slug,
        body=body,
        comments=comments,
        status=status,
        kind=kind,
        password=password,
        excerpt=excerpt,
    )


def write_wxr():
    """Write posts, a page, a draft, what is not public, files, and comments of every state."""
    comments = [
        format_comment(
            1,
            text='I <b>agree</b>. See <a href="https://e.example/x">this</a>.',
            url="https://ann.example",
        ),
        format_comment(2, "Bob", "So do I.\n\nTruly.", parent=1),
        format_comment(3, "Spammer", "Buy!", approved="spam"),
        format_comment(4, "Waiting", "Hm.", approved="0"),
        format_comment(5, "Pinger", "[…]", kind="pingback"),
    ]
    items = [
        format_item(
            1, TITLE, "weeding", WORDPRESS_BODY, "".join(comments), excerpt="What we took out."
        ),
        format_item(2, OTHER, "reading-aloud", BLOCKS_BODY),
        format_item(3, "About us", "about-us", "Who we are.", kind="page"),
        format_item(4, "A draft", "a-draft", "Not yet.", status="draft"),
        format_item(5, "Mine", "mine", "Secret words.", status="private"),
        format_item(6, "Gone", "gone", "Secret words.", status="trash"),
        format_item(7, "Locked", "locked", "Secret words.", password="x"),
        format_item(8, "shelf", "shelf", "", kind="attachment").replace(
            "</item>", "<wp:attachment_url>https://old.example/shelf.jpg</wp:attachment_url></item>"
        ),
        format_item(9, "Menu", "menu", "", kind="nav_menu_item"),
    ]
    return WXR.format(items="\n".join(items))


ATOM = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0'
 xmlns:app='http://purl.org/atom/app#'><id>tag:blogger.com,1999:blog-1</id><title>Old blog</title>
{entries}
</feed>"""
KIND = "<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{}'/>"


def write_blogger():
    """Write posts, a page, a draft, settings and comments, all in one feed."""
    entries = [
        f"<entry><id>tag:blogger.com,1999:blog-1.settings.X</id>{KIND.format('settings')}<title>Name</title>"
        "<content type='text'>x</content></entry>",
        f"<entry><id>tag:blogger.com,1999:blog-1.post-1</id><published>2015-06-01T09:30:00.001+01:00</published>"
        f"<updated>2016-01-02T09:30:00.001Z</updated>{KIND.format('post')}"
        "<category scheme='http://www.blogger.com/atom/ns#' term='Customer service'/>"
        f"<title type='text'>{escape(TITLE)}</title><content type='html'>"
        + escape(
            "<p>We took out <b>four hundred</b> books.</p><div>See <a href='http://old.blogspot.example/2015/06/reading-aloud.html'>the other</a>.</div>"
        )
        + "</content><link rel='alternate' type='text/html' href='http://old.blogspot.example/2015/06/weeding.html' title='x'/>"
        "<author><name>Ann Example</name><email>noreply@blogger.com</email></author><thr:total>2</thr:total></entry>",
        f"<entry><id>tag:blogger.com,1999:blog-1.post-2</id><published>2015-06-02T09:30:00Z</published>{KIND.format('post')}"
        f"<title type='text'>{OTHER}</title><content type='html'>{escape('Aloud,<br/>again.')}</content>"
        "<link rel='alternate' href='http://old.blogspot.example/2015/06/reading-aloud.html'/></entry>",
        f"<entry><id>tag:blogger.com,1999:blog-1.post-3</id><published>2015-06-03T09:30:00Z</published>{KIND.format('post')}"
        "<app:control><app:draft>yes</app:draft></app:control>"
        "<title type='text'>A draft</title><content type='html'>Not yet.</content></entry>",
        f"<entry><id>tag:blogger.com,1999:blog-1.post-11</id><published>2015-06-11T10:00:00Z</published>{KIND.format('comment')}"
        f"<title>I agree</title><content type='html'>{escape('I <i>agree</i>.')}</content>"
        "<author><name>Ann Reader</name><uri>https://ann.example</uri><email>noreply@blogger.com</email></author>"
        "<thr:in-reply-to ref='tag:blogger.com,1999:blog-1.post-1' href='x'/></entry>",
        f"<entry><id>tag:blogger.com,1999:blog-1.post-12</id><published>2015-06-12T10:00:00Z</published>{KIND.format('comment')}"
        "<title>So</title><content type='html'>So do I.</content><author><name>Bob</name></author>"
        "<link rel='related' href='http://www.blogger.com/feeds/1/1/comments/default/11'/>"
        "<thr:in-reply-to ref='tag:blogger.com,1999:blog-1.post-1' href='x'/></entry>",
    ]
    return ATOM.format(entries="\n".join(entries))


def write_ghost():
    """Write posts in each of Ghost's forms, a page, a draft, tags and authors."""
    lexical = {
        "root": {
            "children": [
                {
                    "type": "paragraph",
                    "children": [
                        {"type": "text", "text": "We took out ", "format": 0},
                        {"type": "text", "text": "four hundred", "format": 1},
                        {"type": "text", "text": " books.", "format": 0},
                    ],
                },
                {"type": "codeblock", "code": "x = 1 < 2", "language": "python"},
                {
                    "type": "list",
                    "listType": "number",
                    "children": [
                        {
                            "type": "listitem",
                            "children": [{"type": "text", "text": "One", "format": 2}],
                        }
                    ],
                },
            ]
        }
    }
    mobiledoc = {
        "version": "0.3.1",
        "markups": [["em"], ["a", ["href", "__GHOST_URL__/weeding/"]]],
        "atoms": [["soft-return", "", {}]],
        "cards": [
            ["image", {"src": "__GHOST_URL__/content/images/x.jpg", "caption": "The shelf"}],
            ["markdown", {"markdown": "Some **words**."}],
        ],
        "sections": [
            [
                1,
                "p",
                [
                    [0, [0], 1, "Aloud"],
                    [0, [], 0, ", "],
                    [0, [1], 1, "again"],
                    [1, [], 0, 0],
                    [0, [], 0, "and again"],
                ],
            ],
            [10, 0],
            [10, 1],
            [3, "ul", [[[0, [], 0, "Two"]]]],
        ],
    }
    common = {"status": "published", "type": "post", "visibility": "public"}
    posts = [
        {
            **common,
            "id": "1",
            "title": TITLE,
            "slug": "weeding",
            "lexical": json.dumps(lexical),
            "published_at": "2015-06-01T08:30:00.000Z",
            "custom_excerpt": "What we took out.",
        },
        {
            **common,
            "id": "2",
            "title": OTHER,
            "slug": "reading-aloud",
            "mobiledoc": json.dumps(mobiledoc),
            "published_at": "2015-06-02T08:30:00.000Z",
        },
        {
            **common,
            "id": "3",
            "title": "About us",
            "slug": "about-us",
            "html": "<p>Who we are.</p>",
            "type": "page",
            "published_at": "2015-06-03T08:30:00.000Z",
        },
        {
            **common,
            "id": "4",
            "title": "A draft",
            "slug": "a-draft",
            "html": "<p>Not yet.</p>",
            "status": "draft",
            "created_at": "2015-06-04T08:30:00.000Z",
        },
        {
            **common,
            "id": "5",
            "title": "Members",
            "slug": "members",
            "html": "<p>Secret words.</p>",
            "visibility": "paid",
        },
    ]
    data = {
        "posts": posts,
        "tags": [{"id": "t", "name": "Customer service"}],
        "posts_tags": [{"post_id": "1", "tag_id": "t"}, {"post_id": "2", "tag_id": "t"}],
        "users": [{"id": "u", "name": "Ann Example"}],
        "posts_authors": [{"post_id": "1", "author_id": "u"}],
    }
    return json.dumps({"db": [{"meta": {"version": "5"}, "data": data}]})


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Old</title><link>https://old.example/</link>
<item><title>{escape(TITLE)}</title><link>https://old.example/weeding/</link><guid>https://old.example/weeding/</guid>
<pubDate>Mon, 01 Jun 2015 09:30:00 +0100</pubDate><dc:creator>Ann Example</dc:creator><category>Customer service</category>
<description>Short words.</description><content:encoded><![CDATA[<p>We took out <b>four hundred</b> books.</p>]]></content:encoded>
<slash:comments>3</slash:comments></item></channel></rss>"""
