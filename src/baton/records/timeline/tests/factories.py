"""Notes, activities and tasks for tests of this module and of those above it."""

from datetime import UTC, datetime
from typing import Any

from baton.core.access.models import User
from baton.records.people.tests.factories import a_person
from baton.records.timeline.actions import add_note, add_task, log_activity
from baton.records.timeline.models import Activity, Note, Task

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday


def _about_somebody(over: dict[str, Any]) -> dict[str, Any]:
    is_told = {"person", "company", "deal_id"} & over.keys()
    return over if is_told else {**over, "person": a_person()}


def a_note(*, by: User | None = None, **over: Any) -> Note:
    """A note about somebody; ``over`` as add_note takes it."""
    usual: dict[str, Any] = {"body": "Wants a call in April", "at": AT}
    return add_note(by=by, **{**usual, **_about_somebody(over)})


def an_activity(*, by: User | None = None, **over: Any) -> Activity:
    """A talk on the phone with somebody; ``over`` as log_activity takes it."""
    usual: dict[str, Any] = {"kind": "call", "outcome": "conversation", "at": AT}
    return log_activity(by=by, **{**usual, **_about_somebody(over)})


def a_task(*, owner: User, **over: Any) -> Task:
    """Something to do about nobody; ``over`` as add_task takes it."""
    usual: dict[str, Any] = {"title": "Send the offer", "by": owner, "at": AT}
    return add_task(owner=owner, **{**usual, **over})
