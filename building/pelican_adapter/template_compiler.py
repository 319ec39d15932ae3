"""Compile a template to fast code, and note what it reads: a page's key has that and nothing else."""

from io import StringIO
from typing import Any

from jinja2 import Template, TemplateSyntaxError, meta, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

from building.pelican_adapter.once import find_changing
from catalogue.addresses import SITE
from catalogue.known_versions import are_known

# What HTML escapes, & first, written as MarkupSafe writes it.
ESCAPES = (("&", "&amp;"), (">", "&gt;"), ("<", "&lt;"), ("'", "&#39;"), ('"', "&#34;"))


def escape_shown(value: object) -> str:
    """Return a value as HTML; that of a text is no Markup, which takes longer to make."""
    if type(value) is not str:
        return escape(value)
    for sign, code in ESCAPES:
        if sign in value:
            value = value.replace(sign, code)
    return value


class TemplateCompiler(CodeGenerator):
    """Jinja's compiler, which refuses a `{% once %}` that shows what may differ from page to page.

    The code of a template has, as `NAMES_READ`, the names that the template takes from its context, and
    the addresses that it names; these begin with a slash.
    """

    def __init__(self, *words: Any, **options: Any) -> None:
        """Begin without names; the arguments are Jinja's."""
        super().__init__(*words, **options)
        self.names: set[str] = set()
        self.is_known = are_known("Jinja2")

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Check the whole template, compile it, and note what it reads."""
        for line, name in find_changing(node):
            raise TemplateSyntaxError(
                f"“{name}” stands inside {{% once %}} and may differ where its key is the same. Name it "
                f"in the tag, as in {{% once {name} %}}, or take it out of it",
                line,
                self.name,
                self.filename,
            )
        super().visit_Template(node, frame)
        names = self.names if self.is_known else meta.find_undeclared_variables(node)
        self.writeline(f"from {__name__} import escape_shown")
        self.writeline(f"NAMES_READ = {sorted({*names, *list_named_addresses(node)})!r}")

    def enter_frame(self, frame: Frame) -> None:
        """Note the names that are looked up in the context, as `jinja2.meta` does."""
        super().enter_frame(frame)
        if self.is_known:
            loads = frame.symbols.loads.values()
            self.names.update(name for action, name in loads if action == "resolve" and name)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Begin the code of what is shown: markup as it is, which most of it is, all else escaped."""
        if self.shows_markup(frame, finalize):
            self.write("(shown if type(shown := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """End it."""
        if self.shows_markup(frame, finalize):
            self.write(") is Markup else escape_shown(shown))")
        else:
            super()._output_child_post(node, frame, finalize)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Write the code of a call: of what is called, and of nothing else.

        Jinja's own asks each callable first whether it wants the context: none of this site's does.
        """
        if not self.is_known:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        code, self.stream = self.stream, StringIO()
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        arguments, self.stream = self.stream.getvalue(), code
        self.write(f"{arguments.removeprefix(', ')})")

    def shows_markup(self, frame: Frame, finalize: Any) -> bool:
        """Return whether what is shown is escaped, whatever happens, and by nothing but `escape`."""
        context = frame.eval_ctx
        is_plain = context.autoescape and not context.volatile and finalize.src is None
        return self.is_known and is_plain


def list_names_read(template: Template) -> list[str]:
    """Return the names that a compiled template takes from its context, and the addresses that it names."""
    names: list[str] = template.root_render_func.__globals__["NAMES_READ"]
    return names


def list_named_addresses(template: nodes.Template) -> list[str]:
    """Return the addresses from the site's root that a parsed template names, and the site has to have."""
    filters = template.find_all(nodes.Filter)
    named = (each.node for each in filters if each.name == "address")
    names = {node.value for node in named if isinstance(node, nodes.Const)}
    return sorted(SITE.get(name, name) for name in names)
