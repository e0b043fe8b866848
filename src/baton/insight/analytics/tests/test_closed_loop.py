from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from baton.insight.analytics.queries import Question, closed_loop
from baton.insight.analytics.rules import Basis
from baton.insight.analytics.tests.factories import a_deal, a_lead
from baton.marketing.campaigns.models import Campaign, Cost
from baton.records.people.tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
FUNNEL = ("lead", "mql", "sal", "sql", "opportunity", "customer")


def rows(question):
    return {row.label: row for row in closed_loop(question).rows}


def reached(row):
    return [row.reached(step) for step in FUNNEL]


def test_later_steps_imply_earlier_ones_and_are_named():
    a_lead(channel="search", steps={"mql": 1, "customer": 30})
    a_lead(channel="search", steps={"mql": 2})
    a_lead(channel="email")

    found = rows(Question(by="source"))

    assert reached(found["search"]) == [2, 2, 1, 1, 1, 1]
    assert found["search"].inferred == {"sal": 1, "sql": 1, "opportunity": 1}
    assert reached(found["email"]) == [1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("over", "steps", "expected"),
    [
        ({"origin": "sales"}, {"sql": 3, "customer": 9}, [1, 0, 0, 1, 1, 1]),
        ({"origin": "partner"}, {"sql": 3}, [1, 1, 1, 1, 0, 0]),
    ],
)
def test_person_found_by_sales_is_never_inferred_as_mql(over, steps, expected):
    a_lead(steps=steps, **over)

    [row] = closed_loop(Question(by="origin")).rows

    assert reached(row) == expected


def test_self_serve_customer_is_never_inferred_as_mql():
    person = a_lead(channel="search", steps={"customer": 1})
    person.stage_changes.filter(to_stage="customer").update(cause="purchase.made")

    [row] = closed_loop(Question()).rows

    assert reached(row) == [1, 0, 0, 1, 1, 1]


def test_going_back_does_not_undo_what_was_reached():
    a_lead(steps={"mql": 1, "sal": 2})
    person = a_lead(steps={"mql": 1})
    person.stage_changes.create(to_stage="lead", at=AT + timedelta(days=3), cause="rejected")

    assert reached(closed_loop(Question()).total) == [2, 2, 1, 0, 0, 0]


def test_money_and_losses_follow_the_people():
    won = a_lead(channel="search", steps={"customer": 12})
    a_deal(won, state="won", amount=5000)
    a_deal(won, state="lost", amount=700)  # they bought all the same: not lost
    lost = a_lead(channel="search", steps={"opportunity": 2})
    a_deal(lost, state="lost", amount=900)
    a_deal(lost, state="lost", amount=None)
    unpriced = a_lead(channel="email", steps={"customer": 4})
    a_deal(unpriced, state="won", amount=None)

    found = rows(Question())

    search, email = found["search"], found["email"]
    assert (search.pipeline_created, search.revenue, search.lost) == (6600, 5000, 1)
    assert (search.won, search.deals_won, search.median_days_to_win) == (1, 1, 12)
    assert (email.revenue, email.unknown_amounts, email.lost) == (None, 1, 0)
    assert [(r.reason, r.kind, r.count) for r in search.reasons] == [("price", "deal", 3)]


def moved(person, to_stage, *, day, cause, is_back=False):
    at = AT + timedelta(days=day)
    person.stage_changes.create(to_stage=to_stage, at=at, cause=cause, is_back=is_back)


def test_win_that_was_undone_is_lost_and_not_won():
    person = a_lead(channel="search", steps={"opportunity": 1})
    moved(person, "customer", day=2, cause="deal.won")
    moved(person, "opportunity", day=3, cause="deal.reopened", is_back=True)
    moved(person, "lead", day=4, cause="deal.lost", is_back=True)
    a_deal(person, state="lost", amount=900)

    total = closed_loop(Question()).total

    assert (total.won, total.lost, total.deals_won, total.revenue) == (0, 1, 0, None)
    assert (total.median_days_to_win, reached(total)) == (None, [1, 1, 1, 1, 1, 0])


def test_win_after_an_undone_one_counts_on_its_own_day():
    person = a_lead(steps={"opportunity": 1})
    for day in (2, 30):
        moved(person, "customer", day=day, cause="deal.won")
    a_deal(person, state="won", closed_at=AT + timedelta(days=30))

    total = closed_loop(Question()).total

    assert (total.won, total.median_days_to_win) == (1, 30)


def test_customer_without_a_deal_is_not_lost_by_one():
    person = a_lead(steps={"customer": 3})
    person.stage_changes.filter(to_stage="customer").update(cause="purchase.made")
    a_deal(person, state="lost")

    total = closed_loop(Question()).total

    assert (total.won, total.lost) == (1, 0)


def test_deals_that_a_reader_may_not_see_add_nothing(rep, outsider):
    person = a_lead(owner=rep, steps={"customer": 12})
    a_deal(person, state="won", amount=5000, owner=outsider)
    a_deal(person, state="lost", amount=700, owner=outsider)
    a_deal(person, state="lost", amount=40, owner=rep)

    total = closed_loop(Question(user=rep)).total

    assert (total.pipeline_created, total.revenue, total.deals_won) == (40, None, 0)
    assert (total.won, total.lost, total.refusals) == (1, 0, 1)


def test_cost_is_spread_over_its_days_and_unknown_stays_unknown():
    a_lead(channel="search", campaign="spring", steps={"mql": 1})
    a_lead(channel="email")
    spring = Campaign.objects.create(code="spring", name="Spring", channel="search")
    march: dict[str, Any] = {"from_on": date(2026, 3, 1), "to_on": date(2026, 3, 30)}
    for campaign, amount, kind in ((spring, 3000, "ads"), (None, 600, "people")):
        Cost.objects.create(
            campaign=campaign, kind=kind, amount=amount, currency="EUR", base_amount=amount, **march
        )
    period: dict[str, Any] = {"from_on": date(2026, 3, 1), "to_on": date(2026, 3, 10)}

    by_source, by_campaign = (rows(Question(by=by, **period)) for by in ("source", "campaign"))

    assert (by_source["search"].cost, by_source["search"].cost_per_mql) == (1000, 1000)
    assert (by_source["email"].cost, by_source["email"].cost_per_mql) == (None, None)
    assert (by_campaign["Spring"].cost, by_campaign["Spring"].cost_per_customer) == (1000, None)
    assert closed_loop(Question(**period)).total.cost == 1200
    assert rows(Question(by="origin", **period))["marketing"].cost is None


def test_campaign_is_one_group_however_its_code_is_written():
    for written in ("Spring_Sale", "spring-sale", "SPRING SALE", "Autumn_Sale"):
        a_lead(campaign=written)
    Campaign.objects.create(code="spring-sale", name="Spring", channel="email")

    found = rows(Question(by="campaign"))

    assert {label: row.reached("lead") for label, row in found.items()} == {
        "Spring": 3,
        "Autumn_Sale": 1,
    }


def test_cost_of_no_group_stands_in_the_total_alone():
    a_lead(steps={"mql": 1})
    a_lead(channel="search")
    day: dict[str, Any] = {"from_on": AT.date(), "to_on": AT.date()}
    Cost.objects.create(kind="tools", amount=90, currency="EUR", base_amount=90, **day)

    reports = [closed_loop(Question(by=by)) for by in ("source", "campaign")]

    assert [report.total.cost for report in reports] == [90, 90]
    assert {row.cost for report in reports for row in report.rows} == {None}


def test_cost_per_head_is_unknown_to_who_sees_some_of_the_people(rep, marketer, outsider):
    a_lead(channel="search", owner=rep, steps={"mql": 1, "customer": 9})
    a_lead(channel="search", owner=outsider, steps={"mql": 1})
    day: dict[str, Any] = {"from_on": AT.date(), "to_on": AT.date(), "channel": "search"}
    Cost.objects.create(kind="ads", amount=90, currency="EUR", base_amount=90, **day)

    totals = [closed_loop(Question(user=user)).total for user in (rep, marketer)]

    assert [(one.cost, one.cost_per_mql, one.cost_per_customer) for one in totals] == [
        (90, None, None),
        (90, 45, 90),
    ]


def test_rep_is_the_owner_at_the_fact_and_of_the_next_one_where_inferred(rep, colleague):
    a_lead(steps={"mql": 1, "sal": 2}, stage_owner=rep)
    a_lead(steps={"customer": 5}, stage_owner=colleague)

    found = rows(Question(by="rep"))

    assert reached(found["Teo"]) == [0, 1, 1, 0, 0, 0]
    assert reached(found["Nora"]) == [0, 1, 1, 1, 1, 1]
    assert reached(found[""]) == [2, 0, 0, 0, 0, 0]


def test_medians_leave_negative_days_out_and_name_them():
    for days in (1, 2, 6, 9):
        a_lead(steps={"customer": days})
    a_lead(steps={"customer": -3})

    total = closed_loop(Question()).total

    assert (total.median_days_to_win, total.negative_durations, total.won) == (4, 1, 5)


def test_event_basis_counts_each_step_by_its_own_day():
    a_lead(at=AT - timedelta(days=40), steps={"mql": 41, "customer": 80})
    april_to: dict[str, Any] = {"from_on": date(2026, 3, 1), "to_on": date(2026, 3, 31)}

    cohort = closed_loop(Question(**april_to)).total
    event = closed_loop(Question(basis=Basis.EVENT, **april_to)).total

    assert reached(cohort) == [0] * 6
    assert reached(event) == [0, 1, 0, 0, 0, 0]


def test_throughput_is_leads_that_left_a_day():
    a_lead(steps={"mql": 1})
    a_lead(steps={"other": 4})
    a_lead()
    period: dict[str, Any] = {"from_on": date(2026, 3, 1), "to_on": date(2026, 3, 10)}

    assert closed_loop(Question(**period)).total.throughput_per_day == 0.2


def test_rep_sees_figures_of_the_own_team_only(rep, outsider):
    a_lead(owner=rep, steps={"mql": 1})
    a_lead(owner=outsider, steps={"mql": 1})

    assert reached(closed_loop(Question(user=rep)).total)[:2] == [1, 1]


def test_query_count_does_not_grow_with_groups(django_assert_max_num_queries):
    for number in range(12):
        a_lead(channel=f"channel {number}", steps={"mql": 1})

    with django_assert_max_num_queries(8):
        report = closed_loop(Question())

    assert len(report.rows) == 12
    assert report.total.revenue is None
    assert report.total.pipeline_created in (None, Decimal(0))
