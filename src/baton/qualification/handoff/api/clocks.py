"""Clocks beside the handoff: answers that are owed, idle deals, next steps."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema

from baton.core.access.doors import user_of
from baton.core.api.days import Moment
from baton.core.api.doors import needs
from baton.core.api.paging import Page, page_of
from baton.qualification.handoff import actions
from baton.qualification.handoff.api.handoffs import router
from baton.qualification.handoff.models import Clock
from baton.qualification.handoff.models.clocks import ClockQuerySet
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.queries.promised import Subject, subjects_of


class ClockOut(Schema):
    """``kind``: reply (``person`` wrote), idle or step (of a deal); ``url``: the page of whom or
    what it is about. Times in UTC; ``late_at``: when it was written down that it is late."""

    key: UUID
    kind: str
    person: UUID | None
    name: str
    url: str
    owner: UUID | None
    owner_name: str
    agreement_version: int
    messages: int = Field(alias="count")
    since: datetime
    due_at: datetime
    paused_until: datetime | None
    late_at: datetime | None
    stopped_at: datetime | None
    ended: str

    @staticmethod
    def resolve_person(clock: Clock) -> UUID | None:
        return clock.person.key if clock.person else None

    @staticmethod
    def resolve_name(clock: Clock) -> str:
        return _subject(clock).name

    @staticmethod
    def resolve_url(clock: Clock) -> str:
        return _subject(clock).url

    @staticmethod
    def resolve_owner(clock: Clock) -> UUID | None:
        return clock.owner.key if clock.owner else None

    @staticmethod
    def resolve_owner_name(clock: Clock) -> str:
        return clock.owner.name if clock.owner else ""

    @staticmethod
    def resolve_agreement_version(clock: Clock) -> int:
        return clock.agreement.version

    @staticmethod
    def resolve_paused_until(clock: Clock) -> datetime | None:
        pause = clock.pause_now(timezone.now())
        return pause.until if pause else None


class PauseIn(Schema):
    until: Moment
    reason: str = Field(max_length=250)


def _subject(clock: Clock) -> Subject:
    """Asked for a page at once; of one by itself."""
    known: Subject | None = getattr(clock, "subject", None)
    return known or subjects_of([clock])[clock.pk]


def _seen(request: HttpRequest) -> ClockQuerySet:
    rows = Clock.objects.visible_to(user_of(request))
    return rows.select_related("person", "owner", "agreement")


def _own(request: HttpRequest, key: UUID) -> Clock:
    rows = Clock.objects.visible_to(user_of(request), ANSWER_HANDOFFS)
    return get_object_or_404(rows.select_related("person", "owner", "agreement"), key=key)


@router.get("/clocks/", response=Page[ClockOut], operation_id="list_clocks")
@needs(VIEW_HANDOFFS)
def clocks(
    request: HttpRequest,
    *,
    cursor: str = "",
    limit: int = 50,
    mine: bool = False,
    is_running: bool | None = None,
    kind: str = "",
) -> Any:
    """In the order in which they began. ``mine``: the key's user's; ``is_running``: owed still."""
    rows = _seen(request)
    if mine:
        rows = rows.filter(owner=user_of(request))
    if is_running is not None:
        rows = rows.filter(stopped_at__isnull=is_running)
    if kind:
        rows = rows.filter(kind=kind)
    page = page_of(rows, cursor=cursor, limit=limit)
    subjects = subjects_of(page["items"])
    for clock in page["items"]:
        clock.subject = subjects[clock.pk]
    return page


@router.post("/clocks/{uuid:key}/pause/", response=ClockOut, operation_id="pause_clock")
@needs(ANSWER_HANDOFFS)
def pause(request: HttpRequest, key: UUID, sent: PauseIn) -> Any:
    """It stands still until then, where the agreement lets it, and goes on by itself."""
    at, found = timezone.now(), _own(request, key)
    return actions.pause_clock(clock=found, by=user_of(request), at=at, **sent.dict())


@router.post("/clocks/{uuid:key}/resume/", response=ClockOut, operation_id="resume_clock")
@needs(ANSWER_HANDOFFS)
def resume(request: HttpRequest, key: UUID) -> Any:
    """It goes on now; one that is not paused goes on as it did."""
    return actions.resume_clock(clock=_own(request, key), at=timezone.now())
