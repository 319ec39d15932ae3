"""With a version of a library that is not known, what is not used of our own code is not tested."""

from catalogue.known_versions import are_known

collect_ignore = [
    *([] if are_known("typogrify", "smartypants") else ["test_fast_typography.py"]),
]
