from datetime import UTC, datetime, timedelta
from math import isclose

import pytest

from baton.sales.customers.rules import Mood, State, SurveyKind, csat_of, mood_of, nps_of, state_of

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "score", "mood"),
    [
        ("nps", 0, Mood.BAD),
        ("nps", 6, Mood.BAD),
        ("nps", 7, Mood.MIDDLE),
        ("nps", 8, Mood.MIDDLE),
        ("nps", 9, Mood.GOOD),
        ("nps", 10, Mood.GOOD),
        ("csat", 1, Mood.BAD),
        ("csat", 2, Mood.BAD),
        ("csat", 3, Mood.MIDDLE),
        ("csat", 4, Mood.GOOD),
        ("csat", 5, Mood.GOOD),
    ],
)
def test_scores_count_as_promoters_passives_detractors(kind, score, mood):
    assert mood_of(SurveyKind(kind), score) is mood


def test_nps_is_promoters_less_detractors_with_its_range():
    # 6 promoters, 2 passives, 2 detractors: 6.75/13 and 2.75/13 by the adjusted Wald interval.
    found = nps_of([9, 9, 10, 10, 9, 10, 7, 8, 3, 6])

    assert found
    assert (found.value, found.count) == (0.4, 10)
    assert isclose(
        found.low, 4 / 13 - 1.28155 * (9.5 / 13 - (4 / 13) ** 2) ** 0.5 / 13**0.5, abs_tol=1e-4
    )
    assert isclose(found.high, 0.5909, abs_tol=1e-3)


def test_nps_of_one_mind_is_not_certain():
    found = nps_of([10, 10, 10])

    assert found
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low < 0.5


def test_figures_of_nobody_are_unknown():
    assert nps_of([]) is None
    assert csat_of([]) is None


def test_csat_is_the_share_of_four_and_five():
    found = csat_of([5, 4, 3, 1])

    assert found
    assert (found.value, found.count) == (0.5, 4)
    assert isclose(found.low, 0.2309, abs_tol=1e-3)  # Wilson, 80 %
    assert isclose(found.high, 0.7691, abs_tol=1e-3)


@pytest.mark.parametrize(
    ("asked", "answered", "is_gone", "state"),
    [
        (0, None, False, State.OPEN),
        (59, None, False, State.OPEN),
        (60, None, False, State.EXPIRED),
        (100, 6, False, State.ANSWERED),
        (100, 7, False, State.CLOSED),
        (0, None, True, State.GONE),
    ],
)
def test_link_is_good_for_60_days_and_an_answer_may_change_for_7(asked, answered, is_gone, state):
    found = state_of(
        asked_at=AT - asked * DAY,
        answered_at=None if answered is None else AT - answered * DAY,
        is_gone=is_gone,
        at=AT,
    )

    assert found is state
