from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core.calendars.actions import add_free_day
from baton.core.settings.queries import one_organisation
from baton.insight.analytics.tests.factories import a_deal, a_lead
from baton.insight.goals.queries import FIGURES, behind, standings_of
from baton.insight.goals.rules import State
from baton.insight.goals.tests.factories import AT, a_goal
from baton.marketing.campaigns.tests.factories import a_campaign, a_cost
from baton.qualification.handoff.actions import accept_handoff
from baton.qualification.handoff.tests.factories import a_default_pool, a_handoff, a_rep
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person
from baton.records.purchases.tests.factories import an_order
from baton.sales.customers.actions import answer_survey
from baton.sales.customers.tests import factories as customers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
TODAY = date(2026, 3, 13)  # a Friday: 10 of 22 working days have begun


def standing(figure="leads", target=100, *, today=TODAY, **over):
    goal = a_goal(figure=figure, target=Decimal(str(target)), **over)
    [found] = standings_of([goal], today=today)
    return found


def value_of(figure, **over):
    return standing(figure, Decimal("0.5"), **over).reading.value


def records_of(found, user, part=""):
    span = found.goal.span.until(TODAY)
    shown = behind(found.goal, part=part, user=user, span=span, today=TODAY)
    assert shown
    return shown.rows.count(), shown.all


def test_leads_of_the_month_and_what_is_due(admin):
    for day in range(5):
        a_lead(at=AT + timedelta(days=day))
    a_lead(at=AT - timedelta(days=9))

    found = standing()

    assert found.reading.value == 5
    assert found.pace.due == Decimal(1000) / 22
    assert found.state is State.BEHIND
    assert records_of(found, admin) == (5, 5)


def test_month_begins_in_the_companys_zone(admin):
    a_lead(at=datetime(2026, 2, 28, 23, 30, tzinfo=UTC))  # 1 March in Berlin

    assert standing().reading.value == 1


def test_free_day_of_the_company_is_not_owed():
    before = standing().pace
    add_free_day(on=date(2026, 3, 20), is_yearly=False, name="Fair", by=None, at=AT)

    after = standing(day=date(2026, 3, 2), figure="mqls").pace

    assert (before.days_all, after.days_all) == (22, 21)


def test_goal_of_a_rep_and_of_a_team_count_their_own(admin, rep, colleague, north):
    a_lead(owner=rep)
    a_lead(owner=colleague)
    a_lead()

    found = [standing(rep=rep), standing(team=north), standing()]

    assert [one.reading.value for one in found] == [1, 2, 3]
    assert [records_of(one, admin)[0] for one in found] == [1, 2, 3]


def test_records_of_others_are_counted_and_not_shown(rep, outsider):
    a_lead(owner=rep)
    a_lead(owner=outsider)

    assert records_of(standing(), outsider) == (1, 2)


def test_mqls_as_the_agreement_counts_them(admin):
    a_default_pool(a_rep("Ann"))
    a_handoff(at=AT)

    assert records_of(standing("mqls"), admin) == (1, 1)


def test_sqls_count_once_at_their_first_time(admin):
    person = a_lead(steps={"mql": 1, "sql": 2})
    StageChange.objects.create(
        person=person, to_stage="sql", at=AT + timedelta(days=8), cause="again"
    )
    a_lead(at=AT - timedelta(days=40), steps={"sql": 1})

    found = standing("sqls")

    assert found.reading.value == 1
    assert records_of(found, admin) == (1, 1)


def test_money_is_what_was_won_and_bought(admin, rep):
    a_deal(None, state="won", amount=700, owner=rep)
    a_deal(None, state="won", amount=None)
    a_deal(None, state="lost", amount=900)
    a_deal(None, state="won", amount=400, closed_at=AT - timedelta(days=9))
    an_order(amount=Decimal(50), placed_at=AT)

    won, all_ = standing("won"), standing("revenue")

    assert won.reading.value == 700
    assert all_.reading.value == 750
    assert value_of("won", rep=rep) == 700
    assert won.reading.left_out == 1
    assert records_of(all_, admin, "purchases") == (1, 1)
    assert records_of(all_, admin) == (2, 2)


def test_won_of_unknown_amounts_is_unknown():
    a_deal(None, state="won", amount=None)

    found = standing("won")

    assert found.reading.value is None
    assert found.state is State.UNKNOWN


def test_conversion_counts_those_who_ever_went_on():
    a_lead(steps={"mql": 1, "sql": 2})
    a_lead(steps={"mql": 1, "opportunity": 60})
    a_lead(steps={"mql": 1})
    a_lead(origin="sales", steps={"mql": 1, "sql": 2})

    found = standing("mql_to_sql", "0.5")

    assert (found.reading.value, found.reading.of) == (Decimal(2) / 3, 3)
    assert found.reading.spread


def test_win_rate_by_close_date():
    a_deal(None, state="won")
    a_deal(None, state="lost")
    a_deal(None, state="lost")
    a_deal(None)

    assert value_of("win_rate") == Decimal(1) / 3


def test_rate_of_nothing_is_unknown():
    assert value_of("win_rate") is None


def a_customer(**over):
    person = a_lead(steps={"customer": 3}, **over)
    Person.objects.filter(pk=person.pk).update(stage="customer")
    return person


def test_cac_takes_all_cost_and_cpa_that_of_marketing():
    a_customer()
    a_customer(origin="partner")
    a_cost(campaign=a_campaign(), amount=Decimal(3100))
    a_cost(kind="people", amount=Decimal(6200))

    assert value_of("cac") == Decimal(1300 + 2600) / 2  # 13 of March's 31 days
    assert value_of("cpa") == 1300


def test_cost_that_nobody_entered_is_unknown_not_nothing():
    a_customer()

    found = standing("cac")

    assert found.reading.value is None
    assert found.reading.remedy == "campaigns:costs"


def test_customers_kept():
    for _ in range(3):
        a_customer(at=AT - timedelta(days=60))
    gone = a_customer(at=AT - timedelta(days=60))
    StageChange.objects.filter(person=gone, to_stage="customer").update(place=1)
    StageChange.objects.create(
        person=gone, from_stage="customer", to_stage="lead", is_back=True, place=2, at=AT, cause="x"
    )

    found = standing("retention", "0.9")

    assert (found.reading.value, found.reading.of) == (Decimal("0.75"), 4)


def test_speed_is_the_median_in_working_time(admin):
    a_default_pool(a_rep("Ann"))
    handoff = a_handoff(at=AT)
    assert handoff.rep
    accept_handoff(handoff=handoff, by=handoff.rep, at=AT + timedelta(minutes=10))
    type(handoff).objects.update(responded_at=AT + timedelta(minutes=25))

    assert value_of("speed_to_lead") == 25


def test_satisfaction_is_unknown_until_somebody_measures_it():
    found = standing("satisfaction", "0.9")

    assert found.reading.value is None
    assert str(found.reading.unknown).startswith("Nobody answered in these days.")


def test_satisfaction_is_the_share_of_good_answers_with_its_range(admin, rep):
    customer = customers.a_customer(owner=rep)
    for score in (5, 4, 2):
        survey = customers.a_survey(customer, kind="csat", at=AT - timedelta(hours=1))
        answer_survey(survey_id=survey.pk, score=score, comment="", at=AT)

    found = standing("satisfaction", "0.9")

    assert (round(found.reading.value, 3), found.reading.of) == (Decimal("0.667"), 3)
    assert found.reading.spread.low < 2 / 3 < found.reading.spread.high
    assert records_of(found, admin, "") == (3, 3)


def test_forecast_by_the_rate_of_the_latest_days():
    for day in range(40):
        a_lead(at=datetime(2026, 2, 2, 9, tzinfo=UTC) + timedelta(days=day))

    found = standing()

    assert found.forecast
    assert found.basis.rate
    assert found.basis.rate.mean == pytest.approx(39 / 29)
    assert found.forecast.value == pytest.approx(float(found.reading.value) + 12 * 39 / 29)
    assert not found.basis.season.is_known


def test_quota_has_coverage_and_open_deals(rep):
    a_deal(None, amount=3000, owner=rep, close_on=date(2026, 3, 20))
    a_deal(None, amount=9000, owner=rep, close_on=date(2026, 3, 2))  # overdue
    a_deal(None, amount=9000, close_on=date(2026, 3, 20))
    a_deal(None, state="won", amount=500, owner=rep)

    found = standing("won", 2500, rep=rep)

    assert found.coverage
    assert found.coverage.times == Decimal("1.5")


def asked_for(goals):
    """How many queries."""
    with one_organisation(), CaptureQueriesContext(connection) as asked:
        standings_of(goals, today=TODAY)
    return len(asked)


def test_goals_ask_by_figure_not_one_by_one(rep, colleague, north, south):
    few = [a_goal(team=north), a_goal(figure="won", rep=rep)]
    more = [a_goal(), a_goal(rep=rep), a_goal(team=south), a_goal(rep=colleague)]
    quotas = [a_goal(figure="won", rep=colleague), a_goal(figure="won")]

    assert asked_for([*few, *more, *quotas]) == asked_for(few)


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_known_or_says_why_not(name, admin):
    a_lead(steps={"mql": 1, "sql": 2, "customer": 3})

    found = standing(name, "0.5")

    assert found.reading.value is not None or str(found.reading.unknown)
    span = found.goal.span.until(TODAY)
    shown = behind(found.goal, part="", user=admin, span=span, today=TODAY)
    assert shown is None or shown.rows.count() == shown.all
