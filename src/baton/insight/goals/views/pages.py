"""Goals: the page of a period, one goal, and forms."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.queries import who_can_sign_in
from baton.core.access.roles import Role
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.home.following import stands_at_once
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.insight.analytics.queries import today
from baton.insight.goals import actions
from baton.insight.goals.forms import GoalForm, NewGoalForm, QuotaForm, goal_form
from baton.insight.goals.models import Goal
from baton.insight.goals.permissions import DELETE_GOALS, EDIT_GOALS, VIEW_GOALS
from baton.insight.goals.queries import goals_of, quotas_of, standings_of, written
from baton.insight.goals.rules import Unit
from baton.insight.goals.views.charts import chart_of
from baton.insight.goals.views.loading import asked_span, beside, goal_or_404
from baton.insight.goals.views.shown import (
    chance_words,
    forecast_whys,
    is_known,
    line_of,
    pace_whys,
    range_words,
)
from baton.insight.goals.words import UNITS, span_words

SELLS = (Role.REP, Role.SDR, Role.CUSTOMER_OWNER, Role.SALES_MANAGER, Role.HEAD_OF_SALES)


@requires(VIEW_GOALS)
@require_GET
@stands_at_once(gettext_lazy("Goals"))
def goals(request: HtmxRequest) -> HttpResponse:
    """All goals of one month, quarter or year that the user may see."""
    user, now = user_of(request), today()
    unit, span = asked_span(request, today=now)
    lines = [line_of(found) for found in standings_of(goals_of(user, span), today=now)]
    context = {
        "groups": [
            (_("Company"), [one for one in lines if not one.goal.rep_id and not one.goal.team_id]),
            (_("Teams"), [one for one in lines if one.goal.team_id]),
            (_("People"), [one for one in lines if one.goal.rep_id]),
        ],
        "is_empty": not lines,
        "unit": unit,
        "units": [(name, label) for name, label in UNITS.items()],
        "span": span,
        "span_words": span_words(span),
        "earlier": beside(unit, span, -1),
        "later": beside(unit, span, 1),
        "may_edit": user.may(EDIT_GOALS),
    }
    return render(request, "goals/list.html", context)


@requires(VIEW_GOALS)
@require_GET
def goal(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One goal: how it stands, and why."""
    found = goal_or_404(request, key)
    if not is_known(found):
        raise Http404
    [standing] = standings_of([found], today=today())
    user = user_of(request)
    context: dict[str, Any] = {
        "goal": found,
        "line": line_of(standing),
        "standing": standing,
        "span_words": span_words(found.span),
        "range": range_words(standing),
        "chance": chance_words(standing),
        "pace_whys": pace_whys(standing),
        "forecast_whys": forecast_whys(standing),
        "chart": chart_of(standing, user=user),
        "missing": written(standing.figure, standing.coverage.missing) if standing.coverage else "",
        "open_amount": written(standing.figure, standing.coverage.open_amount)
        if standing.coverage
        else "",
        "list_url": f"{reverse('goals:goals')}?unit={found.unit}&on={found.starts_on}",
        "may_edit": user.may(EDIT_GOALS),
        "may_delete": user.may(DELETE_GOALS),
    }
    return render(request, "goals/goal.html", context)


@requires(EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def new(request: HtmxRequest) -> HttpResponse:
    """A new goal."""
    unit, span = asked_span(request, today=today())
    initial = {"period": f"{unit}:{span.first}", "figure": request.GET.get("figure", "")}
    form = NewGoalForm(request.POST or None, today=today(), initial=initial)
    if form.is_valid():
        try:
            made = actions.set_goal(**form.values(), by=user_of(request), at=timezone.now())
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("The goal is set."))
            return go(request, made.get_absolute_url())
    return _form(request, form)


@requires(EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def edit(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Another target, or somebody else who answers for it."""
    found = goal_or_404(request, key, EDIT_GOALS)
    form = goal_form(found, request.POST or None)
    if form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        try:
            actions.edit_goal(
                goal=found, values=values, version=version, by=user_of(request), at=timezone.now()
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("Saved."))
            return go(request, found.get_absolute_url())
    return _form(request, form, found)


@requires(DELETE_GOALS)
@require_POST
def remove(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Away with it; the toast brings it back."""
    found = goal_or_404(request, key, DELETE_GOALS)
    batch = actions.remove_goal(goal=found, by=user_of(request), at=timezone.now())
    say(request, _("The goal is gone."), undo_url=undo_of(batch))
    return go(request, f"{reverse('goals:goals')}?unit={found.unit}&on={found.starts_on}")


@requires(EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def quotas(request: HtmxRequest) -> HttpResponse:
    """What each rep is to win in the period: all on one page."""
    unit, span = asked_span(request, today=today())
    reps = list(who_can_sign_in().filter(role__in=SELLS).order_by("name"))
    known = quotas_of(span)
    initial = {
        f"rep_{rep.key}": f"{known[rep.pk].normalize():f}" for rep in reps if rep.pk in known
    }
    form = QuotaForm(request.POST or None, reps=reps, initial=initial)
    back = f"{reverse('goals:goals')}?unit={unit}&on={span.first}"
    if request.method == "POST" and form.is_valid() and _set(request, form, unit, span.first):
        return go(request, back)
    context = {
        "form": form,
        "span_words": span_words(span),
        "back": back,
        "unit": unit,
        "units": list(UNITS.items()),
        "span": span,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "goals/quotas.html", context, status=status)


def _set(request: HtmxRequest, form: QuotaForm, unit: Unit, day: Any) -> bool:
    try:
        batch = actions.set_quotas(
            unit=unit, day=day, quotas=form.quotas(), by=user_of(request), at=timezone.now()
        )
    except RuleViolation as no:
        form.add_error(None, str(no))
        return False
    say(request, _("The quotas are set."), undo_url=undo_of(batch))
    return True


def _form(request: HtmxRequest, form: GoalForm, found: Goal | None = None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "goal": found, "is_new": found is None}
    if found and is_known(found):
        [standing] = standings_of([found], today=today(), foretells=False)
        context["line"] = line_of(standing)
    status = 422 if request.method == "POST" else 200
    return render(request, "goals/edit.html", context, status=status)
