"""The people of a deal on its page and over the API: who sees what, and who may."""

from datetime import timedelta

import pytest
from django.urls import reverse

from baton.core.changes.actions import restore_record, undo
from baton.core.changes.models import Change
from baton.core.facts.models import FactRecord
from baton.core.settings.models import Organisation
from baton.records.people.actions import PERSON, trash_people
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person
from baton.sales.deals import actions
from baton.sales.deals.models import Deal
from baton.sales.deals.queries import (
    people_of,
)
from baton.sales.deals.tests.factories import AT, a_deal, a_stage

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
HTMX = {"hx-request": "true"}


@pytest.fixture
def ann(rep):
    return a_person(full_name="Ann Lind", owner=rep, emails=["ann@gmail.com"])


@pytest.fixture
def ben(rep):
    return a_person(full_name="Ben Moss", owner=rep, buying_role="champion")


@pytest.fixture
def deal(company, rep, ann):
    return a_deal(by=rep, person=ann)


def parts(deal, user):
    deal = Deal.objects.get(pk=deal.pk)
    return [(str(one.person), one.role, one.is_primary) for one in people_of(deal, user=user)]


def told(person):
    rows = FactRecord.objects.filter(name__startswith="deal.person", person_id=person.pk)
    return [(row.name, row.payload.get("role", "")) for row in rows.order_by("pk")]


def test_card_searches_adds_and_takes_back(deal, rep, ben, signed_in):
    client, page = signed_in(rep), reverse("deals:people", args=[deal.key])
    assert "No decision maker known." in client.get(deal.get_absolute_url()).content.decode()

    found = client.get(page, {"q": "ben"}, headers=HTMX).content.decode()
    added = client.post(page, {"person": str(ben.key)}, headers=HTMX).content.decode()

    assert "Ben Moss" in found
    assert "Ann Lind" not in found
    assert "Champion" in added
    role = reverse("deals:person-role", args=[deal.key])
    client.post(f"{role}?person={ben.key}", {"role": "decision_maker"})
    assert "No decision maker" not in client.get(deal.get_absolute_url()).content.decode()
    removed = client.post(
        f"{reverse('deals:person-remove', args=[deal.key])}?person={ben.key}", follow=True
    )
    assert "Ben Moss was removed from the deal." in removed.content.decode()
    assert len(parts(deal, rep)) == 1


def test_only_who_edits_the_deal_and_sees_the_person_adds_them(
    deal, rep, ben, admin, outsider, signed_in
):
    page = reverse("deals:people", args=[deal.key])
    foreign = a_person(owner=outsider)

    assert signed_in(outsider).post(page, {"person": str(ben.key)}).status_code == 404
    assert signed_in(rep).post(page, {"person": str(foreign.key)}).status_code == 404
    assert signed_in(rep).post(page, {"person": "nobody"}).status_code == 404
    assert len(parts(deal, rep)) == 1
    assert signed_in(admin).post(page, {"person": str(ben.key)}).status_code == 302


def test_page_costs_the_same_with_one_and_with_many(
    deal, rep, signed_in, django_assert_max_num_queries
):
    client, page = signed_in(rep), deal.get_absolute_url()
    actions.add_person(deal=deal, person=a_person(owner=rep), by=rep, at=LATER)
    client.get(page)
    with django_assert_max_num_queries(80) as few:
        client.get(page)
    for _number in range(5):
        person = a_person(owner=rep, company=a_company())
        actions.add_person(deal=deal, person=person, by=rep, at=LATER)

    with django_assert_max_num_queries(len(few)):
        client.get(page)


def test_a_new_deal_takes_the_buyers_part_from_their_page(company, rep, ben, signed_in):
    page = f"{reverse('deals:new')}?person={ben.key}"
    stage = a_stage("New")

    signed_in(rep).post(
        page, {"name": "Pilot", "owner": rep.pk, "currency": "EUR", "stage": str(stage.key)}
    )

    assert parts(Deal.objects.get(), rep) == [("Ben Moss", "champion", True)]


def test_over_the_api_people_are_read_added_and_set(deal, rep, ann, ben, outsider, api_client):
    client, url = api_client(rep), f"/api/v1/deals/{deal.key}/people/"
    actions.add_person(deal=deal, person=a_person(owner=outsider), by=outsider, at=LATER)

    def send(method, body):
        return getattr(client, method)(url, body, content_type="application/json")

    added = send("post", {"person": str(ben.key), "role": "champion", "is_primary": True})
    assert [(one["person"], one["role"], one["is_primary"]) for one in added.json()] == [
        (str(ben.key), "champion", True),
        (None, "", False),
        (str(ann.key), "", False),
    ]
    whole = send("put", {"people": [{"person": str(ann.key), "role": "decision_maker"}]})
    assert [(one["person"], one["is_primary"]) for one in whole.json()] == [
        (str(ann.key), True),
        (None, False),
    ]
    twice = [{"person": str(ann.key)}, {"person": str(ann.key)}]
    assert send("put", {"people": twice}).status_code == 422
    assert send("post", {"person": str(ann.key), "role": "boss"}).status_code == 422
    assert api_client(outsider).get(url).status_code == 404
    assert Person.objects.living().count() == 3


def test_over_the_api_a_new_primary_is_one_act_that_one_undo_takes_back(
    deal, rep, ann, ben, api_client
):
    url = f"/api/v1/deals/{deal.key}/people/"
    body = {"person": str(ben.key), "role": "champion", "is_primary": True}
    before = set(Change.objects.values_list("pk", flat=True))

    api_client(rep).post(url, body, content_type="application/json")

    [act] = Change.objects.filter(object_type="deal").exclude(pk__in=before)
    assert parts(deal, rep) == [("Ben Moss", "champion", True), ("Ann Lind", "", False)]
    undo(batch=act.batch, by=rep, at=LATER)
    assert parts(Deal.objects.get(), rep) == [("Ann Lind", "", True)]


def test_over_the_api_who_lies_in_the_trash_keeps_their_part(deal, rep, ann, ben, api_client):
    actions.add_person(deal=deal, person=ben, role="champion", by=rep, at=LATER)
    trash_people(people_ids=[ben.pk], by=rep, at=LATER)

    api_client(rep).put(
        f"/api/v1/deals/{deal.key}/people/",
        {"people": [{"person": str(ann.key)}]},
        content_type="application/json",
    )
    restore_record(kind=PERSON, record_id=ben.pk, by=rep, at=LATER)

    assert ("Ben Moss", "champion", False) in parts(deal, rep)


def test_card_after_a_press_tells_nothing_hidden(company, deal, rep, ben, signed_in):
    Person.objects.filter(pk=ben.pk).update(job_title="Head of plants")
    Organisation.objects.update(field_limits={"rep": {"person": {"hidden": ["job_title"]}}})

    page = reverse("deals:people", args=[deal.key])
    card = signed_in(rep).post(page, {"person": str(ben.key)}, headers=HTMX).content.decode()

    assert "Ben Moss" in card
    assert "Head of plants" not in card
