"""The fold, an edit of the rules and the hourly look meet over the same people."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from baton.core.facts.models import FactRecord
from baton.core.facts.numbering import number_facts, seat_subscribers
from baton.qualification.scoring import actions
from baton.qualification.scoring.models import ScorePart
from baton.qualification.scoring.tests.factories import AT, a_form_sent, an_engagement_rule
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="an in-memory database has one connection"
    ),
]


def together(*acts: Callable[[], Any]) -> list[Any]:
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_fold_and_recompute_at_once_count_each_fact_once():
    an_engagement_rule(points=10, half_life_days=1000)
    people = [a_person() for _ in range(5)]
    for person in people * 3:
        a_form_sent(person)
    seat_subscribers()
    number_facts()
    facts = [row.as_fact() for row in FactRecord.objects.filter(name="form.submitted")]
    ids = [person.pk for person in people]

    together(
        lambda: actions.score_facts(facts=facts, at=AT),
        lambda: actions.recompute_people(person_ids=ids, at=AT),
        lambda: actions.recompute_people(person_ids=ids[::-1], at=AT),
    )

    assert set(ScorePart.objects.values_list("count", flat=True)) == {3}
    assert set(Person.objects.values_list("score", flat=True)) == {30}
