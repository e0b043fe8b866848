"""The agreement: both sides' promises, how they are kept, and what a draft would change."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.home.following import stands_at_once
from baton.core.ui.htmx import HtmxRequest
from baton.marketing.capture.models import Form
from baton.qualification.handoff.behind import listed
from baton.qualification.handoff.effects import EFFECTS
from baton.qualification.handoff.kinds import page_url
from baton.qualification.handoff.models import Agreement, Handoff
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.promises import (
    behind_url,
    clock_promises,
    promises_kept,
)
from baton.qualification.handoff.queries import (
    agreement_in_force,
    coming_agreement,
    draft_agreement,
)
from baton.qualification.handoff.queries.attainment import Promise, attainment
from baton.qualification.handoff.queries.effects import OF_PEOPLE, Effect, effects
from baton.qualification.handoff.queries.promised import are_promised, clocks_kept
from baton.qualification.handoff.rules import Kind
from baton.qualification.handoff.slots import PromiseShown
from baton.qualification.handoff.takes import takes_of
from baton.qualification.handoff.terms import own_rests, own_stages, returns_of, rungs
from baton.qualification.handoff.views.loading import on_their_clock
from baton.qualification.handoff.views.standing import standing
from baton.qualification.handoff.words import no_form
from baton.qualification.handoff.worth import worth_shown
from baton.records.people.models import Person


@requires(VIEW_HANDOFFS)
@require_GET
@stands_at_once(gettext_lazy("Agreement"))
@on_their_clock
def agreement(request: HtmxRequest) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    context = standing(Kind.MARKETING, user=user, now=now)
    in_force = context["agreement"]
    today = timezone.localtime(now).date()
    found = attainment(user=user, agreement=in_force, day=today, at=now)
    context |= {
        "found": found,
        "lines": promises_kept(found, in_force) if in_force else [],
        "clock_lines": _clock_lines(in_force, user=user, day=today, at=now),
        "own_stages": own_stages(in_force) if in_force else [],
        "raising": _raising(in_force) if in_force else [],
        "rests": own_rests(in_force) if in_force else [],
        "returns": returns_of(in_force) if in_force else [],
        "rungs": rungs(in_force) if in_force else [],
        "takes": takes_of(in_force.goal()) if in_force else None,
        "worth": worth_shown(in_force.goal(), user=user, at=now) if in_force else None,
        "mqls_url": behind_url(Promise.MQLS),
    }
    return render(request, "handoff/agreement.html", context)


def _clock_lines(
    agreement: Agreement | None, *, user: User, day: date, at: datetime
) -> list[PromiseShown]:
    """Nothing is asked where none of them is promised."""
    if agreement is None or not are_promised(agreement):
        return []
    return clock_promises(clocks_kept(user=user, day=day, at=at), agreement)


def _raising(agreement: Agreement) -> list[str]:
    """What the forms that raise a hand are called; of one that is not there its code."""
    codes = agreement.hand_raise_forms
    names = dict(Form.objects.living().filter(code__in=codes).values_list("code", "name"))
    return [names.get(code) or no_form(code) for code in codes]


@requires(MANAGE_HANDOFFS)
@require_GET
@on_their_clock
def effect_behind(request: HtmxRequest, effect: str, kind: Kind = Kind.MARKETING) -> HttpResponse:
    """Whom, or which handoffs, a figure of the draft's effect counts: under the terms of now, or
    with ``?then`` under those of the draft."""
    user, now = user_of(request), timezone.now()
    base, draft = coming_agreement(kind) or agreement_in_force(kind), draft_agreement(kind)
    if effect not in EFFECTS[kind] or base is None or draft is None:
        raise Http404
    asked = Effect(effect)
    [found] = effects(now=base, then=draft, user=user, at=now, wanted=[asked])
    ids = found.then if "then" in request.GET else found.now
    context: dict[str, Any] = {
        "title": EFFECTS[kind][asked],
        "period": _("Last 90 days"),
        "count": len(ids),
        "is_effect": True,
        "executives_url": page_url(kind) if kind == Kind.EXECUTIVE else "",
    }
    if asked in OF_PEOPLE:
        people = Person.objects.visible_to(user).filter(pk__in=ids).select_related("company")
        context["people"] = people.order_by("sort_key", "pk")[:500]
        return render(request, "handoff/effect_people.html", context)
    rows = Handoff.objects.visible_to(user).filter(pk__in=ids)
    context |= listed(rows, user=user)
    return render(request, "handoff/behind.html", context)
