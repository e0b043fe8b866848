"""Improvements over the REST API: /api/v1/improvements/."""

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
from baton.core.access.queries import who_can_sign_in
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.insight.analytics.queries import today
from baton.insight.improvements import actions
from baton.insight.improvements.models import Improvement
from baton.insight.improvements.permissions import EDIT_IMPROVEMENTS, VIEW_IMPROVEMENTS
from baton.insight.improvements.queries import MOVABLE, Side, outcomes_of
from baton.insight.reviews.models import Point
from baton.insight.reviews.rules import Kind

router = Router(tags=["improvements"])
Day = Annotated[date, Field(ge=date(1970, 1, 1), le=date(2199, 12, 31))]
Title = Annotated[str, Field(min_length=1, max_length=160)]
Note = Annotated[str, Field(max_length=500)]


class SideOut(Schema):
    """``value``: a share from 0 to 1, minutes, what adds up a working day, or cost for each;
    ``of``: how many it is of, ``hits``: of a share, those who went on."""

    first: date
    last: date
    value: Decimal | None
    of: int
    hits: int | None


class ImprovementOut(Schema):
    """``state``: open, better, same, worse or few (to tell). ``chance``: how often luck alone makes
    such a difference; null before ``judged_on``."""

    key: UUID
    title: str
    note: str
    figure: str
    way: Literal["up", "down"]
    starts_on: date
    days: int
    owner: UUID | None
    version: int
    state: str
    chance: float | None
    judged_on: date
    before: SideOut
    after: SideOut | None


class ImprovementIn(Schema):
    """``days``: 28, 56 or 84, before as after; ``decision``: of a review, from which it comes."""

    model_config = ConfigDict(extra="forbid")

    title: Title
    figure: Annotated[str, Field(max_length=40)]
    way: Literal["up", "down"]
    starts_on: Day
    days: Annotated[int, Field(ge=1, le=84)] = 28
    note: Note = ""
    owner: UUID | None = None
    decision: UUID | None = None


class ImprovementChange(Schema):
    """``version``: the one that was read; another by now is a 409."""

    model_config = ConfigDict(extra="forbid")

    title: Title | None = None
    note: Note | None = None
    owner: UUID | None = None
    version: int | None = None


@router.get("/", response=Page[ImprovementOut], operation_id="list_improvements")
@needs(VIEW_IMPROVEMENTS)
def improvements(
    request: HttpRequest, cursor: str = "", limit: int = 50, figure: str | None = None
) -> Any:
    """With what became of them; ``figure``: those that should move it."""
    rows = Improvement.objects.visible_to(user_of(request)).filter(figure__in=MOVABLE)
    if figure:
        rows = rows.filter(figure=figure)
    page = page_of(rows.select_related("owner"), cursor=cursor, limit=limit)
    return {"items": _told(page["items"]), "next": page["next"]}


@router.get("/{uuid:key}/", response=ImprovementOut, operation_id="get_improvement")
@needs(VIEW_IMPROVEMENTS)
def improvement(request: HttpRequest, key: UUID) -> Any:
    rows = Improvement.objects.visible_to(user_of(request)).filter(figure__in=MOVABLE)
    return _told([get_object_or_404(rows, key=key)])[0]


@router.post("/", response={201: ImprovementOut}, operation_id="create_improvement")
@needs(EDIT_IMPROVEMENTS)
@idempotent(ImprovementOut)
def create_improvement(request: HttpRequest, sent: ImprovementIn) -> Any:
    """409 where the figure cannot be compared day by day."""
    values = sent.dict()
    decisions = Point.objects.visible_to(user_of(request)).filter(kind=Kind.DECISION)
    values["owner"] = _named(who_can_sign_in(), sent.owner, "owner")
    values["decision"] = _named(decisions, sent.decision, "decision")
    made = actions.log_improvement(**values, by=user_of(request), at=timezone.now())
    return Status(201, _told([made])[0])


@router.patch("/{uuid:key}/", response=ImprovementOut, operation_id="change_improvement")
@needs(EDIT_IMPROVEMENTS)
def change_improvement(request: HttpRequest, key: UUID, sent: ImprovementChange) -> Any:
    """Its words, and who answers for it; what is compared stays."""
    rows = Improvement.objects.visible_to(user_of(request), EDIT_IMPROVEMENTS)
    found = get_object_or_404(rows.filter(figure__in=MOVABLE), key=key)
    values = sent.dict(exclude_unset=True)
    version = values.pop("version", None)
    if "owner" in values:
        values["owner"] = _named(who_can_sign_in(), values["owner"], "owner")
    values = {name: one for name, one in values.items() if one is not None or name == "owner"}
    changed = actions.edit_improvement(
        improvement=found,
        values=values,
        version=version,
        by=user_of(request),
        at=timezone.now(),
        today=today(),
    )
    return _told([changed])[0]


@router.delete("/{uuid:key}/", response={204: None}, operation_id="delete_improvement")
@needs(EDIT_IMPROVEMENTS)
def delete_improvement(request: HttpRequest, key: UUID) -> Any:
    """Into the trash."""
    rows = Improvement.objects.visible_to(user_of(request), EDIT_IMPROVEMENTS)
    found = get_object_or_404(rows, key=key)
    actions.remove_improvement(improvement=found, by=user_of(request), at=timezone.now())
    return Status(204, None)


def _told(rows: list[Improvement]) -> list[dict[str, Any]]:
    return [
        {
            **{name: getattr(one.improvement, name) for name in ("key", "title", "note", "figure")},
            **{name: getattr(one.improvement, name) for name in ("way", "starts_on", "days")},
            "version": one.improvement.version,
            "owner": one.improvement.owner.key if one.improvement.owner else None,
            "state": one.verdict.state,
            "chance": one.verdict.chance,
            "judged_on": one.windows.judged_on,
            "before": _side(one.before),
            "after": _side(one.after) if one.after else None,
        }
        for one in outcomes_of(rows, today=today())
    ]


def _side(side: Side) -> dict[str, Any]:
    named = {name: getattr(side, name) for name in ("value", "of", "hits")}
    return {"first": side.span.first, "last": side.span.last, **named}


def _named(rows: Any, key: UUID | None, name: str) -> Any:
    if key is None:
        return None
    found = rows.filter(key=key).first()
    if found is None:
        raise Problem(422, f"{name}: there is none with this key.")
    return found
