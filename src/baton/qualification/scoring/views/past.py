"""A score over time, drawn, with what moved it and what became of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.settings.queries import organisation_zone
from baton.core.ui.charts import FULL, Chart, Series, Table, trend
from baton.core.ui.drawing import Mark
from baton.core.ui.formats import day_words
from baton.core.ui.htmx import HtmxRequest
from baton.core.ui.marking import marked
from baton.qualification.scoring.permissions import VIEW_SCORES
from baton.qualification.scoring.queries.past import (
    Past,
    past_of_company,
    past_of_deal,
    past_of_person,
)
from baton.qualification.scoring.rules.models import About
from baton.qualification.scoring.rules.past import (
    Step,
    begin_of,
    line_of,
    moments_of,
    parts_of_step,
    place_among,
)
from baton.qualification.scoring.slots import ScoreMark, score_marks, scored_kinds, thresholds
from baton.records.people.models import Company, Person


@requires(VIEW_SCORES)
@require_GET
def person_past(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Of the main score, with handoffs and verdicts as marks."""
    user = user_of(request)
    person = get_object_or_404(Person.objects.visible_to(user).living(), key=key)
    marks = sorted(
        (mark for tell in score_marks for mark in tell(person, user)), key=lambda one: one.at
    )
    past = past_of_person(person, user=user)
    goal = max((ask() for ask in thresholds), default=0)
    return _page(request, person, past, marks=marks, goal=goal)


@requires(VIEW_SCORES)
@require_GET
def company_past(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Of the model about companies."""
    company = get_object_or_404(Company.objects.visible_to(user_of(request)).living(), key=key)
    return _page(request, company, past_of_company(company))


@requires(VIEW_SCORES)
@require_GET
def deal_past(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Of the model about deals."""
    return _page(request, found := seen_deal(user_of(request), key), past_of_deal(found.pk))


def seen_deal(user: User, key: UUID) -> Any:
    """Of the module of the deals, which lies above."""
    kind = scored_kinds.find(About.DEAL)
    if kind is None:
        raise Http404
    return get_object_or_404(kind.seen(user), key=key)


def _page(
    request: HtmxRequest,
    record: Any,
    past: Past,
    *,
    marks: Sequence[ScoreMark] = (),
    goal: int = 0,
) -> HttpResponse:
    rows = _rows(past, zone=organisation_zone(), now=timezone.now())
    context = {
        "record": record,
        "chart": _chart(past, rows, marks=marks, goal=goal) if past.steps else None,
        "rows": rows[::-1],
        "is_cut": past.is_cut,
    }
    return render(request, "scoring/past.html", context)


def _rows(past: Past, *, zone: tzinfo, now: datetime) -> list[dict[str, Any]]:
    today, before = now.astimezone(zone).date(), None
    rows = []
    for step in past.steps:
        on = day_words(step.at.astimezone(zone).date(), today=today)
        rows.append({"step": step, "on": on, "why": _why(step, before, past)})
        before = step
    return rows


def _why(step: Step, before: Step | None, past: Past) -> str:
    """What moved it, and which part of the score that was."""
    fit, engagement = parts_of_step(step, before)
    if step.is_fading:
        cause = _("time passed: points of what they did fade")
    else:
        cause = past.causes.get(step.fact_id, "")
    parts = [
        words % {"n": f"{change:+d}".replace("-", "−")}
        for words, change in ((_("fit %(n)s"), fit), (_("engagement %(n)s"), engagement))
        if change
    ]
    told = ", ".join(parts)
    return f"{cause} ({told})" if cause and told else cause or told or _("rules were changed")


def _chart(
    past: Past, rows: list[dict[str, Any]], *, marks: Sequence[ScoreMark], goal: int
) -> Chart:
    now, zone = timezone.now(), organisation_zone()
    moments = moments_of(begin_of(past.steps, now), now)
    values = line_of(past.steps, moments)
    today = now.astimezone(zone).date()
    labels = [day_words(one.astimezone(zone).date(), today=today) for one in moments]
    first, last = past.steps[0], past.steps[-1]
    values = [first.former if value is None else value for value in values]
    words = _("%(score)s now, %(most)s at its highest")
    said = {"score": last.score, "most": max(step.score for step in past.steps)}
    drawn = trend(
        series=[Series(name=_("Score"), values=values)],
        labels=labels,
        sentence=words % said,
        goal=(goal, _("handed off")) if goal else None,
        width=FULL,
    )
    table = Table(
        [_("When"), _("Score"), _("What moved it")],
        [[row["on"], str(row["step"].score), row["why"]] for row in rows],
    )
    placed = [
        Mark(at=at, words=mark.words, href=mark.url)
        for mark in marks
        if (at := place_among(mark.at, moments)) is not None
    ]
    return marked(replace(drawn, table=table), placed, of=len(moments))
