"""Templates made quick after they are read; they draw the same.

Neighbours that always say the same are one node, and a variable that holds a text is written
without what Django asks of figures and times first: a page has some hundred of either.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.template.base import (
    Node,
    NodeList,
    Template,
    TextNode,
    VariableNode,
    render_value_in_context,
)
from django.template.context import Context
from django.template.defaulttags import CommentNode, IfNode, LoadNode
from django.template.loaders import cached
from django.utils.safestring import SafeString

from baton.core.ui.marks import said
from baton.core.ui.templatetags.quick_tags import Constant, DrawnNode, Written


class Loader(cached.Loader):
    """Django's, whose templates are folded before they are kept."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        if not hasattr(template, "is_folded"):
            fold(template.nodelist)
            template.is_folded = True  # type: ignore[attr-defined] # a mark of ours
        return template


class Said(VariableNode):
    """A variable; most are texts."""

    def render(self, context: Context) -> Any:
        value = self.filter_expression.resolve(context)
        if type(value) is SafeString:  # a lazy object lies about its class
            return value
        if type(value) is str and context.autoescape:
            return said(value)
        return render_value_in_context(value, context)


def fold(nodes: NodeList) -> None:
    """In place, with all that stands inside: a partial is known by its nodes."""
    for node in nodes:
        for inner in _inside(node):
            fold(inner)
    nodes[:] = [one for run, same in groupby(nodes, _is_constant) for one in _folded(run, [*same])]


def _inside(node: Node) -> Iterator[NodeList]:
    if isinstance(node, IfNode):
        yield from (inner for _condition, inner in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        inner = getattr(node, name, None)
        if isinstance(inner, NodeList):
            yield inner
    if isinstance(node, DrawnNode):
        written = (attr.compiled for attr in node.prepared if isinstance(attr.compiled, Written))
        yield from (one.nodelist for one in written)


def _is_constant(node: Node) -> bool:
    return isinstance(node, TextNode | Constant | LoadNode | CommentNode)


def _folded(is_constant: bool, nodes: Sequence[Node]) -> Iterator[Node]:  # noqa: FBT001 -- what groupby hands on
    if not is_constant:
        yield from (
            Said(one.filter_expression) if type(one) is VariableNode else one for one in nodes
        )
        return
    left = [one for one in nodes if not isinstance(one, LoadNode | CommentNode)]
    if len(left) < 2:
        yield from left
    elif all(isinstance(one, TextNode) for one in left):
        yield TextNode("".join(one.s for one in left if isinstance(one, TextNode)))
    else:
        yield Constant(NodeList(left))
