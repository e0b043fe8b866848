"""What a trial has found, of the people whom the user sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.rules import Stage
from baton.qualification.scoring.models import ScoreTrial, TrialPersonQuerySet
from baton.qualification.scoring.rules.grading import GRADES
from baton.qualification.scoring.rules.trials import Who
from baton.qualification.scoring.slots import KnownOutcome, known_outcomes
from baton.records.people.models import Person

SIDES = ("used", "draft")
WHO: Mapping[str, Q] = {
    Who.USED: Q(used_at__isnull=False),
    Who.DRAFT: Q(draft_at__isnull=False),
    Who.BOTH: Q(used_at__isnull=False, draft_at__isnull=False),
    Who.GAINED: Q(used_at=None, draft_at__isnull=False),
    Who.LOST: Q(used_at__isnull=False, draft_at=None),
}


@dataclass(frozen=True, kw_only=True)
class Became:
    """Of those of a group so many became this; ``worth``: for how much, where that is known."""

    outcome: KnownOutcome
    count: int
    worth: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Group:
    who: Who
    count: int
    became: tuple[Became, ...]


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Of one version, who waited for a handoff: how many by the peak and by the start."""

    peaks: Mapping[int, int]
    starts: Mapping[int, int]


def people_tried(trial: ScoreTrial, *, user: User) -> TrialPersonQuerySet:
    return trial.people.all().visible_to(user)


def grades_tried(rows: TrialPersonQuerySet, *, side: str) -> dict[str, int]:
    """How many stand at each grade by a version."""
    counts = dict(rows.order_by().values_list(f"{side}_grade").annotate(n=Count("pk")))
    return {grade: counts.get(grade, 0) for grade in GRADES}


def moved_between(rows: TrialPersonQuerySet) -> tuple[int, int]:
    """How many have a better grade by the draft, and how many a worse one."""
    pairs = rows.order_by().exclude(used_grade=F("draft_grade"))
    counted = pairs.values_list("used_grade", "draft_grade").annotate(n=Count("pk"))
    better = worse = 0
    for used, draft, count in counted:
        if GRADES.index(draft) < GRADES.index(used):
            better += count
        else:
            worse += count
    return better, worse


def group_of(trial: ScoreTrial, who: Who, *, user: User, rows: TrialPersonQuerySet) -> Group:
    """With what is known to have become of those people since the span began."""
    chosen = rows.filter(WHO[who])
    return Group(
        who=who,
        count=chosen.count(),
        became=tuple(_became(one, trial.since, chosen, user=user) for one in outcomes_for(user)),
    )


def outcomes_for(user: User) -> list[KnownOutcome]:
    """In their order, those that the user may know."""
    allowed = [one for one in known_outcomes if not one.permission or user.may(one.permission)]
    return sorted(allowed, key=lambda one: one.order)


def _became(
    outcome: KnownOutcome, since: datetime, chosen: TrialPersonQuerySet, *, user: User
) -> Became:
    found = chosen.filter(person__in=outcome.people(user, since))
    worth = outcome.worth(user, since, found.values("person")) if outcome.worth else None
    return Became(outcome=outcome, count=found.count(), worth=worth)


def sooner_and_later(rows: TrialPersonQuerySet) -> tuple[int, int]:
    """Of those whom both hand off: how many earlier by the draft, how many later."""
    both = rows.filter(WHO[Who.BOTH])
    return (
        both.filter(draft_at__lt=F("used_at")).count(),
        both.filter(draft_at__gt=F("used_at")).count(),
    )


def scores_of(rows: TrialPersonQuerySet, *, side: str) -> Scores:
    waiting = rows.filter(is_waiting=True).order_by()
    peaks, starts = (
        dict(waiting.values_list(f"{side}_{name}").annotate(n=Count("pk")))
        for name in ("peak", "start")
    )
    return Scores(peaks=peaks, starts=starts)


def passing_rows(rows: TrialPersonQuerySet, *, side: str, least: int) -> TrialPersonQuerySet:
    """Who was lifted over a threshold: those behind ``passing`` of the rules."""
    asked = {f"{side}_peak__gte": least, f"{side}_start__lt": least}
    return rows.filter(is_waiting=True, **asked)


def narrowed_by(
    trial: ScoreTrial, rows: TrialPersonQuerySet, asked: Mapping[str, Any], *, user: User
) -> TrialPersonQuerySet | None:
    """Those behind one figure of the result; None for words that no figure has."""
    side = asked.get("side", "draft")
    if side not in SIDES:
        return None
    if who := asked.get("who"):
        if who not in WHO:
            return None
        rows = rows.filter(WHO[who])
    if grade := asked.get("grade"):
        rows = rows.filter(**{f"{side}_grade": grade})
    if least := asked.get("least"):
        if not least.isdecimal() or len(least) > 6:
            return None
        rows = passing_rows(rows, side=side, least=int(least))
    return _narrowed_by_outcome(trial, rows, asked.get("became", ""), user=user)


def _narrowed_by_outcome(
    trial: ScoreTrial, rows: TrialPersonQuerySet, name: str, *, user: User
) -> TrialPersonQuerySet | None:
    if not name:
        return rows
    outcome = next((one for one in outcomes_for(user) if one.name == name), None)
    return rows.filter(person__in=outcome.people(user, trial.since)) if outcome else None


def _qualified(_user: User, since: datetime) -> QuerySet[Any, Any]:
    """The people themselves are asked whether they are seen."""
    moves = StageChange.objects.filter(to_stage=Stage.SQL, is_back=False, at__gte=since)
    return moves.values("person")


BECAME_SQL = KnownOutcome(name="sql", label=_("Became SQL"), people=_qualified, order=20)


def without_points(trial: ScoreTrial, *, user: User, counted: int) -> int:
    """How many people one sees have no points by either version."""
    everybody = Person.objects.visible_to(user).filter(created_at__lte=trial.until)
    return max(0, everybody.count() - counted)
