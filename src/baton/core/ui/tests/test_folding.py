"""Folded templates draw what they drew before."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.template import Context, Engine, Template
from django.template.base import NodeList, TextNode
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from django_cotton.compiler_regex import CottonCompiler

from baton.core.ui.folding import Said, fold

HOSTILE = "<script>'&\"</script>"
VALUES = [
    HOSTILE,
    "plain",
    "",
    None,
    7,
    1234.5,
    Decimal("12500.50"),
    True,
    datetime(2026, 11, 28, 9, tzinfo=UTC),
    SafeString("<b>1</b>"),
    gettext_lazy("Yes"),
    SimpleLazyObject(lambda: HOSTILE),
    SimpleLazyObject(lambda: SafeString("<b>1</b>")),
    ["<i>"],
]
SOURCES = [
    "{{ x }}",
    "{% autoescape off %}{{ x }}{% endautoescape %}",
    "{{ x|default:'-' }}{# said #}{% load ui_tags %}{% comment %}no{% endcomment %}!",
    "a{% translate 'Yes' %}b{% if x %}c{% translate 'No' %}{{ x }}{% else %}d{% endif %}",
    "{% for one in many %}<li>{{ one }}{% translate 'Yes' %}</li>{% empty %}0{% endfor %}",
    '<c-badge hue="{{ x }}">{{ x }}{% translate "Yes" %}</c-badge>',
    "{% partialdef part inline %}<p>{% translate 'Yes' %}{{ x }}</p>{% endpartialdef %}"
    "{% partial part %}",
]


def both(source: str) -> tuple[Template, Template]:
    plain, folded = (Template(CottonCompiler().process(source)) for _ in range(2))
    fold(folded.nodelist)
    return plain, folded


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_folded_template_draws_the_same(source, value):
    plain, folded = both(source)

    for language in ("en", "de"):
        with translation.override(language):
            context = {"x": value, "many": [value, 1]}
            assert folded.render(Context(context)) == plain.render(Context(context))


def test_what_always_says_the_same_is_one_node():
    source = "a{% translate 'Yes' %}<c-icon-button icon='x' label='No' />b{{ x }}c{# gone #}d"
    _plain, folded = both(source)

    kinds = [type(node).__name__ for node in folded.nodelist]
    assert kinds == ["Constant", "Said", "TextNode"]


def test_templates_of_pages_are_folded_and_their_partials_with_them():
    engine = Engine.get_default()
    page = engine.get_template("people/people.html")
    part = engine.get_template("people/people.html#list")

    assert page.nodelist.get_nodes_by_type(Said)
    assert not _neighbours(page.nodelist)
    assert not _neighbours(part.nodelist)
    assert engine.get_template("people/people.html") is page


def _neighbours(nodes: NodeList) -> bool:
    """Whether two texts stand beside each other."""
    return any(
        isinstance(one, TextNode) and isinstance(other, TextNode) for one, other in pairwise(nodes)
    )


def test_attribute_of_an_object_is_said_as_django_says_it():
    plain, folded = both("{{ one.name }}{{ one.gone }}{{ one.call }}")
    context = {"one": SimpleNamespace(name=HOSTILE, call=lambda: "<b>")}

    assert folded.render(Context(context)) == plain.render(Context(context))
