"""A deal's parts as its page draws them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.visibility import reaches
from baton.core.colleagues.interests import interest_in
from baton.core.limits import present
from baton.core.ui.formats import day_words
from baton.core.ui.shapes import Step
from baton.qualification.handoff.permissions import REPLY_TO_VERDICTS, VIEW_HANDOFFS
from baton.qualification.handoff.queries import lead_of_loss, reply_to_row
from baton.qualification.handoff.queries.shown import deal_clocks
from baton.records.discovery.queries import AnswersShown, answers_of_deal
from baton.records.material.permissions import VIEW_MATERIAL
from baton.records.material.queries import material_beside
from baton.records.people.permissions import VIEW_COMPANIES
from baton.records.timeline.queries import timeline_shown
from baton.sales.deals.forms import LineForm, NextStepForm
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.permissions import DELETE_DEALS
from baton.sales.deals.queries import (
    Part,
    deal_subject,
    handoff_of,
    lines_of,
    may_edit,
    open_stages,
    rivals,
    sum_of,
    total_of,
    usual_days,
    way_of,
)
from baton.sales.deals.queries.material import said_of
from baton.sales.deals.queries.seen import Sight
from baton.sales.deals.rules import BarStep, StageKind
from baton.sales.deals.views.cards import board_url, buyer_of, sign_of, sign_words
from baton.sales.deals.views.loading import sight_of
from baton.sales.deals.views.orders import purchases_beside
from baton.sales.deals.views.people import people_beside, primary_seen
from baton.sales.deals.views.props import Editing, own_props, props_of
from baton.sales.deals.words import ATTENTION_HUES, STATE_HUES, STATES


def page_of(
    request: HttpRequest, deal: Deal, *, editing: str = "", form: Form | None = None, **over: Any
) -> dict[str, Any]:
    """All that the record page needs. ``editing``: whose ``form`` is open, or without one was."""
    sight = sight_of(request)
    around = people_beside(deal, user=sight.user)
    return {
        **parts_of(request, deal, sight=sight, editing=editing, form=form),
        **around,
        "steps": steps_of(deal, sight=sight),
        "bar_hue": STATE_HUES[deal.state],
        "person": primary_seen(around["people"]),
        "company": _seen(deal.company, sight.user, VIEW_COMPANIES),
        "interest": interest_in(sight.user, "deal", deal),
        "handoff": handoff_of(deal, user=sight.user),
        **_said_of_loss(deal, user=sight.user),
        "answered": _answered(deal, around["people"], user=sight.user),
        "timeline": timeline_shown(
            deal_subject(deal, user=sight.user, people=around["people"]),
            user=sight.user,
            at=sight.at,
            side=request.GET.get("side", ""),
            before=request.GET.get("before", ""),
        ),
        "material": _material(deal, around["people"], user=sight.user, at=sight.at),
        "moves": [] if deal.state != StageKind.OPEN else _moves(deal),
        "may_delete": may_edit(deal, user=sight.user, permission=DELETE_DEALS),
        **purchases_beside(request, deal),
        **over,
    }


def panel_of(request: HttpRequest, deal: Deal, *, asked: QueryDict | None = None) -> dict[str, Any]:
    """The same for the panel beside the board; closing it leads back to what the board shows."""
    page = page_of(request, deal, close_url=board_url(request.GET if asked is None else asked))
    here = next((step.note for step in page["steps"] if step.state == "current"), "")
    return {**page, "here": here}


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
    is_open, limits = deal.state == StageKind.OPEN, present("deal")
    writes_amount = is_open and "amount" not in limits.unwritten
    return {
        "deal": deal,
        "may_edit": may,
        "is_open": is_open,
        "buyer": buyer_of(deal),
        "state": STATES[deal.state],
        "state_hue": STATE_HUES[deal.state],
        "sign": sign_words(sign, deal=deal, sight=sight),
        "sign_hue": ATTENTION_HUES.get(sign, "gray"),
        "props": props_of(
            deal,
            editing=Editing(may=may, name=editing, form=form),
            is_amount_free=total_of(lines) is None,
        ),
        **own_props(deal, may_edit=may),
        "rivals": rivals(sight.user) if may else [],
        "lines": [(line, f"{line.quantity.normalize():f}", sum_of(line)) for line in lines],
        "lines_total": total_of(lines),
        "line_form": LineForm(deal=deal, user=sight.user) if may and writes_amount else None,
        "sees_amount": "amount" not in limits.hidden,
        "step_form": NextStepForm(deal=deal) if may and is_open else None,
        "clocks": deal_clocks(deal.pk, user=sight.user, now=timezone.now()) if is_open else [],
        "has_no_step": is_open and not deal.next_step and "next_step" not in limits.hidden,
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
        if not (is_won and deal.close_on and deal.state == StageKind.OPEN):
            return ""
        expected = day_words(deal.close_on, today=sight.today, is_inside=True)
        return _("expected %(day)s") % {"day": expected}
    day = day_words(step.entered_on, today=sight.today)
    if deal.state != StageKind.OPEN and step.state == "current":
        return day
    count = step.days or 0
    days = ngettext("%(n)s day", "%(n)s days", count) % {"n": count}
    if step.state != "current":
        return f"{day}, {days}"
    is_new = step.entered_on == sight.today
    since = day_words(step.entered_on, today=sight.today, is_inside=True)
    since = _("since %(day)s, %(days)s") % {"day": since, "days": days}
    since = _("since today") if is_new else since
    return since if usual is None else _("%(since)s, usual %(n)s") % {"since": since, "n": usual}


def _moves(deal: Deal) -> list[Stage]:
    """Where it may go by a press: the other open stages."""
    return [stage for stage in open_stages(deal.stage.pipeline) if stage.pk != deal.stage_id]


def _seen(record: Any, user: User, permission: Permission) -> Any:
    """The record, if this user may see it: else its name stands without a link."""
    return record if record and reaches(user, record, permission) else None


def _material(deal: Deal, people: Sequence[Part], *, user: User, at: datetime) -> dict[str, Any]:
    """What its primary may be sent, by what stands in the way; {} for who sees neither."""
    person = primary_seen(people)
    if person is None or deal.state != StageKind.OPEN or not user.may(VIEW_MATERIAL):
        return {}
    return material_beside(person, user=user, at=at, said=said_of(deal, user=user))


def _said_of_loss(deal: Deal, *, user: User) -> dict[str, Any]:
    """What marketing says to why it was lost, and where who may answers it."""
    lead = None
    if deal.state == StageKind.LOST:
        lead = lead_of_loss(deal_id=deal.pk, person_id=deal.person_id)
    if lead is None:
        return {}
    may_reply = user.may(REPLY_TO_VERDICTS) and reaches(user, lead, VIEW_HANDOFFS)
    return {"reply": reply_to_row(lead), "answer_for": lead if may_reply else None}


def _answered(deal: Deal, people: Sequence[Part], *, user: User) -> list[AnswersShown]:
    """What its people told when they were asked by a guide."""
    seen = [part.person.pk for part in people if part.is_seen]
    return answers_of_deal(deal.pk, person_ids=seen, user=user)
