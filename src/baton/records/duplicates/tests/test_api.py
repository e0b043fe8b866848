import pytest

from baton.records.duplicates.actions import look_again
from baton.records.duplicates.models import Pair
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT, a_person

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

    assert send(client, f"{pair['key']}/unmerge/").status_code == 409
    merged = send(client, f"{pair['key']}/merge/", {"keep": "second"})
    assert merged.status_code == 200

    assert Person.objects.living().get(full_name="Ann Lind") == two[1]
    assert client.get(URL).json()["items"] == []
    assert send(client, f"{pair['key']}/dismiss/").status_code == 404
    assert send(client, f"{pair['key']}/unmerge/").json() == {"kept_fields": []}
    assert Person.objects.living().filter(full_name="Ann Lind").count() == 2


def test_dismissed_pair_is_listed_no_more(two, rep, api_client):
    client, pair = api_client(rep), Pair.objects.get()

    assert send(client, f"{pair.key}/dismiss/").status_code == 204

    assert client.get(URL).json()["items"] == []
    assert client.get(f"{URL}{pair.key}/").json()["is_same"] is False
    assert send(client, f"{pair.key}/merge/").status_code == 409


def test_outsider_merges_nobody(two, rep, outsider, api_client):
    client, pair = api_client(outsider), Pair.objects.get()
    send(api_client(rep), f"{pair.key}/merge/")

    assert client.get(URL).json()["items"] == []
    assert send(client, f"{pair.key}/merge/").status_code == 404
    assert send(client, f"{pair.key}/unmerge/").status_code == 404
