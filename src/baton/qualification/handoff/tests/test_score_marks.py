import pytest

from baton.qualification.handoff.actions import qualify_person
from baton.qualification.handoff.score_marks import marks_of
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_form_sent,
    a_rep,
    an_agreement,
)
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def test_handoff_is_a_mark_for_those_who_see_it(admin, outsider):
    an_agreement()
    a_default_pool(a_rep("Teo"))
    person = a_person()
    qualify_person(person_id=person.pk, at=AT, form=a_form_sent(person))

    (mark,) = marks_of(person, admin)

    assert mark.at == AT
    assert mark.words.startswith("Handed over: ")
    assert list(marks_of(person, outsider)) == []
