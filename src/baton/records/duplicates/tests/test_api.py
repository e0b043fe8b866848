import pytest

from baton.records.duplicates.actions import look_again
from baton.records.duplicates.models import Pair
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT, a_company, a_person

URL = "/api/v1/duplicates/"
pytestmark = pytest.mark.usefixtures("company")


@pytest.fixture
def two(rep):
    found = [a_person(full_name="Ann Lind", phones=["+4681234567"], owner=rep) for _ in range(2)]
    look_again(object_type="person", ids=[person.pk for person in found], at=AT)
    return found


def send(client, address, body=None):
    return client.post(f"{URL}{address}", body or {}, content_type="application/json")


def test_pairs_are_listed_merged_and_parted_again(two, rep, api_client):
    client = api_client(rep)
    [pair] = client.get(URL).json()["items"]
    assert [pair["first"], pair["second"]] == [str(person.key) for person in two]

    batch = send(client, f"{pair['key']}/merge/", {"keep": "second"}).json()["batch"]

    assert Person.objects.living().get(full_name="Ann Lind") == two[1]
    assert client.get(URL).json()["items"] == []
    assert send(client, f"{pair['key']}/dismiss/").status_code == 404
    assert send(client, f"unmerge/{batch}/").json() == {"kept_fields": []}
    assert Person.objects.living().filter(full_name="Ann Lind").count() == 2


def test_dismissed_pair_is_listed_no_more(two, rep, api_client):
    client, pair = api_client(rep), Pair.objects.get()

    assert send(client, f"{pair.key}/dismiss/").status_code == 204

    assert client.get(URL).json()["items"] == []
    assert client.get(f"{URL}{pair.key}/").json()["is_same"] is False
    assert send(client, f"{pair.key}/merge/").status_code == 409


def test_any_records_are_merged_by_their_keys(rep, admin, api_client):
    first, second = a_company(), a_company()
    client = api_client(admin)
    body = {"of": "companies", "kept": str(first.key), "merged": [str(second.key)]}

    assert send(client, "merge/", body).status_code == 200
    assert send(client, "merge/", body).status_code == 422  # it is gone
    body["merged"] = [str(first.key)]
    assert send(client, "merge/", body).status_code == 409


def test_outsider_merges_nobody(two, rep, outsider, api_client):
    client, pair = api_client(outsider), Pair.objects.get()
    mine = a_person(owner=outsider)
    body = {"kept": str(mine.key), "merged": [str(two[0].key)]}
    batch = send(api_client(rep), f"{pair.key}/merge/").json()["batch"]

    assert client.get(URL).json()["items"] == []
    assert send(client, f"{pair.key}/merge/").status_code == 404
    assert send(client, "merge/", body).status_code == 422
    assert send(client, f"unmerge/{batch}/").status_code == 404
