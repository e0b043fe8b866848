"""Set goals, change and remove them; each act can be taken back."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baton.core.access.models import Team, User
from baton.core.access.roles import Verb
from baton.core.changes.actions import (
    apply_edit,
    record_change,
    restore_rows,
    save_edit,
    trash_rows,
)
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.keys import new_key
from baton.insight.goals.events import GoalChanged, GoalRemoved, GoalSet
from baton.insight.goals.models import Goal
from baton.insight.goals.permissions import DELETE_GOALS, EDIT_GOALS
from baton.insight.goals.queries.figures import FIGURES, QUOTA, Kind, Level
from baton.insight.goals.rules import Span, Unit, span_of

GOAL = "goal"
MOST = Decimal(10) ** 13
NAMES = ("owner", "target", "note")  # what may be changed: another figure is another goal


class UnknownFigure(RuleViolation):
    """Nobody measures that, or not for a team or a rep."""


class BadTarget(RuleViolation):
    """None above nothing, or more than all of it."""


class GoalIsThere(RuleViolation):
    """Two targets for one figure would be none."""


@transaction.atomic
def set_goal(
    *,
    figure: str,
    unit: str,
    day: date,
    target: Decimal,
    by: User | None,
    at: datetime,
    team: Team | None = None,
    rep: User | None = None,
    owner: User | None = None,
    note: str = "",
    batch: UUID | None = None,
) -> Goal:
    """For the month, quarter or year in which ``day`` lies. Raises UnknownFigure, BadTarget and
    GoalIsThere."""
    _check(figure, target, level=_level(team, rep))
    span = span_of(Unit(unit), day)
    values = {"team": team, "rep": rep, "owner": owner or rep, "target": target}
    goal = _create(figure=figure, unit=unit, span=span, values=values | {"note": note[:250]})
    after = {"figure": figure, "starts_on": span.first, "ends_on": span.last, "target": target}
    _record(goal, "created", after=after, by=by, at=at, batch=batch)
    publish(
        GoalSet(
            happened_at=at,
            actor_id=by.pk if by else None,
            goal_id=goal.pk,
            figure=figure,
            target=str(target),
            starts_on=span.first.isoformat(),
            ends_on=span.last.isoformat(),
        )
    )
    return goal


def _create(*, figure: str, unit: str, span: Span, values: Mapping[str, Any]) -> Goal:
    try:
        with transaction.atomic():
            return Goal.objects.create(
                figure=figure, unit=unit, starts_on=span.first, ends_on=span.last, **values
            )
    except IntegrityError as taken:
        raise GoalIsThere(_("There is a goal for this figure in these days. Change it.")) from taken


@transaction.atomic
def edit_goal(
    *,
    goal: Goal,
    values: Mapping[str, Any],
    version: int | None,
    by: User | None,
    at: datetime,
    batch: UUID | None = None,
) -> Goal:
    """Owner, target and note. Raises LostRace, BadTarget."""
    if unknown := values.keys() - set(NAMES):
        raise TypeError(f"Not to be edited: {', '.join(sorted(unknown))}")
    goal = Goal.objects.select_for_update(of=("self",)).get(pk=goal.pk)
    if "target" in values:
        _check(goal.figure, values["target"], level=_level(goal.team, goal.rep))
    told: dict[str, Any] = {"object_type": GOAL, "by": by, "at": at, "batch": batch}
    if save_edit(goal, values=values, version=version, **told):
        _tell_changed(goal, by=by, at=at)
    return goal


def _tell_changed(goal: Goal, *, by: User | None, at: datetime) -> None:
    actor = by.pk if by else None
    publish(GoalChanged(happened_at=at, actor_id=actor, goal_id=goal.pk, target=str(goal.target)))


@transaction.atomic
def remove_goal(*, goal: Goal, by: User | None, at: datetime, batch: UUID | None = None) -> UUID:
    """Into the trash; the batch that is returned brings it back."""
    batch = batch or new_key()
    if _put_away([goal.pk], by, at):
        _record(goal, "deleted", before={"target": goal.target}, by=by, at=at, batch=batch)
    return batch


@transaction.atomic
def set_quotas(
    *,
    unit: str,
    day: date,
    quotas: Iterable[tuple[User, Decimal | None]],
    by: User | None,
    at: datetime,
) -> UUID:
    """What each rep is to win; None takes theirs away. One act, undone by the batch."""
    batch, span = new_key(), span_of(Unit(unit), day)
    rows = Goal.objects.select_for_update(of=("self",)).filter(figure=QUOTA, deleted_at=None)
    known = {goal.rep_id: goal for goal in rows.on(span).filter(rep__isnull=False)}
    for rep, target in quotas:
        goal = known.get(rep.pk)
        if goal is None and target:
            set_goal(
                figure=QUOTA, unit=unit, day=day, target=target, rep=rep, by=by, at=at, batch=batch
            )
        elif goal and target:
            edit_goal(goal=goal, values={"target": target}, version=None, by=by, at=at, batch=batch)
        elif goal:
            remove_goal(goal=goal, by=by, at=at, batch=batch)
    return batch


def _level(team: Team | None, rep: User | None) -> Level:
    return Level.REP if rep else Level.TEAM if team else Level.COMPANY


def _check(figure: str, target: Decimal, *, level: Level) -> None:
    known = FIGURES.get(figure)
    if known is None:
        raise UnknownFigure(_("There is no such figure."))
    if level not in known.levels:
        raise UnknownFigure(_("This figure is known of the whole company alone."))
    if not 0 < target < MOST:
        raise BadTarget(_("Give a target above 0."))
    if known.kind is Kind.SHARE and target > 1:
        raise BadTarget(_("A share is at most 100 %."))


def _put_away(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    gone = trash_rows(Goal.objects.filter(pk__in=ids), at=at)
    for pk in gone:
        publish(GoalRemoved(happened_at=at, actor_id=by.pk if by else None, goal_id=pk))
    return gone


def _bring_back(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    """Those whose place nobody has taken meanwhile."""
    back = []
    for goal in Goal.objects.filter(pk__in=ids).exclude(deleted_at=None):
        same = Goal.objects.living().on(goal.span).filter(figure=goal.figure)
        if not same.filter(team=goal.team_id, rep=goal.rep_id).exists():
            back += restore_rows(Goal.objects.filter(pk=goal.pk))
    for goal in Goal.objects.filter(pk__in=back):
        _tell_changed(goal, by=by, at=at)
    return back


def _write_back(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    goal = Goal.objects.select_for_update(of=("self",)).get(pk=pk)
    apply_edit(goal, values=live_values(Goal, values))
    goal.save()
    _tell_changed(goal, by=by, at=at)


def _record(
    goal: Goal,
    verb: str,
    *,
    by: User | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    batch: UUID | None = None,
) -> None:
    record_change(
        object_type=GOAL,
        object_id=goal.pk,
        verb=verb,
        before=before,
        after=after,
        by=by,
        at=at,
        batch=batch,
    )


TRACKED = Tracked(
    object_type=GOAL,
    label="Goal",
    read=partial(read_fields, Goal),
    write=_write_back,
    trash=_put_away,
    restore=_bring_back,
    reach=lambda user, verb: Goal.objects.reached_by(
        user, DELETE_GOALS if verb is Verb.DELETE else EDIT_GOALS
    ),
)
