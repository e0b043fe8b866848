"""What a plan assumes is held against what was measured since."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from baton.core.fields.actions import limit_field
from baton.core.limits import read_by
from baton.insight.analytics.tests.factories import a_deal, a_lead
from baton.insight.goals.rules import Span
from baton.insight.plans.queries import checks_of, quarter_of
from baton.insight.plans.rules import Assumed
from baton.insight.plans.tests.factories import AT, a_plan, both, terms
from baton.insight.reviews.queries import agenda_of, week_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
QUARTER = quarter_of(date(2026, 4, 1))
LATE = date(2026, 6, 1)


def off_lines(user):
    at = datetime(2026, 5, 29, 9, tzinfo=UTC)
    sections = agenda_of(week_of(date(2026, 5, 27)), user=user, at=at, today=at.date())
    titled = {section.title: section.lines for section in sections}
    return titled["What the plan assumes, and is otherwise"]


def checked(name, value, *, today=LATE):
    found = checks_of({name: Decimal(value)}, quarter=QUARTER, today=today)
    return next(one for one in found if one.name == name)


def test_share_is_checked_by_those_who_had_the_time_to_go_on():
    for _ in range(20):
        a_lead(at=datetime(2026, 4, 6, 9, tzinfo=UTC))
        a_lead(at=datetime(2026, 5, 20, 9, tzinfo=UTC))  # too late to tell
    for _ in range(5):
        a_lead(at=datetime(2026, 3, 20, 9, tzinfo=UTC), steps={"mql": 10})

    found = checked(Assumed.LEAD_TO_MQL, "0.9")

    assert found.now is not None
    assert (found.now.of, found.now.value) == (25, Decimal("0.2"))
    assert found.is_off
    assert found.days == Span(date(2026, 3, 4), date(2026, 5, 3))
    assert not checked(Assumed.LEAD_TO_MQL, "0.25").is_off
    assert checked(Assumed.LEAD_TO_MQL, "0.9", today=date(2026, 4, 1)).now is None


def test_average_deal_is_checked_by_what_was_won():
    for number in range(12):
        closed = datetime(2026, 4, 6, 9, tzinfo=UTC)
        a_deal(None, state="won", amount=1000 + number, closed_at=closed)

    assert checked(Assumed.AVERAGE_DEAL, 2000).is_off
    assert not checked(Assumed.AVERAGE_DEAL, 1005).is_off


def test_average_deal_is_measured_for_nobody_from_whom_amounts_are_hidden(admin, marketer):
    for number in range(12):
        closed = datetime(2026, 4, 6, 9, tzinfo=UTC)
        a_deal(None, state="won", amount=1000 + number, closed_at=closed)
    both(a_plan(terms=terms(assumptions={"average_deal": Decimal(2000)})))
    [line] = off_lines(marketer)
    limit_field(
        object_type="deal", name="amount", values={"hidden_for": [marketer.role]}, by=admin, at=AT
    )

    with read_by(marketer.limits):
        found = checked(Assumed.AVERAGE_DEAL, 2000)
        assert (found.value, found.usual, found.now, found.is_off) == (2000, None, None, False)
        assert off_lines(marketer) == []
    assert line.tells == "amount"  # also of an agenda that is kept


def test_review_says_what_is_off_and_only_of_a_plan_in_force(admin):
    for _ in range(20):
        a_lead(at=datetime(2026, 4, 6, 9, tzinfo=UTC))
    plan = a_plan()

    before = off_lines(admin)
    both(plan)
    [line] = off_lines(admin)

    assert before == []
    assert line.value.replace("\xa0", " ").startswith("50.0 % assumed, 0.0 % of 20, likely 0.0 %")
    assert line.url == plan.get_absolute_url()
