"""A header that another program wrote is read as that program meant it, and says nothing of its own."""

import io
import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from catalogue.header.front_matter import read_header
from catalogue.problems import count_errors

DAY = "2014-03-01T00:00:00"
BASIC = {"Title": "A walk", "Date": DAY}
# What the header of each program is called, what it is, and what must come out: the values, and the
# keys that are not used. Nothing of it is an error, and nothing a warning.
HEADERS = {
    "Jekyll": (
        """---
layout: post
title:  "Welcome to Jekyll!"
date:   2014-03-01 08:56:00 -0500
categories: jekyll update
permalink: /2014/03/01/welcome/
comments: true
---
""",
        {
            "Title": "Welcome to Jekyll!",
            "Date": "2014-03-01T08:56:00-05:00",
            "Category": ["jekyll update"],
            "Aliases": ["/2014/03/01/welcome/"],
        },
        "layout",
    ),
    "Jekyll, imported from WordPress": (
        """---
layout: post
status: publish
published: true
title: ! 'A walk: & a talk'
author:
  display_name: ann
  login: ann
  email: ann@example.org
  url: ''
author_login: ann
author_email: ann@example.org
excerpt: ! "<p>What we <b>saw</b>.</p>"
wordpress_id: 12
wordpress_url: http://ann.example.org/?p=12
date: !!timestamp 2014-03-01 13:56:00.000000000 Z
date_gmt: '2014-03-01 13:56:00 +0000'
categories:
- Reading
tags:
- Libraries
- Social media
comments: []
meta:
  _edit_last: '1'
  title: Not this one
  tags: not, these
---
""",
        {
            "Title": "A walk: & a talk",
            "Author": "ann",
            "Summary": "What we saw.",
            "Date": "2014-03-01T13:56:00+00:00",
            "Category": ["Reading"],
            "Tags": ["Libraries", "Social media"],
            "Status": "published",
        },
        "layout author_login author_email wordpress_id wordpress_url date_gmt meta",
    ),
    "Jekyll, a draft": (
        "---\nlayout: post\ntitle: A walk\ndate: 2014-03-01\npublished: false\n---\n",
        BASIC | {"Status": "draft"},
        "layout",
    ),
    "Jekyll, with the pattern of an address": (
        "---\ntitle: A walk\ndate: 2014-03-01\npermalink: /:categories/:title/\n---\n",
        BASIC,
        "permalink",
    ),
    "Jekyll, with an address in full": (
        "---\ntitle: A walk\ndate: 2014-03-01\npermalink: https://ann.example.org/2014/walk.html\n---\n",
        BASIC | {"Aliases": ["/2014/walk.html"]},
        "",
    ),
    "Jekyll, redirect-from": (
        "---\ntitle: A walk\ndate: 2014-03-01\nlast_modified_at: 2014-04-01\nredirect_from:\n"
        "  - /old/\n  - /older/walk.html\n---\n",
        BASIC | {"Modified": "2014-04-01T00:00:00", "Aliases": ["/old/", "/older/walk.html"]},
        "",
    ),
    "Minimal Mistakes": (
        """---
title: A walk
date: 2014-03-01
author_profile: true
read_time: true
share: true
related: true
classes: wide
toc: true
toc_sticky: true
excerpt: "What we saw."
header:
  overlay_image: /images/walk.jpg
  overlay_filter: 0.5
  teaser: /images/walk-th.jpg
  caption: "Photo: [Unsplash](https://unsplash.com)"
  title: no title
sidebar:
  - title: "Role"
    text: "none"
---
""",
        BASIC | {"Summary": "What we saw.", "Image": "/images/walk-th.jpg"},
        "author_profile read_time share related classes toc toc_sticky sidebar",
    ),
    "HPSTR": (
        "---\ntitle: A walk\ndate: 2014-03-01\nmodified: 2014-03-02\nimage:\n  feature: walk.jpg\n"
        "  credit: Ann\n  creditlink: https://ann.example\n---\n",
        BASIC | {"Modified": "2014-03-02T00:00:00", "Image": "walk.jpg"},
        "",
    ),
    "Chirpy": (
        "---\ntitle: A walk\ndate: 2014-03-01\ncategories: [Reading, Walking]\ntags: [walks]\npin: true\n"
        "math: true\nmermaid: true\nimage:\n  path: /images/walk.jpg\n  lqip: data:image/webp;base64,UklG\n"
        "  alt: Two people on a path.\n---\n",
        BASIC
        | {
            "Category": ["Reading", "Walking"],
            "Tags": ["walks"],
            "Image": "/images/walk.jpg",
            "Image-alt": "Two people on a path.",
        },
        "pin math mermaid",
    ),
    "Octopress": (
        "---\nlayout: post\ntitle: 'A walk'\ndate: 2014-03-01 10:00\ncomments: true\nsharing: true\n"
        "footer: true\nexternal-url:\ncategories:\n---\n",
        BASIC | {"Date": "2014-03-01T10:00:00"},
        "layout sharing footer external-url",
    ),
    "Hugo in YAML": (
        "---\ntitle: 'A walk'\ndate: 2014-03-01T09:30:00+01:00\nlastmod: 2014-03-02\ndraft: false\n"
        "slug: walk\nurl: /2014/walk/\naliases:\n    - /old/\nweight: 10\ndescription: What we saw.\n"
        "keywords: [a, b]\ntype: post\nmenu: main\nlinktitle: W\nmarkup: goldmark\noutputs: [html]\n---\n",
        BASIC
        | {
            "Date": "2014-03-01T09:30:00+01:00",
            "Modified": "2014-03-02T00:00:00",
            "Status": "published",
            "Slug": "walk",
            "Aliases": ["/old/", "/2014/walk/"],
            "Summary": "What we saw.",
        },
        "weight keywords type menu linktitle markup outputs",
    ),
    "Hugo in TOML": (
        '+++\ntitle = "My \\"trip\\""\ndate = 2017-03-29T21:41:31+01:00\nlastmod = 2017-04-01\n'
        'draft = false\ntags = [\n  "Travel", # far\n  "travel",\n  "Rome, Italy",\n]\n'
        'aliases = ["/old/my-trip/"]\n[author]\nname = "Ann A"\nemail = "ann@example.org"\n'
        '[params]\ntitle = "none"\n+++\n',
        {
            "Title": 'My "trip"',
            "Date": "2017-03-29T21:41:31+01:00",
            "Modified": "2017-04-01T00:00:00",
            "Status": "published",
            "Tags": ["Travel", "Rome, Italy"],
            "Aliases": ["/old/my-trip/"],
            "Author": "Ann A",
        },
        "params",
    ),
    "Hugo in JSON": (
        '{\n  "title": "A \\u0022walk\\u0022",\n  "date": "2014-03-01",\n  "draft": true,\n  "weight": 3,\n'
        '  "tags": ["a, b", "c"],\n  "cover": {"image": "/images/walk.jpg", "title": "B"}\n}\n',
        {
            "Title": 'A "walk"',
            "Date": DAY,
            "Status": "draft",
            "Tags": ["a, b", "c"],
            "Image": "/images/walk.jpg",
        },
        "weight",
    ),
    "Hugo, PaperMod": (
        "---\ntitle: A walk\ndate: 2014-03-01\nauthor: [Ann A, Bob B]\nShowToc: true\nTocOpen: false\n"
        "hidemeta: false\ncomments: false\ndisableShare: false\nhideSummary: false\nsearchHidden: true\n"
        'cover:\n    image: "walk.png"\n    alt: "A path"\n    caption: "<text>"\n    relative: false\n'
        "    hidden: true\neditPost:\n    URL: https://github.com\n    Text: Suggest\n---\n",
        BASIC | {"Author": "Ann A; Bob B", "Image": "walk.png", "Image-alt": "A path"},
        "ShowToc TocOpen hidemeta disableShare hideSummary searchHidden editPost",
    ),
    "Hugo, Academic": (
        "---\ntitle: A walk\nsubtitle: And a talk\nsummary: What we saw.\ndate: '2014-03-01T00:00:00Z'\n"
        "lastmod: '2014-03-02T00:00:00Z'\nfeatured: false\nauthors:\n- admin\n- 吳恩達\nimage:\n"
        "  caption: 'Image: [x](y)'\n  focal_point: ''\n  preview_only: false\nprojects: []\n---\n",
        BASIC
        | {
            "Date": "2014-03-01T00:00:00+00:00",
            "Summary": "What we saw.",
            "Modified": "2014-03-02T00:00:00+00:00",
            "Author": "admin; 吳恩達",
        },
        "subtitle featured projects",
    ),
    "Zola": (
        '+++\ntitle = "A walk"\ndescription = "What we saw."\ndate = 2014-03-01\nupdated = 2014-03-02\n'
        'path = "walk"\nweight = 0\nin_search_index = true\n[taxonomies]\ntags = ["Walks", "Talks"]\n'
        'categories = ["Reading"]\n[extra]\ntitle = "none"\n+++\n',
        BASIC
        | {
            "Summary": "What we saw.",
            "Modified": "2014-03-02T00:00:00",
            "Tags": ["Walks", "Talks"],
            "Category": ["Reading"],
        },
        "path weight in_search_index extra",
    ),
    "Zola in YAML": (
        "---\ntitle: A walk\ndate: 2014-03-01\ntaxonomies:\n  tags:\n    - Walks\n    - Talks\n---\n",
        BASIC | {"Tags": ["Walks", "Talks"]},
        "",
    ),
    "Pelican": (
        "Title: A walk\nDate: 2014-03-01\nModified: 2014-03-02\nAuthors: Ann A; Bob B\nTemplate: article\n"
        "Permalink: 2014/walk.html\nSummary: What we saw.\n\n",
        BASIC
        | {
            "Modified": "2014-03-02T00:00:00",
            "Author": "Ann A; Bob B",
            "Aliases": ["/2014/walk.html"],
            "Summary": "What we saw.",
        },
        "Template",
    ),
    "Nikola": (
        "---\ntitle: A walk\nslug: walk\ndate: 2014-03-01 10:00:00 UTC\ntags: mathjax, reading\n"
        "category: reading\nlink: ''\ndescription: ''\ntype: text\nstatus: private\n"
        "previewimage: /images/walk.png\nhidetitle: true\nnocomments: true\n---\n",
        BASIC
        | {
            "Slug": "walk",
            "Date": "2014-03-01T10:00:00+00:00",
            "Tags": ["mathjax", "reading"],
            "Category": ["reading"],
            "Status": "draft",
            "Image": "/images/walk.png",
        },
        "link description type hidetitle nocomments",
    ),
    "Nikola, in a remark": (
        "<!--\n.. title: A walk: and a talk\n.. slug: walk\n.. date: 2014-03-01 10:00:00 UTC\n.. tags: a, b\n"
        ".. category:\n.. link:\n.. description: What we saw.\n.. type: text\n-->\n",
        BASIC
        | {
            "Title": "A walk: and a talk",
            "Slug": "walk",
            "Date": "2014-03-01T10:00:00+00:00",
            "Tags": ["a", "b"],
            "Summary": "What we saw.",
        },
        "link type",
    ),
    "Hexo": (
        "---\ntitle: A walk\ndate: 2014-03-01 10:00:00\nupdated: 2014-03-02 10:00:00\ntags:\n  - a\n  - b\n"
        "categories:\n  - [Reading, Walking]\ntop: 1\ncover: /images/walk.jpg\nmathjax: true\nabbrlink: 5d4\n"
        "photos:\n  - /a.jpg\n---\n",
        BASIC
        | {
            "Date": "2014-03-01T10:00:00",
            "Modified": "2014-03-02T10:00:00",
            "Tags": ["a", "b"],
            "Category": ["Reading", "Walking"],
            "Image": "/images/walk.jpg",
        },
        "top mathjax abbrlink photos",
    ),
    "Eleventy": (
        "---\ntitle: A walk\ndate: 2014-03-01\nlayout: layouts/post.njk\ntags: [posts, walks]\n"
        "eleventyNavigation:\n  key: A walk\n  parent: Home\npermalink: '/{{ title | slugify }}/'\n"
        "templateEngineOverride: md\n---\n",
        BASIC | {"Tags": ["posts", "walks"]},
        "layout eleventyNavigation permalink templateEngineOverride",
    ),
    "Eleventy, with no page": (
        "---\ntitle: A walk\ndate: 2014-03-01\npermalink: false\n---\n",
        BASIC | {"Status": "draft"},
        "",
    ),
    "Gatsby": (
        "---\ntemplateKey: blog-post\ntitle: A walk\ndate: 2014-03-01T15:04:10.000Z\npath: /walk\n"
        "featuredpost: true\nfeaturedimage: /images/walk.jpg\ndescription: >-\n  What we\n  saw.\ntags:\n"
        "  - walks\n---\n",
        BASIC
        | {
            "Date": "2014-03-01T15:04:10+00:00",
            "Image": "/images/walk.jpg",
            "Summary": "What we saw.",
            "Tags": ["walks"],
        },
        "templateKey path featuredpost",
    ),
    "Astro": (
        "---\ntitle: 'A walk'\ndescription: 'What we saw.'\npubDate: '2014-03-01'\nupdatedDate: 2014-03-02\n"
        "heroImage: '/images/walk.jpg'\nlayout: ../../layouts/Post.astro\nsetup: |\n  import X from 'y'\n"
        "  title: none\n---\n",
        BASIC
        | {
            "Summary": "What we saw.",
            "Modified": "2014-03-02T00:00:00",
            "Image": "/images/walk.jpg",
        },
        "layout setup",
    ),
    "Docusaurus": (
        "---\nslug: walk\ntitle: A walk\ndate: 2014-03-01\nauthors:\n  - name: Ann A\n    title: Librarian\n"
        "    url: https://ann.example\n    image_url: https://ann.example/a.png\n    email: ann@example.org\n"
        "tags: [walks]\nimage: /images/walk.png\nhide_table_of_contents: false\nlast_update:\n"
        "  date: 2014-03-02\n  author: Bob\n---\n",
        BASIC
        | {
            "Slug": "walk",
            "Author": "Ann A",
            "Tags": ["walks"],
            "Image": "/images/walk.png",
            "Modified": "2014-03-02T00:00:00",
        },
        "hide_table_of_contents",
    ),
    "MkDocs Material": (
        "---\ntitle: A walk\ndraft: true\ndate:\n  created: 2014-03-01\n  updated: 2014-03-02\nreadtime: 15\n"
        "pin: true\ncategories:\n  - Hello\nslug: walk\nauthors:\n  - squidfunk\nhide:\n  - toc\n---\n",
        BASIC
        | {
            "Modified": "2014-03-02T00:00:00",
            "Status": "draft",
            "Category": ["Hello"],
            "Slug": "walk",
            "Author": "squidfunk",
        },
        "readtime pin hide",
    ),
    "Quarto": (
        '---\ntitle: "A walk"\nauthor:\n  - name: "Ann A"\n    affiliations:\n      - name: The University\n'
        "    orcid: 0000-0000\n    email: ann@example.org\n  - Bob B\ndate: 2014-03-01\n"
        "date-modified: 2014-03-02\ncategories: [news]\nimage: walk.jpg\nimage-alt: A path\nformat:\n"
        "  html:\n    toc: true\n    title: none\nexecute:\n  echo: false\nbibliography: refs.bib\n"
        "abstract: |\n  What we\n  saw.\n---\n",
        BASIC
        | {
            "Author": "Ann A; Bob B",
            "Modified": "2014-03-02T00:00:00",
            "Category": ["news"],
            "Image": "walk.jpg",
            "Image-alt": "A path",
            "Summary": "What we saw.",
        },
        "format execute bibliography",
    ),
    "R Markdown": (
        "---\ntitle: A walk\nauthor: Ann A\ndate: '2014-03-01'\noutput:\n  html_document:\n    toc: yes\n"
        "    theme: united\nparams:\n  year: 2014\n---\n",
        BASIC | {"Author": "Ann A"},
        "output params",
    ),
    "Obsidian": (
        "---\ntitle: A walk\ndate: 2014-03-01\ntags:\n  - walks\ncssclasses:\n  - wide\npublish: true\n"
        "created: 2014-02-01\nup: '[[Home]]'\nrating: 5\n---\n",
        BASIC | {"Tags": ["walks"], "Status": "published"},
        "cssclasses created up rating",
    ),
    "Obsidian, not published": (
        "---\ntitle: A walk\ncreated: 2014-03-01\nmodified: 2014-03-02\npublish: false\n---\n",
        BASIC | {"Modified": "2014-03-02T00:00:00", "Status": "draft"},
        "",
    ),
    "Ghost": (
        "---\ntitle: A walk\nslug: walk\ndate_published: 2014-03-01T00:00:00.000Z\n"
        "date_updated: 2014-03-02T00:00:00.000Z\nfeature_image: /images/walk.jpg\n"
        "feature_image_alt: A path\nfeature_image_caption: none\ncustom_excerpt: What we saw.\n"
        "meta_title: none\nvisibility: public\nuuid: 1-2\ncodeinjection_head: ''\ntags: Walks, Talks\n---\n",
        BASIC
        | {
            "Slug": "walk",
            "Date": "2014-03-01T00:00:00+00:00",
            "Modified": "2014-03-02T00:00:00+00:00",
            "Image": "/images/walk.jpg",
            "Image-alt": "A path",
            "Summary": "What we saw.",
            "Status": "published",
            "Tags": ["Walks", "Talks"],
        },
        "feature_image_caption meta_title uuid codeinjection_head",
    ),
    "Blogger": (
        "---\nlayout: post\ntitle: A walk\ndate: '2014-03-01T10:00:00.001-08:00'\nauthor: Ann A\ntags:\n"
        "modified_time: '2014-03-01T10:00:00.001-08:00'\nblogger_id: tag:blogger.com,1999:blog-1.post-2\n"
        "blogger_orig_url: http://ann.blogspot.com/2014/03/walk.html\n"
        "thumbnail: https://1.bp.blogspot.com/x/s72-c/walk.jpg\n---\n",
        BASIC
        | {
            "Date": "2014-03-01T10:00:00-08:00",
            "Modified": "2014-03-01T10:00:00-08:00",
            "Author": "Ann A",
            "Aliases": ["/2014/03/walk.html"],
            "Image": "https://1.bp.blogspot.com/x/s72-c/walk.jpg",
        },
        "layout blogger_id",
    ),
    "WordPress, by another exporter": (
        "---\ntitle: 'A walk'\ndate: '2014-03-01T10:00:00+00:00'\nstatus: future\npermalink: /2014/03/walk/\n"
        "author: Ann A\nexcerpt: ''\ntype: post\nid: 12\nguid: http://ann.example/?p=12\nparent_id: '0'\n"
        "thumbnail: ../images/walk.jpg\npost_format: []\nspacious_page_layout:\n  - default_layout\n"
        "category:\n  - Reading\npost_tag:\n  - Walks\ndsq_thread_id: '34'\n---\n",
        BASIC
        | {
            "Date": "2014-03-01T10:00:00+00:00",
            "Status": "published",
            "Aliases": ["/2014/03/walk/"],
            "Author": "Ann A",
            "Image": "../images/walk.jpg",
            "Category": ["Reading"],
            "Tags": ["Walks"],
        },
        "excerpt type id guid parent_id post_format spacious_page_layout dsq_thread_id",
    ),
    "Movable Type": (
        "---\ntitle: A walk\nauthor: Ann A\ndate: 2014-03-01\nbasename: a_walk\nstatus: Publish\n"
        "allow_comments: 1\nconvert_breaks: richtext\nprimary_category: Reading\n---\n",
        BASIC | {"Author": "Ann A", "Status": "published"},
        "basename allow_comments convert_breaks primary_category",
    ),
    "Middleman": (
        "---\ntitle: A walk\ndate: 2014-03-01 10:00 UTC\ntags: walks, talks\npublished: true\n---\n",
        BASIC
        | {
            "Date": "2014-03-01T10:00:00+00:00",
            "Tags": ["walks", "talks"],
            "Status": "published",
        },
        "",
    ),
    "Decap": (
        "---\ntitle: 'A walk: it\n  goes on'\ndate: 2014-03-01T00:00:00.000Z\nthumbnail: /images/walk.jpg\n"
        "rating: 5\n---\n",
        BASIC
        | {
            "Title": "A walk: it goes on",
            "Date": "2014-03-01T00:00:00+00:00",
            "Image": "/images/walk.jpg",
        },
        "rating",
    ),
    "Dev": (
        "---\ntitle: A walk\npublished: true\ndate: 2014-03-01\ndescription: What we saw.\ntags: a, b\n"
        "cover_image: ../images/walk.png\ncanonical_url: https://ann.example/walk\nseries: Walks\n---\n",
        BASIC
        | {
            "Status": "published",
            "Summary": "What we saw.",
            "Tags": ["a", "b"],
            "Image": "../images/walk.png",
            "Series": "Walks",
        },
        "canonical_url",
    ),
    "Hashnode": (
        '---\ntitle: "A walk"\nseoTitle: "none"\nseoDescription: "What we saw."\n'
        "datePublished: 2014-03-01\ncuid: abc\nslug: walk\nenableToc: true\n---\n",
        BASIC | {"Summary": "What we saw.", "Slug": "walk"},
        "seoTitle cuid enableToc",
    ),
    "Notion": (
        "---\ntitle: A walk\nnotion_id: 1-2\ncreated_time: none\nlast_edited_time: 2014-03-02T00:00:00.000Z\n"
        "date: 2014-03-01\nurl: https://www.notion.so/a-walk\n---\n",
        BASIC | {"Modified": "2014-03-02T00:00:00+00:00"},
        "notion_id created_time url",
    ),
    "Drupal": (
        "---\ntitle: A walk\ndate: 2014-03-01\nnid: 12\nuid: 1\npath: node/12\nsticky: 0\n---\n",
        BASIC,
        "nid uid path sticky",
    ),
    "Bridgetown": (
        "---\nlayout: post\ntitle: A walk\ndate: 2014-03-01\ncategory: reading\ntemplate_engine: erb\n"
        "exclude_from_search: true\n---\n",
        BASIC | {"Category": ["reading"]},
        "layout template_engine exclude_from_search",
    ),
    "Distill": (
        "---\ntitle: A walk\ndescription: |\n  What we saw.\nauthor:\n  - name: Ann A\n"
        "    url: https://ann.example/\ndate: 2014-03-01\noutput:\n  distill::distill_article:\n"
        "    self_contained: false\n---\n",
        BASIC | {"Summary": "What we saw.", "Author": "Ann A"},
        "output",
    ),
    "Publii": (
        '---\ntitle: A walk\ndate: 2014-03-01\nauthor: {name: "Ann A", email: "ann@example.org"}\n'
        "featuredImage: ''\neditor: markdown\n---\n",
        BASIC | {"Author": "Ann A"},
        "featuredImage editor",
    ),
    "a header over many lines": (
        "---\ntags: [a,\n  'b, c', # remark\n  d\n]\ntitle: 'A\nwalk' # remark\n# a remark\n"
        "date: 2014-03-01 # remark\nsummary: \"What\n\n  we saw: it's \\\"so\\\"\"\n"
        "authors: [\n  {name: Ann A, email: a@example.org},\n  {name: Bob B}\n]\n\"slug\": walk\n---\n",
        BASIC
        | {
            "Tags": ["a", "b, c", "d"],
            "Summary": 'What we saw: it\'s "so"',
            "Author": "Ann A; Bob B",
            "Slug": "walk",
        },
        "",
    ),
    "blocks": (
        "---\ntitle: >-\n  A\n  walk\ndate: 2014-03-01\nsummary: >\n  one\n  ...\n  ---\n  title: two\n"
        "  # three\n# remark\ndescription: |2+\n    x\n---\n",
        BASIC | {"Summary": "one ... --- title: two # three"},
        "description",
    ),
    "lists": (
        "---\ntitle: A walk\ndate: 2014-03-01\ntags: # remark\n- 'a: b' # remark\n- c # remark\n-\n---\n",
        BASIC | {"Tags": ["a: b", "c"]},
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("program", HEADERS)
def test_a_header_of_another_program_says_what_the_program_meant(program):
    text, values, unused = HEADERS[program]
    header = read_header(f"{text}Text.\n", "post")
    assert [problem.text for problem in header.problems] == []
    assert header.values == values
    assert header.unused.keys() == set(unused.split())
    assert header.body.strip() == "Text."
    assert "@" not in json.dumps(header.values)
    lines = text.split("\n")
    for key, line in [*header.unused.items(), *header.lines.items()]:
        assert re.match(r"\s*[\"'.\[ ]*\w", lines[line - 1]), key
    for key, line in header.unused.items():
        assert key in lines[line - 1]


START = "---\ntitle: A walk\ndate: 2014-03-01\n"


def read_lines(text, kind="post", path=""):
    return read_header(f"{START}{text}\n---\nText.\n", kind, path)


STATES = {
    "draft: true": "draft",
    "draft: 'yes'": "draft",
    "draft: no # not any more": "published",
    "draft: []": None,
    "draft:": None,
    "published: false": "draft",
    "published: 'true'": "published",
    "published: on": "published",
    "published: 2014-03-01": None,
    "published: ~": None,
    "publish: no": "draft",
    "status: publish": "published",
    "status: Published": "published",
    "status: future": "published",
    "status: pending": "draft",
    "status: private": "draft",
    "status: trash": "draft",
    "status: hidden": "draft",
    "post_status: private": "draft",
    "visibility: public": "published",
    "visibility: members": "draft",
    "private: true": "draft",
    "private: false": None,
    "unlisted: yes": "draft",
    "password: ''": None,
    "password: abc": "draft",
    "status: publish\npublished: false": "draft",
    "draft: true\nstatus: publish": "draft",
    "published: true\ndraft: true": "draft",
    "status: draft\npublished: true": "draft",
    "permalink: false": "draft",
    "layout: false": None,
}


@pytest.mark.parametrize(("text", "status"), STATES.items(), ids=ascii)
def test_what_a_program_does_not_show_to_everybody_is_a_draft(text, status):
    header = read_lines(text)
    assert header.values.get("Status") == status
    assert count_errors(header.problems) == 0


def test_what_is_kept_from_some_readers_is_told_at_its_line():
    for line in ("password: abc", "unlisted: true", "visibility: paid", "status: hidden"):
        (problem,) = read_lines(line).problems
        assert (problem.line, problem.level) == (4, "warning")
        assert "a text has all or none. It stays a draft" in problem.text


@pytest.mark.parametrize("line", ["published: false", "draft: true", "private: yes"])
@pytest.mark.parametrize("kind", ["topic", "comment"])
def test_a_file_that_knows_no_drafts_is_not_published_by_a_line_that_says_so(kind, line):
    header = read_header(f"---\ntitle: A\nauthor: A\ndate: 2014-03-01\n{line}\n---\nText.\n", kind)
    assert [problem.level for problem in header.problems if problem.line == 5] == ["error"]


@pytest.mark.parametrize(
    "value",
    ["true", "false", "on", "off", "Yes", "no", "open", "closed", "[]", "{}", "~", "null", "'true'",
     "true # for now", "", "\n  enabled: true\n  provider: disqus"],
)  # fmt: skip
def test_a_switch_in_the_place_of_a_number_of_comments_says_nothing(value):
    for key in ("comments", "Comments", "comment"):
        header = read_lines(f"{key}: {value}")
        assert (header.problems, "Comments" in header.values) == ([], False)


def test_a_page_may_say_whether_it_has_comments():
    header = read_header("---\ntitle: A\ncomments: false\n---\nText.\n", "page")
    assert (header.problems, header.unused) == ([], {"comments": 3})


def test_comments_in_a_header_are_named_with_the_command_that_files_them():
    comments = (
        "comments:\n- id: 12\n  author: Bob\n  author_email: bob@example.org\n  date: '2014-03-02'\n"
        "  title: none\n  content: 'One\n\n    - two: three'\n- id: 13\n  author: Cy\n  content: |\n"
        "    - x\n    tags: y\nslug: walk"
    )
    header = read_lines(comments)
    assert header.values == {"Title": "A walk", "Date": DAY, "Slug": "walk"}
    (problem,) = header.problems
    assert (problem.line, problem.level) == (4, "warning")
    assert problem.text.startswith("comments holds 2 comments, and readers do not get what stands")
    assert 'python3 tasks.py comment the-post --author "Ann Reader"' in problem.text


@pytest.mark.parametrize(
    ("text", "aliases"),
    [
        ("permalink: /2014/a/", ["/2014/a/"]),
        ("permalink: /2014/%C3%BCber-a,b/", ["/2014/über-a,b/"]),
        ("permalink: /?p=123", None),
        ("redirect_from:\n- /ü/\n- /a%20b/\n- /tag/c++/\n- /con/", ["/ü/", "/a b/", "/tag/c++/"]),
        ("permalink: 2014/a.html", ["/2014/a.html"]),
        ("permalink: https://ann.example/2014/a/", ["/2014/a/"]),
        ("permalink: //ann.example/2014/a/", ["/2014/a/"]),
        ("url: /a/\nredirect_from: [/b/, /c/]\naliases:\n- /d/\n- /b/", ["/d/", "/b/", "/c/", "/a/"]),
        ("url: https://other.example/x", None),
        ("permalink: /:year/:title/", None),
        ("permalink: pretty", None),
        ("permalink: '{{ x }}'", None),
        ("permalink: https://ann.example/", None),
        ("permalink: ''", None),
        ("redirect_from: /sw.js", None),
        ("redirect_from:\n- /sw.js\n- /b/", ["/b/"]),
        ("redirect_from: '/a/, /b/'", ["/a/", "/b/"]),
    ],
)  # fmt: skip
def test_an_old_address_leads_on_and_one_that_cannot_stops_no_post(text, aliases):
    header = read_lines(text)
    assert header.values.get("Aliases") == aliases
    assert count_errors(header.problems) == 0


@pytest.mark.parametrize(
    ("text", "image"),
    [
        ("cover: a.png", "a.png"),
        ("featured_image: /images/a.JPG", "/images/a.JPG"),
        ("image: a.png\ncover: b.png", "a.png"),
        ("thumbnail: b.png\ncover: a.png", "a.png"),
        ("images: [a.png, b.png]", "a.png"),
        ("header:\n  teaser: a.png\n  image: ''", "a.png"),
        ("cover: {image: a.png, title: B}", "a.png"),
        ("cover: '{{ site.url }}/images/a.png'", "/images/a.png"),
        ("cover: https://x.example/a.png?w=1", "https://x.example/a.png?w=1"),
        ("image: a.png # remark", "a.png"),
        ("cover: true", None),
        ("thumbnail: fa-book", None),
        ("image:", None),
        ("image: false", None),
        ("image: []", None),
        ("header: none", None),
    ],
)
def test_the_picture_is_what_a_program_has_for_one(text, image):
    header = read_lines(text)
    assert header.values.get("Image") == image
    assert header.problems == []


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("subtitle: c\nexcerpt: b\ndescription: a", "a"),
        ("summary: a\ndescription: b", "a"),
        ("summary:\ndescription: a", "a"),
        ("excerpt: <p>A <em>b</em> &amp; c</p>", "A b & c"),
        ("excerpt: false", None),
        ("abstract: |\n  a\n  b: c", "a b: c"),
    ],
)
def test_the_summary_is_the_best_of_what_a_program_has_for_one(text, summary):
    header = read_lines(text)
    assert header.values.get("Summary") == summary
    assert header.problems == []


def test_a_summary_that_is_too_long_is_told_and_the_post_is_published():
    header = read_lines("description: " + "word " * 300)
    assert [(problem.line, problem.level) for problem in header.problems] == [(4, "warning")]
    assert "Summary" not in header.values


@pytest.mark.parametrize(
    "line",
    [
        "updated: 2014-02-01",
        "updated: 1603370420000",
        "updated: yesterday",
        "lastmod: true",
        "lastmod:",
    ],
)
def test_what_a_program_says_of_changes_is_left_out_where_it_is_no_later_day(line):
    header = read_lines(line)
    assert (header.problems, "Modified" in header.values) == ([], False)


@pytest.mark.parametrize(
    "line", ["author: ann@example.org", "authors: [Ann, ann@example.org]", "byline: Ann (a@x.org)"]
)
def test_an_author_with_an_address_is_an_error_under_any_name(line):
    header = read_lines(line)
    assert [(problem.line, problem.level) for problem in header.problems] == [(4, "error")]
    assert "Author" not in header.values


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("posts/2014-03-01-a.md", "2014-03-01T00:00:00"),
        ("posts/2014-03-01.md", "2014-03-01T00:00:00"),
        ("posts/x/2014-03-01_a.markdown", "2014-03-01T00:00:00"),
        ("posts/2014-03-01-my-trip/index.md", "2014-03-01T00:00:00"),
        ("posts/2014-03-01-x/a.md", None),
        ("posts/2014-13-01-a.md", None),
        ("posts/0001-03-01-a.md", None),
        ("posts/2014-03-012.md", None),
        ("posts/a-2014-03-01.md", None),
    ],
)
def test_the_date_in_a_files_name_is_its_date_if_it_has_no_other(path, date):
    for line in ("", "date:\n", "date: ~\n"):
        header = read_header(f"---\ntitle: A\n{line}---\nText.\n", "post", path)
        assert header.values.get("Date") == date
        assert count_errors(header.problems) == (date is None)
    own = read_header("Title: A\nDate: 2020-01-01\n\nText.\n", "post", path)
    assert own.values["Date"] == "2020-01-01T00:00:00"
    if date:
        early = read_header("Title: A\n\nText.\n", "post", path.replace("2014", "1970"))
        assert [(each.line, each.level) for each in early.problems] == [(1, "warning")]
    wrong = read_header("Title: A\nDate: soon\n\nText.\n", "post", path)
    assert "Date" not in wrong.values
    assert [problem.line for problem in wrong.problems] == [2]


@pytest.mark.parametrize("kind", ["page", "topic", "comment"])
def test_only_a_post_takes_its_date_from_its_name(kind):
    header = read_header("Title: A\nAuthor: A\n\nText.\n", kind, "x/2014-03-01-a.md")
    assert "Date" not in header.values


@pytest.mark.parametrize(
    "lines",
    [
        "title: 'tis the season\ndate: 2014-03-01",
        "title: \"Weeding\" and other words\ndate: 2014-03-01",
        "title: [Review] A book\ndate: 2014-03-01",
        "title: [Review of a book\ndate: 2014-03-01\nsummary: it's 'good'",
        "title: 'n' roll\ndate: 2014-03-01\nsummary: cats'",
    ],
)  # fmt: skip
def test_a_sign_at_the_beginning_of_a_title_takes_no_line_of_the_header(lines):
    for text in (f"{lines}\n\nText.\n", f"---\n{lines}\n---\nText.\n"):
        header = read_header(text, "post")
        assert header.values["Title"] == lines.split("\n")[0].removeprefix("title: ")
        assert header.values["Date"] == DAY
        assert header.problems == []


NESTED = [
    "image:\n  path: a.png\n  title: B\n  date: 1999-01-01",
    "meta:\n  title: B\n  tags:\n  - x\n  author:\n    name: C",
    "foo:\n- title: B\n  date: 1999-01-01\n- slug: c",
    "foo:\n    bar:\n        title: B\n    tags: x",
    "foo: {title: B, tags: [x],\n  slug: c,\n  author: D}",
    "foo: |\n  title: B\n  ---\n  tags: x\n  ...",
    "foo: 'a\n  title: B\n  tags: x'",
]


@pytest.mark.parametrize("text", NESTED, ids=ascii)
def test_a_key_inside_a_mapping_is_never_the_posts_own(text):
    header = read_lines(text)
    assert header.problems == []
    assert header.values.keys() - {"Image"} == {"Title", "Date"}
    assert (header.values["Title"], header.values["Date"]) == ("A walk", DAY)
    assert header.body.strip() == "Text."


def test_a_header_is_ended_at_the_first_column_only():
    for end in ("...", "---"):
        header = read_header(
            f"---\ntitle: A\nsummary: >\n  one\n  {end}\n  two\ndate: 2014-03-01\n{end}\nText.\n",
            "post",
        )
        assert header.values["Summary"] == f"one {end} two"
        assert (header.body, header.body_line) == ("Text.\n", 9)
    header = read_header("  ---\n  title: A\n  date: 2014-03-01\n  ---\nText.\n", "post")
    assert (header.problems, header.body) == ([], "Text.\n")
    header = read_header("---\ntitle: A\ndate: 2014-03-01\n ---\nText.\n", "post")
    assert (header.problems, header.body) == ([], "Text.\n")


own_names = st.sampled_from(
    "title date tags slug author status draft summary aliases image foo-bar".split()
)
leaves = (
    st.text("ab:#-'\"[]{}&*!|>%@, é1", max_size=12) | st.booleans() | st.none() | st.integers(0, 99)
)
nested = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(own_names, inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, database=None, max_examples=150)
@given(st.dictionaries(own_names, nested, min_size=1, max_size=3), st.booleans(), st.integers(1, 3))
@example({"title": "a: b\n", "date": [{"slug": ["- x", "# y"]}]}, False, 2)
def test_whatever_is_nested_below_a_stranger_is_none_of_the_posts_own(value, flow, step):
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.indent(mapping=step, sequence=step + 2, offset=step)
    stream = io.StringIO()
    value = CommentedMap(value)
    if flow:
        value.fa.set_flow_style()
    yaml.dump({"title": "A walk", "strange": value, "date": "2014-03-01", "slug": "walk"}, stream)
    header = read_header(f"---\n{stream.getvalue()}---\nText.\n", "post")
    assert header.values == BASIC | {"Slug": "walk"}
    assert (header.problems, list(header.unused)) == ([], ["strange"])
    assert header.body == "Text.\n"
