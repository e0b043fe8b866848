"""The buttons of the bar, as ``editing/bulk.html`` shows them.

The bar of a list is the same for all who may do the same, and most of a page's choices stand in it:
it is drawn once for each language and each set of what can be chosen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from baton.core.access.models import User
from baton.core.addresses import place
from baton.core.editing.slots import BulkAct, BulkLink, acts_on, bulk_links
from baton.core.locals import here

BARS, CONTROLS = 64, 256  # that a process keeps


@dataclass(frozen=True, kw_only=True)
class BulkButton:
    on: str
    name: str
    label: str
    icon: str
    is_danger: bool
    field: SafeString | None  # what is chosen first
    url: str  # where the ticked rows go


@dataclass(frozen=True)
class BulkBar:
    buttons: tuple[BulkButton, ...]

    @property
    def drawn(self) -> SafeString:
        return _bar(self.buttons, here())


@lru_cache(BARS)
def _bar(buttons: tuple[BulkButton, ...], _here: Any) -> SafeString:
    return SafeString(render_to_string("editing/bulk_buttons.html", {"buttons": buttons}))


def bulk_of(listing: str, *, user: User) -> BulkBar:
    """What this user may do to many rows of that list at once."""
    acts = [
        BulkButton(
            on=act.on,
            name=act.name,
            label=str(act.label),
            icon=act.icon,
            is_danger=act.is_danger,
            field=_asked(act, user),
            url=place("editing:many", act.on)
            if act.many
            else place("editing:act", act.on, act.name),
        )
        for act in acts_on(listing, user=user)
    ]
    links = [_link(listing, link) for link in bulk_links if link.is_open(user, listing)]
    return BulkBar((*acts, *links))


def _asked(act: BulkAct, user: User) -> SafeString | None:
    """What is chosen in the bar, where no page asks for it."""
    return _drawn(f"value-{act.name}", act.control(user)) if act.control and not act.many else None


def _link(listing: str, link: BulkLink) -> BulkButton:
    return BulkButton(
        on=listing,
        name=link.name,
        label=str(link.label),
        icon=link.icon,
        is_danger=False,
        field=None,
        url=link.url(listing),
    )


def _drawn(name: str, field: forms.Field) -> SafeString:
    """The control; of a plain choice what it is made of says whether it is drawn already."""
    if not isinstance(field, forms.ChoiceField) or type(field.widget) is not forms.Select:
        return _bound(name, field)
    # Asked once: a list of what can be iterated over asks first how many they are.
    choices = list(iter(cast(Iterable[tuple[Any, Any]], field.choices)))
    is_plain = not any(isinstance(label, list | tuple) for _value, label in choices)
    if not is_plain or field.initial is not None or field.help_text:
        return _bound(name, field)
    known = tuple((str(value), str(label)) for value, label in choices)
    return _select(name, known, tuple(field.widget.attrs.items()), field.required, here())


@lru_cache(CONTROLS)
def _select(
    name: str,
    choices: tuple[tuple[str, str], ...],
    attributes: tuple[tuple[str, Any], ...],
    required: bool,  # noqa: FBT001 -- kept by it, never written at a call
    _here: Any,
) -> SafeString:
    widget = forms.Select(dict(attributes))
    return _bound(name, forms.ChoiceField(choices=choices, required=required, widget=widget))


def _bound(name: str, field: forms.Field) -> SafeString:
    form = forms.Form(auto_id="%s")
    form.fields[name] = field
    return SafeString(str(form[name]))
