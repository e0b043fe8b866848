"""Move people about in tests of this module and of those above it."""

from datetime import datetime, timedelta
from typing import Any

from baton.qualification.lifecycle.actions import move_person
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT

DAY = timedelta(days=1)


def move(person: Person, to_stage: str, *, day: int = 0, **more: Any) -> bool:
    """So many days after AT; ``more`` as move_person takes it."""
    usual: dict[str, Any] = {"at": AT + day * DAY, "cause": "a test"}
    return move_person(person_id=person.pk, to_stage=to_stage, **{**usual, **more})


def history(person: Person) -> list[tuple[str, str, int]]:
    """From, to and day of each move, in the order of time."""
    rows = StageChange.objects.filter(person=person).order_by("place")
    return [(row.from_stage, row.to_stage, (row.at - AT).days) for row in rows]


def shown(person: Person) -> tuple[str, int | None, int | None]:
    """The stage that the person shows, since which day, and on which day they became a lead."""
    person.refresh_from_db()
    return person.stage, _day(person.stage_at), _day(person.lead_at)


def _day(at: datetime | None) -> int | None:
    return (at - AT).days if at else None
