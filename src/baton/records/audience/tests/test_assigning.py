from datetime import timedelta

import pytest

from baton.core.changes.actions import restore_record, undo
from baton.core.changes.models import Change
from baton.core.facts.models import FactRecord
from baton.core.filters import BadFilter
from baton.records.audience import actions
from baton.records.audience.models import Persona, PersonaAssignment
from baton.records.audience.queries import persona_of, with_counts
from baton.records.audience.tests.factories import AT, a_persona
from baton.records.people.actions import (
    PERSON,
    assign_owner,
    edit_company,
    edit_person,
    trash_people,
)
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person

pytestmark = pytest.mark.django_db


def asks(field, op, value):
    return {"all": [{"field": f"person.{field}", "op": op, "value": value}]}


def energy(**over):
    return a_persona(
        **{"name": "Energy manager", "rule": asks("job_title", "contains", "energy"), **over}
    )


def shown(person):
    person.refresh_from_db()
    return person.persona


def told(person):
    facts = FactRecord.objects.filter(name="persona.assigned", person_id=person.pk).order_by("pk")
    return [(fact.payload["persona_id"], fact.payload["is_by_hand"]) for fact in facts]


def test_first_rule_that_fits_gives_the_persona():
    first = energy(position=1)
    second = a_persona(name="Head", rule=asks("job_title", "starts_with", "head"), position=2)
    ann = a_person(job_title="Head of Energy")
    ben = a_person(job_title="Head of quality")
    cleo = a_person(job_title="Buyer")

    for _twice in range(2):
        actions.assign_by_rules(person_ids=[ann.pk, ben.pk, cleo.pk], at=AT)

    assert [shown(person) for person in (ann, ben, cleo)] == ["Energy manager", "Head", ""]
    assert (told(ann), told(ben), told(cleo)) == ([(first.pk, False)], [(second.pk, False)], [])


def test_word_of_a_colleague_outranks_every_rule_until_it_is_taken_back(marketer):
    energy()
    buyer = a_persona(name="Buyer")
    ann = a_person(job_title="Energy manager")

    actions.assign_by_hand(person=ann, persona=buyer, by=marketer, at=AT)
    actions.assign_by_hand(person=ann, persona=buyer, by=marketer, at=AT)
    actions.assign_by_rules(person_ids=[ann.pk], at=AT)

    assert shown(ann) == "Buyer"
    assert told(ann) == [(buyer.pk, True)]

    actions.assign_by_hand(person=ann, persona=None, by=marketer, at=AT)

    assert shown(ann) == "Energy manager"


def test_who_fits_no_rule_any_more_is_no_persona():
    energy()
    ann = a_person(job_title="Energy manager")
    actions.assign_by_rules(person_ids=[ann.pk], at=AT)
    edit_person(person=ann, values={"job_title": "Buyer"}, version=None, by=None, at=AT)

    actions.assign_by_rules(person_ids=[ann.pk], at=AT)

    assert shown(ann) == ""
    assert told(ann)[-1] == (0, False)
    assert not PersonaAssignment.objects.exists()


def test_many_are_assigned_with_as_many_statements_as_few(django_assert_max_num_queries):
    energy()
    people = [a_person(job_title="Energy manager") for _ in range(40)]

    with django_assert_max_num_queries(14):
        actions.assign_by_rules(person_ids=[person.pk for person in people], at=AT)

    assert Person.objects.filter(persona="Energy manager").count() == 40


def test_facts_assign_personas_and_keep_the_date_of_what_happened(run_background):
    energy()
    big = a_persona(name="Big", rule=asks("employee_count", ">", "100"))
    company = a_company(employee_count=10)
    long_ago = AT - timedelta(days=400)
    ann = a_person(job_title="Energy manager", at=long_ago)
    ben = a_person(job_title="Buyer", company=company)
    run_background()
    assert (shown(ann), shown(ben)) == ("Energy manager", "")

    edit_company(company=company, values={"employee_count": 500}, version=None, by=None, at=AT)
    run_background()

    assert shown(ben) == "Big"
    assert told(ben) == [(big.pk, False)]
    assert FactRecord.objects.get(name="persona.assigned", person_id=ann.pk).happened_at == long_ago


def test_fact_that_no_rule_asks_about_is_passed_over(run_background, rep):
    energy()
    ann = a_person(job_title="Energy manager")
    run_background()
    PersonaAssignment.objects.all().delete()

    assign_owner(person=ann, owner=rep, by=rep, at=AT)
    run_background()

    assert not PersonaAssignment.objects.exists()


def test_change_of_a_persona_asks_everybody_again(run_background, admin):
    persona = energy()
    ann = a_person(job_title="Energy manager")
    run_background()

    actions.edit_persona(
        persona=persona,
        values={"name": "Energy lead", "rule": asks("job_title", "is", "buyer")},
        version=1,
        by=admin,
        at=AT,
    )
    run_background()
    assert shown(ann) == ""

    undo(batch=Change.objects.latest("pk").batch, by=admin, at=AT)
    run_background()
    assert shown(ann) == "Energy manager"

    batch = actions.trash_personas(persona_ids=[persona.pk], by=admin, at=AT)
    run_background()
    assert shown(ann) == ""

    undo(batch=batch, by=admin, at=AT)
    run_background()
    assert shown(ann) == "Energy manager"


def test_renamed_persona_is_shown_by_its_new_name_on_those_set_by_hand(run_background):
    persona = a_persona(name="Buyer")
    ann = a_person()
    actions.assign_by_hand(person=ann, persona=persona, by=None, at=AT)

    actions.edit_persona(
        persona=persona, values={"name": "Chief buyer"}, version=None, by=None, at=AT
    )
    run_background()

    assert shown(ann) == "Chief buyer"


def test_why_says_the_rule_or_the_colleague(marketer):
    persona = energy()
    ann, ben = a_person(job_title="Energy manager"), a_person()
    actions.assign_by_rules(person_ids=[ann.pk], at=AT)
    actions.assign_by_hand(person=ben, persona=persona, by=marketer, at=AT)

    by_rule, by_hand = persona_of(ann), persona_of(ben)

    assert by_rule is not None
    assert by_hand is not None
    assert by_rule.rule_words == "Job title contains “energy”"
    assert (by_hand.rule_words, by_hand.link.by) == ("", marketer)


def counts():
    return [vars(persona)["people_count"] for persona in with_counts(Persona.objects.all())]


def test_people_in_the_trash_are_not_counted():
    energy()
    people = [a_person(job_title="Energy manager") for _ in range(3)]
    actions.assign_by_rules(person_ids=[person.pk for person in people], at=AT)

    trash_people(people_ids=[people[0].pk], by=None, at=AT)
    assert counts() == [2]

    restore_record(kind=PERSON, record_id=people[0].pk, by=None, at=AT)
    assert counts() == [3]


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"name": ""}, actions.BadPersona),
        ({"name": "ENERGY MANAGER"}, actions.PersonaTaken),
        ({"name": "A", "sentences": ["1", "2", "3", "4"]}, actions.BadPersona),
        ({"name": "A", "rule": asks("persona", "is", "B")}, actions.BadPersona),
        ({"name": "A", "rule": asks("nonsense", "is", "B")}, BadFilter),
        ({"name": "A", "rule": {"all": [1]}}, BadFilter),
    ],
)
def test_persona_that_cannot_be_is_refused(values, refusal):
    energy()

    with pytest.raises(refusal):
        actions.create_persona(values=values, by=None, at=AT)

    assert Persona.objects.count() == 1
