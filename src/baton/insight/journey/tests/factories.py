"""People on the way, for tests of this module and of those above it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from baton.insight.journey.actions import show_content
from baton.insight.journey.models import Shown
from baton.marketing.capture.tests.factories import a_page
from baton.qualification.lifecycle.actions import move_person
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday


def on_the_way(*steps: tuple[str, float], at: datetime = AT, **over: Any) -> Person:
    """Reached each stage so many days after ``at``: ``("lead", 0), ("back other", 9)``."""
    person = a_person(at=at, **over)
    StageChange.objects.filter(person=person).delete()
    Person.objects.filter(pk=person.pk).update(stage="")
    for said, days in steps:
        *back, stage = said.split()
        move_person(
            person_id=person.pk,
            to_stage=stage,
            at=at + timedelta(days=days),
            cause="test",
            is_back=bool(back),
        )
    person.refresh_from_db()
    return person


def a_content(**over: Any) -> Shown:
    """A page for everybody who knows the problem; ``over`` as show_content takes it."""
    usual: dict[str, Any] = {"code": "problem", "by": None, "at": AT}
    if "what" not in over:
        usual["what"] = a_page()
    return show_content(**{**usual, **over})
