"""Components drawn in Python, and the tags that ask once."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django_cotton.compiler_regex import CottonCompiler

from baton.core.addresses import address, around
from baton.core.ui.cells import Column, Pencil
from baton.core.ui.components import DRAWN
from baton.core.ui.marks import CELLS

HOSTILE = "\"><script>alert('x')</script>"
ESCAPED = "&quot;&gt;&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;"
KEY = UUID("01a218f4-00ef-76f5-a133-52f0205022f9")


@dataclass(frozen=True)
class Named:
    key: UUID
    name: str

    def __str__(self) -> str:
        return self.name


def drawn(source: str, **context: Any) -> str:
    compiled = CottonCompiler().process(source)
    return Template(compiled).render(Context({**context, "request": RequestFactory().get("/")}))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            '<c-button href="/a/?b=1" key="n" hx-get="/a/">New</c-button>',
            '<a class="button " href="/a/?b=1" data-key="n" hx-get="/a/">New<kbd>N</kbd></a>',
        ),
        (
            '<c-button name="act" value="" small disabled>Do</c-button>',
            '<button class="button  small" type="submit" name="act" value="" disabled >Do</button>',
        ),
        (
            '<c-button opens="menu" kind="quiet">Open</c-button>',
            '<button class="button quiet" type="button" popovertarget="menu" >Open</button>',
        ),
        (
            '<c-icon-button icon="x" label="Close" data-close />',
            '<button class="icon-button" type="button" aria-label="Close" title="Close" data-close>'
            "{x}</button>",
        ),
        (
            '<c-menu-item href="/a/?b=1" icon="x" key="e" danger>Edit</c-menu-item>',
            '<a class="menu-item danger" href="/a/?b=1" >{x}Edit<kbd>e</kbd></a>',
        ),
        (
            '<c-menu-item action="/a/" name="act" value="" confirm="Sure?">Go</c-menu-item>',
            '<form method="post" action="/a/"  data-confirm="Sure?"><input type="hidden" '
            'name="csrfmiddlewaretoken" value="let-me-in"><button class="menu-item" name="act" '
            'value="">Go</button></form>',
        ),
        (
            '<c-popup id="call" title="How did it go?" level="2">…</c-popup>',
            '<div class="popup" id="call" popover role="dialog" aria-labelledby="call-title">'
            '<h2 id="call-title">How did it go?</h2><button class="icon-button" type="button" '
            'aria-label="Close" title="Close" data-close>{x}</button>…</div>',
        ),
        (
            '<c-tabs label="Views">…</c-tabs>',
            '<nav class="tabs" aria-label="Views">…</nav>',
        ),
        (
            '<c-tab href="?a" current="yes" :count="n">All</c-tab>',
            '<a class="tab" href="?a" aria-current="page" >All<span class="n">0</span></a>',
        ),
        ('<c-segment href="?a">Board</c-segment>', '<a class="segment" href="?a" >Board</a>'),
        (
            '<c-chip href="?a" on="yes" icon="x">Mine</c-chip>',
            '<a class="chip on" href="?a" ><span>Mine</span>{x}</a>',
        ),
        (
            '<c-prop label="City" id="p-city">Oslo</c-prop>',
            '<div class="prop" id="p-city"><dt>City</dt><dd><span class="value">Oslo</span></dd>'
            "</div>",
        ),
        ('<c-badge hue="{{ hue }}">Won</c-badge>', '<span class="badge hue-red">Won</span>'),
        ('<c-score :value="none" />', '<span class="meta">No score</span>'),
    ],
)
def test_component_is_drawn(source, html):
    x = DRAWN["icon"]("", {"name": "x"}, "")

    said = drawn(source, n=0, hue="red", none=None, csrf_token="let-me-in")

    assert said == html.format(x=x)


@pytest.mark.parametrize(
    "source",
    [
        '<c-button href="{{ x }}">{{ x }}</c-button>',
        '<c-button name="{{ x }}" value="{{ x }}">{{ x }}</c-button>',
        '<c-icon-button icon="{{ x }}" label="{{ x }}" href="{{ x }}" />',
        '<c-icon-button icon="x" :label="x" :href="x" />',
        '<c-tab :href="x" :count="x">{{ x }}</c-tab>',
        '<c-segment :href="x">{{ x }}</c-segment>',
        '<c-chip :href="x">{{ x }}</c-chip>',
        '<c-prop :label="x" :edit="x" :id="x">{{ x }}</c-prop>',
        '<c-badge :hue="x">{{ x }}</c-badge>',
        '<c-avatar :name="x" />',
        '<c-owner :user="x" />',
        '<c-owner :user="none" :nobody="x" />',
        '<c-icon name="x" :label="x" />',
        '<c-score :value="3" :threshold="5" />',
        '<c-menu-item :href="x" :key="x">{{ x }}</c-menu-item>',
        '<c-menu-item :action="x" :name="x" :value="x" :confirm="x">{{ x }}</c-menu-item>',
        '<c-popup :id="x" :title="x" :level="x">{{ x }}</c-popup>',
        '<c-tabs :label="x">{{ x }}</c-tabs>',
        '<c-search :name="x" :value="x" :label="x" />',
    ],
)
def test_component_escapes_what_it_is_given(source):
    html = drawn(source, x=HOSTILE, none=None)

    assert "<script>" not in html
    assert not ESCAPED.startswith(html)


def test_constant_texts_follow_the_reader_s_language():
    template = Template('{% translate "Yes" %}|{% translate "Yes" as yes %}{{ yes }}')

    for language in ("en", "de", "fr", "en"):
        with translation.override(language):
            said, yes = template.render(Context()).split("|")
            assert said == yes == translation.gettext("Yes")


def test_component_made_of_constants_is_drawn_once_for_each_language(monkeypatch):
    source = """<c-icon-button icon="x" label="{% translate 'Yes' %}" data-close />"""
    template = Template(CottonCompiler().process(source))
    first = {}
    for language in ("en", "de"):
        with translation.override(language):
            first[language] = template.render(Context())
            assert f'aria-label="{translation.gettext("Yes")}"' in first[language]

    monkeypatch.setattr(DRAWN["icon-button"], "draw", None)
    for language in ("en", "de"):
        with translation.override(language):
            assert template.render(Context()) == first[language]


@pytest.mark.parametrize(
    "source",
    [
        '<c-button href="{{ x }}">Go</c-button>',
        '<c-button data-x="{{ x }}">Go</c-button>',
        "<c-button>{{ x }}</c-button>",
        '<c-badge :hue="x">Go</c-badge>',
        '<c-menu-item action="/a/">Go</c-menu-item>',
    ],
)
def test_component_that_differs_by_who_asks_is_drawn_each_time(source):
    template = Template(CottonCompiler().process(source))

    said = {template.render(Context({"x": one, "csrf_token": one})) for one in ("red", "blue")}

    assert len(said) == 2


def test_constant_text_is_not_escaped_but_a_variable_is():
    assert drawn('{% translate "A & B" %}{% translate x %}', x="A & B") == "A & BA &amp; B"


def test_addresses_of_records_are_those_of_django():
    assert address("people:person", KEY) == reverse("people:person", args=[KEY])
    assert drawn("{% url 'people:person' key %}", key=KEY) == reverse("people:person", args=[KEY])
    assert drawn("{% url 'ui:palette' %}") == reverse("ui:palette")


def test_address_that_is_none_is_told():
    with pytest.raises(NoReverseMatch):
        address("people:nothing", KEY)
    with pytest.raises(NoReverseMatch):
        drawn("{% url 'people:person' %}")


def test_options_stand_by_their_keys_with_the_chosen_one_marked():
    records = [Named(KEY, HOSTILE), Named(UUID(int=7), "Teo")]

    html = drawn("{% load ui_tags %}{% options records chosen %}", records=records, chosen=str(KEY))

    assert html == (
        f'<option value="{KEY}" selected>{ESCAPED}</option>'
        '<option value="00000000-0000-0000-0000-000000000007">Teo</option>'
    )


def test_slot_stays_as_its_page_wrote_it():
    assert drawn("<c-badge>{{ x }}</c-badge>", x=SafeString("<b>1</b>")).count("<b>1</b>") == 1


@pytest.mark.parametrize(
    "value", [{"name": "Won", "hue": "green"}, SimpleNamespace(name="Won", hue="green")]
)
def test_badge_of_a_list_has_the_name_and_the_hue(value):
    assert CELLS["badge"](value, None) == '<span class="badge hue-green">Won</span>'


def test_pencil_says_the_row_and_leads_to_its_field():
    column = Column(name="city", label="50% of cities", edit="city")
    pencil = Pencil(
        column, around("people:edit-person", "city"), lambda row, edit: row.name != "Ann"
    )

    html = pencil.of(Named(KEY, HOSTILE), " data-focus")

    assert f'href="{reverse("people:edit-person", args=[KEY, "city"])}"' in html
    assert f"Edit 50% of cities of {ESCAPED}</span>" in html
    assert pencil.of(Named(KEY, "Ann")) == ""
