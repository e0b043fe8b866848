from datetime import UTC, datetime

import pytest

from baton.core.changes.actions import undo
from baton.core.keys import new_key
from baton.records.people.actions import merge_companies, merge_people
from baton.records.people.tests.factories import a_company, a_person
from baton.records.relations.models import Relation
from baton.records.relations.rules import RelationKind
from baton.records.relations.tests.factories import a_relation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 9, tzinfo=UTC)


def ends():
    rows = Relation.objects.living().order_by("pk")
    return [(row.person_id, row.other_id, row.company_id) for row in rows]


def test_relations_follow_a_merge_and_come_back(company, rep):
    kept, merged, third = (a_person(owner=rep) for _number in range(3))
    a_relation(person=merged, other=third, kind=RelationKind.MANAGES)
    a_relation(person=third, other=merged, kind=RelationKind.ASSISTS)
    a_relation(person=kept, other=merged, kind=RelationKind.FRIEND)
    before, batch = ends(), new_key()

    merge_people(kept=kept, merged=[merged], by=rep, at=AT, batch=batch)

    assert ends()[:2] == [(kept.pk, third.pk, None), (third.pk, kept.pk, None)]
    assert Relation.objects.visible_to(rep).count() == 2
    undo(batch=batch, by=rep, at=AT)
    assert ends() == before


def test_same_relation_of_both_is_shown_once(company, rep):
    kept, merged, third = (a_person(owner=rep) for _number in range(3))
    for person in (kept, merged):
        a_relation(person=person, other=third, kind=RelationKind.MANAGES)

    merge_people(kept=kept, merged=[merged], by=rep, at=AT)

    assert Relation.objects.visible_to(rep).count() == 1


def test_relations_follow_merged_companies(company, rep):
    kept, merged, person = a_company(owner=rep), a_company(owner=rep), a_person(owner=rep)
    a_relation(person=person, company=merged, kind=RelationKind.BOARD)

    merge_companies(kept=kept, merged=[merged], by=rep, at=AT)

    assert ends() == [(person.pk, None, kept.pk)]
