"""Whom sales finds itself goes from lead to SQL, and never counts for or against marketing."""

from datetime import timedelta

import pytest

from baton.qualification.handoff.models import Handoff
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person
from tests.flows.acts import Desk, ask_for_demo, handoff_of, key_in

pytestmark = pytest.mark.django_db
NILS = {
    "name": "Nils Aune",
    "email": "nils@torvik.example",
    "company": "Torvik",
    "title": "Head of energy",
}


@pytest.fixture
def teo(house):
    return Desk(house.teo)


@pytest.fixture
def nils(teo, settle):
    """Met at a fair, added by hand."""
    made = teo.press(
        "people:new",
        first_name="Nils",
        last_name="Aune",
        email=NILS["email"],
        job_title=NILS["title"],
        company="Torvik",
        origin="sales",
    )
    settle()
    return Person.objects.get(key=key_in(made))


@pytest.fixture
def customer(teo, nils, clock, settle):
    """Talked, needs it, buys it."""
    teo.press("timeline:write", "person", nils.key, kind="meeting", meeting_outcome="held")
    clock.shift(timedelta(days=1))
    teo.press("handoff:person-need", nils.key, need="Grants", impact="A year's budget")
    settle()
    deal = teo.open_deal(nils)
    clock.shift(timedelta(days=9))
    teo.press("deals:win", deal.key, amount="9,000", reason="price")
    settle()
    nils.refresh_from_db()
    return nils


def stages_of(person):
    rows = StageChange.objects.filter(person=person, is_overtaken=False).order_by("at", "pk")
    return list(rows.values_list("to_stage", flat=True))


def test_added_by_hand_belongs_to_who_added_them(nils, house):
    assert (nils.origin, nils.owner, nils.stage) == ("sales", house.teo, "lead")
    assert not Handoff.objects.exists()


def test_marketer_may_not_say_that_sales_found_somebody(house):
    answer = Desk(house.mara).client.post("/people/new/", {"last_name": "Aune", "origin": "sales"})

    assert answer.status_code == 422
    assert not Person.objects.exists()


def test_becomes_a_customer_without_being_mql_or_sal(customer):
    assert stages_of(customer) == ["lead", "sql", "opportunity", "customer"]


def test_raised_hand_of_theirs_goes_to_their_rep_and_makes_no_mql(nils, house, clock, settle):
    assert ask_for_demo(house, clock, NILS) == nils
    settle()

    handoff = handoff_of(nils)
    assert (handoff.rep, handoff.offers.get().decision["rule"]) == (house.teo, "owner")
    Desk(house.teo).press("handoff:accept", handoff.key)
    settle()
    assert stages_of(nils) == ["lead"]
