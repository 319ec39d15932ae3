"""All words of the site that are not the author's: a library in another language translates this file.

Each word is a text in quotation marks, and may be longer or shorter than it is here. What stands in
braces, such as {number}, is filled in by the site: it stays as it is, wherever the sentence wants it.
A number with its noun is two texts, for one and for all others. In a sentence with links the label
stands in square brackets, and the name of the page in round ones after it, as in Markdown: translate
the label and leave the name. There, *stars* stress a word and `backticks` set it as code. All other
signs mean themselves. The names of the months and the sign between thousands are here too; the form of
a date is DATE_FORM in pelicanconf.py.
"""

# Names of the pages, as they stand in their headings, in the navigation and in titles
home = "Home"
topics = "Topics"
questions = "Questions"
archives = "Archive"
search = "Search"
subscribe = "Subscribe"
page_title = "{site}, page {number}"

# Numbers and dates
posts = ("{number} post", "{number} posts")
comments = ("{number} comment", "{number} comments")
minutes = "{number}\N{NO-BREAK SPACE}min"
thousands = ","
months = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

# Above and below every page
skip = "Skip to the text"
site_navigation = "Site"
menu = "Menu"
imprint = "{site}, by {author}"
feeds_of_site = "[Subscribe](subscribe) by feed: [Atom](atom), [RSS](rss) or [JSON](json)"

# Lists of posts
nothing_yet = "Nothing here yet."
pages = "Pages"
newer_posts = "Newer posts"
older_posts = "Older posts"
page_of = "Page {number} of {total}"

# A post
contents = "Contents"
short_answer = "Short answer"
series = "Series"
part_of = "Part {number} of {total}: {series}"
filed_under = "Filed under"
revised = "Revised"
by = "By"
cite_this = "Cite this"
as_file = "As a file: {bibtex} or {ris}"
related = "Related"
mentioned_in = "Mentioned in"
earlier = "Earlier"
later = "Later"
archived_copy = "archived copy"

# What Markdown makes in a text: alerts, and the way back from a note
note = "Note"
tip = "Tip"
important = "Important"
warning = "Warning"
caution = "Caution"
film_on = "Film on {site}"
back_to_text = "Back to the text from note {number}"
back_to_place = "Back to the text from note {number}, place {place}"

# Comments
in_reply_to = "in reply to {name}"
by_author = "site’s author"
by_reader = "reader"
reply_by_mail = "Reply by e-mail"
comments_feed = "Atom feed of these comments"
comments_on = "{site}: comments on {title}"
comment_by = "Comment by {author}"

# The page of a topic, and what other sites show of it
posts_about = "Posts about {topic}."
topics_of = "Topics of {site}"
start_here = "Start here"
nothing_filed = "Nothing is filed here yet."
scope_note = "Scope note"
used_for = "Used for"
see_also = "See also"
broader = "Broader"
narrower = "Narrower"
often_with = "Often with"
follow = "Follow"
feeds_of_topic = "This topic by feed: {atom} or {rss}"
cite = "Cite"
bibliography = "All its posts as {bibtex} or {ris}"

# Lists from A to Z: the heading of names that begin with no letter or digit
other_signs = "Other"

# The list of all topics
topics_description = "Every topic of {site}, from A to Z, with its number of posts and comments."
topics_as_data = "The topics as data (SKOS)"
see = "see"
same_as_data = "The same as data: [SKOS in JSON-LD](vocabulary)"

# The list of all questions
questions_description = (
    "Every question that {site} has answered, with its short answer, newest first."
)

# The archive
archive_description = "Every post of {site}, year by year, newest first."
most_discussed = "Most discussed"

# The search
search_description = "Search {site}, or look through all its titles and topics from A to Z."
search_for = "Search for"
in_topic = "Topic"
any_topic = "All topics"
in_year = "Year"
any_year = "All years"
questions_only = "Questions only"
found_nothing = "Nothing found."
found_near = "Nothing found. These have similar words:"
found_one = "One result"
found_many = "{number} results"
show_more = "Show more"
search_failed = "The search does not work at the moment. All titles are listed below."
topic_found = "Topic"
titles_and_topics = "Titles and topics from A to Z"
more_in_archive = "All titles are in [the archive](archives)."

# Where there is no page, where one was, and where one was withdrawn
not_found = "Not on the shelf"
no_page = "There is no page at this address."
why_no_page = "It may have been mistyped, or the page may have moved."
nearest = "Did you mean"
recent_posts = "Recent posts"
ways_on = (
    "Try the [search](search) or the [home page](home), or go through [the archive](archives) "
    "year by year."
)
moved = "This page has moved: {page}"
gone = "Taken off the shelf"
why_gone = "What stood here was withdrawn on purpose, and nothing has taken its place."

# How to subscribe
subscribe_description = (
    "How to hear of new posts on {site} without an account: every feed of the site, and how to "
    "use it."
)
what_is_a_reader = (
    "You can hear of every new post here without an account, an app of ours or your e-mail address. "
    "All it takes is a *feed reader*: a program or a site that looks in on the blogs you choose, and "
    "shows you what is new in one place. Most of them are free."
)
choose_a_reader = (
    "Choose a feed reader, or use the one you have. Mail programs and browsers may have one inside."
)
copy_an_address = (
    "Copy the address of one of the feeds below. What you read is the same in every form; if none is "
    "asked for, take Atom."
)
paste_the_address = (
    "Paste it where your reader says *add*, *follow* or *subscribe*. Many readers find the feed by "
    "themselves if you paste the address of this site."
)
how_to_stop = (
    "Each feed has the full text of its newest posts. To stop, delete the feed in your reader."
)
all_posts = "All posts"
one_topic = "One topic"
atom_or_rss = "{atom} or {rss}"
all_comments = "Comments"
about_comments = (
    "A post with comments kept below it has a feed of them, which is linked there. The feeds above say "
    "how many comments each post has: in Atom as `thr:total` (RFC 4685), in RSS as `slash:comments`, "
    "and in the JSON feed as the `count` of the object `_comments`, whose `url` is the place of the "
    "comments and whose `feed` is their feed, if there is one."
)
