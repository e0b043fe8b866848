"""Many new people in one request over the API."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person

pytestmark = pytest.mark.django_db
MANY = "/api/v1/people/many/"


def post(client, url, body, **headers):
    return client.post(url, body, content_type="application/json", headers=headers)


def test_many_people_are_created_with_one_request(api_client, rep, django_assert_max_num_queries):
    company = a_company(name="Halden", owner=rep)
    people = [
        {"full_name": f"Ann {n}", "emails": [f"ann{n}@halden.example"], "company": str(company.key)}
        for n in range(30)
    ]

    with django_assert_max_num_queries(24):
        answer = post(api_client(rep), MANY, {"people": people}, **{"Idempotency-Key": "one"})
    again = post(api_client(rep), MANY, {"people": people}, **{"Idempotency-Key": "one"})

    assert answer.status_code == 201, answer.content
    assert answer.json() == again.json()
    made = Person.objects.filter(owner=rep, company=company).order_by("pk")
    assert [one["key"] for one in answer.json()["items"]] == [str(one.key) for one in made]
    assert made.count() == 30


@pytest.mark.parametrize(
    ("second", "status", "said"),
    [
        ({"full_name": "Bo", "emails": ["ann@halden.example"]}, 409, "ann@halden.example"),
        ({"full_name": "Bo", "emails": ["nobody"]}, 409, "nobody"),
        ({"job_title": "Buyer"}, 422, "people[1]: Give a name"),
        ({"full_name": "Bo", "external_ids": {"crm": "7"}}, 422, "people[1].external_ids"),
        ({"full_name": "Bo", "custom": {"size": "1"}}, 422, "people[1].custom.size"),
        ({"full_name": "Bo", "origin": "moon"}, 422, "people[1].origin"),
        ({"full_name": "Bo", "company": str(uuid4())}, 422, "people[1].company"),
    ],
)
def test_of_many_people_none_comes_when_one_is_refused(api_client, admin, second, status, said):
    first = {"full_name": "Ann", "emails": ["ann@halden.example"], "external_ids": {"crm": "7"}}

    answer = post(api_client(admin), MANY, {"people": [first, second]})

    assert answer.status_code == status, answer.content
    assert said in answer.content.decode()
    assert not Person.objects.exists()


def test_one_is_made_with_as_many_statements_however_many_there_are(api_client, admin):
    client = api_client(admin)

    def statements(word: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            body = {"full_name": word, "emails": [f"{word}@halden.example"]}
            answer = client.post(
                "/api/v1/people/",
                body,
                content_type="application/json",
                headers={"Idempotency-Key": word},
            )
        assert answer.status_code == 201
        return len(asked)

    statements("first")  # from now on the key was used this minute
    few = statements("second")
    for _ in range(12):
        a_person()

    assert statements("third") == few
