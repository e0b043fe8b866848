"""What marketing owes by value, and when its leads are to bring customers."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from baton.qualification.handoff.models import Agreement, Handoff
from baton.qualification.handoff.queries.worth import brought_in, worth_now
from baton.qualification.handoff.rules import Goal
from baton.qualification.handoff.rules.worth import Brought, customers_coming, worth_of
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff, an_agreement
from baton.qualification.lifecycle.actions import move_person
from baton.records.people.tests.factories import a_person

GOAL = Goal(revenue=500_000, share=60, average_deal=10_000)
DAYS = timedelta(days=1)
HANDS = Brought(lane="hand_raise", leads=20, days=(5, 40))
SCORES = Brought(lane="score", leads=60, days=(70, 90))


def test_kinds_of_leads_are_worth_what_came_of_them():
    handed = {"hand_raise": 10, "score": 30}

    assert worth_of(handed, brought=[HANDS, SCORES], average_deal=10_000) == 20_000


def test_kind_that_there_was_none_of_is_worth_what_any_lead_is():
    assert worth_of({"chat": 20}, brought=[HANDS, SCORES], average_deal=10_000) == 10_000


def test_nothing_is_worth_anything_known_while_nobody_bought():
    unsold = Brought(lane="score", leads=60, days=())

    assert worth_of({"score": 30}, brought=[unsold], average_deal=10_000) is None


def test_example_of_the_goal_is_worth_what_marketing_owes():
    """1,200 MQLs of which 2.5 % buy for 10,000: 60 % of 500,000."""
    brought = Brought(lane="score", leads=40, days=(30,))

    assert worth_of({"score": 1200}, brought=[brought], average_deal=10_000) == 300_000


@given(
    handed=st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 3, 31)), st.integers(0, 50)),
    days=st.lists(st.integers(0, 200), max_size=8),
    first=st.dates(date(2026, 3, 1), date(2026, 6, 30)),
    length=st.integers(0, 40),
)
def test_customers_to_come_are_those_of_a_count_day_by_day(handed, days, first, length):
    brought = [Brought(lane="score", leads=50, days=tuple(days))]
    last = first + length * DAYS

    [found] = customers_coming(handed, brought=brought, spans=[(first, last)])

    naive = sum(
        count for day, count in handed.items() for lag in days if first <= day + lag * DAYS <= last
    )
    assert found == Fraction(naive, 50)


@pytest.fixture
def year(rep):
    """Two hands raised, one bought after 40 days; two by score, nobody of them; all in January."""
    a_default_pool(rep)
    an_agreement()
    made = [a_handoff() for _ in range(4)]
    january = AT - 50 * DAYS
    for one in made:
        Handoff.objects.filter(pk=one.pk).update(made_at=january)
    Handoff.objects.filter(pk__in=[made[2].pk, made[3].pk]).update(lane="score")
    _buys(made[0].person, at=january + 40 * DAYS)
    _buys(a_person(origin="sales"), at=january)
    return made


def _buys(person, *, at):
    move_person(person_id=person.pk, to_stage="customer", at=at, cause="test")


@pytest.mark.django_db
def test_year_is_measured_by_kind(year):
    found = brought_in(since=AT - 365 * DAYS, until=AT)

    assert {one.lane: (one.leads, one.days) for one in found} == {
        "hand_raise": (2, (40,)),
        "score": (2, ()),
    }


@pytest.mark.django_db
def test_who_was_handed_over_twice_buys_once_for_the_later_one(year):
    Handoff.objects.filter(pk=year[0].pk).update(state="qualified", closed_at=AT)
    again = a_handoff(person=year[0].person)
    Handoff.objects.filter(pk=again.pk).update(made_at=AT - 20 * DAYS)

    [hands, _scores] = brought_in(since=AT - 365 * DAYS, until=AT)

    assert (hands.leads, hands.days) == (3, (10,))


@pytest.mark.django_db
def test_month_is_worth_its_leads_and_owes_by_working_days(year, admin):
    a_handoff()

    worth = worth_now(GOAL, user=admin, at=AT)

    assert worth is not None
    assert (worth.handed, worth.owed) == (5_000, 300_000)
    assert worth.due == pytest.approx(300_000 / 22)


@pytest.mark.django_db
def test_lead_of_today_is_expected_when_as_many_days_have_passed(year, admin):
    """One of four bought, after 40 days; a lead of 2 March buys on 11 April, if at all."""
    a_handoff()

    worth = worth_now(GOAL, user=admin, at=AT + timedelta(hours=1))

    assert worth is not None
    months = {one.month.month: one.customers for one in worth.coming}
    assert months == {3: 0, 4: Fraction(1, 5), 5: 0, 6: 0}


@pytest.mark.django_db
def test_agreement_tells_both_debts_of_marketing_by_count_and_by_value(year, admin, signed_in):
    goal = {"revenue_goal": 500_000, "marketing_share": 60, "average_deal": 10_000}
    Agreement.objects.update(mqls_a_month=120, **goal)
    a_handoff()

    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        page = signed_in(admin).get(reverse("handoff:agreement")).text

    assert "1 of 5 due" in page
    assert "Worth €300,000 a month" in page
    assert "€3,333 of €13,636 due" in page
    assert "In April" in page


@pytest.mark.django_db
def test_agreement_without_a_goal_or_a_buyer_tells_no_worth(company, admin, signed_in):
    an_agreement()
    without_goal = signed_in(admin).get(reverse("handoff:agreement")).text
    Agreement.objects.update(revenue_goal=500_000, marketing_share=60, average_deal=10_000)
    without_buyer = signed_in(admin).get(reverse("handoff:agreement")).text

    assert "Worth" not in without_goal + without_buyer


@pytest.mark.django_db
def test_each_count_of_leads_opens_as_many(year, admin, outsider, signed_in):
    goal = {"revenue_goal": 500_000, "marketing_share": 60, "average_deal": 10_000}
    Agreement.objects.update(**goal)
    client = signed_in(admin)

    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        kinds = client.get(reverse("handoff:agreement")).context["worth"].kinds
        leads = [client.get(kind.url).context["count"] for kind in kinds]
        bought = [client.get(f"{kind.url}?bought=1").context for kind in kinds]
        of_all = client.get(reverse("handoff:worth-all")).context["count"]
        theirs = signed_in(outsider).get(kinds[0].url)

    assert leads == [kind.leads for kind in kinds] == [2, 2]
    assert [one["count"] for one in bought] == [kind.bought for kind in kinds]
    assert {row.handoff.pk for one in bought for row in one["behind"]} == {year[0].pk}
    assert of_all == 4
    assert theirs.context["count"] == 0
    assert "The figure counts 2" in theirs.text
    assert client.get(reverse("handoff:worth", args=["chat"])).status_code == 404
