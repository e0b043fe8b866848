from datetime import timedelta

import pytest

from baton.core.facts.models import FactRecord
from baton.records.people import actions
from baton.records.people.models import Consent, Identity, Person
from baton.records.people.queries import born_as, consents_of, consents_said, who_now
from baton.records.people.tests.factories import AT, a_person

pytestmark = pytest.mark.django_db


def consent(
    email="ann@halden.example", purpose="newsletter", is_given=True, at=AT, basis="consent"
):
    return actions.record_consent(
        email=email, purpose=purpose, is_given=is_given, basis=basis, source="form", at=at
    )


def test_latest_word_about_a_purpose_holds_and_none_is_lost():
    person = a_person(emails=["ann@halden.example"])
    consent(email="ANN@halden.example", at=AT + timedelta(days=1), is_given=False)
    consent(at=AT)
    consent(purpose="tracking", at=AT)

    assert Consent.objects.count() == 3
    assert [(row.purpose, row.is_given) for row in consents_of(person)] == [
        ("newsletter", False),
        ("tracking", True),
    ]


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ([("consent", False), ("unconfirmed", True)], False),
        ([("unconfirmed", True), ("consent", False)], False),
        ([("consent", False), ("unconfirmed", True), ("unconfirmed", True)], False),
        ([("consent", False), ("unconfirmed", True), ("consent", True)], True),
        ([("unconfirmed", True)], True),
    ],
)
def test_yes_of_a_form_never_counts_over_a_no(said, holds):
    for day, (basis, is_given) in enumerate(said):
        consent(basis=basis, is_given=is_given, at=AT + timedelta(days=day))

    [held] = consents_said(["ann@halden.example"])

    assert held.is_given is holds


def test_yes_of_a_form_over_a_no_is_shown_as_unconfirmed(rep, signed_in):
    person = a_person(owner=rep, emails=["ann@halden.example"])
    consent(is_given=False)
    consent(basis="unconfirmed", at=AT + timedelta(days=1))

    page = signed_in(rep).get(person.get_absolute_url()).content.decode()

    assert "A form said otherwise" in page


def test_consent_is_told_of_the_person_who_has_the_address():
    person = a_person(emails=["ann@halden.example"])

    consent()
    consent(email="stranger@halden.example")

    told = FactRecord.objects.filter(name="consent.recorded").order_by("pk")
    assert list(told.values_list("person_id", flat=True)) == [person.pk, None]
    assert told[0].payload == {"purpose": "newsletter", "is_given": True}


def test_nobody_said_anything_is_not_a_no():
    assert consents_said(["ann@halden.example"]) == []


def test_consent_of_nonsense_is_refused():
    with pytest.raises(actions.BadAddress):
        consent(email="nonsense")


def test_shown_values_are_written_without_history(django_assert_num_queries):
    people = [a_person() for _ in range(12)]
    values: dict[int, dict[str, object]]
    values = {person.pk: {"score": place} for place, person in enumerate(people)}
    values[people[0].pk] = {"score": 1, "stage": "mql"}

    with django_assert_num_queries(2):  # one statement for each set of names
        actions.show_many({**values, 999_999: {"score": 5}})

    first = Person.objects.get(pk=people[0].pk)
    assert (first.score, first.stage, first.version) == (1, "mql", 1)
    assert list(Person.objects.order_by("pk").values_list("score", flat=True)) == [1, *range(1, 12)]
    assert not FactRecord.objects.filter(name="person.changed").exists()


def test_what_is_not_a_shown_value_is_refused():
    person = a_person()

    with pytest.raises(TypeError, match="full_name"):
        actions.show(person_id=person.pk, full_name="Somebody")


def test_merged_ids_say_who_they_are_now():
    ann, ben = a_person(), a_person()
    Identity.objects.create(old_id=4711, person=ann)

    assert born_as([ann.pk, ben.pk]) == {ann.pk: ann.pk, ben.pk: ben.pk, 4711: ann.pk}
    assert who_now([4711, ben.pk]) == {4711: ann.pk, ben.pk: ben.pk}
