"""The table of check-in rhythms over the API: the same rows, order and way back as on screen."""

import pytest
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.fields.actions import limit_field
from baton.sales.customers.models import CheckinRule
from baton.sales.customers.tests.factories import AT, an_owners_agreement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
URL = "/api/v1/customers/check-ins/"
DEAR = {"all": [{"field": "customer.contract_amount", "op": ">=", "value": 50000}]}
LARGE = {"all": [{"field": "customer.employee_count", "op": ">=", "value": 500}]}
ROW = {"name": "Dear ones", "condition": DEAR, "well": 30, "watch": 20, "risk": 10}


@pytest.fixture
def client(api_client):
    return api_client(create_user(name="Sam", role=Role.HEAD_OF_SALES, email="sam@x.example"))


def send(method, url, body, **headers):
    return method(url, body, content_type="application/json", headers=headers)


def order(client):
    return [row["name"] for row in client.get(URL).json()["rows"]]


def test_rows_are_made_placed_changed_and_brought_back(client):
    once = {"Idempotency-Key": "1"}
    made, again = (send(client.post, URL, ROW, **once) for _twice in range(2))
    first = send(client.post, URL, {**ROW, "name": "Large ones", "position": 1})
    url = f"{URL}{made.json()['key']}/"

    assert (made.status_code, again.json()) == (201, made.json())
    assert (first.json()["position"], order(client)) == (1, ["Large ones", "Dear ones"])
    said = {"position": 1, "condition": LARGE, "version": client.get(url).json()["version"]}
    assert send(client.patch, url, said).json()["condition"] == LARGE
    assert order(client) == ["Dear ones", "Large ones"]
    assert send(client.patch, url, {"well": 7, "version": 1}).status_code == 409
    assert client.get(url).json()["well"] == 30

    assert (client.delete(url).status_code, order(client)) == (204, ["Large ones"])
    assert client.post(f"{url}restore/").status_code == 204
    assert order(client) == ["Dear ones", "Large ones"]
    assert client.post(f"{url}restore/").status_code == 404


def test_everybody_else_is_as_agreed(client):
    before = client.get(URL).json()["everybody_else"]
    an_owners_agreement(checkin_well=100)

    assert before == {"version": 0, "well": 90, "watch": 60, "risk": 30}
    assert client.get(URL).json()["everybody_else"] == before | {"version": 1, "well": 100}


@pytest.mark.parametrize(
    "wrong",
    [
        {"condition": {"all": []}},
        {"condition": {"all": [{"field": "customer.nothing", "op": "is_set"}]}},
        {"well": 0},
        {"name": ""},
        {"name": "  "},
        {"days": 3},
    ],
)
def test_row_that_makes_no_sense_is_refused(client, wrong):
    assert send(client.post, URL, ROW | wrong).status_code in {409, 422}
    assert not CheckinRule.objects.exists()


def test_rep_reads_the_table_and_changes_nothing(client, api_client, rep):
    key = send(client.post, URL, ROW).json()["key"]
    theirs, url = api_client(rep), f"{URL}{key}/"

    assert theirs.get(URL).json()["rows"][0]["name"] == "Dear ones"
    refused = [
        send(theirs.post, URL, ROW),
        send(theirs.patch, url, {"well": 1}),
        theirs.delete(url),
        theirs.post(f"{url}restore/"),
    ]
    assert [one.status_code for one in refused] == [403] * 4


def test_no_row_asks_by_what_is_hidden_from_who_writes_it(api_client):
    sam = create_user(name="Sam", role=Role.HEAD_OF_SALES, email="sam@x.example")
    values = {"hidden_for": [sam.role]}
    limit_field(object_type="company", name="employee_count", values=values, by=None, at=AT)

    refused = send(api_client(sam).post, URL, ROW | {"condition": LARGE})

    assert refused.status_code == 422
    assert "there is no field customer.employee_count" in refused.json()["detail"]


def test_row_of_the_api_stands_on_the_screen(client, signed_in, rep):
    send(client.post, URL, ROW)

    assert "Dear ones" in signed_in(rep).get(reverse("customers:rhythms")).text
