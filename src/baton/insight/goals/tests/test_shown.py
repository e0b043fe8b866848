"""Behind what is due by now, and yet likely to be reached: both are said, and do not contradict."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from baton.insight.goals.queries import Standing, standings_of
from baton.insight.goals.rules import Forecast, State
from baton.insight.goals.tests.factories import a_goal
from baton.insight.goals.views.shown import line_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def found(figure: str, state: State, chance: float) -> Standing:
    goal = a_goal(figure=figure, target=Decimal(1))
    [standing] = standings_of([goal], today=date(2026, 3, 13))
    figures = {"done": 40, "by_deals": 0, "by_rate": 60, "rate_days": 9}
    ahead = Forecast(**figures, value=100, low=90, high=120, chance=chance)
    return replace(standing, state=state, forecast=ahead)


@pytest.mark.parametrize(
    ("state", "chance", "said"),
    [
        (State.BEHIND, 0.7, ("Behind pace", "amber", True)),
        (State.BEHIND, 0.2, ("Behind pace", "red", False)),
        (State.CLOSE, 0.7, ("Just below pace", "amber", True)),
        (State.ON_PACE, 0.7, ("On pace", "green", False)),
    ],
)
def test_pace_and_chance_do_not_contradict(state, chance, said):
    line = line_of(found("leads", state, chance))

    assert (line.state, line.hue, line.is_likely) == said


def test_a_rate_has_no_pace():
    assert line_of(found("win_rate", State.BEHIND, 0.2)).state == "Behind"
