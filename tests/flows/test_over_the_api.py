"""The same loop by another program: only keys, JSON, and nobody at a screen."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from baton.core.access.actions import create_api_key
from baton.marketing.capture.tests.strangers import Stranger
from baton.records.people.models import Person
from tests.flows.acts import READING
from tests.flows.house import ARRIVAL, PLANTS

pytestmark = pytest.mark.django_db
ANSWERS = {
    "name": "Jonas Weil",
    "email": "jonas.weil@corvid.example",
    "company": "Corvid Works",
    "title": "Head of energy",
    "heard": "A podcast",
}


class Program:
    """Speaks for one user."""

    def __init__(self, client):
        self.client = client

    def get(self, path, **query):
        answer = self.client.get(f"/api/v1/{path}", query)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def post(self, path, body=None, *, status=(200, 201)):
        answer = self.client.post(f"/api/v1/{path}", body or {}, content_type="application/json")
        assert answer.status_code in status, f"{answer.status_code} {answer.content.decode()}"
        return answer.json()


def program_of(user):
    _row, secret = create_api_key(user=user, name="their program")
    return Program(Client(headers={"authorization": f"Bearer {secret}"}))


@pytest.fixture(scope="module")
def mara(story):
    return program_of(story.house.mara)


@pytest.fixture(scope="module")
def teo(story):
    return program_of(story.house.teo)


@pytest.fixture(scope="module")
def jonas(story, mara):
    """Was on a page of ours with a cookie; the form stood on the company's own site."""
    stranger = Stranger()
    stranger.open(f"{story.house.welcome.public_path()}?{ARRIVAL}")
    stranger.answer("yes")
    story.clock.shift(READING)
    visitor = stranger.client.cookies["baton_visitor"].value
    sent = mara.post(
        "capture/submissions/", {"form": "demo", "values": ANSWERS, "visitor": visitor}
    )
    story.settle()
    return sent["person"]["key"]


@pytest.fixture
def lead(teo, jonas, clock):
    """Offered, and Teo is at work."""
    clock.move_to(datetime(2026, 3, 2, 14, 5, tzinfo=UTC))  # 09:05 in New York
    return teo.get("handoff/", mine="true", is_open="true")["items"][0]


@pytest.fixture
def customer(teo, lead, jonas, clock, settle):
    """Accepted, rung twice, needs it, bought it."""
    teo.post(f"handoff/{lead['key']}/accept/")
    call = {"person": jonas, "kind": "call"}
    teo.post("timeline/activities", call | {"outcome": "unanswered"})
    settle()
    clock.shift(timedelta(minutes=9))
    teo.post("timeline/activities", call | {"outcome": "conversation", "minutes": 12})
    settle()
    teo.post(f"handoff/{lead['key']}/need/", {"need": "40 meters", "impact": "Two days a month"})
    deal = teo.post(
        "deals/",
        {
            "name": "Corvid meters",
            "person": jonas,
            "amount": "12500",
            "next_step": "Send the site plan",
            "next_step_on": "2026-03-09",
        },
    )
    stages = teo.get("deals/pipelines/")[0]["stages"]
    proposal = next(stage["key"] for stage in stages if stage["name"] == "Proposal")
    clock.shift(timedelta(days=3))
    teo.post(f"deals/{deal['key']}/move/", {"stage": proposal, "version": deal["version"]})
    clock.shift(timedelta(days=4))
    teo.post(f"deals/{deal['key']}/win/", {"amount": "12000", "reason": "best_fit"})
    settle()
    return teo.get(f"people/{jonas}/")


def test_person_comes_with_source_and_visit(mara, jonas):
    person = mara.get(f"people/{jonas}/")
    visit = mara.get(f"capture/people/{jonas}/visits/")["items"][0]

    assert (person["origin"], person["channel"], person["campaign"]) == (
        "marketing",
        "paid_social",
        PLANTS,
    )
    assert (person["said_source"], visit["pages"]) == ("A podcast", ["Welcome"])


def test_lead_says_why_them_why_now_why_this_rep(teo, lead, house):
    whole = teo.get(f"handoff/{lead['key']}/")

    assert (lead["rep"], lead["lane"], lead["state"]) == (
        str(house.teo.key),
        "hand_raise",
        "offered",
    )
    assert lead["accept_due_at"] == "2026-03-02T14:15:00Z"
    assert whole["brief"]["score"]["score"] == 75
    assert any(line["is_hit"] and "Plants" in line["words"] for line in whole["routing"])


def test_customer_went_through_every_stage(teo, customer, lead):
    changes = teo.get(f"lifecycle/people/{customer['key']}/changes")
    done = teo.get(f"handoff/{lead['key']}/")

    assert customer["stage"] == "customer"
    assert {change["to_stage"] for change in changes} == {
        *("lead", "mql", "sal", "sql", "opportunity", "customer")
    }
    assert (done["state"], done["attempt_count"], done["is_late"]) == ("qualified", 1, False)
    assert done["responded_at"] == "2026-03-02T14:14:00Z"


def test_timeline_tells_all_of_it(teo, customer):
    items = teo.get(f"timeline/person/{customer['key']}/entries", limit=100)["items"]

    names = [item["name"] for item in items]
    assert "deal.won" in names[:2]
    assert {"visit.made", "form.submitted", "handoff.accepted", "activity.logged"} <= set(names)
    assert names.index("form.submitted") < names.index("visit.made")


def test_report_counts_them(mara, customer):
    report = mara.get("analytics/closed-loop/", by="campaign")
    behind = mara.get("analytics/people/", by="campaign", column="won", group=PLANTS)

    row = next(row for row in report["rows"] if row["key"] == PLANTS)
    assert (row["leads"], row["won"], row["revenue"]) == (1, 1, 12_000)
    assert [one["key"] for one in behind["items"]] == [customer["key"]]


def test_lead_is_answered_once(teo, lead, settle):
    reject = {"reason": "no_fit", "note": "Two machines"}

    first = teo.post(f"handoff/{lead['key']}/reject/", reject)
    second = teo.post(f"handoff/{lead['key']}/reject/", reject, status=(404, 409))

    assert (first["state"], first["verdict"]) == ("rejected", "no_fit")
    assert second["status"] in {404, 409}
    settle()
    assert Person.objects.get(key=lead["person"]).stage == "lead"


def test_verdict_is_given_once(teo, lead, settle):
    teo.post(f"handoff/{lead['key']}/accept/")
    verdict = {"reason": "competitor", "competitor": "Brightgrid"}

    first = teo.post(f"handoff/{lead['key']}/disqualify/", verdict)
    teo.post(f"handoff/{lead['key']}/disqualify/", verdict, status=(409,))

    assert (first["state"], first["competitor"]) == ("disqualified", "Brightgrid")
