"""Cache what is the same on many pages: `{% once %}` in a template, which refuses what may differ."""

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any

from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

# What is the same on all pages of a site, besides its settings.
ON_ALL_PAGES = frozenset("footer_links icon navigation site_url".split())


class Once(Extension):
    """The tag `{% once %}` … `{% endonce %}`: what stands between is drawn once and cached for all pages.

    After the word may stand values: for each of them it is drawn once. `{% once here %}` is around
    what is the same on all pages but for `here`.
    """

    def __init__(self, environment: Environment) -> None:
        """Begin with nothing drawn; each generator has an environment of its own."""
        super().__init__(environment)
        self.tags = {"once"}
        self.drawn: dict[tuple[Any, ...], str] = {}

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Return the code of the tag: look in the cache; if nothing is there, draw and cache it; show it."""
        line = next(parser.stream).lineno
        text = parser.free_identifier()  # no other tag of the template has its name
        key: list[nodes.Expr] = [nodes.Const(parser.name), nodes.Const(text.name)]
        if parser.stream.current.type != "block_end":
            key.append(parser.parse_tuple())
        body = parser.parse_statements(("name:endonce",), drop_needle=True)
        place = nodes.Tuple(key, "load")
        load = nodes.Assign(text, nodes.Getitem(self.attr("drawn"), place, "load"))
        draw = nodes.AssignBlock(text, None, body)
        save = nodes.ExprStmt(self.call_method("save", [place, text]))
        is_missing = nodes.Test(text, "undefined", [], [], None, None)
        made = [load, nodes.If(is_missing, [draw, save], [], []), nodes.Output([text])]
        return [node.set_lineno(line) for node in made]

    def save(self, key: tuple[Any, ...], text: str) -> None:
        """Cache what was drawn of a tag for its values."""
        self.drawn[key] = text


def find_changing(template: nodes.Template) -> Iterator[tuple[int, str]]:
    """Yield names inside `{% once %}` that are neither in its key nor the same on all pages, with lines.

    A macro may stand there: what it reads besides its arguments is found as well.
    """
    found = [*template.find_all((nodes.If, nodes.Macro, nodes.FromImport))]
    macros = {each.name: each for each in found if isinstance(each, nodes.Macro)}
    known = {*ON_ALL_PAGES, *macros, *list_imported(found)}
    for tag in found:
        if not (isinstance(tag, nodes.If) and isinstance(tag.test, nodes.Test)):
            continue
        if isinstance(tag.test.node, nodes.InternalName):
            keys = list_keys(tag)
            for name in find_loads(tag.body[0], keys, known):
                yield name.lineno, name.name
            used = {name.name for name in tag.body[0].find_all(nodes.Name)} & macros.keys()
            for each in sorted(used):
                for name in find_loads(macros[each], keys, known):
                    yield name.lineno, name.name


def find_loads(
    node: nodes.Node, keys: Sequence[nodes.Node], known: Set[str]
) -> Iterator[nodes.Name]:
    """Yield the names that a part of a template takes from around it, outside of the expressions `keys`."""
    if node in keys:
        return
    if isinstance(node, nodes.Include):  # it takes all that there is
        yield nodes.Name("include", "load", lineno=node.lineno)
    if isinstance(node, nodes.Name):
        if node.ctx == "load" and node.name not in known and not node.name.isupper():
            yield node
        return
    known = known | {*list_bound(node)}
    for child in node.iter_child_nodes():
        yield from find_loads(child, keys, known)


def list_bound(node: nodes.Node) -> Iterator[str]:
    """Yield the names that a part of a template makes itself, for what stands in it."""
    if isinstance(node, nodes.For):
        yield "loop"
    for child in node.iter_child_nodes():
        inside = (
            child if isinstance(child, (nodes.Assign, nodes.AssignBlock, nodes.Tuple)) else None
        )
        for name in (child, *(inside.find_all(nodes.Name) if inside else ())):
            if isinstance(name, nodes.Name) and name.ctx != "load":
                yield name.name


def list_imported(found: Iterable[nodes.Node]) -> Iterator[str]:
    """Yield the names of macros that a template imports: these see nothing but their arguments."""
    for each in found:
        if isinstance(each, nodes.FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in each.names)


def list_keys(tag: nodes.If) -> list[nodes.Node]:
    """Return the expressions that a tag is cached by; its number and the template's name come before."""
    place = tag.body[1].find(nodes.Tuple)
    keys = place.items[2:] if place else []
    return [item for key in keys for item in (key.items if isinstance(key, nodes.Tuple) else [key])]
