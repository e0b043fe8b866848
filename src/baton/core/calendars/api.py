"""Leave and free days over the REST API: /api/v1/calendars/."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from baton.core.access.doors import user_of
from baton.core.access.models import User
from baton.core.api.days import Day
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.calendars import actions
from baton.core.calendars.models import FreeDay, Leave
from baton.core.calendars.permissions import KEEP_LEAVE, MANAGE_CALENDARS, VIEW_CALENDARS
from baton.core.calendars.rules import LeaveKind

router = Router(tags=["calendars"])


class LeaveOut(Schema):
    """Both days included, on the clock of where the user works; half days where noon is named."""

    key: UUID
    version: int
    user: UUID
    kind: LeaveKind
    from_on: date
    to_on: date
    starts_at_noon: bool
    ends_at_noon: bool
    note: str

    @staticmethod
    def resolve_user(leave: Leave) -> UUID:
        return leave.user.key


class LeaveFields(Schema):
    model_config = ConfigDict(extra="forbid")

    kind: LeaveKind = LeaveKind.VACATION
    from_on: Day
    to_on: Day
    starts_at_noon: bool = False
    ends_at_noon: bool = False
    note: Annotated[str, Field(max_length=120)] = ""


class LeaveIn(LeaveFields):
    """``user``: whose days off; yours when left out, somebody else's for admins."""

    user: UUID | None = None


class FreeDayOut(Schema):
    """On which nobody of the company works; a yearly one from that year on."""

    key: UUID
    on: date
    name: str
    is_yearly: bool


class FreeDayIn(Schema):
    model_config = ConfigDict(extra="forbid")

    on: Day
    name: Annotated[str, Field(min_length=1, max_length=120)]
    is_yearly: bool = False


@router.get("/leave/", response=Page[LeaveOut], operation_id="list_leave")
@needs(KEEP_LEAVE)
def list_leave(request: HttpRequest, cursor: str = "", limit: int = 50) -> Any:
    """Yours; everybody's for admins."""
    return page_of(_seen(request), cursor=cursor, limit=limit)


@router.post("/leave/", response={201: LeaveOut}, operation_id="create_leave")
@needs(KEEP_LEAVE)
@idempotent(LeaveOut)
def create_leave(request: HttpRequest, sent: LeaveIn) -> Any:
    """Clocks that run are counted anew. 409 where some of the days are off already."""
    by = user_of(request)
    users = User.objects.filter(deleted_at=None)
    if not by.may(MANAGE_CALENDARS):
        users = users.filter(pk=by.pk)
    user = get_object_or_404(users, key=sent.user) if sent.user else by
    values = sent.dict(exclude={"user"})
    leave, _batch = actions.save_leave(user=user, values=values, by=by, at=timezone.now())
    return Status(201, leave)


@router.put("/leave/{uuid:key}/", response=LeaveOut, operation_id="edit_leave")
@needs(KEEP_LEAVE)
def edit_leave(request: HttpRequest, key: UUID, sent: LeaveFields) -> Any:
    """Other days in place of these."""
    leave = get_object_or_404(_seen(request), key=key)
    by = user_of(request)
    saved, _batch = actions.save_leave(
        user=leave.user, leave=leave, values=sent.dict(), by=by, at=timezone.now()
    )
    return saved


@router.delete("/leave/{uuid:key}/", response={204: None}, operation_id="delete_leave")
@needs(KEEP_LEAVE)
def delete_leave(request: HttpRequest, key: UUID) -> Any:
    leave = get_object_or_404(_seen(request), key=key)
    actions.trash_leaves(leave_ids=[leave.pk], by=user_of(request), at=timezone.now())
    return Status(204, None)


@router.get("/free-days/", response=Page[FreeDayOut], operation_id="list_free_days")
@needs(VIEW_CALENDARS)
def list_free_days(request: HttpRequest, cursor: str = "", limit: int = 50) -> Any:
    """Beside the public holidays."""
    return page_of(FreeDay.objects.visible_to(user_of(request)), cursor=cursor, limit=limit)


@router.post("/free-days/", response={201: FreeDayOut}, operation_id="create_free_day")
@needs(MANAGE_CALENDARS)
@idempotent(FreeDayOut)
def create_free_day(request: HttpRequest, sent: FreeDayIn) -> Any:
    """409 where the day is free already."""
    day, _batch = actions.add_free_day(**sent.dict(), by=user_of(request), at=timezone.now())
    return Status(201, day)


@router.delete("/free-days/{uuid:key}/", response={204: None}, operation_id="delete_free_day")
@needs(MANAGE_CALENDARS)
def delete_free_day(request: HttpRequest, key: UUID) -> Any:
    day = get_object_or_404(FreeDay.objects.visible_to(user_of(request)), key=key)
    actions.trash_free_days(day_ids=[day.pk], by=user_of(request), at=timezone.now())
    return Status(204, None)


def _seen(request: HttpRequest) -> Any:
    return Leave.objects.visible_to(user_of(request)).select_related("user")
