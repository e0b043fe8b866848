"""A rest that runs gets another day or condition, with a reason, and back again."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from baton.core.changes.actions import NothingToUndo, undo
from baton.core.facts.models import FactRecord
from baton.core.filters import BadFilter
from baton.qualification.handoff import actions
from baton.qualification.handoff.actions.refusals import AlreadyAnswered, BadVerdict
from baton.qualification.handoff.models import Handoff, Rest
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)
CTO = {"all": [{"field": "person.job_title", "op": "contains", "value": "CTO"}]}


@pytest.fixture(autouse=True)
def at():
    """A morning: by night the day is another one here than in UTC."""
    with time_machine.travel(AT, tick=False):
        yield timezone.now()


@pytest.fixture
def lena(teo, at):
    """Rests as long as the agreement says."""
    a_default_pool(teo)
    handoff = a_handoff(person=a_person(full_name="Lena Fischer", owner=teo), rep=teo, at=at)
    actions.reject_handoff(handoff=handoff, reason="no_fit", by=teo, at=at)
    Person.objects.filter(pk=handoff.person_id).update(owner=teo)
    return Person.objects.get(pk=handoff.person_id)


def change(lena, teo, at, **over):
    rest = Rest.objects.get()
    usual = {"until_on": rest.until.date(), "condition": rest.condition, "reason": "They asked"}
    return actions.change_rest(person=lena, by=teo, at=at, **{**usual, **over})


def test_another_day_wakes_them_on_that_day(lena, teo, at):
    until_on = (at + 3 * DAY).date()

    assert change(lena, teo, at, until_on=until_on)

    assert actions.end_rests(at=at + 2 * DAY) == 0
    assert actions.end_rests(at=at + 4 * DAY) == 1
    fact = FactRecord.objects.get(name="rest.changed")
    assert (fact.person_id, fact.actor_id, fact.payload["reason"]) == (
        lena.pk,
        teo.pk,
        "They asked",
    )


def test_another_condition_has_to_become_true(lena, teo, at):
    Person.objects.filter(pk=lena.pk).update(job_title="CTO")

    change(lena, teo, at, condition=CTO)

    assert actions.note_conditions(person_ids=[lena.pk], at=at + DAY) == 0
    for title in ("Clerk", "CTO"):
        Person.objects.filter(pk=lena.pk).update(job_title=title)
        actions.note_conditions(person_ids=[lena.pk], at=at + DAY)
    assert actions.end_rests(at=at + DAY) == 1
    assert Handoff.objects.open().get().reason.startswith("Came back because")


def test_a_condition_that_came_true_already_is_asked_anew_when_it_changes(lena, teo, at):
    change(lena, teo, at, condition=CTO)
    Person.objects.filter(pk=lena.pk).update(job_title="CTO")
    assert actions.note_conditions(person_ids=[lena.pk], at=at) == 1

    change(lena, teo, at, condition=None)

    assert actions.end_rests(at=at + DAY) == 0


def test_undo_gives_the_day_and_the_condition_back(lena, teo, at):
    before = Rest.objects.values("until", "condition", "asks_on_day").get()
    batch = change(lena, teo, at, until_on=(at + 3 * DAY).date(), condition=CTO)

    undo(batch=batch, by=teo, at=at)

    assert Rest.objects.values("until", "condition", "asks_on_day").get() == before
    assert FactRecord.objects.filter(name="rest.changed").count() == 2


def test_undo_of_a_rest_that_is_over_says_so(lena, teo, at):
    batch = change(lena, teo, at, until_on=(at + 3 * DAY).date())
    Rest.objects.update(ended_at=at + DAY)

    with pytest.raises(NothingToUndo, match="do not rest any more"):
        undo(batch=batch, by=teo, at=at + DAY)


def test_what_is_so_already_is_no_change(lena, teo, at):
    assert change(lena, teo, at) is None
    assert not FactRecord.objects.filter(name="rest.changed").exists()


@pytest.mark.parametrize("over", [{"until_on": "today"}, {"condition": CTO, "reason": " "}])
def test_a_day_that_is_over_and_no_reason_are_refused(lena, teo, at, over):
    over = {name: at.date() if value == "today" else value for name, value in over.items()}

    with pytest.raises(BadVerdict):
        change(lena, teo, at, **over)


def test_who_rests_no_more_is_told(lena, teo, at):
    Rest.objects.update(ended_at=at)

    with pytest.raises(AlreadyAnswered):
        actions.change_rest(
            person=lena, until_on=(at + DAY).date(), condition=None, reason="x", by=teo, at=at
        )


def test_from_the_persons_page(lena, teo, outsider, signed_in, at):
    desk, page = signed_in(teo), reverse("handoff:person-rest", args=[lena.key])
    typed = {
        "until_on": (at + 9 * DAY).date().isoformat(),
        "reason": "New budget then",
        "back-row-0-field": "person.job_title",
        "back-row-0-op": "contains",
        "back-row-0-value": "CTO",
    }

    assert page in desk.get(lena.get_absolute_url()).text
    assert desk.post(page, typed | {"reason": ""}).status_code == 422
    done = desk.post(page, typed, follow=True)

    rest = Rest.objects.get()
    assert (rest.until.date() - at.date()).days in {8, 9}
    assert rest.condition == CTO
    assert "New budget then" in done.text
    assert "/undo/" in done.text
    assert "CTO" in desk.get(page).text
    assert signed_in(outsider).get(page).status_code == 404


def test_over_the_api(lena, teo, api_client, at):
    client, path = api_client(teo), f"/api/v1/handoff/people/{lena.key}/rest/"
    sent = {"condition": CTO, "reason": "New head of plants"}
    was = client.get(path).json()

    done = client.patch(path, sent, content_type="application/json").json()
    bad = client.patch(path, {"until_on": "2020-01-01", "reason": "x"}, "application/json")
    gone = client.patch(path, {"condition": None, "reason": "x"}, "application/json").json()

    assert (done["until"], done["condition"]) == (was["until"], "Job title contains “CTO”")
    assert bad.status_code == 409
    assert gone["condition"] == ""


def test_day_moves_though_what_the_condition_asks_by_is_gone(lena, teo, at):
    gone = {"all": [{"field": "person.gone", "op": "is_set"}]}
    Rest.objects.update(condition=gone)

    assert change(lena, teo, at, until_on=(at + 3 * DAY).date())

    assert Rest.objects.get().condition == gone
    with pytest.raises(BadFilter):
        change(lena, teo, at, condition={"all": [{"field": "person.other", "op": "is_set"}]})
