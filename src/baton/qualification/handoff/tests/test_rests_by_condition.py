"""Who rests until something is so comes back once, by whatever makes it so."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core.facts.models import FactRecord
from baton.core.filters import BadFilter
from baton.qualification.handoff import actions
from baton.qualification.handoff.actions.refusals import AlreadyAnswered, BadVerdict
from baton.qualification.handoff.events import PersonRecycled
from baton.qualification.handoff.models import Handoff, Rest
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff, an_agreement
from baton.records.people.actions import show
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)
CTO = {"all": [{"field": "person.job_title", "op": "contains", "value": "CTO"}]}
WARM = {"all": [{"field": "person.score", "op": ">", "value": 60}]}


def note(person, *, at):
    return actions.note_conditions(person_ids=[person.pk], at=at)


def rejected(teo, *, condition=None, reason="no_fit", person=None):
    person = person or a_person(full_name="Lena Fischer")
    handoff = a_handoff(person=person, rep=teo)
    actions.reject_handoff(handoff=handoff, reason=reason, condition=condition, by=teo, at=AT)
    return Person.objects.get(pk=person.pk)


def promote(person, title="CTO"):
    Person.objects.filter(pk=person.pk).update(job_title=title)


def test_condition_of_the_rep_brings_them_back_to_the_rep(teo, ravi):
    a_default_pool(teo, ravi)
    lena = rejected(teo, condition=CTO)
    assert (note(lena, at=AT + DAY), actions.end_rests(at=AT + DAY)) == (0, 0)
    promote(lena)

    assert (note(lena, at=AT + 2 * DAY), actions.end_rests(at=AT + 2 * DAY)) == (1, 1)

    back = Handoff.objects.open().get()
    assert (back.rep, back.lane) == (teo, "revisit")
    assert back.reason == "Came back because: Job title contains “CTO”"
    before = back.came_from.handoff
    assert before
    assert before.verdict == "no_fit"


def test_whoever_came_back_does_not_come_twice(teo):
    a_default_pool(teo)
    lena = rejected(teo, condition=CTO)
    promote(lena)
    note(lena, at=AT + DAY)
    actions.end_rests(at=AT + DAY)

    assert note(lena, at=AT + 2 * DAY) == 0
    assert actions.end_rests(at=AT + 400 * DAY) == 0
    assert Handoff.objects.open().count() == 1


def test_what_held_already_has_to_become_untrue_first(teo):
    a_default_pool(teo)
    lena = a_person()
    show(person_id=lena.pk, score=72)
    rejected(teo, condition=WARM, person=lena)

    assert note(lena, at=AT + DAY) == 0
    show(person_id=lena.pk, score=40)
    assert note(lena, at=AT + 2 * DAY) == 0
    show(person_id=lena.pk, score=66)
    assert note(lena, at=AT + 3 * DAY) == 1


def test_condition_of_the_agreement_goes_to_somebody_else(teo, ravi):
    an_agreement({"rest_conditions": {"no_fit": CTO}})
    a_default_pool(teo, ravi)
    lena = rejected(teo)
    promote(lena)
    note(lena, at=AT + DAY)

    actions.end_rests(at=AT + DAY)

    back = Handoff.objects.open().get()
    assert (back.rep, back.lane, lena.owner) == (ravi, "revisit", None)


def test_condition_of_another_reason_brings_nobody_back(teo):
    an_agreement({"rest_conditions": {"no_budget": CTO}})
    a_default_pool(teo)
    lena = rejected(teo)
    promote(lena)

    assert note(lena, at=AT + DAY) == 0
    assert Rest.objects.get().condition is None


def test_without_a_day_the_rest_ends_as_agreed_and_asks_nobody_of_a_cold_lead(teo):
    a_default_pool(teo)
    rejected(teo, condition=CTO)

    assert actions.end_rests(at=AT + 91 * DAY) == 1

    assert not Handoff.objects.open().exists()


def test_change_at_the_company_brings_its_people_back(teo):
    a_default_pool(teo)
    big = {"all": [{"field": "person.employee_count", "op": ">", "value": 100}]}
    lena = rejected(teo, condition=big, person=a_person(company=a_company()))
    company = lena.company
    company.employee_count = 400
    company.save()

    found = actions.note_conditions(person_ids=[], company_ids=[company.pk], at=AT + DAY)

    assert found == 1


def test_condition_after_a_reason_without_rest_is_refused(teo):
    handoff = a_handoff(rep=teo)

    with pytest.raises(BadVerdict):
        actions.reject_handoff(handoff=handoff, reason="opted_out", condition=CTO, by=teo, at=AT)
    with pytest.raises(BadFilter):
        actions.reject_handoff(
            handoff=handoff, reason="no_fit", condition={"all": [1]}, by=teo, at=AT
        )


def test_let_rest_on_takes_them_out_of_the_desk_until_it_comes_true_once_more(teo):
    a_default_pool(teo)
    lena = rejected(teo, condition=CTO)
    promote(lena)
    note(lena, at=AT + DAY)
    actions.end_rests(at=AT + DAY)
    back = Handoff.objects.open().get()

    rest = actions.let_rest_on(handoff=back, by=teo, at=AT + DAY)

    assert not Handoff.objects.open().exists()
    assert Person.objects.get(pk=lena.pk).stage == "lead"
    assert (rest.ended_at, rest.until) == (None, AT + 90 * DAY)
    assert note(lena, at=AT + 2 * DAY) == 0
    promote(lena, title="Buyer")
    note(lena, at=AT + 3 * DAY)
    promote(lena)
    assert note(lena, at=AT + 4 * DAY) == 1
    with pytest.raises(BadVerdict):
        actions.let_rest_on(handoff=back, by=teo, at=AT + 4 * DAY)


def test_answered_lead_does_not_rest_on(teo):
    a_default_pool(teo)
    lena = rejected(teo, condition=CTO)
    promote(lena)
    note(lena, at=AT + DAY)
    actions.end_rests(at=AT + DAY)
    back = Handoff.objects.open().get()
    actions.accept_handoff(handoff=back, by=teo, at=AT + DAY)

    with pytest.raises(AlreadyAnswered):
        actions.let_rest_on(handoff=back, by=teo, at=AT + DAY)


def test_what_is_written_down_names_no_field_that_is_hidden_from_somebody(teo, company):
    """The words stay where all read them: on the lead, in its notice, on the timeline."""
    company.field_limits = {"viewer": {"person": {"hidden": ["job_title"]}}}
    company.save()
    a_default_pool(teo)
    both = {"any": [*CTO["all"], *WARM["all"]]}
    lena = rejected(teo, condition=both)
    promote(lena)
    note(lena, at=AT + DAY)
    actions.end_rests(at=AT + DAY)

    words = "a field that not everybody sees is as asked or Score over 60"
    assert Handoff.objects.open().get().reason == f"Came back because: {words}"
    told = FactRecord.objects.get(name=PersonRecycled.name).payload
    assert told["condition"] == words


def asked(count, teo):
    people = [a_person() for _ in range(count)]
    for person in people:
        rejected(teo, condition=CTO, person=person)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        actions.note_conditions(person_ids=[one.pk for one in people], at=AT + DAY)
    return len(queries)


def test_many_who_wait_for_the_same_cost_as_many_questions_as_few(teo):
    a_default_pool(teo)

    assert asked(2, teo) == asked(12, teo)


def test_days_that_pass_are_asked_for_at_night_a_bite_at_a_time(teo):
    a_default_pool(teo)
    for person in [a_person(), a_person(), a_person()]:
        promote(rejected(teo, condition=CTO, person=person))

    behind = actions.note_conditions_after(after=0, most=2, at=AT + DAY)
    assert behind is not None
    assert actions.note_conditions_after(after=behind, most=2, at=AT + DAY) is None
    assert actions.end_rests(at=AT + DAY) == 3
