import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.qualification.scoring.rules import (
    DAY,
    Figures,
    Part,
    add_points,
    bar_of,
    faded,
    figures,
    matches,
    next_move,
    shown,
    worth,
)
from baton.qualification.scoring.rules.falling import HORIZON, Curve, first_below, left

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
EVENTS = st.lists(
    st.tuples(st.integers(-40, 40), st.integers(0, 400 * 24)), min_size=1, max_size=12
)


def a_part(value, *, half_life_days=14, cap=None, as_of=MONDAY):
    return Part(value=value, as_of=as_of, half_life_days=half_life_days, cap=cap)


def folded(events):
    part = None
    for points, hours in events:
        at = MONDAY + timedelta(hours=hours)
        empty = part or a_part(0, as_of=at)
        part = add_points(empty, points=points, at=at)
    return part


@pytest.mark.parametrize(
    ("days", "half_life_days", "left"),
    [(0, 14, 40), (14, 14, 20), (28, 14, 10), (7, 14, 28.28), (500, None, 40), (-3, 14, 40)],
)
def test_points_halve_every_half_life(days, half_life_days, left):
    value = faded(40, days=days, half_life_days=half_life_days)

    assert value == pytest.approx(left, abs=0.01)


@given(points=st.integers(1, 100), half_life=st.integers(1, 400))
def test_two_half_lives_later_a_quarter_is_left(points, half_life):
    part = a_part(points, half_life_days=half_life)

    assert worth(part, at=MONDAY + 2 * half_life * DAY) == pytest.approx(points / 4)


@given(events=EVENTS, dice=st.randoms(use_true_random=False))
def test_order_of_events_does_not_matter(events, dice):
    mixed = list(events)
    dice.shuffle(mixed)

    one, other = folded(events), folded(mixed)

    assert one.as_of == other.as_of
    assert one.value == pytest.approx(other.value, abs=1e-9)


@given(events=EVENTS)
def test_folding_equals_fading_each_event_alone(events):
    now = MONDAY + timedelta(days=500)
    alone = [
        faded(points, days=(now - MONDAY - timedelta(hours=hours)) / DAY, half_life_days=14)
        for points, hours in events
    ]

    assert worth(folded(events), at=now) == pytest.approx(sum(alone), abs=1e-9)


@pytest.mark.parametrize(
    ("value", "cap", "counts"), [(60, 25, 25), (-60, 25, -25), (20, 25, 20), (60, None, 60)]
)
def test_cap_limits_what_counts_on_both_sides(value, cap, counts):
    assert worth(a_part(value, cap=cap), at=MONDAY) == counts


@pytest.mark.parametrize(
    ("value", "whole"), [(0.5, 1), (1.49, 1), (-0.5, 0), (-0.51, -1), (9e9, 30_000)]
)
def test_figures_are_rounded_half_up(value, whole):
    assert shown(value) == whole


def test_score_is_the_sum_of_the_shown_figures():
    found = figures(
        fit=[a_part(20, half_life_days=None), a_part(8, half_life_days=None)],
        engagement=[a_part(25), a_part(40, cap=15)],
        at=MONDAY + 14 * DAY,
    )

    assert found == Figures(fit=28, engagement=28)
    assert found.score == 56


def test_next_move_is_when_the_rounded_figure_falls():
    parts = [a_part(10)]

    moment = next_move(parts, at=MONDAY)

    assert moment is not None
    assert shown(worth(parts[0], at=moment)) == 9
    assert shown(worth(parts[0], at=moment - timedelta(minutes=2))) == 10


def test_next_move_waits_until_a_capped_part_has_faded_to_its_cap():
    moment = next_move([a_part(40, cap=20)], at=MONDAY)

    assert moment is not None
    assert moment > MONDAY + 14 * DAY


@pytest.mark.parametrize("parts", [[], [a_part(30, half_life_days=None)], [a_part(0.3)]])
def test_next_move_is_none_where_nothing_shown_will_fade(parts):
    assert next_move(parts, at=MONDAY) is None


@given(
    values=st.lists(st.tuples(st.floats(-60, 60), st.integers(1, 60)), min_size=1, max_size=5),
    step=st.floats(0, 1),
)
def test_next_move_is_never_too_late(values, step):
    parts = [a_part(value, half_life_days=days) for value, days in values]
    moment = next_move(parts, at=MONDAY)
    quiet = (moment - MONDAY if moment else timedelta(days=3000)) - timedelta(hours=1, minutes=1)
    at = MONDAY + max(timedelta(), quiet) * step

    before = shown(sum(worth(part, at=MONDAY) for part in parts))

    assert shown(sum(worth(part, at=at) for part in parts)) == before


@given(
    curves=st.lists(
        st.builds(
            Curve,
            value=st.floats(0.01, 500),
            age=st.floats(-20, 200),
            half_life=st.integers(1, 400),
            cap=st.just(math.inf) | st.integers(1, 80),
        ),
        min_size=1,
        max_size=5,
    ),
    share=st.floats(0.01, 0.999),
)
def test_first_below_is_what_halving_the_time_again_and_again_finds(curves, share):
    goal = left(curves, 0) * share
    before, until = 0.0, float(HORIZON)
    while until - before > 1 / 1440:
        middle = before + (until - before) / 2
        before, until = (before, middle) if left(curves, middle) < goal else (middle, until)

    found = first_below(curves, goal)

    assert found == (until if left(curves, HORIZON) < goal else None)


@pytest.mark.parametrize(
    ("match", "is_match"),
    [
        ({}, True),
        ({"form_code": "demo"}, True),
        ({"form_code": "Demo"}, True),
        ({"form_code": "guide"}, False),
        ({"pages": "pricing"}, True),
        ({"pages": "Jobs"}, False),
        ({"form_code": "demo", "pages": "Jobs"}, False),
        ({"unheard_of": "x"}, False),
        ({"minutes": "30"}, True),
        ({"minutes": 30}, True),
        ({"minutes": "3"}, False),
        ({"is_first": "true"}, True),
        ({"is_first": "false"}, False),
    ],
)
def test_match_looks_for_equal_values_and_members(match, is_match):
    payload = {"form_code": "demo", "pages": ["Home", "Pricing"], "minutes": 30, "is_first": True}

    assert matches(match, payload=payload) is is_match


@pytest.mark.parametrize(
    ("engagement", "fit", "threshold", "widths"),
    [
        (48, 38, 70, ("48.00", "38.00", "70.00")),
        (60, 65, 70, ("48.00", "52.00", "56.00")),
        (20, -40, 0, ("20.00", "0.00", "0.00")),
    ],
)
def test_bar_holds_both_figures_however_many_points(engagement, fit, threshold, widths):
    bar = bar_of(engagement=engagement, fit=fit, score=engagement + fit, threshold=threshold)

    assert (bar.engagement_width, bar.fit_width, bar.tick) == widths
