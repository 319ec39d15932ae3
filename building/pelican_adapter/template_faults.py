"""Say in the author's words what Jinja says of a template."""

import re

from jinja2 import TemplateNotFound

from building.check_theme import TEMPLATES

# What Jinja says, and our sentence for it; anything else is left as it is.
TEMPLATE_FAULTS = (
    (r"'(?:[\w.]+ object)' has no attribute '([^']*)'", r"there is nothing called \1 in it"),
    (r"'([^']*)' is undefined", r"there is nothing called \1"),
    (r"No (filter|test) named '([^']*)'\.?", r"there is no \1 called \2"),
    (r"Encountered unknown tag '([^']*)'\..*", r"there is no sign {% \1 %}, or not here"),
    (
        r"Unexpected end of template\..*closed is '(\w+)'\.?",
        r"{% \1 %} is never closed. Write {% end\1 %} where it ends",
    ),
    (r"(?:unexpected|expected token [^,]*, got) '([^']*)'", r"“\1” stands where it should not"),
)


def explain_template(error: Exception) -> str:
    """Return what is wrong with a template, from what Jinja says of it, without a stop at its end."""
    text = " ".join(str(error).split())
    if isinstance(error, TemplateNotFound):
        return f"there is no template {text}. Fetch it back: git checkout {TEMPLATES}/{text}"
    for pattern, sentence in TEMPLATE_FAULTS:
        if match := re.fullmatch(pattern, text, re.DOTALL):
            return match.expand(sentence)
    return text.rstrip(".")
