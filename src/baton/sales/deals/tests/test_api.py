import json
from decimal import Decimal
from uuid import uuid4

import pytest

from baton.records.people.models import Company
from baton.records.people.tests.factories import AT, a_company, a_person
from baton.records.purchases.tests.factories import a_product
from baton.sales.deals import actions
from baton.sales.deals.models import Deal, DealLine
from baton.sales.deals.tests.factories import a_deal, a_stage

pytestmark = pytest.mark.django_db
URL = "/api/v1/deals/"


def send(client, method, path, body=None, **headers):
    if method == "get":
        return client.get(path)
    call = getattr(client, method)
    return call(path, json.dumps(body or {}), content_type="application/json", headers=headers)


def at(deal, rest=""):
    return f"{URL}{deal.key}/{rest}"


def test_create_opens_a_deal_with_the_persons_company(company, rep, api_client):
    lead = a_person(company=a_company(), owner=rep)
    body = {"name": "Pilot", "person": str(lead.key), "amount": "1200.50", "next_step": "Call"}

    answer = send(api_client(rep), "post", URL, body)

    shown, deal = answer.json(), Deal.objects.get()
    lead.refresh_from_db()
    assert answer.status_code == 201
    assert shown["key"] == str(deal.key)
    assert (shown["state"], shown["stage"]["name"], shown["amount"]) == ("open", "New", "1200.50")
    assert (shown["company"], shown["owner"]) == (str(Company.objects.get().key), str(rep.key))
    assert lead.stage == "opportunity"


def test_create_twice_with_one_idempotency_key_opens_one(company, rep, api_client):
    body = {"name": "Pilot", "person": str(a_person(owner=rep).key)}
    client = api_client(rep)

    first = send(client, "post", URL, body, idempotency_key="k1")
    again = send(client, "post", URL, body, idempotency_key="k1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert Deal.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"name": "a\x00b"},
        {"amount": "-1"},
        {"amount": "NaN"},
        {"amount": "1" * 20},
        {"currency": "euro"},
        {"close_on": "tomorrow"},
        {"person": str(uuid4())},
        {"owner": str(uuid4())},
        {"stage": str(uuid4())},
        {"state": "won"},
    ],
)
def test_create_refuses_bad_input(company, rep, api_client, change):
    body = {"name": "Pilot", "person": str(a_person(owner=rep).key)} | change

    answer = send(api_client(rep), "post", URL, body)

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert not Deal.objects.exists()


def test_create_without_anybody_says_what_is_missing(company, rep, api_client):
    answer = send(api_client(rep), "post", URL, {"name": "Pilot"})

    assert answer.status_code == 409
    assert "person or the company" in answer.json()["detail"]


def test_list_filters_by_state_and_owner(company, rep, colleague, api_client):
    mine, theirs = a_deal(by=rep), a_deal(by=colleague)
    won = actions.win_deal(deal=a_deal(by=rep), by=rep, at=AT)
    client = api_client(rep)

    def keys(**asked):
        return {row["key"] for row in client.get(URL, asked).json()["items"]}

    assert keys() == {str(mine.key), str(theirs.key), str(won.key)}
    assert keys(state="won") == {str(won.key)}
    assert keys(owner=str(colleague.key)) == {str(theirs.key)}
    assert client.get(URL, {"state": "stolen"}).status_code == 422


def test_list_costs_the_same_for_few_and_many(
    company, rep, api_client, django_assert_max_num_queries
):
    client = api_client(rep)
    a_deal(by=rep)
    client.get(URL)
    with django_assert_max_num_queries(20) as few:
        client.get(URL)
    for _ in range(12):
        a_deal(by=rep, company=a_company())

    with django_assert_max_num_queries(len(few)):
        assert len(client.get(URL).json()["items"]) == 13


def test_patch_changes_what_is_sent_and_guards_the_version(company, rep, api_client):
    deal = a_deal(by=rep, name="Pilot")
    client = api_client(rep)

    answer = send(client, "patch", at(deal), {"version": 1, "amount": "7.50"})
    lost = send(client, "patch", at(deal), {"version": 1, "next_step": "Call"})

    deal.refresh_from_db()
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert lost.status_code == 409
    assert (deal.name, deal.amount, deal.next_step) == ("Pilot", Decimal("7.50"), "")


def test_move_win_lose_and_reopen(company, rep, api_client):
    deal = a_deal(by=rep)
    client = api_client(rep)

    moved = send(client, "post", at(deal, "move/"), {"stage": str(a_stage("Meeting").key)})
    asked = send(client, "post", at(deal, "move/"), {"stage": str(a_stage("Won").key)})
    nameless = send(client, "post", at(deal, "lose/"), {"reason": "competitor"})
    lost = send(client, "post", at(deal, "lose/"), {"reason": "competitor", "competitor": "Acme"})
    twice = send(client, "post", at(deal, "win/"), {})
    back = send(client, "post", at(deal, "reopen/"))
    won = send(client, "post", at(deal, "win/"), {"reason": "price", "amount": "9"})

    assert moved.json()["stage"]["name"] == "Meeting"
    assert asked.status_code == 409
    assert nameless.status_code == 409
    assert lost.json()["state"] == "lost"
    assert twice.status_code == 409
    assert "closed" in twice.json()["detail"]
    assert (back.json()["state"], back.json()["stage"]["name"]) == ("open", "Meeting")
    assert (won.json()["state"], won.json()["amount"]) == ("won", "9.00")


def test_move_by_two_refuses_the_second(company, rep, api_client):
    deal = a_deal(by=rep)
    client = api_client(rep)
    to = {name: str(a_stage(name).key) for name in ("Meeting", "Proposal")}
    send(client, "post", at(deal, "move/"), {"stage": to["Meeting"], "version": 1})

    second = send(client, "post", at(deal, "move/"), {"stage": to["Proposal"], "version": 1})

    assert second.status_code == 409
    assert Deal.objects.get().stage.name == "Meeting"


def test_lines_are_set_and_read(company, rep, api_client):
    deal, product = a_deal(by=rep), a_product(price=Decimal(5), currency="EUR")
    client = api_client(rep)
    line = {"product": str(product.key), "quantity": "3", "price": "2.50"}

    answer = send(client, "put", at(deal, "lines/"), {"version": 1, "lines": [line]})

    shown = client.get(at(deal, "lines/")).json()
    assert answer.json()["amount"] == "7.50"
    assert shown == [
        {"product": str(product.key), "name": product.name, "quantity": "3.00", "price": "2.50"}
    ]


@pytest.mark.parametrize(
    "line",
    [{"quantity": "0"}, {"quantity": "-1"}, {"price": "-1"}, {"product": str(uuid4())}, {"x": 1}],
)
def test_lines_refuse_bad_input(company, rep, api_client, line):
    deal = a_deal(by=rep)
    body = {"version": 1, "lines": [{"product": str(a_product().key)} | line]}

    answer = send(api_client(rep), "put", at(deal, "lines/"), body)

    assert answer.status_code == 422
    assert not DealLine.objects.exists()


ROUTES = [
    ("get", "", None),
    ("get", "lines/", None),
    ("patch", "", {"version": 1, "name": "Stolen"}),
    ("post", "move/", {"stage": "meeting"}),
    ("post", "win/", {}),
    ("post", "lose/", {"reason": "price"}),
    ("post", "reopen/", {}),
    ("put", "lines/", {"version": 1, "lines": []}),
    ("delete", "", None),
]


@pytest.mark.parametrize(("method", "rest", "body"), ROUTES)
def test_outsider_finds_nothing_and_changes_nothing(
    company, rep, outsider, api_client, method, rest, body
):
    deal = a_deal(by=rep, name="Ours")
    body = {"stage": str(a_stage("Meeting").key)} if rest == "move/" else body

    answer = send(api_client(outsider), method, at(deal, rest), body)

    deal.refresh_from_db()
    assert answer.status_code == 404
    assert (deal.name, deal.state, deal.stage.name, deal.deleted_at, deal.version) == (
        "Ours",
        "open",
        "New",
        None,
        1,
    )


@pytest.mark.parametrize(("method", "rest", "body"), ROUTES)
def test_colleague_reads_and_may_not_write(company, rep, colleague, api_client, method, rest, body):
    deal = a_deal(by=rep, name="Ours")
    body = {"stage": str(a_stage("Meeting").key)} if rest == "move/" else body

    answer = send(api_client(colleague), method, at(deal, rest), body)

    deal.refresh_from_db()
    assert answer.status_code == (200 if method == "get" else 404)
    assert (deal.version, deal.deleted_at) == (1, None)


def test_person_of_another_team_cannot_be_sold_to(company, rep, outsider, api_client):
    lead = a_person(owner=rep)

    answer = send(api_client(outsider), "post", URL, {"name": "X", "person": str(lead.key)})

    assert answer.status_code == 422
    assert not Deal.objects.exists()


def test_marketer_reads_and_may_not_open(company, rep, marketer, api_client):
    a_deal(by=rep)
    client = api_client(marketer)

    assert len(client.get(URL).json()["items"]) == 1
    assert send(client, "post", URL, {"name": "X"}).status_code == 403


def test_delete_moves_to_the_trash(company, rep, api_client):
    deal = a_deal(by=rep)
    client = api_client(rep)

    assert client.delete(at(deal)).status_code == 204
    assert client.get(at(deal)).status_code == 404
    assert Deal.objects.get().deleted_at is not None


def test_pipelines_name_their_stages(company, rep, api_client):
    actions.ensure_default_pipeline()

    [shown] = api_client(rep).get(f"{URL}pipelines/").json()

    assert shown["name"] == "New business"
    assert [stage["name"] for stage in shown["stages"]][-2:] == ["Won", "Lost"]
