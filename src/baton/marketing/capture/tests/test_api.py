import json
from typing import Any
from uuid import uuid4

import pytest

from baton.marketing.capture.actions import take_hits
from baton.marketing.capture.models import Submission, Visit
from baton.marketing.capture.strangers import sign_visitor
from baton.marketing.capture.tests.factories import AT, PLANTS, a_form, a_hit, a_page, a_submission
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db
VALUES = {"name": "Jonas Berg", "email": "jonas@corvid.example"}
ADDRESS = "/api/v1/capture/submissions/"


@pytest.fixture
def api(marketer, api_client):
    return api_client(marketer)


def post(api, sent: Any, **headers: str):
    return api.post(ADDRESS, json.dumps(sent), content_type="application/json", headers=headers)


def test_forms_and_pages_are_listed(api):
    form = a_form(code="guide-download")
    a_page(form=form, slug="energy-guide")

    [listed] = api.get("/api/v1/capture/forms/").json()["items"]
    [page] = api.get("/api/v1/capture/pages/").json()["items"]

    assert listed["code"] == "guide-download"
    assert [field["code"] for field in listed["fields"]][:2] == ["name", "email"]
    assert (page["slug"], page["form"]) == ("energy-guide", "guide-download")


def test_form_is_sent_with_its_source(api):
    a_form(code="request-demo")

    response = post(
        api,
        {
            "form": "request-demo",
            "values": VALUES,
            "source": {"source": "linkedin", "medium": "cpc", "campaign": "linkedin-plants"},
        },
    )

    person = Person.objects.get()
    assert response.status_code == 201
    assert response.json()["person"]["key"] == str(person.key)
    assert (person.channel, person.campaign) == ("paid_social", "linkedin-plants")


def test_visitor_ties_the_visits_before(api):
    a_form(code="request-demo")
    visitor = uuid4()
    take_hits(hits=[a_hit(visitor, source=PLANTS)])

    post(api, {"form": "request-demo", "values": VALUES, "visitor": sign_visitor(visitor)})

    assert Visit.objects.get().person == Person.objects.get()


def test_same_key_sends_once(api):
    a_form(code="request-demo")
    sent = {"form": "request-demo", "values": VALUES}

    first = post(api, sent, **{"idempotency-key": "1"})
    second = post(api, sent, **{"idempotency-key": "1"})

    assert first.json() == second.json()
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    "over",
    [
        {"form": "nowhere"},
        {"form": "a\u0007b"},
        {"form": "\ud800"},
        {"values": {"name": "Jonas"}},
        {"values": {**VALUES, "email": "jonas"}},
        {"values": {**VALUES, "is_admin": "1"}},
        {"values": {**VALUES, "name": 7}},
        {"values": {**VALUES, "name": "Jonas\u0000 Berg"}},
        {"page": "nowhere"},
        {"visitor": "x"},
        {"owner": 1},
        {"values": {}},
    ],
)
def test_what_makes_no_sense_is_422(api, over):
    a_form(code="request-demo")

    response = post(api, {"form": "request-demo", "values": VALUES, **over})

    assert response.status_code == 422
    assert response.headers["Content-Type"].startswith("application/problem+json")
    assert not Submission.objects.exists()


def test_strange_signs_are_cleaned(api):
    a_form(code="request-demo")

    response = post(
        api,
        {
            "form": "request-demo",
            "values": {**VALUES, "name": "Jonas\u0007 Berg"},
            "source": {"campaign": "a\u0007b", "landing_page": "x" * 500},
        },
    )

    assert response.status_code == 201
    assert response.json()["values"]["name"] == "Jonas Berg"


def test_visits_of_a_person_are_listed_for_whoever_sees_them(api, rep, outsider, api_client):
    person = a_person(owner=rep)
    take_hits(
        hits=[
            a_hit(visitor := uuid4(), source=PLANTS, title="Welcome"),
            a_hit(visitor, minute=1, title="Pricing"),
        ]
    )
    Visit.objects.update(person=person)
    address = f"/api/v1/capture/people/{person.key}/visits/"

    [visit] = api.get(address).json()["items"]

    assert (visit["campaign"], visit["pages"]) == ("linkedin-plants", ["Welcome", "Pricing"])
    assert api_client(rep).get(address).status_code == 200
    assert api_client(outsider).get(address).status_code == 404


def test_submissions_are_those_one_may_see(api, outsider, api_client):
    form = a_form(code="request-demo")
    a_submission(form=form, at=AT)
    a_submission()

    mine = api.get(ADDRESS, {"form": "request-demo"}).json()["items"]
    theirs = api_client(outsider).get(ADDRESS).json()["items"]

    assert [one["form"] for one in mine] == ["request-demo"]
    assert theirs == []


def test_rep_may_not_send(rep, api_client):
    a_form(code="request-demo")

    response = post(api_client(rep), {"form": "request-demo", "values": VALUES})

    assert response.status_code == 403
    assert not Submission.objects.exists()


def test_without_a_key_there_is_nothing(client):
    assert client.get("/api/v1/capture/forms/").status_code == 401
