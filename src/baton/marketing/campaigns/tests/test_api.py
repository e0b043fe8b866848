import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from baton.marketing.campaigns.models import Campaign, Cost
from baton.marketing.campaigns.tests.factories import a_campaign, a_cost

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
ADDRESS = "/api/v1/campaigns/"
NEW = {"name": "ISO webinar", "channel": "event", "starts_on": "2026-03-01"}
SPENT = {
    "kind": "ads",
    "amount": "1200.50",
    "currency": "EUR",
    "from_on": "2026-03-01",
    "to_on": "2026-03-31",
}


@pytest.fixture
def api(marketer, api_client):
    return api_client(marketer)


def send(api, address: str, sent: Any, method: str = "post"):
    call = getattr(api, method)
    return call(address, json.dumps(sent), content_type="application/json")


def test_campaign_is_made_read_changed_and_deleted(api, marketer):
    made = send(api, ADDRESS, {**NEW, "owner": str(marketer.key)})
    address = f"{ADDRESS}{made.json()['key']}/"
    read = api.get(address).json()
    changed = send(api, address, {"version": 1, "goal": "Forty sign-ups"}, "patch")
    stale = send(api, address, {"version": 1, "goal": "Fifty"}, "patch")
    deleted = api.delete(address)

    assert made.status_code == 201
    assert (read["code"], read["owner"]["name"], read["cost"]) == ("iso-webinar", "Mara", None)
    assert (changed.json()["goal"], changed.json()["version"]) == ("Forty sign-ups", 2)
    assert (stale.status_code, deleted.status_code) == (409, 204)
    assert api.get(address).status_code == 404


def test_campaigns_are_listed_with_their_cost(api):
    a_cost(campaign=a_campaign(), amount=Decimal(900))

    [listed] = api.get(ADDRESS).json()["items"]

    assert Decimal(listed["cost"]) == 900


@pytest.mark.parametrize(
    ("over", "status"),
    [
        ({"channel": "pigeons"}, 409),
        ({"code": "taken"}, 409),
        ({"ends_on": "2026-02-01"}, 409),
        ({"name": "\u0000"}, 422),
        ({"name": "\u0007"}, 409),
        ({"owner": "00000000-0000-0000-0000-000000000000"}, 422),
        ({"starts_on": "soon"}, 422),
        ({"budget": 1}, 422),
    ],
)
def test_campaign_that_makes_no_sense_is_refused(api, over, status):
    a_campaign(code="taken")

    assert send(api, ADDRESS, {**NEW, **over}).status_code == status
    assert Campaign.objects.count() == 1


def test_costs_are_added_listed_and_removed(api):
    campaign = a_campaign()

    made = send(api, f"{ADDRESS}costs/", {**SPENT, "campaign": str(campaign.key)})
    send(api, f"{ADDRESS}costs/", {**SPENT, "kind": "people"})
    of_campaign = api.get(f"{ADDRESS}costs/", {"campaign": str(campaign.key)}).json()["items"]
    every = api.get(f"{ADDRESS}costs/").json()["items"]
    api.delete(f"{ADDRESS}costs/{made.json()['key']}/")

    assert Decimal(made.json()["base_amount"]) == Decimal("1200.50")
    assert (len(of_campaign), len(every)) == (1, 2)
    assert Cost.objects.living().get().kind == "people"


@pytest.mark.parametrize(
    ("over", "status"),
    [
        ({"kind": "bribes"}, 409),
        ({"currency": "XXX"}, 409),
        ({"to_on": "2026-02-01"}, 409),
        ({"amount": "-1"}, 422),
        ({"amount": "NaN"}, 422),
        ({"campaign": "00000000-0000-0000-0000-000000000000"}, 422),
    ],
)
def test_cost_that_makes_no_sense_is_refused(api, over, status):
    assert send(api, f"{ADDRESS}costs/", {**SPENT, **over}).status_code == status
    assert not Cost.objects.exists()


def test_rep_may_read_only(rep, api_client):
    api = api_client(rep)
    address = f"{ADDRESS}{a_campaign().key}/"
    cost = a_cost(from_on=date(2026, 3, 1), to_on=date(2026, 3, 1))

    statuses = [
        api.get(address).status_code,
        send(api, ADDRESS, NEW).status_code,
        send(api, address, {"version": 1, "goal": "x"}, "patch").status_code,
        api.delete(address).status_code,
        api.delete(f"{ADDRESS}costs/{cost.key}/").status_code,
    ]

    assert statuses == [200, 403, 403, 403, 403]
