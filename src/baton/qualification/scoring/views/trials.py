"""A draft on the past: ask for it, watch it, stop it, read what it would have changed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.ui.formats import duration_words
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.messages import say
from baton.qualification.scoring import actions, tasks, trying
from baton.qualification.scoring.forms import TrialForm
from baton.qualification.scoring.models import ScoreModel, ScoreTrial
from baton.qualification.scoring.permissions import MANAGE_SCORES, VIEW_SCORES
from baton.qualification.scoring.queries import tried
from baton.qualification.scoring.queries.terms import is_stale
from baton.qualification.scoring.rules.models import About, State
from baton.qualification.scoring.rules.trials import TrialState, Who, pace_of
from baton.qualification.scoring.slots import thresholds
from baton.qualification.scoring.words import TRIAL_HUES, TRIAL_STATES


def trial_card(model: ScoreModel, *, user: User) -> dict[str, Any]:
    """On a draft's page: the form, and what was tried already. Empty where nothing is tried."""
    if model.about != About.PERSON or model.state == State.LIVE:
        return {}
    trials = ScoreTrial.objects.visible_to(user).filter(model=model).order_by("-asked_at", "-pk")
    return {
        "trial_form": TrialForm(
            initial={"threshold": max((ask() for ask in thresholds), default=0) or None}
        ),
        "trials": [_line(one) for one in trials],
    }


def _line(trial: ScoreTrial) -> dict[str, Any]:
    return {
        "trial": trial,
        "days": trying.days_of(trial),
        "state": TRIAL_STATES[trial.state],
        "hue": TRIAL_HUES[trial.state],
        "is_stale": trial.state == TrialState.DONE and is_stale(trial),
    }


@requires(MANAGE_SCORES)
@require_POST
def try_model(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Begin: a job follows everybody's past, and nothing is changed by it."""
    user = user_of(request)
    model = get_object_or_404(ScoreModel.objects.visible_to(user, MANAGE_SCORES), key=key)
    form = TrialForm(request.POST)
    try:
        if not form.is_valid():
            raise actions.BadTrial(_("Choose one of the periods, and a threshold above 0."))
        made = actions.ask_for_trial(
            model=model,
            days=form.cleaned_data["days"],
            threshold=form.cleaned_data["threshold"],
            by=user,
            at=timezone.now(),
        )
    except RuleViolation as no:
        say(request, str(no))
        return go(request, model.get_absolute_url())
    tasks.run_trial.enqueue(trial_id=made.pk)
    return go(request, made.get_absolute_url())


@requires(VIEW_SCORES)
@require_GET
def trial(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Its progress, then what it has found."""
    user = user_of(request)
    found = get_object_or_404(_seen(user), key=key)
    context: dict[str, Any] = {
        **_line(found),
        "model": found.model,
        "may_manage": user.may(MANAGE_SCORES),
    }
    if found.state == TrialState.RUNNING:
        context |= _progress(found)
    elif found.state == TrialState.DONE:
        context |= _result(found, user=user, most=request.GET.get("most", ""))
    return page_or_partial(request, "scoring/trial.html", "trial", context)


def _seen(user: User) -> Any:
    rows = ScoreTrial.objects.visible_to(user).filter(model__deleted_at=None)
    return rows.select_related("model__persona", "by")


def _progress(found: ScoreTrial) -> dict[str, Any]:
    pace = pace_of(done=found.facts_done, total=found.facts_total, seconds=found.seconds)
    left = None if pace.left is None else duration_words(timedelta(seconds=round(pace.left)))
    return {"pace": pace, "left": left}


def _result(found: ScoreTrial, *, user: User, most: str) -> dict[str, Any]:
    rows = tried.people_tried(found, user=user)
    used = tried.scores_of(rows, side="used") if found.used else None
    draft = tried.scores_of(rows, side="draft")
    allowed = int(most) if most.isdecimal() and len(most) < 7 else 0
    allowed = allowed or trying.usual_most(found, used, draft)
    count = rows.count()
    context: dict[str, Any] = {
        "count": count,
        "without": tried.without_points(found, user=user, counted=count),
        "grades": trying.grade_lines(
            found, tried.grades_tried(rows, side="used"), tried.grades_tried(rows, side="draft")
        ),
        "thresholds": trying.threshold_lines(found, used, draft),
        "most": allowed,
        "most_words": trying.most_words(found, allowed, used, draft),
        "changes": trying.change_words(found.used, found.draft),
    }
    if found.threshold and found.used:
        context |= _handed_off(found, rows, user=user)
    return context


def _handed_off(found: ScoreTrial, rows: Any, *, user: User) -> dict[str, Any]:
    groups = {
        who: tried.group_of(found, who, user=user, rows=rows)
        for who in (Who.GAINED, Who.LOST, Who.BOTH)
    }
    sooner, later = tried.sooner_and_later(rows)
    better, worse = tried.moved_between(rows)
    both = groups[Who.BOTH].count
    return {
        "heads": [one.outcome.label for one in groups[Who.BOTH].became],
        "groups": trying.group_lines(found, list(groups.values())),
        "by_used": trying.figure(both + groups[Who.LOST].count, found, who=Who.USED),
        "by_draft": trying.figure(both + groups[Who.GAINED].count, found, who=Who.DRAFT),
        "gained": trying.figure(groups[Who.GAINED].count, found, who=Who.GAINED),
        "lost": trying.figure(groups[Who.LOST].count, found, who=Who.LOST),
        "sentences": list(
            trying.sentences(groups, sooner=sooner, later=later, better=better, worse=worse)
        ),
    }


@requires(MANAGE_SCORES)
@require_POST
def stop_trying(request: HtmxRequest, key: UUID) -> HttpResponse:
    """What was found so far is thrown away; it can be tried again at any time."""
    found = get_object_or_404(_seen(user_of(request)), key=key)
    if actions.stop_trial(trial=found, at=timezone.now()):
        say(request, _("Stopped. Nothing was changed by it."))
    return go(request, reverse("scoring:model", args=[found.model.key]))
