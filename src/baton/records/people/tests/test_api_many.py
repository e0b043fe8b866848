"""Many new people in one request over the API."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from ninja.schema import DjangoGetter

from baton.core.settings.models import Organisation
from baton.records.people.api.many_schemas import PeopleIn
from baton.records.people.api.schemas import PersonIn
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


def test_the_good_ones_come_and_of_the_others_it_is_told_why(api_client, admin):
    taken = {"full_name": "Cy", "emails": ["cy@halden.example"]}
    post(api_client(admin), MANY, {"people": [taken]})
    people = [
        {"full_name": "Ann", "emails": ["ann@halden.example"], "external_ids": {"crm": "7"}},
        {"full_name": "Bo", "emails": ["nobody"]},
        {"job_title": "Buyer"},
        {"full_name": "Di", "external_ids": {"crm": "7"}},
        {"full_name": "Ed", "emails": ["cy@halden.example"]},
        {"full_name": "Flo", "linkedin": "https://elsewhere.example/flo"},
        {"full_name": "Gus", "custom": {"size": "1"}},
        {"full_name": "Hal", "emails": ["hal@halden.example"]},
    ]

    answer = post(api_client(admin), MANY, {"people": people, "partial": True}).json()

    came = [(one["index"], one["name"], one["is_new"]) for one in answer["items"]]
    assert came == [(0, "Ann", True), (7, "Hal", True)]
    assert [(one["index"], one["field"]) for one in answer["errors"]] == [
        (1, "emails"),
        (2, ""),
        (3, "external_ids"),
        (4, "emails"),
        (5, "linkedin"),
        (6, "custom.size"),
    ]
    assert answer["errors"][0]["message"].startswith("“nobody” is no mail address.")
    assert answer["errors"][3]["message"] == "cy@halden.example is somebody else's already."
    assert set(Person.objects.values_list("full_name", flat=True)) == {"Cy", "Ann", "Hal"}


@pytest.mark.parametrize("match", ["email", "external_id"])
def test_who_is_here_already_is_brought_up_to_date(api_client, admin, match):
    client = api_client(admin)
    ann = {
        "full_name": "Ann",
        "job_title": "Buyer",
        "country": "Norway",
        "emails": ["ann@halden.example"],
        "external_ids": {"crm": "7"},
        "tags": ["vip"],
    }
    post(client, MANY, {"people": [ann]})
    named = {
        "email": {"emails": ["ANN@halden.example"], "external_ids": {"shop": "1"}},
        "external_id": {"emails": ["ann@home.example"], "external_ids": {"crm": "7"}},
    }
    people = [
        named[match] | {"job_title": "Head of buying", "tags": ["fair"]},
        {"full_name": "Bo", "emails": ["bo@halden.example"], "external_ids": {"crm": "8"}},
    ]

    answer = post(client, MANY, {"people": people, "match": match})
    again = post(client, MANY, {"people": people, "match": match})

    assert answer.status_code == 201, answer.content
    assert [one["is_new"] for one in answer.json()["items"]] == [False, True]
    assert [one["is_new"] for one in again.json()["items"]] == [False, False]
    known = client.get(f"/api/v1/people/{answer.json()['items'][0]['key']}/").json()
    assert (known["job_title"], known["country"], known["full_name"]) == (
        "Head of buying",
        "Norway",
        "Ann",
    )
    assert known["tags"] == ["fair", "vip"]
    more = {
        "email": ["ann@halden.example"],
        "external_id": ["ann@halden.example", "ann@home.example"],
    }
    assert [one.lower() for one in known["emails"]] == more[match]
    assert known["external_ids"] == {"crm": "7"} | ({"shop": "1"} if match == "email" else {})
    assert (known["version"], Person.objects.count()) == (2, 2)


def test_of_two_rows_about_one_the_second_is_refused(api_client, admin):
    row = {"full_name": "Ann", "emails": ["ann@halden.example"]}

    answer = post(api_client(admin), MANY, {"people": [row, row], "match": "email"})

    assert answer.status_code == 422
    assert "people[1].emails: people[0] has it." in answer.json()["detail"]
    assert not Person.objects.exists()


def test_two_rows_that_name_one_person_in_two_ways_do_not_undo_each_other(api_client, admin):
    client = api_client(admin)
    known = a_person(full_name="Ann", emails=["ann@halden.example", "ann@home.example"])
    rows = [
        {"emails": ["ann@halden.example"], "phones": ["+47 22 33 44 55"]},
        {"emails": ["ann@home.example"], "phones": ["+47 22 33 44 66"]},
    ]

    sent = {"people": rows, "match": "email", "partial": True}
    answer = post(client, MANY, sent).json()

    assert [one["index"] for one in answer["items"]] == [0]
    assert answer["errors"] == [
        {"index": 1, "field": "emails", "message": "people[0] is the same person."}
    ]
    assert [phone.number for phone in known.phones.all()] == ["+47 22 33 44 55"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="there one writes at a time")
def test_whom_rows_bring_up_to_date_is_held_before_it_is_asked_what_they_have(api_client, admin):
    """Else what somebody adds meanwhile to a list would go with the list that was read before."""
    a_person(emails=["ann@halden.example"])
    sent = {
        "people": [{"emails": ["ann@halden.example"], "phones": ["+47 22 33 44 55"]}],
        "match": "email",
    }

    with CaptureQueriesContext(connection) as asked:
        answer = post(api_client(admin), MANY, sent)

    assert answer.status_code == 201
    said = [one["sql"] for one in asked]
    held = next(n for n, sql in enumerate(said) if "people_person" in sql and "FOR UPDATE" in sql)
    read = next(n for n, sql in enumerate(said) if 'FROM "people_phone"' in sql)
    assert held < read


def test_who_does_not_see_addresses_finds_nobody_by_them(api_client, company, rep):
    known = a_person(emails=["ann@halden.example"], owner=rep)
    Organisation.objects.update(field_limits={"rep": {"person": {"hidden": ["emails"]}}})
    sent = {"people": [{"emails": ["ann@halden.example"]}], "match": "email", "partial": True}

    answer = post(api_client(rep), MANY, sent)

    assert answer.status_code == 422
    assert str(known.key) not in answer.content.decode()


def test_two_who_are_named_in_one_row_are_not_mixed(api_client, admin):
    client = api_client(admin)
    both = ["ann@halden.example", "bo@halden.example"]
    post(client, MANY, {"people": [{"emails": [mail]} for mail in both]})

    sent = {"people": [{"emails": both}], "match": "email", "partial": True}
    [error] = post(client, MANY, sent).json()["errors"]

    assert (error["field"], "two people" in error["message"]) == ("emails", True)


def test_whom_the_user_may_not_edit_is_not_brought_up_to_date(api_client, admin, rep, outsider):
    mine = {"full_name": "Ann", "emails": ["ann@halden.example"], "external_ids": {"crm": "7"}}
    post(api_client(rep), MANY, {"people": [mine]})

    for match in ("email", "external_id"):
        row = {"job_title": "Spy", "emails": ["ann@halden.example"], "external_ids": {"crm": "7"}}
        sent = {"people": [row], "match": match, "partial": True}
        answer = post(api_client(outsider), MANY, sent).json()
        assert (answer["items"], len(answer["errors"])) == ([], 1)
        assert "Ann" not in answer["errors"][0]["message"]

    assert Person.objects.get().job_title == ""


def test_known_people_that_say_nothing_new_cost_no_query_each(
    api_client, admin, django_assert_max_num_queries
):
    people = [{"full_name": f"Ann {n}", "emails": [f"ann{n}@halden.example"]} for n in range(40)]
    post(api_client(admin), MANY, {"people": people})

    with django_assert_max_num_queries(20):
        answer = post(api_client(admin), MANY, {"people": people, "match": "email"}).json()

    assert {one["is_new"] for one in answer["items"]} == {False}


def test_what_came_is_told_alike_with_and_without_an_idempotency_key(api_client, admin):
    client = api_client(admin)
    sent = {"people": [{"full_name": "Ann"}, {"emails": ["no address"]}], "partial": True}

    kept = post(client, MANY, sent, **{"Idempotency-Key": "one"})
    plain = post(client, MANY, sent)

    assert [kept.status_code, plain.status_code] == [201, 201]
    for answer in (kept.json(), plain.json()):
        [came], [refused] = answer["items"], answer["errors"]
        assert (came["name"], came["index"], came["is_new"]) == ("Ann", 0, True)
        assert (refused["field"], refused["index"]) == ("emails", 1)
        assert (set(came), set(refused)) == (
            {"key", "name", "index", "is_new"},
            {"index", "field", "message"},
        )


def test_what_is_left_out_is_each_persons_own_and_stands_in_the_contract():
    first, second = PersonIn(full_name="Ann"), PersonIn(full_name="Bo")
    first.emails.append("ann@halden.example")
    first.custom["size"] = 1

    assert (second.emails, second.custom) == ([], {})
    told = PersonIn.json_schema()["properties"]
    assert told["emails"]["default"] == told["tags"]["default"] == []
    assert told["custom"]["default"] == told["external_ids"]["default"] == {}


def test_a_row_is_not_read_attribute_by_attribute(monkeypatch):
    read = []
    monkeypatch.setattr(DjangoGetter, "__init__", lambda self, obj, *_: read.append(obj))

    PeopleIn.model_validate({"people": [{"full_name": "Ann"}]})

    assert read == []
