"""The tags that stand by the hundred on a page, made quick; they mean what Django's and cotton's
do. ``translate`` and ``url`` of constants say the same every time, so they ask once; a component
drawn in Python (``core/ui/components``) needs no context of its own, and one
that is made of constants only is one itself.
"""

from typing import Any
from uuid import UUID

from django import template
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Parser,
    TextNode,
    Token,
    Variable,
)
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode, URLNode, url
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import StaticNode, do_static
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django_cotton.templatetags import Attrs, InlineTemplate, UnprocessableDynamicAttr
from django_cotton.templatetags._component import AttrKind, CottonComponentNode, cotton_component

from baton.core.addresses import address
from baton.core.locals import here
from baton.core.ui.asked import changed
from baton.core.ui.components import DRAWN, Drawn

register = template.Library()


class Constant(Node):
    """Of a node that says the same whoever asks, one text for each place it is read at."""

    child_nodelists = ()

    def __init__(self, node: Node | NodeList) -> None:
        self.node = node
        self.known: dict[Any, str] = {}

    def render(self, context: Context) -> str:
        place = here()
        if place not in self.known:
            self.known[place] = self.node.render(context)
        return self.known[place]


def _is_constant(said: FilterExpression) -> bool:
    """A text without filters: Django has it translated and marked already, or wrapped."""
    if said.filters:
        return False
    var: Any = said.var
    return isinstance(var, str) or (isinstance(var, Variable) and var.literal is not None)


@register.tag("translate")
def quick_translate(parser: Parser, token: Token) -> Node:
    node: TranslateNode = do_translate(parser, token)
    is_plain = not node.noop and not node.asvar and not node.message_context
    return Constant(node) if is_plain and _is_constant(node.filter_expression) else node


@register.tag("static")
def quick_static(parser: Parser, token: Token) -> Node:
    node: StaticNode = do_static(parser, token)
    return Constant(node) if not node.varname and _is_constant(node.path) else node


@register.tag("url")
def quick_url(parser: Parser, token: Token) -> Node:
    node: URLNode = url(parser, token)
    if node.kwargs or node.asvar or not _is_constant(node.view_name):
        return node
    return Address(node) if node.args else Constant(node)


@register.simple_tag(takes_context=True, name="querystring")
def quick_querystring(context: Context, **changes: Any) -> str:
    """Of this page with something changed; None takes a word away."""
    asked = context.request.GET  # type: ignore[attr-defined] # that of a RequestContext
    is_nothing = not asked and all(value is None for value in changes.values())
    return "" if is_nothing else changed(asked, changes)


class Address(Node):
    """Of a record's page; what begins with no key is asked of Django."""

    child_nodelists = ()

    def __init__(self, node: URLNode) -> None:
        self.node = node

    def render(self, context: Context) -> str:
        first, *rest = [arg.resolve(context) for arg in self.node.args]
        if type(first) is not UUID or any(not isinstance(one, str) for one in rest):
            return self.node.render(context)
        said = address(self.node.view_name.resolve(context), first, *rest)
        return conditional_escape(said) if context.autoescape else said


class Written:
    """What stands in an attribute, in place of cotton's template of its own for each: nothing in
    an attribute keeps a state."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        return SafeString("".join([node.render(context) for node in self.nodelist]))


class DrawnNode(Node):
    """A component of ours: its attributes are cotton's, what it draws is not."""

    child_nodelists = ("nodelist",)

    def __init__(self, parsed: CottonComponentNode, drawn: Drawn) -> None:
        self.nodelist, self.prepared, self.drawn = parsed.nodelist, parsed._prepared_attrs, drawn
        self.name = parsed.component_name
        is_fixed = {attr.key: _is_fixed(attr) for attr in self.prepared}
        known = [attr for attr in self.prepared if attr.key in drawn.attributes]
        self.rest = [attr for attr in self.prepared if attr.key not in drawn.attributes]
        self.given = {attr.key: attr.value for attr in known if is_fixed[attr.key]}
        self.asked = [attr for attr in known if not is_fixed[attr.key]]
        # The same each time, but for the language.
        self.is_constant = not drawn.posts and all(
            [*map(_says_the_same, self.prepared), _are_constant(self.nodelist)]
        )

    def render(self, context: Context) -> str:
        given = self.given.copy()
        for attr in self.asked:
            given[attr.key] = _value(attr, context)
        drawn = ""
        if self.rest:
            rest = {attr.key: _value(attr, context) for attr in self.rest}
            drawn = str(Attrs({name: one for name, one in rest.items() if one is not _NOTHING}))
        slot = self.nodelist.render(context) if self.nodelist else SafeString("")
        return self.drawn(slot, given, drawn, lambda: _TOKEN.render(context))


_NOTHING = object()
_TOKEN = CsrfTokenNode()


def _is_fixed(attr: Any) -> bool:
    """A plain text, or an attribute without any."""
    if attr.kind is AttrKind.ESCAPED:
        return not attr.compiled
    return attr.kind is AttrKind.STATIC or attr.kind is AttrKind.BOOLEAN


def _says_the_same(attr: Any) -> bool:
    is_text = attr.kind is AttrKind.ESCAPED and bool(attr.compiled)
    return _is_fixed(attr) or (is_text and _are_constant(attr.compiled.nodelist))


def _are_constant(nodes: NodeList) -> bool:
    return all(isinstance(node, TextNode | Constant) for node in nodes)


def _value(attr: Any, context: Context) -> Any:
    if _is_fixed(attr):
        return attr.value
    if attr.kind is AttrKind.ESCAPED:
        return attr.compiled.render(context)
    try:
        return attr.compiled.resolve(context)
    except UnprocessableDynamicAttr:
        return attr.value if attr.kind is AttrKind.UNQUOTED else ""


@register.tag("cotton")
def quick_component(parser: Parser, token: Token) -> Node:
    node: CottonComponentNode = cotton_component(parser, token)  # type: ignore[no-untyped-call]
    node._prepared_attrs = [_unwrapped(attr) for attr in node._prepared_attrs]
    drawn = DRAWN.get(node.component_name)
    if not drawn:
        return node
    quick = DrawnNode(node, drawn)
    return Constant(quick) if quick.is_constant else quick


def _unwrapped(attr: Any) -> Any:
    if isinstance(attr.compiled, InlineTemplate):
        return attr._replace(compiled=Written(attr.compiled.nodelist))
    return attr
