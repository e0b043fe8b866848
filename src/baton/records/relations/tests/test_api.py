import pytest

from baton.records.people.tests.factories import a_company, a_person
from baton.records.relations.models import Relation
from baton.records.relations.rules import RelationKind
from baton.records.relations.tests.factories import a_relation

pytestmark = pytest.mark.django_db
URL = "/api/v1/relations/"
JSON = {"content_type": "application/json"}


def test_relation_is_made_listed_from_both_ends_and_deleted(company, rep, api_client):
    ann, firm = a_person(owner=rep, full_name="Ann"), a_company(owner=rep, name="Halden")
    api = api_client(rep)
    sent = {"person": str(ann.key), "kind": "investor", "company": str(firm.key)}

    made = api.post(URL, {**sent, "since": "2024-01-01"}, **JSON)
    again = api.post(URL, sent, **JSON)
    key = made.json()["key"]
    of_firm = api.get(URL, {"company": str(firm.key)}).json()["items"]
    of_ann = api.get(URL, {"person": str(ann.key)}).json()["items"]
    gone = api.delete(f"{URL}{key}/")

    assert (made.status_code, again.status_code, gone.status_code) == (201, 409, 204)
    assert made.json()["company"] == {"key": str(firm.key), "name": "Halden"}
    assert of_firm == of_ann == [api_one for api_one in of_firm if api_one["key"] == key]
    assert api.get(f"{URL}{key}/").status_code == 404


def test_outsider_reaches_no_relation(company, rep, outsider, api_client):
    ann, bo = a_person(owner=rep), a_person(owner=rep)
    relation = a_relation(person=ann, other=bo, kind=RelationKind.FRIEND)
    api = api_client(outsider)
    sent = {"person": str(ann.key), "kind": "friend", "other": str(bo.key)}

    assert api.get(URL).json()["items"] == []
    assert api.get(f"{URL}{relation.key}/").status_code == 404
    assert api.delete(f"{URL}{relation.key}/").status_code == 404
    assert api.post(URL, sent, **JSON).status_code == 422
    assert Relation.objects.living().count() == 1


@pytest.mark.parametrize("kind", ["works_at", "board"])
def test_people_are_no_employers(company, rep, api_client, kind):
    ann, bo = a_person(owner=rep), a_person(owner=rep)
    sent = {"person": str(ann.key), "kind": kind, "other": str(bo.key)}

    assert api_client(rep).post(URL, sent, **JSON).status_code == 409
