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
