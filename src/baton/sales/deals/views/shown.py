"""A deal's parts as its page draws them."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField, Form
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core.access.models import User
from baton.core.settings.queries import organisation
from baton.core.ui.formats import day_words, money, percent
from baton.core.ui.shapes import Step
from baton.records.people.models import Company, Person
from baton.records.timeline.queries import timeline_shown
from baton.sales.deals.forms import LineForm, NextStepForm
from baton.sales.deals.models import Deal
from baton.sales.deals.permissions import DELETE_DEALS
from baton.sales.deals.queries import (
    deal_subject,
    handoff_of,
    lines_of,
    may_edit,
    rivals,
    sum_of,
    total_of,
    usual_days,
    way_of,
)
from baton.sales.deals.queries.seen import Sight
from baton.sales.deals.rules import BarStep, StageKind, weighted
from baton.sales.deals.views.cards import buyer_of, sign_of, sign_words
from baton.sales.deals.views.loading import sight_of
from baton.sales.deals.words import ATTENTION_HUES, FIELD_LABELS, STATE_HUES, STATES, reason_words

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Prop:
    """One row of the properties; ``edit`` = where its form is, "" = read only."""

    label: Words
    name: str = ""
    text: Words = ""
    note: Words = ""
    owner: User | None = None
    is_owner: bool = False
    edit: str = ""
    form: Form | None = None  # being edited now

    @property
    def input(self) -> BoundField | None:
        """The field that is being edited."""
        return self.form[self.name] if self.form else None


def page_of(
    request: HttpRequest, deal: Deal, *, editing: str = "", form: Form | None = None, **over: Any
) -> dict[str, Any]:
    """All that the record page needs; ``editing`` names the property whose ``form`` is open."""
    sight = sight_of(request)
    return {
        **parts_of(request, deal, sight=sight, editing=editing, form=form),
        "steps": steps_of(deal, sight=sight),
        "bar_hue": STATE_HUES[deal.state],
        "person": _seen(Person.objects.visible_to(sight.user), deal.person_id),
        "company": _seen(Company.objects.visible_to(sight.user), deal.company_id),
        "handoff": handoff_of(deal, user=sight.user),
        "timeline": timeline_shown(
            deal_subject(deal, user=sight.user),
            user=sight.user,
            at=sight.at,
            side=request.GET.get("side", ""),
            before=request.GET.get("before", ""),
        ),
        "may_delete": may_edit(deal, user=sight.user, permission=DELETE_DEALS),
        **over,
    }


def parts_of(
    request: HttpRequest,
    deal: Deal,
    *,
    sight: Sight,
    editing: str = "",
    form: Form | None = None,
) -> dict[str, Any]:
    """What an edit may change: properties, lines, next step."""
    may = may_edit(deal, user=sight.user)
    lines = lines_of(deal)
    sign = sign_of(deal, sight=sight)
    return {
        "deal": deal,
        "may_edit": may,
        "is_open": deal.state == StageKind.OPEN,
        "buyer": buyer_of(deal),
        "state": STATES[deal.state],
        "state_hue": STATE_HUES[deal.state],
        "sign": sign_words(sign, deal=deal, sight=sight),
        "sign_hue": ATTENTION_HUES.get(sign, "gray"),
        "props": props_of(
            deal, may=may, is_free=total_of(lines) is None, editing=editing, form=form
        ),
        "rivals": rivals(sight.user) if may else [],
        "lines": [(line, f"{line.quantity.normalize():f}", sum_of(line)) for line in lines],
        "lines_total": total_of(lines),
        "line_form": LineForm(deal=deal, user=sight.user) if may else None,
        "step_form": NextStepForm(deal=deal) if may else None,
        "has_no_step": deal.state == StageKind.OPEN and not deal.next_step,
        "is_step_late": bool(deal.next_step_on and deal.next_step_on < sight.today),
    }


def steps_of(deal: Deal, *, sight: Sight) -> list[Step]:
    """The stage bar in words: since when, how long, how long is usual."""
    usual = usual_days(deal.stage) if deal.state == StageKind.OPEN else None
    return [
        Step(
            name=stage.name,
            state=step.state,
            note=_step_note(
                deal, step, sight=sight, usual=usual, is_won=stage.kind == StageKind.WON
            ),
        )
        for stage, step in way_of(deal, today=sight.today, zone=sight.zone)
    ]


def _step_note(deal: Deal, step: BarStep, *, sight: Sight, usual: int | None, is_won: bool) -> str:
    if step.entered_on is None:
        is_ahead = is_won and deal.close_on and deal.state == StageKind.OPEN
        expected = day_words(deal.close_on, today=sight.today) if is_ahead and deal.close_on else ""
        return _("expected %(day)s") % {"day": expected} if expected else ""
    day = day_words(step.entered_on, today=sight.today)
    if deal.state != StageKind.OPEN and step.state == "current":
        return day
    count = step.days or 0
    days = ngettext("%(n)s day", "%(n)s days", count) % {"n": count}
    if step.state != "current":
        return f"{day}, {days}"
    since = _("since %(day)s, %(days)s") % {"day": day, "days": days}
    return since if usual is None else _("%(since)s, usual %(n)s") % {"since": since, "n": usual}


def props_of(
    deal: Deal, *, may: bool, is_free: bool, editing: str = "", form: Form | None = None
) -> list[Prop]:
    """Properties in their order; those of a closed deal say how it ended."""
    today = timezone.localdate()

    def prop(name: str, text: Words, note: Words = "", *, is_editable: bool = True) -> Prop:
        edit = reverse("deals:field", args=[deal.key, name]) if may and is_editable else ""
        return Prop(
            name=name,
            label=FIELD_LABELS[name],
            text=text,
            note=note,
            edit=edit,
            form=form if editing == name else None,
            owner=deal.owner if name == "owner" else None,
            is_owner=name == "owner",
        )

    shown = [
        prop("name", deal.name),
        prop(
            "amount",
            money(deal.amount, deal.currency),
            "" if is_free else _("sum of the lines"),
            is_editable=is_free,
        ),
        *_likely(deal),
        prop("close_on", day_words(deal.close_on, today=today) if deal.close_on else ""),
        prop("owner", ""),
        prop("competitor", deal.competitor),
        prop("objection", deal.objection),
    ]
    return [*shown, *_ending(deal), *_origin(deal)]


def _likely(deal: Deal) -> list[Prop]:
    """The stage's probability, what the deal counts by it, and why nobody types it in."""
    if deal.state != StageKind.OPEN:
        return []
    counts = weighted(deal.amount, probability=deal.stage.probability)
    why = _("by its stage, %(stage)s") % {"stage": deal.stage.name}
    if counts is not None:
        counted = money(counts, deal.currency, short=True)
        why = _("counts %(amount)s, %(why)s") % {"amount": counted, "why": why}
    return [Prop(label=_("Likely"), text=percent(deal.stage.probability / 100), note=why)]


def _ending(deal: Deal) -> list[Prop]:
    if deal.state == StageKind.OPEN or deal.closed_at is None:
        return []
    ended = timezone.localtime(deal.closed_at).date()
    label = _("Won on") if deal.state == StageKind.WON else _("Lost on")
    shown = [Prop(label=label, text=day_words(ended, today=timezone.localdate()))]
    if deal.reason:
        shown.append(Prop(label=_("Reason"), text=reason_words(deal.reason, state=deal.state)))
    return shown


def _origin(deal: Deal) -> list[Prop]:
    shown = []
    if deal.person and deal.person.channel:
        campaign = deal.person.campaign
        shown.append(Prop(label=_("Source"), text=deal.person.channel, note=campaign))
    if deal.qualifier:
        shown.append(Prop(label=_("Qualified by"), is_owner=True, owner=deal.qualifier))
    base = organisation().base_currency
    if deal.currency != base and deal.base_amount is not None:
        text = money(deal.base_amount, base)
        shown.append(Prop(label=_("In %(currency)s") % {"currency": base}, text=text))
    return shown


def _seen(records: Any, pk: int | None) -> Any:
    """The record, if this user may see it: else its name stands without a link."""
    return records.filter(pk=pk).first() if pk else None
