"""Turn the author's Markdown into the HTML that is published, and into facts: links, ids, words.

All that makes HTML comes first: Markdown, the targets of links, typography. What the sanitiser returns
of it is published, and nothing changes that. What a body becomes is a function of its text, its
path and its language alone. Whatever it holds, reading it ends: see body.py.
"""

from catalogue.problems import Problem, count_errors
from catalogue.text.body import Body, convert_within_limits
from catalogue.text.findings import has_error, locate
from catalogue.text.html_reader import HtmlFacts, read_html
from catalogue.text.leftovers import check_leftovers, check_prose, take_placeholder
from catalogue.text.links import read_links
from catalogue.text.markdown_parser import make_text_parser
from catalogue.text.publishing import publish, read_as_browsers
from catalogue.text.source_lines import SourceLines

NO_TEXT = "There is no text. Write your text below the header, with a blank line between them."


class MarkdownReader:
    """A reader of bodies with one Markdown parser, which is costly to build."""

    def __init__(self) -> None:
        self.parser = make_text_parser()

    def read(
        self, text: str, first_line: int, path: str, language: str = "en", title: str = ""
    ) -> Body:
        """Return the body of the file `path`; `first_line` is where it begins in its file.

        `title` is the file's as it is typed: a first heading that repeats it is no part of the body.
        """
        body = Body()
        self.parser.title, self.parser.language = title, language
        text, placeholders = take_placeholder(text, first_line, path)
        made, body.problems = convert_within_limits(self.convert, text, first_line, path, "text")
        if made:
            source, facts = made
            body.problems += self.list_notices(first_line, path)
            self.judge(body, source, facts, SourceLines(text, first_line), path, language)
            body.is_unwritten = bool(placeholders) and not source.strip()
            body.problems += placeholders
            body.finish(text, first_line, path)
        return body

    def convert(self, text: str) -> tuple[str, HtmlFacts]:
        """Return the HTML of a text, without its hidden comments, and its facts."""
        source = self.parser.convert(text)
        return source, read_html(source)

    def list_notices(self, first_line: int, path: str) -> list[Problem]:
        """Return what the parser has to tell of the text as warnings."""
        notices = self.parser.notices
        return [Problem(path, first_line + n.line, "warning", n.text) for n in notices]

    def judge(
        self,
        body: Body,
        source: str,
        facts: HtmlFacts,
        lines: SourceLines,
        path: str,
        language: str,
    ) -> None:
        """Fill in what is published of a body's HTML, its facts, and what is wrong with it."""
        findings = [*check_leftovers(source, facts.prose, lines), *facts.findings]
        if not (facts.is_plain or has_error(findings)):
            source, facts, more = read_as_browsers(source)
            findings += more
        targets, body.links, problems = read_links(facts.references, path, lines, facts.ids)
        if not (has_error(findings) or count_errors([*problems, *body.problems])):
            body.html, more = publish(source, targets, language)
            findings += more
            if not (body.html.strip() or has_error(more)):
                body.problems.append(Problem(path, lines.first_line, "error", NO_TEXT))
        body.problems += locate([*findings, *check_prose(facts.prose, lines.plain)], lines, path)
        body.problems += problems
        body.words, body.ids = facts.words, facts.ids
        body.opening = facts.opening or facts.prose
