"""Compile a template, and note what it reads: a page's key has that and nothing else."""

from typing import Any

from jinja2 import TemplateSyntaxError, meta, nodes
from jinja2.compiler import CodeGenerator, Frame

from building.pelican_adapter.once import find_changing
from catalogue.addresses import SITE
from catalogue.known_versions import are_known


class TemplateCompiler(CodeGenerator):
    """Jinja's compiler, which refuses a `{% once %}` that shows what may differ from page to page.

    The environment has, as `names_read`, of each template that was compiled the names that it takes
    from its context, and the addresses that it names; these begin with a slash.
    """

    def __init__(self, *words: Any, **options: Any) -> None:
        """Begin without names; the arguments are Jinja's."""
        super().__init__(*words, **options)
        self.names: set[str] = set()

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
        names = self.names if are_known("Jinja2") else meta.find_undeclared_variables(node)
        read = sorted({*names, *list_named_addresses(node)})
        vars(self.environment)["names_read"][self.name] = read

    def enter_frame(self, frame: Frame) -> None:
        """Note the names that are looked up in the context, as `jinja2.meta` does."""
        super().enter_frame(frame)
        if are_known("Jinja2"):
            loads = frame.symbols.loads.values()
            self.names.update(name for action, name in loads if action == "resolve" and name)


def list_named_addresses(template: nodes.Template) -> list[str]:
    """Return the addresses from the site's root that a parsed template names, and the site has to have."""
    filters = template.find_all(nodes.Filter)
    named = (each.node for each in filters if each.name == "address")
    names = {node.value for node in named if isinstance(node, nodes.Const)}
    return sorted(SITE.get(name, name) for name in names)
