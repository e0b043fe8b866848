from datetime import timedelta
from fractions import Fraction

import pytest
import time_machine
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.queries.goals import what_it_takes
from baton.qualification.handoff.rules import FIRST, Goal, propose, step_rates
from baton.qualification.handoff.tests.factories import AT, an_agreement
from baton.qualification.lifecycle.actions import move_person
from baton.records.people.tests.factories import a_person

GOAL = Goal(revenue=500_000, share=60, average_deal=10_000)
ONE, HALF, FIFTH = Fraction(1), Fraction(1, 2), Fraction(1, 5)
TYPED = {"revenue_goal": 500_000, "marketing_share": 60, "average_deal": 10_000}


def test_goal_takes_as_many_mqls_as_the_arithmetic_says():
    proposal = propose(GOAL, rates=(HALF, HALF, HALF, FIFTH))

    assert proposal is not None
    assert (proposal.customers, proposal.rate) == (30, Fraction(25, 1000))
    assert (proposal.mqls, proposal.each) == (1200, 250)


@pytest.mark.parametrize(
    ("rates", "mqls"), [((Fraction(1, 7),), 210), ((Fraction(7, 100),), 429), ((Fraction(1),), 30)]
)
def test_mqls_are_rounded_up_and_never_by_a_hair(rates, mqls):
    proposal = propose(GOAL, rates=rates)

    assert proposal is not None
    assert proposal.mqls == mqls


@pytest.mark.parametrize("rates", [(HALF, None), (HALF, Fraction(0))])
def test_nothing_is_proposed_from_a_rate_that_is_unknown_or_none(rates):
    assert propose(GOAL, rates=rates) is None


def test_rate_where_nobody_was_yet_is_unknown():
    assert step_rates((4, 2, 0, 0, 0)) == (HALF, Fraction(0), None, None)


@pytest.fixture
def year(company):
    """Of four MQLs two were accepted and one of them bought; sales' own and old ones beside."""
    an_agreement()
    ways = (["mql"], ["mql"], ["mql", "sal"], ["mql", "sal", "sql", "opportunity", "customer"])
    for way in ways:
        _go(a_person(), way)
    _go(a_person(origin="sales"), ["sql", "opportunity"])
    _go(a_person(), ["mql", "customer"], since=AT - timedelta(days=500))


def _go(person, way, *, since=AT - timedelta(days=50)):
    for place, stage in enumerate(way):
        at = since + timedelta(days=place)
        move_person(person_id=person.pk, to_stage=stage, at=at, cause="test")


@pytest.mark.django_db
def test_rates_are_measured_from_those_who_became_mqls(year):
    takes = what_it_takes(GOAL, at=AT)

    assert takes.rates == (HALF, HALF, ONE, ONE)
    assert takes.mql_count == 4
    assert takes.proposal is not None
    assert (takes.proposal.mqls, takes.proposal.each) == (120, 2500)


@pytest.fixture
def ines(signed_in):
    user = create_user(name="Ines", role=Role.HEAD_OF_MARKETING, email="ines@fennmark.example")
    with time_machine.travel(AT, tick=False):
        yield signed_in(user)


@pytest.mark.django_db
def test_three_numbers_propose_the_fourth_and_are_kept(year, ines):
    amend = reverse("handoff:amend")
    read = ines.get(amend).context["read"]
    terms = {name: value for name, value in FIRST.items() if value}

    page = ines.post(amend, terms | TYPED | {"read": read, "calculate": "1"})
    ines.post(amend, terms | TYPED | {"read": read, "mqls_a_month": 120})

    assert page.status_code == 200
    assert page.context["form"]["mqls_a_month"].value() == "120"
    assert "120 MQLs a month, each worth €2,500" in page.content.decode()
    draft = Agreement.objects.get(version=2)
    assert (draft.mqls_a_month, draft.goal()) == (120, GOAL)


@pytest.mark.django_db
def test_agreement_tells_what_its_goal_takes(year, ines):
    Agreement.objects.update(**TYPED)

    shown = ines.get(reverse("handoff:agreement"))
    steps, page = shown.context["takes"].steps, shown.text

    assert "120 MQLs a month, each worth €2,500" in page
    assert "= 30" in page
    assert [ines.get(step.url).context["count"] for step in steps] == [2, 1, 1, 1]
    assert [step.reached for step in steps] == [2, 1, 1, 1]
    assert ines.get(reverse("handoff:reached", args=["mql"])).context["count"] == steps[0].all


@pytest.mark.django_db
def test_goal_without_any_rate_says_so(company, ines):
    an_agreement()

    page = ines.post(reverse("handoff:amend"), TYPED | {"calculate": "1"}).content.decode()

    assert "there is no rate to reckon with" in page
    assert "unknown" in page


@pytest.mark.django_db
def test_numbers_of_an_address_fill_the_form_in_and_change_nothing(year, ines):
    before = Agreement.objects.get()
    address = reverse("handoff:amend", query={"accept_minutes": 30, "attempts": "soon", "moon": 1})

    form = ines.get(address).context["form"]

    shown = [form[name].value() for name in ("accept_minutes", "attempts")]
    assert shown == [30, before.attempts]
    assert Agreement.objects.get().digest() == before.digest()
