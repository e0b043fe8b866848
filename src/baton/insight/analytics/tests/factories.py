"""A small story written straight into the tables that the reports read."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from baton.core.access.models import User
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT, a_person
from baton.sales.deals.models import Deal, Pipeline, Stage


def a_lead(*, at: datetime = AT, steps: dict[str, float] | None = None, **over: Any) -> Person:
    """A person who became a lead ``at`` and reached each step so many days later."""
    owner: User | None = over.pop("stage_owner", None)
    person = a_person(at=at, **over)
    StageChange.objects.filter(person=person).delete()
    for stage, days in {"lead": 0.0, **(steps or {})}.items():
        StageChange.objects.create(
            person=person,
            to_stage=stage,
            at=at + timedelta(days=days),
            cause="test",
            owner=owner if stage != "lead" else None,
        )
    Person.objects.filter(pk=person.pk).update(lead_at=at)
    return person


def a_deal(
    person: Person | None, *, state: str = "open", amount: int | None = 1000, **over: Any
) -> Deal:
    """A deal in a stage of that kind; amounts are base money."""
    pipeline, _ = Pipeline.objects.get_or_create(name="Test")
    stage, _ = Stage.objects.get_or_create(
        pipeline=pipeline, kind=state, defaults={"name": state, "position": 1, "probability": 50}
    )
    money = None if amount is None else Decimal(amount)
    usual: dict[str, Any] = {
        "name": "A deal",
        "currency": "EUR",
        "opened_at": AT,
        "closed_at": None if state == "open" else AT + timedelta(days=10),
        "reason": "price" if state == "lost" else "",
    }
    return Deal.objects.create(
        person=person,
        stage=stage,
        state=state,
        amount=money,
        base_amount=money,
        **{**usual, **over},
    )
