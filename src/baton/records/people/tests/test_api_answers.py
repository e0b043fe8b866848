"""What the API answers about somebody who was just made is what stands there, and costs little."""

import json

import pytest

from baton.core.facts.models import FactRecord
from baton.records.people.models import Person
from baton.records.people.queries import people_matching
from baton.records.people.tests.factories import a_company

pytestmark = pytest.mark.django_db
PEOPLE = "/api/v1/people/"
ANN = {
    "full_name": "Ann  Lund",
    "emails": ["ann@halden.example", "Ann.Lund@halden.example"],
    "phones": ["+46 8 555 01 37"],
    "tags": ["VIP", "fair"],
    "addresses": [{"street": "Kaj 1", "city": "Malmö", "country": "Sweden"}],
    "job_title": "Energy manager",
    "channel": "referral",
    "external_ids": {"crm": "7"},
}


def post(client, body, *, key=""):
    headers = {"idempotency-key": key} if key else {}
    return client.post(PEOPLE, json.dumps(body), content_type="application/json", headers=headers)


@pytest.mark.parametrize("key", ["", "once"])
def test_answer_about_somebody_new_is_what_is_read_afterwards(api_client, admin, rep, key):
    client = api_client(admin)
    body = ANN | {"owner": str(rep.key), "company": str(a_company(name="Halden").key)}

    answer = post(client, body, key=key).json()

    read = client.get(f"{PEOPLE}{answer['key']}/").json()
    moments = [one.pop("created_at").rstrip("Z") for one in (answer, read)]
    assert moments[0].startswith(moments[1])  # which is told to the millisecond
    assert answer == read
    assert answer["company"]["name"] == "Halden"
    assert (answer["tags"], answer["addresses"][0]["city"]) == (["fair", "VIP"], "Malmö")


def test_somebody_new_costs_few_statements(api_client, admin, django_assert_num_queries):
    client = api_client(admin)
    post(client, {"full_name": "Lena", "emails": ["lena@halden.example"]}, key="first")

    # Who calls; idempotency: the key and its answer; own fields; whether the address is free; the
    # next id, address, person; rules; history, fact; the address as it stands; two savepoints.
    with django_assert_num_queries(16):
        post(client, {"full_name": "Ann", "emails": ["ann@halden.example"]}, key="second")

    ann = Person.objects.get(full_name="Ann")
    assert [*people_matching(Person.objects.all(), "halden ann")] == [ann]
    assert FactRecord.objects.filter(name="person.created", person_id=ann.pk).count() == 1


def test_one_person_is_read_with_few_statements(api_client, admin, django_assert_num_queries):
    client = api_client(admin)
    address = f"{PEOPLE}{post(client, ANN).json()['key']}/"

    with django_assert_num_queries(7):  # who calls, the person, and their five lists
        told = client.get(address)
    with django_assert_num_queries(4):  # for consents, no list but their addresses
        consents = client.get(f"{address}consents/")

    assert (told.json()["job_title"], consents.json()) == (ANN["job_title"], [])


def test_moments_are_the_same_under_an_idempotency_key_as_read_later(api_client, rep):
    client = api_client(rep)
    body = {"full_name": "Ann Berg"}

    made = client.post(PEOPLE, body, "application/json", headers={"Idempotency-Key": "a"}).json()
    read = client.get(f"/api/v1/people/{made['key']}/").json()

    assert {name: made[name] for name in read} == read
