"""Keep what is the same on many pages: `{% once %}` in a template, which refuses what may differ."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.meta import find_undeclared_variables
from jinja2.parser import Parser

# What is the same on all pages of a site, besides its settings.
ON_ALL_PAGES = frozenset(
    "footer_links navigation policy site_root site_url stylesheet words".split()
)


class Once(Extension):
    """Add `{% once %}` … `{% endonce %}`: what stands between is drawn once and kept for all pages.

    After the word may stand values: for each of them it is drawn once. `{% once here %}` is around
    what is the same on all pages but for `here`.
    """

    def __init__(self, environment: Environment) -> None:
        """Begin with nothing drawn; each generator has an environment of its own."""
        super().__init__(environment)
        self.tags = {"once"}
        self.drawn: dict[tuple[Any, ...], str] = {}
        environment.code_generator_class = CheckedGenerator

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Make of the tag: take what is kept; if there is nothing, draw and keep it; show it."""
        line = next(parser.stream).lineno
        text = parser.free_identifier()  # no other tag of the template has its name
        key: list[nodes.Expr] = [nodes.Const(parser.name), nodes.Const(text.name)]
        if parser.stream.current.type != "block_end":
            key.append(parser.parse_tuple())
        body = parser.parse_statements(("name:endonce",), drop_needle=True)
        place = nodes.Tuple(key, "load")
        take = nodes.Assign(text, nodes.Getitem(self.attr("drawn"), place, "load"))
        draw = nodes.AssignBlock(text, None, body)
        keep = nodes.ExprStmt(self.call_method("keep", [place, text]))
        is_missing = nodes.Test(text, "undefined", [], [], None, None)
        made = [take, nodes.If(is_missing, [draw, keep], [], []), nodes.Output([text])]
        return [node.set_lineno(line) for node in made]

    def keep(self, key: tuple[Any, ...], text: str) -> None:
        """Keep what was drawn of a tag for its values."""
        self.drawn[key] = text


class CheckedGenerator(CodeGenerator):
    """Compile a template, unless a `{% once %}` in it shows what may differ from page to page."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Look at the whole template, then compile it."""
        for line, name in find_changing(node):
            raise TemplateSyntaxError(
                f"“{name}” stands inside {{% once %}} and may differ where its key is the same. Name it "
                f"in the tag, as in {{% once {name} %}}, or take it out of it",
                line,
                self.name,
                self.filename,
            )
        super().visit_Template(node, frame)


def find_changing(template: nodes.Template) -> Iterator[tuple[int, str]]:
    """Find names inside `{% once %}` that are neither in its key nor the same on all pages, with lines.

    A macro may stand there: what it reads besides its arguments is found as well.
    """
    macros = {macro.name: macro for macro in template.find_all(nodes.Macro)}
    known = ON_ALL_PAGES | macros.keys() | {*list_imported(template)}
    if template.environment:
        known |= template.environment.globals.keys()
    for tag in template.find_all(nodes.If):
        if not (isinstance(tag.test, nodes.Test) and isinstance(tag.test.node, nodes.InternalName)):
            continue
        draw, keep = tag.body
        body = [*draw.iter_child_nodes()][1:]  # what it is kept under comes first
        used = sorted(list_names(template, body) & macros.keys())
        parts: list[Sequence[nodes.Node]] = [body]
        parts += [(macros[name],) for name in used]
        for part in parts:
            names = list_names(template, part) - known - list_set(part)
            lines = find_loads(part, list_keys(keep))
            found = ((lines[name], name) for name in names & lines.keys() if not name.isupper())
            yield from sorted(found)
        yield from ((each.lineno, "include") for each in tag.find_all(nodes.Include))


def find_loads(body: Iterable[nodes.Node], keys: Sequence[nodes.Node]) -> dict[str, int]:
    """Return the names that a part of a template reads outside of the expressions `keys`, with lines."""
    lines = {}
    for node in body:
        if node not in keys:
            if isinstance(node, nodes.Name) and node.ctx == "load":
                lines[node.name] = node.lineno
            lines |= find_loads(node.iter_child_nodes(), keys)
    return lines


def list_imported(template: nodes.Template) -> Iterator[str]:
    """Return the names of macros that a template imports: these see nothing but their arguments."""
    for each in template.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in each.names)


def list_keys(keep: nodes.Node) -> list[nodes.Node]:
    """Return the expressions that a tag is kept by; its number and the template's name come before."""
    place = keep.find(nodes.Tuple)
    keys = place.items[2:] if place else []
    return [item for key in keys for item in (key.items if isinstance(key, nodes.Tuple) else [key])]


def list_set(body: Iterable[nodes.Node]) -> set[str]:
    """Return the names that are set somewhere in a part of a template."""
    kinds = (nodes.Assign, nodes.AssignBlock)
    inside = [node for part in body for node in (part, *part.find_all(kinds))]
    targets = [node.target for node in inside if isinstance(node, kinds)]
    names = [name for each in targets for name in (each, *each.find_all(nodes.Name))]
    return {name.name for name in names if isinstance(name, nodes.Name)}


def list_names(template: nodes.Template, body: Sequence[nodes.Node]) -> set[str]:
    """Return the names that a part of a template takes from around it."""
    part = nodes.Template([*body], environment=template.environment, lineno=1)
    return find_undeclared_variables(part)
