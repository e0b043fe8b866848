"""The desk: who waits for an answer, and everything about the one that is open."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.calendars.queries import leave_now
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.messages import say
from baton.qualification.handoff.actions import reasons_of
from baton.qualification.handoff.desk import neighbours, queue_of, usual_tab
from baton.qualification.handoff.forms import (
    ContactForm,
    DisqualifyForm,
    GiveForm,
    NeedForm,
    RejectForm,
    ReturnForm,
)
from baton.qualification.handoff.lead import open_lead
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.queries import agreement_in_force
from baton.qualification.handoff.queries.desk import QUEUE, TABS, TEAM, counts_of, kept_today
from baton.qualification.handoff.queries.promised import first_owed
from baton.qualification.handoff.queries.shown import ShownClock, shown_clocks
from baton.qualification.handoff.views.loading import Gone, find_lead, on_their_clock
from baton.records.people.queries.panels import panels_beside_call

FEW = 4  # answers and deals above the leads; the others have a page of their own
# By the name of the form: what the decision offers, and what is shown again when it was refused.
FORMS: dict[str, type[forms.Form]] = {
    "reject": RejectForm,
    "contact": ContactForm,
    "need": NeedForm,
    "disqualify": DisqualifyForm,
    "give": GiveForm,
    "return": ReturnForm,
}


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def desk(request: HtmxRequest) -> HttpResponse:
    """The queue; beside it the first lead, where there is room for both."""
    user = user_of(request)
    context = context_of(request, user=user, handoff=None)
    return page_or_partial(request, "handoff/desk.html", _partial(request), context)


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def lead(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One lead, open."""
    user = user_of(request)
    try:
        handoff = find_lead(user, key)
    except Gone as gone:
        say(request, str(gone))
        return go(request, reverse("handoff:desk"))
    context = context_of(request, user=user, handoff=handoff)
    return page_or_partial(request, "handoff/desk.html", _partial(request), context)


def _partial(request: HtmxRequest) -> str:
    """The queue asks for itself every half minute. A click on a lead draws that lead's forms
    anew: what was typed for another one is not theirs."""
    return "queue" if request.GET.get("part") == "queue" else "opened"


def context_of(
    request: HtmxRequest,
    *,
    user: User,
    handoff: Handoff | None,
    refused: forms.Form | None = None,
    refusal: str = "",
) -> dict[str, Any]:
    """``refused``: a form that is shown again with its errors; ``refusal``: why it was no."""
    now = timezone.now()
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else usual_tab(user)
    groups = queue_of(user, tab=tab, current=handoff, now=now)
    shown = handoff
    if handoff is None and groups:
        shown = find_lead(user, groups[0].rows[0].handoff.key)
    before, after = neighbours(groups)
    return {
        "tab": tab,
        "groups": groups,
        "counts": counts_of(user),
        "clocks": _clocks(user, tab=tab, now=now),
        "agreement": agreement_in_force(),
        "kept": kept_today(user, at=now),
        "away": leave_now(now).get(user.pk),
        "lead": open_lead(shown, user=user, now=now) if shown else None,
        "beside_call": panels_beside_call(request, shown.person, user=user) if shown else [],
        "is_open": handoff is not None,
        "before_url": before,
        "after_url": after,
        "may_manage": user.may(MANAGE_HANDOFFS),
        "refusal": refusal,
        "shown_form": _name_of(refused),
        "forms": {name: _form(name, refused) for name in FORMS} | _returns(shown, refused),
    }


def _clocks(user: User, *, tab: str, now: datetime) -> list[ShownClock]:
    """Answers and deals that are due beside the leads; the queue has none."""
    if tab == QUEUE:
        return []
    return shown_clocks(
        first_owed(user, is_team=tab == TEAM, until=None, most=FEW), user=user, now=now
    )


def _form(name: str, refused: forms.Form | None) -> forms.Form:
    form = FORMS[name]
    return refused if refused is not None and type(refused) is form else form()


def _returns(shown: Handoff | None, refused: forms.Form | None) -> dict[str, forms.Form]:
    """With the reasons of the version under which it was handed on."""
    if shown is None or not shown.is_to_executive or type(refused) is ReturnForm:
        return {}
    return {"return": ReturnForm(codes=[one.code for one in reasons_of(shown)])}


def _name_of(refused: forms.Form | None) -> str:
    return next((name for name, form in FORMS.items() if type(refused) is form), "")
