"""The condition by which a lead comes back, on screen and over the API."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from baton.core import filters
from baton.core.facts import publish
from baton.qualification.handoff import actions, tasks
from baton.qualification.handoff.events import PricesSeen
from baton.qualification.handoff.models import Agreement, Handoff, Rest
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff
from baton.qualification.handoff.tests.test_pages import TERMS
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
CTO = {"all": [{"field": "person.job_title", "op": "contains", "value": "CTO"}]}
ROW = {
    "back-row-0-field": "person.job_title",
    "back-row-0-op": "contains",
    "back-row-0-value": "CTO",
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


@pytest.fixture
def lead(rep):
    a_default_pool(rep)
    return a_handoff(person=a_person(full_name="Lena Fischer"))


def reject(client, lead, **typed):
    page = reverse("handoff:reject", args=[lead.key])
    return client.post(page, {"reason": "no_fit"} | typed, follow=True)


def test_rejected_until_something_is_so_says_it_on_the_person(signed_in, admin, rep, lead):
    client = signed_in(rep)

    assert (
        b"Or as soon as something is so"
        in client.get(reverse("handoff:lead", args=[lead.key])).content
    )
    assert reject(client, lead, **ROW).status_code == 200

    assert Rest.objects.get().condition == CTO
    page = signed_in(admin).get(lead.person.get_absolute_url()).content.decode()
    assert ", or as soon as: Job title contains “CTO”" in page


@pytest.mark.parametrize(
    "typed",
    [
        {"back-row-0-field": "person.job_title"},
        {"back-row-0-value": "CTO"},
        ROW | {"back-row-0-op": "over"},
    ],
)
def test_unfinished_condition_is_refused_and_stays_typed(signed_in, rep, lead, typed):
    answer = reject(signed_in(rep), lead, **typed)

    assert answer.status_code == 422
    assert next(iter(typed.values())) in answer.content.decode()
    assert Handoff.objects.get().state == "offered"


def test_page_says_why_they_came_back_and_lets_them_rest_on(signed_in, rep, lead, clock):
    client = signed_in(rep)
    reject(client, lead, **ROW)
    Person.objects.update(job_title="CTO")
    clock.shift(timedelta(days=1))
    tasks.ask_conditions.call()
    tasks.end_rests.call()
    back = Handoff.objects.open().get()

    page = client.get(reverse("handoff:lead", args=[back.key])).content.decode()
    assert "Came back because: Job title contains “CTO”" in page
    assert "They rested after “No fit”" in page

    done = client.post(reverse("handoff:rest-on", args=[back.key]), follow=True)

    assert "rests until" in done.content.decode()
    assert not Handoff.objects.open().exists()


def test_agreement_keeps_a_condition_by_reason_and_says_it(signed_in, admin, rep):
    a_default_pool(rep)
    a_handoff()
    client, page = signed_in(admin), reverse("handoff:amend")
    typed = {f"back-no_budget-{name.removeprefix('back-')}": text for name, text in ROW.items()}
    sent = TERMS | typed | {"read": client.get(page).context["read"]}

    assert client.post(page, sent, follow=True).status_code == 200

    draft = Agreement.objects.order_by("-version").first()
    assert draft
    assert draft.rest_conditions == {"no_budget": CTO}
    told = client.get(reverse("handoff:agreement")).content.decode()
    assert "Back after “No budget” as soon as" in told
    assert "CTO" in client.get(page).content.decode()
    for side in ("marketing", "sales"):
        draft = actions.sign_agreement(agreement=draft, side=side, by=admin, at=AT)
    assert (
        "“No budget” comes back as soon as"
        in client.get(reverse("handoff:agreement")).content.decode()
    )


def test_api_takes_a_condition_and_tells_it(api_client, rep, lead):
    client, root = api_client(rep), f"/api/v1/handoff/{lead.key}/"

    bad = client.post(
        f"{root}reject/",
        {"reason": "no_fit", "condition": {"all": [{"field": "person.none", "op": "is"}]}},
        content_type="application/json",
    )
    done = client.post(
        f"{root}reject/", {"reason": "no_fit", "condition": CTO}, content_type="application/json"
    )

    assert (bad.status_code, done.status_code) == (409, 200)
    told = client.get(root).json()
    assert told["rest_condition"] == "Job title contains “CTO”"
    assert told["rest_until"].startswith("2026-05-31")


def test_api_lets_them_rest_on(api_client, rep, outsider, lead, clock):
    actions.reject_handoff(handoff=lead, reason="no_fit", condition=CTO, by=rep, at=AT)
    Person.objects.update(job_title="CTO")
    clock.shift(timedelta(days=1))
    tasks.ask_conditions.call()
    tasks.end_rests.call()
    address = f"/api/v1/handoff/{Handoff.objects.open().get().key}/rest-on/"

    assert api_client(outsider).post(address).status_code == 404
    answer = api_client(rep).post(address)

    assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")
    assert api_client(rep).post(address).status_code == 409


def test_look_at_prices_is_a_field_of_people(rep, run_background, lead):
    looked = {"all": [{"field": "person.prices_seen_at", "op": "after", "value": "2026-03-01"}]}
    actions.reject_handoff(handoff=lead, reason="no_fit", condition=looked, by=rep, at=AT)
    with transaction.atomic():
        publish(PricesSeen(happened_at=AT, person_id=lead.person_id, visit_id=1))
    chosen = filters.parse(looked, object_type="person")

    run_background()

    assert "Looked at prices" in filters.describe(chosen)
    assert Rest.objects.get().met_at == AT
