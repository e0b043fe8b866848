"""Goals over the REST API: /api/v1/goals/."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from baton.core.access.doors import user_of
from baton.core.access.models import Team, User
from baton.core.access.queries import who_can_sign_in
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.core.limits import read_masked
from baton.insight.analytics.queries import today
from baton.insight.goals import actions
from baton.insight.goals.models import Goal
from baton.insight.goals.permissions import DELETE_GOALS, EDIT_GOALS, VIEW_GOALS
from baton.insight.goals.queries import FIGURES, Standing, standings_of
from baton.insight.goals.rules import Unit

router = Router(tags=["goals"])
Amount = Annotated[Decimal, Field(gt=0, lt=10**13, max_digits=17, decimal_places=4)]
Year = Annotated[date, Field(ge=date(1970, 1, 1), le=date(2199, 12, 31))]


class ForecastOut(Schema):
    """``low`` and ``high`` hold eight of ten outcomes; ``chance``: of reaching the target."""

    value: float
    low: float
    high: float
    chance: float | None


class GoalOut(Schema):
    """Shares from 0 to 1, times in minutes, money in the company's currency. Of a ``value`` that is
    null ``unknown`` says why."""

    key: UUID
    figure: str
    unit: str
    starts_on: date
    ends_on: date
    team: UUID | None
    rep: UUID | None
    owner: UUID | None
    target: Decimal
    note: str
    version: int
    value: Decimal | None
    of: int | None
    due: Decimal
    state: str
    unknown: str
    forecast: ForecastOut | None
    coverage: Decimal | None


class GoalIn(Schema):
    """For the month, quarter or year in which ``day`` lies; of the company without team and rep."""

    model_config = ConfigDict(extra="forbid")

    figure: Annotated[str, Field(max_length=40)]
    unit: Literal["month", "quarter", "year"]
    day: Year
    target: Amount
    team: UUID | None = None
    rep: UUID | None = None
    owner: UUID | None = None
    note: Annotated[str, Field(max_length=250)] = ""


class GoalChange(Schema):
    """``version``: the one that was read; another by now is a 409."""

    model_config = ConfigDict(extra="forbid")

    target: Amount | None = None
    owner: UUID | None = None
    note: Annotated[str, Field(max_length=250)] | None = None
    version: int | None = None


@router.get("/", response=Page[GoalOut], operation_id="list_goals")
@needs(VIEW_GOALS)
def goals(
    request: HttpRequest,
    cursor: str = "",
    limit: int = 50,
    unit: Unit | None = None,
    on: date | None = None,
) -> Any:
    """With how they stand; ``on``: whose days hold that one."""
    rows = Goal.objects.visible_to(user_of(request)).select_related("team", "rep", "owner")
    rows = rows.filter(figure__in=FIGURES)
    if unit:
        rows = rows.filter(unit=unit)
    if on:
        rows = rows.filter(starts_on__lte=on, ends_on__gte=on)
    page = page_of(rows, cursor=cursor, limit=limit)
    found = standings_of(page["items"], today=today())
    return {"items": [_out(one) for one in found], "next": page["next"]}


@router.get("/{uuid:key}/", response=GoalOut, operation_id="get_goal")
@needs(VIEW_GOALS)
def goal(request: HttpRequest, key: UUID) -> Any:
    return _told(get_object_or_404(Goal.objects.visible_to(user_of(request)), key=key))


@router.post("/", response={201: GoalOut}, operation_id="create_goal")
@needs(EDIT_GOALS)
@idempotent(GoalOut)
def create_goal(request: HttpRequest, sent: GoalIn) -> Any:
    """409 where there is one already, or the figure is not measured so."""
    team = _named(Team.objects.filter(deleted_at=None), sent.team, "team")
    rep = _named(who_can_sign_in(), sent.rep, "rep")
    if team and rep:
        raise Problem(422, "team: a goal is of a team or of a rep.")
    made = actions.set_goal(
        figure=sent.figure,
        unit=sent.unit,
        day=sent.day,
        target=sent.target,
        team=team,
        rep=rep,
        owner=_named(who_can_sign_in(), sent.owner, "owner"),
        note=sent.note,
        by=user_of(request),
        at=timezone.now(),
    )
    return Status(201, _told(made))


@router.patch("/{uuid:key}/", response=GoalOut, operation_id="change_goal")
@needs(EDIT_GOALS)
def change_goal(request: HttpRequest, key: UUID, sent: GoalChange) -> Any:
    """Its target, its note, and who answers for it."""
    found = get_object_or_404(Goal.objects.visible_to(user_of(request), EDIT_GOALS), key=key)
    values = sent.dict(exclude_unset=True)
    version = values.pop("version", None)
    if "owner" in values:
        values["owner"] = _named(who_can_sign_in(), values["owner"], "owner")
    values = {name: one for name, one in values.items() if one is not None or name == "owner"}
    changed = actions.edit_goal(
        goal=found, values=values, version=version, by=user_of(request), at=timezone.now()
    )
    return _told(changed)


@router.delete("/{uuid:key}/", response={204: None}, operation_id="delete_goal")
@needs(DELETE_GOALS)
def delete_goal(request: HttpRequest, key: UUID) -> Any:
    """Into the trash."""
    found = get_object_or_404(Goal.objects.visible_to(user_of(request), DELETE_GOALS), key=key)
    actions.remove_goal(goal=found, by=user_of(request), at=timezone.now())
    return Status(204, None)


def _told(found: Goal) -> dict[str, Any]:
    read_masked()
    [standing] = standings_of([found], today=today())
    return _out(standing)


def _out(found: Standing) -> dict[str, Any]:
    goal, forecast, coverage = found.goal, found.forecast, found.coverage
    return {
        **{name: getattr(goal, name) for name in ("key", "figure", "unit", "starts_on", "ends_on")},
        **{name: getattr(goal, name) for name in ("target", "note", "version")},
        **{name: _key(getattr(goal, name)) for name in ("team", "rep", "owner")},
        "value": found.reading.value,
        "of": found.reading.of,
        "due": found.pace.due,
        "state": found.state,
        "unknown": str(found.reading.unknown) if found.reading.value is None else "",
        "forecast": {name: getattr(forecast, name) for name in ("value", "low", "high", "chance")}
        if forecast
        else None,
        "coverage": coverage.times if coverage else None,
    }


def _key(record: Team | User | None) -> UUID | None:
    return record.key if record else None


def _named(rows: Any, key: UUID | None, name: str) -> Any:
    if key is None:
        return None
    found = rows.filter(key=key).first()
    if found is None:
        raise Problem(422, f"{name}: there is none with this key.")
    return found
