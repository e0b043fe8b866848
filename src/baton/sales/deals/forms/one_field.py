"""One property of a deal, edited in its place."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise

from baton.core.access.models import User
from baton.core.ui.widgets import DayField
from baton.sales.deals.forms.closing import RIVALS
from baton.sales.deals.forms.parts import AmountField, OwnerField, text_field
from baton.sales.deals.models import Deal
from baton.sales.deals.rules import StageKind
from baton.sales.deals.words import FIELD_LABELS, LOST_REASONS, WON_REASONS

Make = Callable[[Deal, User], forms.Field]

_MAKERS: Mapping[str, Make] = {
    "name": lambda deal, user: text_field(max_length=200),
    "amount": lambda deal, user: AmountField(currency=deal.currency, required=False),
    "close_on": lambda deal, user: DayField(required=False),
    "owner": lambda deal, user: OwnerField(user=user, present=deal.owner),
    "next_step": lambda deal, user: text_field(max_length=250, required=False),
    "next_step_on": lambda deal, user: DayField(required=False),
    "competitor": lambda deal, user: text_field(
        max_length=120, required=False, widget=forms.TextInput(attrs=RIVALS)
    ),
    "reason": lambda deal, user: forms.ChoiceField(choices=_reasons(deal), required=False),
    "objection": lambda deal, user: text_field(max_length=250, required=False),
    "need": lambda deal, user: text_field(max_length=250, required=False),
    "decision_maker": lambda deal, user: text_field(max_length=120, required=False),
}


def _reasons(deal: Deal) -> list[tuple[str, Promise | str]]:
    known = WON_REASONS if deal.state == StageKind.WON else LOST_REASONS
    return [("", ""), *known.items()]


FIELDS = frozenset(_MAKERS)


class _OneField(forms.Form):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


def field_form(name: str, *, deal: Deal, user: User, data: Any = None) -> forms.Form:
    """The form with that field only; raises KeyError for one that is not edited so."""
    form = _OneField(data, initial={"version": deal.version, name: _present(deal, name)})
    form.fields[name] = one_field(name, deal=deal, user=user)
    return form


def one_field(name: str, *, deal: Deal, user: User) -> forms.Field:
    """The control of one field; raises KeyError for one that is not edited so."""
    field = _MAKERS[name](deal, user)
    field.label = str(FIELD_LABELS[name])
    field.widget.attrs |= {"data-focus": True}
    return field


def _present(deal: Deal, name: str) -> Any:
    return deal.owner_id if name == "owner" else getattr(deal, name)
