"""The tags that stand by the hundred on a page, made quick; they mean what Django's and cotton's
do. ``translate`` and ``url`` of constants say the same every time, so they ask once; a component
drawn in Python (``core/ui/components``) needs no context of its own.
"""

from typing import Any
from uuid import UUID

from django import template
from django.template.base import FilterExpression, Node, Parser, Token, Variable
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode, URLNode, url
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import get_script_prefix, get_urlconf
from django.utils.html import conditional_escape
from django.utils.translation import get_language
from django_cotton.templatetags import Attrs, UnprocessableDynamicAttr
from django_cotton.templatetags._component import AttrKind, CottonComponentNode, cotton_component

from baton.core.addresses import address
from baton.core.ui.components import DRAWN, Drawn

register = template.Library()


class Constant(Node):
    """Of a node that says the same whoever asks, one text for each ``place`` it depends on."""

    child_nodelists = ()

    def __init__(self, node: Node, place: Any) -> None:
        self.node, self.place = node, place
        self.known: dict[Any, str] = {}

    def render(self, context: Context) -> str:
        place = self.place()
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
    return (
        Constant(node, get_language) if is_plain and _is_constant(node.filter_expression) else node
    )


@register.tag("url")
def quick_url(parser: Parser, token: Token) -> Node:
    node: URLNode = url(parser, token)
    if node.kwargs or node.asvar or not _is_constant(node.view_name):
        return node
    return Address(node) if node.args else Constant(node, _root)


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


def _root() -> tuple[str | None, str]:
    return get_urlconf(), get_script_prefix()


class DrawnNode(Node):
    """A component of ours: its attributes are cotton's, what it draws is not."""

    child_nodelists = ("nodelist",)

    def __init__(self, parsed: CottonComponentNode, drawn: Drawn) -> None:
        self.nodelist, self.prepared, self.drawn = parsed.nodelist, parsed._prepared_attrs, drawn
        self.name = parsed.component_name

    def render(self, context: Context) -> str:
        known = self.drawn.attributes
        given: dict[str, Any] = {}
        rest: dict[str, Any] = {}
        for attr in self.prepared:
            value = _value(attr, context)
            if attr.key in known:
                given[attr.key] = value
            elif value is not _NOTHING:
                rest[attr.key] = value
        slot = self.nodelist.render(context)
        drawn = str(Attrs(rest)) if rest else ""
        return self.drawn(slot, given, drawn, lambda: _TOKEN.render(context))


_NOTHING = object()
_TOKEN = CsrfTokenNode()


def _value(attr: Any, context: Context) -> Any:
    if attr.kind is AttrKind.STATIC or attr.kind is AttrKind.BOOLEAN:
        return attr.value
    if attr.kind is AttrKind.ESCAPED:
        return attr.compiled.render(context) if attr.compiled else attr.value
    try:
        return attr.compiled.resolve(context)
    except UnprocessableDynamicAttr:
        return attr.value if attr.kind is AttrKind.UNQUOTED else ""


@register.tag("cotton")
def quick_component(parser: Parser, token: Token) -> Node:
    node: CottonComponentNode = cotton_component(parser, token)  # type: ignore[no-untyped-call]
    drawn = DRAWN.get(node.component_name)
    return DrawnNode(node, drawn) if drawn else node
