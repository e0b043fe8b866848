"""Notes, calls, meetings and mails."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from ninja import Query
from ninja.responses import Status

from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.records.timeline import actions
from baton.records.timeline.api.about import of, written_to
from baton.records.timeline.api.routes import router
from baton.records.timeline.api.shapes import (
    ABOUT,
    About,
    AboutAny,
    ActivityIn,
    ActivityOut,
    NoteIn,
    NoteOut,
)
from baton.records.timeline.models import Activity, Note
from baton.records.timeline.permissions import EDIT_TIMELINE, VIEW_TIMELINE

SLACK = timedelta(minutes=5)  # clocks of two machines differ


@router.get("/notes", response=Page[NoteOut])
@needs(VIEW_TIMELINE)
def list_notes(
    request: Any, about: Query[AboutAny], cursor: str = "", limit: int = 50
) -> dict[str, Any]:
    """Notes that the key's user sees; of one record, when it is named."""
    rows = Note.objects.visible_to(request.user).filter(of(request.user, about))
    rows = rows.select_related("person", "company", "by")
    return page_of(rows, cursor=cursor, limit=limit)


@router.post("/notes", response={201: NoteOut})
@needs(EDIT_TIMELINE)
@idempotent(NoteOut)
def create_note(request: Any, data: NoteIn) -> Status[Note]:
    """Write down what a colleague should know."""
    about = written_to(request.user, data, EDIT_TIMELINE)
    note = actions.add_note(body=data.body, by=request.user, at=timezone.now(), **about)
    return Status(201, note)


@router.get("/activities", response=Page[ActivityOut])
@needs(VIEW_TIMELINE)
def list_activities(
    request: Any, about: Query[About], cursor: str = "", limit: int = 50
) -> dict[str, Any]:
    """Calls, meetings and mails that the key's user sees; of one record, when it is named."""
    rows = Activity.objects.visible_to(request.user).filter(of(request.user, about))
    rows = rows.select_related("person", "company", "by")
    return page_of(rows, cursor=cursor, limit=limit)


@router.post("/activities", response={201: ActivityOut})
@needs(EDIT_TIMELINE)
@idempotent(ActivityOut)
def create_activity(request: Any, data: ActivityIn) -> Status[Activity]:
    """Log a call, meeting or mail; clocks stop on its touch."""
    now = timezone.now()
    if data.at and data.at > now + SLACK:
        raise Problem(422, "“at” is still to come.")
    about = written_to(request.user, data, EDIT_TIMELINE)
    activity = actions.log_activity(
        **data.dict(exclude={*ABOUT, "at"}), at=min(data.at or now, now), by=request.user, **about
    )
    return Status(201, activity)
