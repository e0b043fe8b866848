"""What can be foreseen from the company's own outcomes, and whether it is used."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.qualification.scoring import actions, foreseen, tasks
from baton.qualification.scoring.forms import ForesightForm
from baton.qualification.scoring.models import Foresight
from baton.qualification.scoring.permissions import MANAGE_SCORES, USE_FORESIGHT
from baton.qualification.scoring.queries.outcomes import versions, why_anew
from baton.qualification.scoring.rules.foretelling import State

SHOWN = 20
WEAK = 0.55


@requires(MANAGE_SCORES)
@require_GET
def foresight(request: HtmxRequest, key: UUID | None = None) -> HttpResponse:
    """The version in use, else the latest, or the one that is asked for."""
    user = user_of(request)
    rows = versions().visible_to(user)
    found = list(rows[:SHOWN])
    shown = get_object_or_404(rows, key=key) if key else _first(found)
    if request.htmx and shown:
        return _so_far(request, shown)
    context: dict[str, Any] = {
        "form": ForesightForm(),
        "shown": shown,
        "versions": [(one, foreseen.goal_words(one)) for one in found],
        "may_use": user.may(USE_FORESIGHT),
    }
    if shown:
        context |= _about(shown)
    return render(request, "scoring/foresight.html", context)


def _so_far(request: HtmxRequest, shown: Foresight) -> HttpResponse:
    """Asked again and again while it is learned: then the page comes anew."""
    if shown.state == State.ASKED:
        return HttpResponse(status=204)
    return go(request, reverse("scoring:version", args=[shown.key]))


def _first(found: list[Foresight]) -> Foresight | None:
    used = next((one for one in found if one.is_used), None)
    return used or next(iter(found), None)


def _about(shown: Foresight) -> dict[str, Any]:
    own = foreseen.own_labels()
    context: dict[str, Any] = {
        "goal": foreseen.goal_words(shown),
        "refusal": foreseen.refusal_words(shown),
        "late": [
            (foreseen.column_words(one["name"], own), one["share"] * 100)
            for one in shown.late_fields
        ],
        "is_asked": shown.state == State.ASKED,
        "is_failed": shown.state == State.FAILED,
        "is_ready": shown.state == State.READY,
    }
    if shown.state == State.READY:
        context |= _figures(shown, own)
    return context


def _figures(shown: Foresight, own: dict[str, str]) -> dict[str, Any]:
    figures = shown.figures
    judged = sum(part["n"] for part in figures["deciles"])
    base = sum(part["n"] * part["observed"] for part in figures["deciles"]) / judged
    lift = figures["deciles"][0]["observed"] / base if base else 0
    return {
        "figures": figures,
        "is_weak": figures["auc"] < WEAK,
        "auc": f"{figures['auc']:.2f}",
        "brier": f"{figures['brier']:.3f}",
        "guess": f"{base * (1 - base):.3f}",
        "lift": f"{lift:.1f}×",
        "base": base * 100,
        "calibration": foreseen.calibration_chart(figures["calibration"]),
        "tenths": foreseen.lift_chart(figures["deciles"], base=base, lift=lift),
        "leaks": [
            (foreseen.column_words(one["column"], own), foreseen.leak_words(one))
            for one in figures["leak_reasons"]
        ],
        "carried": foreseen.carried_words(figures.get("carried"), own),
        "columns": [foreseen.column_words(name, own) for name in figures["columns"]],
        "months": foreseen.months_of(shown),
        "proposal": foreseen.PROPOSALS.get(why_anew(shown, at=timezone.now()) or ""),
    }


@requires(MANAGE_SCORES)
@require_POST
def ask(request: HtmxRequest) -> HttpResponse:
    """Learn a new version; nothing changes until somebody uses it."""
    form = ForesightForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what is foreseen, and within how many days."))
        return go(request, reverse("scoring:foresight"))
    made = actions.ask_to_learn(
        goal=form.cleaned_data["goal"],
        days=int(form.cleaned_data["days"]),
        by=user_of(request),
        at=timezone.now(),
    )
    tasks.learn_foresight.enqueue(foresight_id=made.pk)
    return go(request, reverse("scoring:version", args=[made.key]))


@requires(USE_FORESIGHT)
@require_POST
def use(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Its chances stand on people's pages from now on."""
    seen = Foresight.objects.visible_to(user_of(request), USE_FORESIGHT)
    chosen = get_object_or_404(seen, key=key)
    try:
        actions.use_foresight(foresight=chosen, by=user_of(request), at=timezone.now())
    except RuleViolation as no:
        messages.error(request, str(no))
    else:
        tasks.foretell_everybody.enqueue()
        say(request, _("People's pages tell their chances from now on. The agreement stays."))
    return go(request, reverse("scoring:version", args=[chosen.key]))


@requires(USE_FORESIGHT)
@require_POST
def stop(request: HtmxRequest) -> HttpResponse:
    """Rules only."""
    actions.stop_foresight(by=user_of(request), at=timezone.now())
    say(request, _("Chances are shown no more. The rules give points as before."))
    return go(request, reverse("scoring:foresight"))
