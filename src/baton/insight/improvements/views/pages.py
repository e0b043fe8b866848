"""Improvements: all of them, one, and forms."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.home.following import stands_at_once
from baton.core.settings.queries import one_organisation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.insight.analytics.queries import today
from baton.insight.improvements import actions
from baton.insight.improvements.forms import ImprovementForm, improvement_form
from baton.insight.improvements.models import Improvement, ImprovementQuerySet
from baton.insight.improvements.permissions import EDIT_IMPROVEMENTS, VIEW_IMPROVEMENTS
from baton.insight.improvements.queries import MOVABLE, Outcome, outcomes_of
from baton.insight.improvements.rules import State
from baton.insight.improvements.views.loading import asked_decision, improvement_or_404
from baton.insight.improvements.views.shown import chart_of, line_of
from baton.insight.improvements.words import STATES
from baton.insight.reviews.models import Point

MOST = 100  # of one page, the latest


@requires(VIEW_IMPROVEMENTS)
@require_GET
@stands_at_once(gettext_lazy("Improvements"))
def improvements(request: HtmxRequest) -> HttpResponse:
    """The latest first, with what became of each."""
    user, asked = user_of(request), request.GET.get("state", "")
    rows = Improvement.objects.visible_to(user).filter(figure__in=MOVABLE)
    latest = rows.select_related("owner").order_by("-starts_on", "-pk")[:MOST]
    with one_organisation():
        found = outcomes_of(latest, today=today())
        shown = [one for one in found if asked not in set(State) or one.verdict.state == asked]
        lines = [line_of(one) for one in shown]
    counts = {state: sum(one.verdict.state is state for one in found) for state in State}
    context = {
        "lines": lines,
        "states": [(state, STATES[state], count) for state, count in counts.items() if count],
        "asked": asked,
        "may_edit": user.may(EDIT_IMPROVEMENTS),
    }
    return render(request, "improvements/list.html", context)


@requires(VIEW_IMPROVEMENTS)
@require_GET
def improvement(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Before, after, and how sure that is."""
    found, user = improvement_or_404(request, key), user_of(request)
    context: dict[str, Any] = {
        "improvement": found,
        "decision": _living(found.decision),
        "may_edit": user.may(EDIT_IMPROVEMENTS),
    }
    for outcome in outcomes_of([found], today=today()):
        others = list(_beside(outcome, user))
        context |= {
            "line": line_of(outcome),
            "outcome": outcome,
            "others": others,
            "chart": chart_of(outcome, others),
        }
    return render(request, "improvements/improvement.html", context)


def _living(decision: Point | None) -> Point | None:
    return decision if decision and decision.deleted_at is None else None


def _beside(outcome: Outcome, user: User) -> ImprovementQuerySet:
    """What else was changed in the same days for the same figure: it may be the cause, too."""
    days = outcome.windows.before[0], outcome.windows.after[1]
    rows = Improvement.objects.visible_to(user).filter(figure=outcome.figure.name)
    near = rows.filter(starts_on__range=days).exclude(pk=outcome.improvement.pk)
    return near.order_by("starts_on", "pk")


@requires(EDIT_IMPROVEMENTS)
@require_http_methods(["GET", "POST"])
def new(request: HtmxRequest) -> HttpResponse:
    """A new one, maybe from a decision of a review."""
    decision = asked_decision(request)
    initial: dict[str, Any] = {"starts_on": today(), "figure": request.GET.get("figure", "")}
    if decision:
        initial["title"] = decision.text[:160]
    form = ImprovementForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            made = actions.log_improvement(
                **form.values(), decision=decision, by=user_of(request), at=timezone.now()
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("The improvement is logged."))
            return go(request, made.get_absolute_url())
    return _form(request, form, decision=decision)


@requires(EDIT_IMPROVEMENTS)
@require_http_methods(["GET", "POST"])
def edit(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Its words; what is compared only before its day."""
    found = improvement_or_404(request, key, EDIT_IMPROVEMENTS)
    form = improvement_form(found, request.POST or None)
    if form.is_valid():
        try:
            actions.edit_improvement(
                improvement=found,
                values=form.values(),
                version=form.cleaned_data["version"],
                by=user_of(request),
                at=timezone.now(),
                today=today(),
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("Saved."))
            return go(request, found.get_absolute_url())
    return _form(request, form, found=found)


@requires(EDIT_IMPROVEMENTS)
@require_POST
def remove(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Away with it; the toast brings it back."""
    found = improvement_or_404(request, key, EDIT_IMPROVEMENTS)
    batch = actions.remove_improvement(improvement=found, by=user_of(request), at=timezone.now())
    say(request, _("The improvement is gone."), undo_url=undo_of(batch))
    return go(request, reverse("improvements:improvements"))


def _form(
    request: HtmxRequest,
    form: ImprovementForm,
    *,
    found: Improvement | None = None,
    decision: Point | None = None,
) -> HttpResponse:
    back = found.get_absolute_url() if found else reverse("improvements:improvements")
    has_begun = bool(found and found.starts_on <= today())
    context = {
        "form": form,
        "improvement": found,
        "decision": decision,
        "back": back,
        "has_begun": has_begun,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "improvements/edit.html", context, status=status)
