from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core.access.roles import Role
from baton.core.changes.actions import undo
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.insight.analytics.tests.factories import a_lead
from baton.insight.goals.actions import edit_goal
from baton.insight.goals.tests.factories import a_goal
from baton.insight.plans.actions import BadPlan, discard_plan, draft_plan, sign_plan
from baton.insight.plans.models import Plan
from baton.insight.plans.queries import (
    budget_of,
    capacity_of,
    plan_in_force,
    quarter_of,
    targets_from_goals,
    targets_of,
)
from baton.insight.plans.rules import Assumed, Budget, Launch
from baton.insight.plans.tests.factories import AT, a_plan, both, head, terms
from baton.marketing.campaigns.tests.factories import a_campaign, a_cost
from baton.qualification.handoff.actions import MayNotSign, NothingToSign, StaleTerms
from baton.qualification.handoff.tests.factories import a_default_pool, a_rep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
URL = "/insight/plans/"
QUARTER = quarter_of(date(2026, 4, 1))
LATE = date(2026, 6, 1)


def test_both_heads_sign_what_they_read():
    plan = both(a_plan())

    assert plan.valid_from == AT
    assert plan_in_force(QUARTER) == plan
    [fact] = FactRecord.objects.filter(name="plan.signed")
    assert (fact.payload["starts_on"], fact.payload["edition"]) == ("2026-04-01", 1)


def test_nobody_signs_for_the_other_side_or_what_was_changed_since(admin):
    plan, of_sales = a_plan(), head(Role.HEAD_OF_SALES)
    read = plan.digest()
    with pytest.raises(MayNotSign):
        sign_plan(plan=plan, side="marketing", by=of_sales, at=AT)

    a_plan(terms=terms(note="Other"))

    with pytest.raises(StaleTerms):
        sign_plan(plan=plan, side="sales", by=of_sales, at=AT, read=read)
    with pytest.raises(StaleTerms):
        draft_plan(day=QUARTER.first, terms=terms(), by=admin, at=AT, read=read)


def test_change_of_what_a_side_signed_is_a_new_edition(admin):
    first = a_plan()
    sign_plan(plan=first, side="sales", by=admin, at=AT)

    second = a_plan(terms=terms(mqls=140))

    assert (first.edition, second.edition) == (1, 2)
    with pytest.raises(NothingToSign):
        sign_plan(plan=first, side="marketing", by=admin, at=AT)
    assert Plan.objects.get(pk=first.pk).said().mqls == 122


def test_draft_that_was_discarded_comes_back_and_a_signed_one_stays(admin):
    plan = a_plan()
    batch = discard_plan(plan=plan, by=admin, at=AT)
    gone = list(Plan.objects.visible_to(admin))
    undo(batch=batch, by=admin, at=AT)

    assert gone == []
    assert list(Plan.objects.visible_to(admin)) == [plan]
    with pytest.raises(BadPlan):
        discard_plan(plan=both(plan), by=admin, at=AT)


@pytest.mark.parametrize(
    "over",
    [
        {"budget": (Budget(channel="email", amount=Decimal(-1)),)},
        {"budget": (Budget(channel="email", amount=Decimal(1)),) * 2},
        {"launches": (Launch(what=" ", on=LATE),)},
        {"assumptions": {"lead_to_mql": Decimal(2)}},
        {"assumptions": {"luck": Decimal(1)}},
        {"mqls": 0},
    ],
)
def test_what_cannot_be_planned_is_refused(over):
    with pytest.raises(BadPlan):
        a_plan(terms=terms(**over))


def test_targets_are_goals_as_they_stood_beside_the_quarters_before(admin):
    goal = a_goal(unit="quarter", day=date(2026, 4, 1), target=Decimal(100))
    for day in (date(2025, 12, 1), date(2026, 2, 1), date(2026, 2, 2), date(2026, 5, 1)):
        a_lead(at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
    kept = targets_from_goals(QUARTER)
    edit_goal(goal=goal, values={"target": Decimal(120)}, version=None, by=admin, at=AT)

    [line] = targets_of(kept, quarter=QUARTER, today=LATE)

    assert (line.target, line.goal, line.is_other) == (100, 120, True)
    assert [reading.value for _span, reading in line.before] == [1, 2]
    assert line.now is not None
    assert line.now.value == 1


def test_spent_is_what_reports_spread_over_the_days():
    over = {"from_on": date(2026, 3, 23), "to_on": date(2026, 4, 11)}
    a_cost(amount=Decimal(200), channel="email", **over)
    campaign = a_campaign(name="Spring", channel="social")
    a_cost(amount=Decimal(20), campaign=campaign, **over)
    planned = (
        Budget(channel="email", amount=Decimal(900)),
        Budget(channel="event", amount=Decimal(4000)),
        Budget(campaign=str(campaign.key), amount=Decimal(50)),
        Budget(campaign=str(new_key()), amount=Decimal(7)),
    )

    found = budget_of(planned, quarter=QUARTER, today=LATE)

    assert [(one.name, one.spent) for one in found] == [
        ("Email", Decimal(110)),
        ("Event", None),
        ("Spring", Decimal(11)),
        ("A campaign that is gone", None),
    ]


def test_capacity_says_what_is_short_and_what_is_unknown():
    pool = a_default_pool(a_rep("Ann"), open_cap=None)
    nothing = capacity_of(None, quarter=QUARTER, today=LATE)
    unknown = capacity_of(122, quarter=QUARTER, today=LATE)
    pool.members.update(daily_cap=1)
    short = capacity_of(122, quarter=QUARTER, today=LATE)

    assert (nothing.planned, nothing.missing, nothing.is_new) == (None, 0, False)
    assert (unknown.cap, unknown.uncapped, unknown.is_new) == (None, ["Ann"], True)
    assert short.planned == 122 / short.days
    assert (short.cap, short.is_new) == (1, False)
    assert short.missing == pytest.approx(122 / short.days - 1)


def test_page_asks_the_same_of_few_and_of_many(signed_in, admin):
    client, key = signed_in(admin), a_plan().key
    channels = ("email", "event", "social", "display", "video")

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{URL}{key}/").status_code == 200
        return len(queries)

    client.get(f"{URL}{key}/")
    few = asked()
    a_plan(
        terms=terms(
            budget=tuple(Budget(channel=one, amount=Decimal(9)) for one in channels),
            launches=tuple(Launch(what=one, on=LATE) for one in channels),
        )
    )
    for back in range(20):
        a_lead(at=AT + timedelta(days=back))
        a_cost(amount=Decimal(9), from_on=LATE, to_on=LATE, channel="email")

    assert asked() == few


def test_screens_propose_sign_and_keep_what_was_typed(signed_in, admin, rep):
    client = signed_in(admin)
    url = f"{URL}edit/?on=2026-04-01"
    counts = {
        f"{name}-{what}": n
        for name in ("budget", "launches")
        for what, n in (("TOTAL_FORMS", 1), ("INITIAL_FORMS", 0))
    }
    typed = {"mqls": 60, "lead_to_mql": "25", "note": "Ours", "read": "", **counts}
    budget = {"budget-0-place": "channel:email", "budget-0-amount": "90"}
    assert "Write the plan" in client.get(f"{URL}?on=2026-04-01").content.decode()

    halfway = client.post(url, {**typed, "launches-0-what": "Guide"})
    client.post(url, {**typed, **budget})

    assert halfway.status_code == 422
    assert "A launch needs words and a day." in halfway.content.decode()
    assert "Guide" in halfway.content.decode()
    plan = Plan.objects.get()
    assert plan.said().assumptions == {"lead_to_mql": Decimal("0.25")}
    assert plan.said().budget == (Budget(channel="email", amount=Decimal("90.00")),)
    for side in ("marketing", "sales"):
        client.post(f"{URL}{plan.key}/sign/", {"side": side, "read": plan.digest()})
    page = client.get(f"{URL}?on=2026-04-01").content.decode()
    assert "Signed by both" in page
    assert f"{URL}{plan.key}/sign/" not in page
    reader = signed_in(rep)
    assert reader.get(f"{URL}?on=2026-04-01").status_code == 200
    for address in ("edit/", f"{plan.key}/sign/", f"{plan.key}/discard/"):
        assert reader.post(URL + address).status_code == 403


def test_api_tells_terms_and_what_was_measured(api_client, admin):
    plan = a_plan()
    client = api_client(admin)

    [listed] = client.get("/api/v1/plans/").json()["items"]
    whole = client.get(f"/api/v1/plans/{plan.key}/").json()

    assert listed["edition"] == 1
    assert whole["terms"]["mqls"] == 122
    assert [one["name"] for one in whole["assumptions"]] == [name.value for name in Assumed]
    assert whole["assumptions"][0]["is_off"] is False
