"""Controls are drawn as Django's templates draw them, but for empty lines between options."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from baton.core.ui.widgets import DRAWN, Drawn

HOSTILE = "\"><script>alert('x')</script>&amp;"
CHOICES = [
    ("", "None of them"),
    (HOSTILE, HOSTILE),
    (1234, 1234),
    (None, SafeString("<b>safe</b>")),
    ("Group " + HOSTILE, [("a", gettext_lazy("Yes")), ("b", "B")]),
]
ATTRS: dict[str, Any] = {
    "id": "x", "class": HOSTILE, "required": True, "disabled": False, "maxlength": 1250,
    "data-src": SafeString("/a/?b=1"), "aria-label": gettext_lazy("Yes"),
}  # fmt: skip
WIDGETS: list[tuple[forms.Widget, list[Any]]] = [
    (forms.TextInput(), ["", None, "ä", HOSTILE, 12.5]),
    (forms.NumberInput(), [0, 1250, None]),
    (forms.EmailInput(), ["a@b.example"]),
    (forms.URLInput(), ["https://a.example/?b=1&c"]),
    (forms.PasswordInput(render_value=True), ["secret"]),
    (forms.HiddenInput(), [HOSTILE, None]),
    (forms.DateInput(), ["2026-03-02", None]),
    (forms.DateTimeInput(), ["2026-03-02 10:00"]),
    (forms.TimeInput(), ["10:00"]),
    (forms.CheckboxInput(), [True, False, None, "yes"]),
    (forms.Textarea(), ["", None, f"\n{HOSTILE}\nb"]),
    (forms.Select(choices=CHOICES), ["a", HOSTILE, None, ["1234"]]),
    (forms.SelectMultiple(choices=CHOICES), [["a", "b"], []]),
    (forms.NullBooleanSelect(), [True, None]),
    (forms.RadioSelect(choices=CHOICES), ["a"]),
    (forms.SplitDateTimeWidget(), [None]),
]


@pytest.mark.parametrize("attrs", [{}, ATTRS], ids=["bare", "full"])
@pytest.mark.parametrize(
    ("widget", "values"), WIDGETS, ids=[type(one).__name__ for one, _values in WIDGETS]
)
def test_control_is_drawn_as_by_django(widget, values, attrs):
    for value in values:
        ways = [
            widget.render('it"s', value, attrs=attrs, renderer=renderer)
            for renderer in (Drawn(), DjangoTemplates())
        ]
        drawn, by_django = (re.sub(r">\s+<", "><", way.strip()) for way in ways)
        assert drawn == by_django
        assert isinstance(ways[0], SafeString)


def test_most_controls_are_drawn_here():
    drawn = {widget.template_name for widget, _values in WIDGETS} & DRAWN.keys()

    assert len(drawn) == 12
