import json

import pytest

from baton.core.access.actions import create_api_key, ensure_imported_users, share
from baton.core.fields.actions import ensure_field
from baton.records.people.models import Company, Consent, Person
from baton.records.people.tests.factories import AT, a_company, a_person

pytestmark = pytest.mark.django_db
PEOPLE, COMPANIES = "/api/v1/people/", "/api/v1/people/companies/"


def post(client, url, body, **headers):
    return client.post(url, body, content_type="application/json", headers=headers)


def patch(client, url, body):
    return client.patch(url, body, content_type="application/json")


def one(person):
    return f"{PEOPLE}{person.key}/"


def test_person_is_read_with_all_that_hangs_on_them(api_client, rep):
    company = a_company(name="Halden")
    person = a_person(
        full_name="Ann Lund",
        emails=["Ann@halden.example", "b@halden.example"],
        phones=["+46 8 555 0137"],
        company=company,
        owner=rep,
        external_ids={"crm": "7"},
    )

    answer = api_client(rep).get(one(person)).json()

    assert (answer["key"], answer["full_name"], answer["version"]) == (
        str(person.key),
        "Ann Lund",
        1,
    )
    assert answer["emails"] == ["Ann@halden.example", "b@halden.example"]
    assert answer["company"] == {"key": str(company.key), "name": "Halden"}
    assert answer["owner"] == {"key": str(rep.key), "name": "Teo"}
    assert (answer["phones"], answer["external_ids"]) == (["+46 8 555 01 37"], {"crm": "7"})
    assert "id" not in answer


def test_people_are_paged_with_as_many_statements_whatever_the_page(
    api_client, admin, django_assert_num_queries
):
    people = [a_person(owner=admin, company=a_company()) for _ in range(12)]
    client = api_client(admin)
    first = client.get(PEOPLE, {"limit": 10}).json()
    rest = client.get(PEOPLE, {"limit": 10, "cursor": first["next"]}).json()

    assert [row["key"] for row in first["items"] + rest["items"]] == [
        str(person.key) for person in people
    ]
    assert rest["next"] == ""

    with django_assert_num_queries(7):  # key, page, emails, phones, addresses, tags, ids
        client.get(PEOPLE, {"limit": 10})


def test_people_are_searched_and_filtered(api_client, admin):
    ann = a_person(full_name="Ann Lund", job_title="Energy manager", emails=["ann@halden.example"])
    a_person(full_name="Ben Okafor", job_title="Buyer")
    client = api_client(admin)
    tree = {"field": "person.job_title", "op": "contains", "value": "energy"}

    for asked in ({"q": "lund"}, {"email": "ANN@halden.example"}, {"filter": json.dumps(tree)}):
        found = client.get(PEOPLE, asked).json()["items"]
        assert [row["key"] for row in found] == [str(ann.key)]


@pytest.mark.parametrize("asked", [{"filter": "{"}, {"filter": '{"all": [1]}'}, {"cursor": "x"}])
def test_unreadable_question_is_answered_by_one_sentence(api_client, admin, asked):
    answer = api_client(admin).get(PEOPLE, asked)

    assert (answer.status_code, answer["content-type"]) == (422, "application/problem+json")
    assert answer.json()["detail"].endswith(".")


def test_person_is_created_once_for_one_idempotency_key(api_client, rep):
    client = api_client(rep)
    body = {"full_name": "Ann Lund", "emails": ["ann@halden.example"], "external_ids": {"crm": "7"}}

    answers = [post(client, PEOPLE, body, **{"Idempotency-Key": "1"}) for _twice in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    person = Person.objects.get()
    assert (person.full_name, person.owner, person.origin) == ("Ann Lund", rep, "sales")


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, ""),
        ({"emails": ["nonsense"]}, ""),
        ({"full_name": "A", "stage": "customer"}, "stage"),
        ({"full_name": "x" * 251}, "full_name"),
        ({"full_name": "A", "origin": "marketing"}, "origin"),
        ({"full_name": "A", "company": "018f3b50-0000-7000-8000-000000000000"}, "company"),
        ({"full_name": "A", "custom": {"nonsense": 1}}, "custom.nonsense"),
    ],
)
def test_bad_person_is_refused_and_nothing_is_written(api_client, rep, body, where):
    answer = post(api_client(rep), PEOPLE, body)

    assert answer.status_code in {409, 422}
    assert where in answer.json()["detail"]
    assert not Person.objects.exists()


def test_refusal_does_not_name_whom_the_reader_may_not_see(api_client, outsider, rep):
    a_person(full_name="Secret Lund", emails=["ann@halden.example"], owner=rep)

    answer = post(
        api_client(outsider), PEOPLE, {"full_name": "A", "emails": ["ann@halden.example"]}
    )

    assert answer.status_code == 409
    assert "Secret" not in answer.content.decode()


def test_company_that_the_reader_may_not_see_cannot_be_named(api_client, outsider, rep):
    hidden = a_company(owner=rep)

    answer = post(api_client(outsider), PEOPLE, {"full_name": "A", "company": str(hidden.key)})

    assert answer.status_code == 422
    assert not Person.objects.exists()


def test_patch_changes_what_is_sent_and_nothing_else(api_client, rep):
    ensure_field(object_type="person", code="size", label="Size", kind="number")
    person = a_person(owner=rep, job_title="Buyer", country="Sweden")

    answer = patch(
        api_client(rep),
        one(person),
        {"version": 1, "job_title": "Head", "emails": [], "custom": {"size": 3}},
    )

    assert answer.status_code == 200
    said = answer.json()
    assert (said["job_title"], said["country"], said["emails"]) == ("Head", "Sweden", [])
    assert (said["custom"], said["version"]) == ({"size": "3"}, 2)


def test_patch_of_an_old_version_is_refused(api_client, rep):
    person = a_person(owner=rep, job_title="Buyer")
    client = api_client(rep)
    patch(client, one(person), {"version": 1, "job_title": "Head"})

    answer = patch(client, one(person), {"version": 1, "job_title": "Chief"})

    assert answer.status_code == 409
    person.refresh_from_db()
    assert person.job_title == "Head"


@pytest.mark.parametrize(
    ("who", "seen", "edited", "deleted"),
    [("rep", 200, 200, 204), ("colleague", 200, 200, 404), ("outsider", 404, 404, 404)],
)
def test_person_is_open_to_whom_the_roles_say(request, api_client, rep, who, seen, edited, deleted):
    person = a_person(owner=rep, job_title="Buyer")
    client = api_client(request.getfixturevalue(who))

    assert client.get(one(person)).status_code == seen
    assert len(client.get(PEOPLE).json()["items"]) == (1 if seen == 200 else 0)
    assert patch(client, one(person), {"version": 1, "job_title": "Head"}).status_code == edited
    consent = {"email": "nobody@halden.example", "purpose": "newsletter", "is_given": True}
    assert post(client, one(person) + "consents/", consent).status_code == (
        422 if edited == 200 else 404
    )
    assert client.delete(one(person)).status_code == deleted

    person.refresh_from_db()
    assert person.job_title == ("Head" if edited == 200 else "Buyer")
    assert (person.deleted_at is not None) == (deleted == 204)
    assert not Consent.objects.exists()


def test_person_shared_for_reading_cannot_be_edited(api_client, rep, outsider):
    person = a_person(owner=rep)
    share(
        object_type="person",
        object_id=person.pk,
        user=outsider,
        cause="handoff",
        at=AT,
        may_edit=False,
    )
    client = api_client(outsider)

    assert client.get(one(person)).status_code == 200
    assert patch(client, one(person), {"version": 1, "job_title": "Head"}).status_code == 404


def test_key_reaches_no_further_than_its_scopes(client, admin):
    person = a_person()
    _row, secret = create_api_key(user=admin, name="reader", scopes=["people.view"])
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"

    assert client.get(one(person)).status_code == 200
    assert client.delete(one(person)).status_code == 403


def test_stranger_is_not_let_in(client):
    assert client.get(PEOPLE).status_code == 401


def test_consent_is_written_down_and_read(api_client, rep):
    person = a_person(owner=rep, emails=["ann@halden.example"])
    client = api_client(rep)
    said = {"email": "Ann@halden.example", "purpose": "newsletter", "is_given": False}

    answer = post(client, one(person) + "consents/", said)

    assert answer.status_code == 201
    [read] = client.get(one(person) + "consents/").json()
    assert (read["email"], read["purpose"], read["is_given"]) == (
        "ann@halden.example",
        "newsletter",
        False,
    )


def test_company_lives_through_the_api(api_client, admin):
    client = api_client(admin)
    made = post(
        client,
        COMPANIES,
        {"name": "Halden", "domains": ["halden.example"], "annual_revenue": "12.50"},
    )
    url = f"{COMPANIES}{made.json()['key']}/"

    edited = patch(client, url, {"version": 1, "name": "Halden Foods", "employee_count": 40})
    stale = patch(client, url, {"version": 1, "name": "Other"})
    twin = post(client, COMPANIES, {"name": "Twin", "domains": ["www.halden.example"]})

    assert (made.status_code, edited.status_code, stale.status_code, twin.status_code) == (
        201,
        200,
        409,
        409,
    )
    read = client.get(url).json()
    assert (read["name"], read["domains"], read["employee_count"]) == (
        "Halden Foods",
        ["halden.example"],
        40,
    )
    assert client.delete(url).status_code == 204
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("revenue", "status"), [("9999999999999.99", 201), ("10000000000000", 422), ("1e16", 422)]
)
def test_revenue_is_kept_as_it_is_or_not_at_all(api_client, admin, revenue, status):
    client = api_client(admin)

    made = post(client, COMPANIES, {"name": "Halden", "annual_revenue": revenue})

    assert made.status_code == status
    read = [row["annual_revenue"] for row in client.get(COMPANIES).json()["items"]]
    assert read == ([revenue] if status == 201 else [])


def test_company_of_another_team_is_hidden(api_client, rep, outsider):
    company = a_company(owner=rep)
    client = api_client(outsider)
    url = f"{COMPANIES}{company.key}/"

    assert client.get(url).status_code == 404
    assert patch(client, url, {"version": 1, "name": "X"}).status_code == 404
    assert client.delete(url).status_code == 404
    assert client.get(COMPANIES).json()["items"] == []
    assert Company.objects.living().get() == company


def test_patch_keeps_an_imported_owner_and_gives_them_nobody(api_client, admin):
    ewa = ensure_imported_users(source="old", names={"7": "Ewa"})["7"]
    theirs, other = a_person(owner=ewa), a_person(owner=admin)
    client, owner = api_client(admin), {"version": 1, "owner": str(ewa.key)}

    kept, refused = (patch(client, one(person), owner) for person in (theirs, other))

    assert (kept.status_code, refused.status_code) == (200, 422)
