from typing import Any

import pytest

from baton.sales.customers.actions import answer_survey
from baton.sales.customers.models import Customer, Survey
from baton.sales.customers.tests.factories import a_customer, a_won_deal
from baton.sales.customers.tokens import survey_path
from baton.sales.deals.tests.factories import a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
URL = "/api/v1/customers/"
JSON = "application/json"


def test_customer_is_started_given_taken_over_called_and_deleted(api_client, rep, colleague):
    client, deal = api_client(rep), a_won_deal(by=rep)

    made = client.post(URL, {"deal": str(deal.key), "owner": str(colleague.key)}, JSON)
    one = f"{URL}{made.json()['key']}/"
    again = client.post(URL, {"deal": str(deal.key)}, JSON)
    taken = api_client(colleague).post(f"{one}accept/", {}, JSON)
    called = api_client(colleague).post(f"{one}called/", {}, JSON)
    given = api_client(colleague).post(f"{one}give/", {"owner": str(rep.key)}, JSON)
    gone = client.delete(one)

    assert [made.status_code, again.status_code, taken.status_code] == [201, 409, 200]
    assert made.json()["handover"] == "waiting"
    assert [taken.json()["handover"], called.json()["handover"]] == ["accepted", "done"]
    assert given.json()["owner"] == str(rep.key)
    assert gone.status_code == 204
    assert not Customer.objects.living().exists()


def test_open_deal_and_unknown_owner_are_refused(api_client, rep):
    client = api_client(rep)
    nobody = "018f0000-0000-7000-8000-000000000000"
    customer = a_customer(by=rep)

    not_won = client.post(URL, {"deal": str(a_deal(by=rep).key)}, JSON)
    unknown = client.post(f"{URL}{customer.key}/give/", {"owner": nobody}, JSON)

    assert (not_won.status_code, unknown.status_code) == (409, 422)


def test_outsider_finds_nothing(api_client, rep, outsider):
    customer, client = a_customer(by=rep), api_client(outsider)

    assert client.get(URL).json()["items"] == []
    assert client.get(f"{URL}{customer.key}/").status_code == 404
    assert client.delete(f"{URL}{customer.key}/").status_code == 404


def test_customer_is_asked_and_answers_are_read(api_client, rep, outsider):
    customer, client = a_customer(by=rep), api_client(rep)
    assert customer.person
    asked = {"person": str(customer.person.key), "kind": "csat"}

    made = client.post(f"{URL}{customer.key}/surveys/", asked, JSON)
    again = client.post(f"{URL}{customer.key}/surveys/", asked, JSON)
    survey = Survey.objects.get()
    answer_survey(survey_id=survey.pk, score=4, comment="Fine", at=survey.asked_at)
    read = client.get(f"{URL}surveys/", {"kind": "csat", "answered": "yes"})

    assert (made.status_code, again.status_code) == (201, 409)
    assert survey_path(survey) in made.json()["link"]
    [one] = read.json()["items"]
    assert (one["score"], one["comment"], one["person"]) == (4, "Fine", asked["person"])
    assert client.get(f"{URL}surveys/", {"answered": "no"}).json()["items"] == []
    assert api_client(outsider).get(f"{URL}surveys/").json()["items"] == []


def test_what_users_keep_of_a_customer_is_written_over_the_api(api_client, rep):
    client, customer = api_client(rep), a_customer(by=rep, owner=rep)
    one = f"{URL}{customer.key}/"
    today = customer.started_at.date()

    def post(what: str, body: dict[str, object]) -> dict[str, Any]:
        answer = client.post(f"{one}{what}/", body, JSON)
        assert answer.status_code == 200, answer.content
        told: dict[str, Any] = answer.json()
        return told

    assert post("first-value", {"on": str(today)})["first_value_on"] == str(today)
    assert post("first-value", {"on": None})["first_value_on"] is None
    assert post("issue", {"issue": "Silent meters"})["issue"] == "Silent meters"
    assert post("issue/solved", {})["issue_at"] is None
    kept = post("contract", {"ends_on": "2199-03-01", "amount": "1200.50", "renewal_step": "Call"})
    assert (kept["contract_amount"], kept["contract_currency"]) == ("1200.50", "EUR")
    assert kept["renewal_step"] == "Call"
    assert post("renew", {"ends_on": "2199-04-01"})["contract_ends_on"] == "2199-04-01"
    assert post("check-ins", {"days": 14})["checkin_days"] == 14
    gone = post("churn", {"on": str(today), "reason": "price"})
    assert (gone["health"], gone["churn_reason"]) == ("gray", "price")
    assert post("won-back", {})["churned_on"] is None


@pytest.mark.parametrize(
    ("what", "body", "status"),
    [
        ("first-value", {"on": "1999-01-01"}, 409),
        ("first-value", {"on": "0001-01-01"}, 422),
        ("issue", {"issue": ""}, 422),
        ("issue", {"issue": "   "}, 409),
        ("contract", {"ends_on": "2199-01-01", "currency": "XX"}, 422),
        ("contract", {"ends_on": "2199-01-01", "amount": -1}, 422),
        ("churn", {"on": "2026-03-01", "reason": "mood"}, 422),
        ("check-ins", {"days": 0}, 422),
        ("check-ins", {"agreed_on": "1999-01-01"}, 409),
    ],
)
def test_what_is_wrong_is_refused(api_client, rep, what, body, status):
    customer = a_customer(by=rep, owner=rep)

    answer = api_client(rep).post(f"{URL}{customer.key}/{what}/", body, JSON)

    assert answer.status_code == status


def test_colleague_of_another_team_writes_nothing(api_client, rep, outsider):
    customer = a_customer(by=rep, owner=rep)

    for what in ("issue/solved", "won-back"):
        answer = api_client(outsider).post(f"{URL}{customer.key}/{what}/", {}, JSON)
        assert answer.status_code == 404


def test_review_and_referral_are_asked_for_and_answered(api_client, rep):
    client, customer = api_client(rep), a_customer(by=rep, owner=rep)
    assert customer.person
    person = {"person": str(customer.person.key)}
    one = f"{URL}{customer.key}/favours/"

    no_page = client.post(one, {**person, "kind": "review"}, JSON)
    made = client.post(one, {**person, "kind": "referral", "text": "  "}, JSON)
    again = client.post(one, {**person, "kind": "referral"}, JSON)
    favour = f"{URL}favours/{made.json()['key']}/"
    wrong = client.post(f"{favour}outcome/", {"outcome": "reviewed"}, JSON)
    named = client.post(f"{favour}referred/", {"name": "Ole Berg"}, JSON)

    assert [no_page.status_code, made.status_code, again.status_code] == [409, 201, 409]
    assert "Hello" in made.json()["text"]
    assert (wrong.status_code, named.json()["outcome"]) == (409, "referred")
    listed = client.get(f"{URL}favours/?kind=referral").json()["items"]
    assert [row["key"] for row in listed] == [made.json()["key"]]
