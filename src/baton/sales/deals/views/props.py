"""A deal's properties as its page draws them."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField, Form
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.editing.custom import custom_fields, under_headings
from baton.core.editing.fields import Prop as RecordProp
from baton.core.limits import hidden, present
from baton.core.settings.queries import organisation
from baton.core.ui.formats import day_words, money, percent
from baton.records.people.queries import campaigns_called
from baton.sales.deals.models import Deal
from baton.sales.deals.rules import StageKind, weighted
from baton.sales.deals.words import FIELD_LABELS, reason_words

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Prop:
    """One row of the properties; ``edit`` = where its form is, "" = read only."""

    label: Words
    term: str = ""
    name: str = ""
    text: Words = ""
    note: Words = ""
    owner: User | None = None
    is_owner: bool = False
    edit: str = ""
    form: Form | None = None  # being edited now
    is_saved: bool = False  # was edited just now: the focus goes back to it

    @property
    def input(self) -> BoundField | None:
        """The field that is being edited."""
        return self.form[self.name] if self.form else None


@dataclass(frozen=True, kw_only=True)
class Editing:
    """Whether this user may edit, and which property is open, or was just now (no ``form``)."""

    may: bool
    name: str = ""
    form: Form | None = None


def props_of(deal: Deal, *, editing: Editing, is_amount_free: bool) -> list[Prop]:
    """Properties in their order; those of a closed deal say how it ended."""
    closes = day_words(deal.close_on, today=timezone.localdate()) if deal.close_on else ""
    amount, sum_note = money(deal.amount, deal.currency), _("sum of the lines")
    priced = (
        _prop(deal, "amount", text=amount, editing=editing)
        if is_amount_free
        else Prop(name="amount", label=FIELD_LABELS["amount"], text=amount, note=sum_note)
    )
    unseen = hidden("deal")
    shown = [
        _prop(deal, "name", text=deal.name, editing=editing),
        priced,
        *_likely(deal),
        _prop(deal, "close_on", text=closes, editing=editing),
        _prop(deal, "owner", editing=editing),
        _prop(deal, "need", text=deal.need, editing=editing),
        _prop(deal, "decision_maker", text=deal.decision_maker, editing=editing),
        _prop(deal, "competitor", text=deal.competitor, editing=editing),
        _prop(deal, "objection", text=deal.objection, editing=editing),
        *_ending(deal, editing=editing),
        *_origin(deal),
    ]
    return [prop for prop in shown if prop.name not in unseen]


def own_props(deal: Deal, *, may_edit: bool) -> dict[str, Any]:
    """What this company added, without and with a group; empty ones only for who may fill them."""
    found = [
        RecordProp(
            field=field,
            record=deal,
            edit_url=reverse("deals:cell", args=[deal.key, field.name]) if may_edit else "",
        )
        for field in custom_fields("deal").values()
    ]
    shown = [prop for prop in found if may_edit or prop.text]
    return {
        "custom": [prop for prop in shown if not prop.field.heading],
        "own_groups": under_headings(shown),
    }


def _prop(deal: Deal, name: str, *, editing: Editing, text: Words = "") -> Prop:
    is_it = editing.name == name
    may = editing.may and name not in present("deal").read_only
    return Prop(
        name=name,
        label=FIELD_LABELS[name],
        text=text,
        owner=deal.owner if name == "owner" else None,
        is_owner=name == "owner",
        edit=reverse("deals:field", args=[deal.key, name]) if may else "",
        form=editing.form if is_it else None,
        is_saved=is_it and editing.form is None,
    )


def _likely(deal: Deal) -> list[Prop]:
    """The stage's probability, what the deal counts by it, and why nobody types it in."""
    if deal.state != StageKind.OPEN:
        return []
    is_told = "amount" not in hidden("deal")
    counts = weighted(deal.amount, probability=deal.stage.probability) if is_told else None
    why = _("by its stage, %(stage)s") % {"stage": deal.stage.name}
    if counts is not None:
        counted = money(counts, deal.currency, short=True)
        why = _("counts %(amount)s, %(why)s") % {"amount": counted, "why": why}
    return [
        Prop(
            label=_("Likely"), term="weighted", text=percent(deal.stage.probability / 100), note=why
        )
    ]


def _ending(deal: Deal, *, editing: Editing) -> list[Prop]:
    if deal.state == StageKind.OPEN or deal.closed_at is None:
        return []
    ended = timezone.localtime(deal.closed_at).date()
    label = _("Won on") if deal.state == StageKind.WON else _("Lost on")
    return [
        Prop(label=label, text=day_words(ended, today=timezone.localdate())),
        _prop(deal, "reason", text=reason_words(deal.reason, state=deal.state), editing=editing),
    ]


def _origin(deal: Deal) -> list[Prop]:
    shown = []
    if deal.person and deal.person.channel:
        campaign = campaigns_called([deal.person.campaign]).get(deal.person.campaign, "")
        text = deal.person.channel.replace("_", " ").capitalize()
        shown.append(Prop(label=_("Source"), text=text, note=campaign))
    if deal.qualifier:
        shown.append(Prop(label=_("Qualified by"), is_owner=True, owner=deal.qualifier))
    base = organisation().base_currency
    is_told = "amount" not in hidden("deal") and deal.base_amount is not None
    if deal.currency != base and is_told:
        text = money(deal.base_amount, base)
        day = date_format(deal.rate_on, "j M Y") if deal.rate_on else ""
        note = _("rate of %(day)s") % {"day": day} if day else ""
        shown.append(Prop(label=_("In %(currency)s") % {"currency": base}, text=text, note=note))
    return shown
