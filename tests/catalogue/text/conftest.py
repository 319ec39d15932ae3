"""With a version of a library that is not known, what is not used of our own code is not tested."""

from catalogue.known_versions import are_known

collect_ignore = [
    *([] if are_known("Markdown") else ["test_emphasis.py", "test_fast_markdown.py"]),
]
