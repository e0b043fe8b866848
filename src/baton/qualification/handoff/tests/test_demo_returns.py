"""Who comes back in the demo's year: whoever looks at the prices while they rest."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from baton.marketing.capture.events import VisitMade
from baton.qualification.handoff.demo.returns import VISIT_ENDS, come_back
from baton.qualification.handoff.rules import After

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
PRICES = "What it costs"


def a_visit(*, days: float, page: str = PRICES) -> Any:
    return VisitMade(
        happened_at=AT + days * DAY, person_id=1, visit_id=1, channel="direct", pages=[page]
    )


def a_plan(**over: Any) -> Any:
    terms = SimpleNamespace(rest=lambda _reason: 30 * DAY)
    said = {
        "person": SimpleNamespace(pk=1),
        "verdict": "no_budget",
        "after": After.LEAD,
        "ended_at": AT,
        "agreement": SimpleNamespace(terms=lambda: terms),
        "back_at": None,
    }
    return SimpleNamespace(**(said | over))


def back(plan: Any, *visits: Any) -> list[Any]:
    calendar = SimpleNamespace(latest=lambda: AT + 100 * DAY)
    pages = {"pricing": SimpleNamespace(title=PRICES)}
    bite: Any = SimpleNamespace(year=SimpleNamespace(cast={"pages": pages}, calendar=calendar))
    past = SimpleNamespace(explain=lambda _person, _at: None)
    log: Any = SimpleNamespace(touches={1: visits}, past=past)
    return [(met.at, place) for met, place in come_back(bite, [plan], log=log)]


@pytest.mark.parametrize(
    ("visits", "days"),
    [
        ([a_visit(days=5), a_visit(days=9)], 5),
        ([a_visit(days=-3), a_visit(days=0.2)], None),
        ([a_visit(days=5, page="Welcome")], None),
        ([a_visit(days=31)], None),
    ],
)
def test_first_look_at_the_prices_while_they_rest_brings_them_back(visits, days):
    plan = a_plan()
    expected = [] if days is None else [(AT + days * DAY + VISIT_ENDS, 0)]

    assert back(plan, *visits) == expected
    assert plan.back_at == (expected[0][0] if expected else None)


@pytest.mark.parametrize("over", [{"verdict": "no_need"}, {"after": None}, {"ended_at": None}])
def test_who_rests_for_another_reason_does_not_come_back_by_it(over):
    assert back(a_plan(**over), a_visit(days=5)) == []
