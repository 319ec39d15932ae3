"""Turn the author's Markdown into the HTML that is published, and into facts: links, ids, words.

All that makes HTML comes first: Markdown, the targets of links, typography. What the sanitiser returns
of it is published, and nothing changes that. What a body becomes is a function of its text, its
path and its language alone, and reading it takes time in proportion to its length.
"""

from catalogue.problems import Problem, count_errors
from catalogue.text.body import Body, convert_in_proportion, count_words
from catalogue.text.code import check_languages, colour_code
from catalogue.text.findings import Finding, has_error, locate
from catalogue.text.html_reader import HtmlFacts, Reference, read_html
from catalogue.text.leftovers import check_typed, take_placeholders
from catalogue.text.links import read_links
from catalogue.text.markdown_parser import make_text_parser
from catalogue.text.publishing import name_headings, publish, read_as_browsers

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
        text, placeholders = take_placeholders(text, first_line, path)
        body.has_placeholder = bool(placeholders)
        source, body.problems = convert_in_proportion(self.parser, text, first_line, path)
        if count_errors(body.problems):
            return body
        facts = read_html(source)
        findings = [
            *check_typed(facts, text, self.parser.find_line),
            *check_languages(source),
        ]
        self.judge(body, source, facts, findings, first_line, path, language)
        body.is_unwritten = body.has_placeholder and not source.strip()
        body.problems += placeholders
        body.finish(text, first_line, path)
        body.html = colour_code(body.html)
        return body

    def judge(
        self,
        body: Body,
        source: str,
        facts: HtmlFacts,
        findings: list[Finding],
        first_line: int,
        path: str,
        language: str,
    ) -> None:
        """Fill in what is published of a body's HTML, its facts, and what is wrong with it."""

        def find_line(place: int) -> int:
            return first_line + self.parser.find_line(place)

        def find_reference(link: Reference) -> int:
            return first_line + self.parser.find_address(link.url, link.place)

        findings = [*findings, *facts.findings]
        if not (facts.is_plain or has_error(findings)):
            source, facts, more = read_as_browsers(source, facts)
            findings += more
        names = name_headings(source, facts)
        targets, body.links, problems = read_links(
            facts.references, path, find_reference, facts.ids
        )
        if not (has_error(findings) or count_errors([*problems, *body.problems])):
            body.html, more = publish(source, targets, language, facts.headings, names)
            findings += more
            if not (body.html.strip() or has_error(more)):
                body.problems.append(Problem(path, first_line, "error", NO_TEXT))
        body.problems += locate(findings, find_line, path)
        body.problems += problems
        body.words, body.ids = count_words(facts.prose), facts.ids
        body.opening = facts.opening or facts.prose
