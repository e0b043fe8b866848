"""Two at the same moment, each on a connection of their own: written down once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from baton.core.settings.actions import set_up_organisation
from baton.records.people.tests.factories import AT, a_company, a_person
from baton.records.relations import actions
from baton.records.relations.actions import Ends, RelationKnown
from baton.records.relations.models import Relation
from baton.records.relations.rules import RelationKind

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="an in-memory database has one connection"
    ),
]


@pytest.fixture(autouse=True)
def _house():
    set_up_organisation(name="Fennmark", zone="Europe/Berlin")


def twice(act):
    start = Barrier(2)

    def run(_number):
        try:
            start.wait(timeout=10)
            act()
        except RelationKnown:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, range(2)))


def test_relation_pressed_twice_is_one():
    ends = Ends(person=a_person(), kind=RelationKind.MANAGES, other=a_person())

    twice(lambda: actions.add_relation(ends=ends, by=None, at=AT))

    assert Relation.objects.count() == 1


def test_change_of_employer_that_is_told_twice_at_once_is_one():
    person, former, now = a_person(), a_company(), a_company()

    twice(
        lambda: actions.keep_former_employer(
            person_id=person.pk,
            former_id=former.pk,
            company_id=now.pk,
            title="Head",
            on=AT.date(),
            at=AT,
        )
    )

    assert sorted(Relation.objects.values_list("company", flat=True)) == [former.pk, now.pk]
