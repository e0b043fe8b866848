"""Many who are made at once are the same as if they had come one by one."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baton.core.changes.models import Change
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.core.search.keeping import count_wrong
from baton.records.people import actions
from baton.records.people.models import EmailAddress, Person, PersonExternalId, Phone
from baton.records.people.queries import people_matching
from baton.records.people.searched import PEOPLE
from baton.records.people.tests.factories import AT

pytestmark = pytest.mark.django_db
words = st.text("aäeéløß BM'-,", min_size=1, max_size=9).filter(lambda text: text.strip(" ,"))
rows = st.fixed_dictionaries(
    {"full_name": words},
    optional={
        "phones": st.lists(st.from_regex(r"\+49 421 [1-9][0-9]{5}", fullmatch=True), max_size=2),
        "job_title": words,
        "country": st.sampled_from(["Germany", "FR", ""]),
        "mails": st.integers(0, 2),
        "is_known_elsewhere": st.booleans(),
    },
)


def given_as(place, row):
    """No two have an address or an id in common."""
    said = {"at": AT, "origin": "sales", **row}
    count, is_known = said.pop("mails", 0), said.pop("is_known_elsewhere", False)
    said["emails"] = [f"mail{place}.{n}@halden.example" for n in range(count)]
    return said | ({"external_ids": {"crm": f"c{place}"}} if is_known else {})


OF = {
    Person: "id",
    EmailAddress: "person_id",
    Phone: "person_id",
    PersonExternalId: "person_id",
    Change: "object_id",
    FactRecord: "person_id",
}
APART = {"id", "key", "created_at", "recorded_at", "person_id", "object_id", "batch"}


def told():
    """All that the tables hold of people, but for keys, ids and clocks."""
    first = Person.objects.order_by("pk").values_list("pk", flat=True).first() or 0
    return {model.__name__: rows_of(model, whose, first) for model, whose in OF.items()}


def rows_of(model: Any, whose: str, first: int) -> list[dict[str, Any]]:
    """In order of the people, each known by its place."""
    rows = model._base_manager.order_by(whose, "pk").values()
    return [
        {name: value for name, value in row.items() if name not in APART}
        | {"whose": row[whose] - first}
        for row in rows
    ]


@settings(
    deadline=None,
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(people=st.lists(rows, min_size=2, max_size=6))
def test_many_at_once_leave_what_as_many_by_themselves_leave(people):
    new = [given_as(place, row) for place, row in enumerate(people)]
    ways = (
        lambda: actions.create_people(new=new, cause="import", batch=new_key()),
        lambda: [actions.create_person(cause="import", **one) for one in new],
    )
    left, found = [], []

    for way in ways:
        with transaction.atomic():
            made = way()
            left.append(told())
            mails = [
                len(people_matching(Person.objects.all(), f"mail{n}")) for n in range(len(new))
            ]
            found.append([mails, [one.full_name for one in made], count_wrong(PEOPLE)])
            transaction.set_rollback(True)

    assert left[0] == left[1]
    assert found[0] == found[1]
    assert found[0][2] == 0
