"""Terms that wait for signatures, of both kinds; and somebody whom Teo handed on to Nora."""

from typing import Any

from django.db import transaction

from baton.qualification.handoff import actions
from baton.qualification.handoff.rules import Kind
from baton.qualification.handoff.tests.factories import AT
from baton.qualification.lifecycle.actions import move_person
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person
from tests.flows.house import House


def amend_both(house: House) -> None:
    """After it Teo's people are handed on; whom he qualifies himself stays his."""
    actions.amend_agreement(values={"threshold": 65}, by=house.ada, at=AT)
    pool = actions.create_pool(name="Closers", by=house.ada, at=AT)
    for user in (house.teo, house.nora):
        actions.set_member(pool=pool, user=user, by=house.ada, at=AT)
    terms: dict[str, Any] = {"by": house.ada, "at": AT, "kind": Kind.EXECUTIVE}
    agreed = actions.amend_agreement(values={"pool_id": pool.pk}, **terms)
    for side in agreed.parties():
        agreed = actions.sign_agreement(agreement=agreed, side=side, by=house.ada, at=AT)
    actions.amend_agreement(values={"attempts": 3}, **terms)
    after: dict[str, Any] = {"by": house.ada, "at": AT, "kind": Kind.OWNER}
    won = actions.amend_agreement(values={}, **after)
    for side in won.parties():
        won = actions.sign_agreement(agreement=won, side=side, by=house.ada, at=AT)
    actions.amend_agreement(values={"accept_minutes": 240}, **after)
    person = a_person(full_name="Freya Lind", origin="sales", owner=house.teo)
    with transaction.atomic():
        move_person(person_id=person.pk, to_stage="sql", at=AT, cause="by hand")
    person = Person.objects.get(pk=person.pk)
    actions.hand_on(person=person, by=house.teo, executive=house.nora, at=AT)
