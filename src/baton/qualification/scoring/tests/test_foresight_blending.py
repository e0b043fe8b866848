"""Models that answer together, on markets of which the truth is known."""

import math
import random

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from baton.qualification.scoring.rules.foresight import learning
from baton.qualification.scoring.rules.foresight.blending import BOOSTING, learn_blend
from baton.qualification.scoring.rules.foresight.columns import Column, Kind
from baton.qualification.scoring.rules.foresight.encoding import encoder_of, learn_worth
from baton.qualification.scoring.rules.foresight.figures import area_under_curve


@pytest.fixture(autouse=True)
def one_thread():
    """Threads that wait for each other take minutes where a machine is busy."""
    with threadpool_limits(1):
        yield


def a_market(count, weigh, *, seed=4):
    """Three figures, and whether each row won; ``weigh`` makes the odds of them."""
    draw = random.Random(seed)
    rows = [[draw.gauss(0, 1) for _ in range(3)] for _ in range(count)]
    chances = [1 / (1 + math.exp(-weigh(*row))) for row in rows]
    columns = [
        Column(name, Kind.NUMBER, [row[at] for row in rows]) for at, name in enumerate("abc")
    ]
    return columns, chances, [draw.random() < chance for chance in chances]


def auc_of_later(columns, won, half):
    blend = learn_blend(columns, won, list(range(half)), by_time=False)
    said = blend.foretell(list(range(half, len(won))))
    return area_under_curve(said, won[half:]), blend


@pytest.mark.parametrize(
    ("weigh", "first"),
    [
        (lambda a, b, _c: 1.2 * a + 0.8 * b, learning.SUM),
        (lambda a, b, _c: 2.5 * (1 if a * b > 0 else -1), BOOSTING),
    ],
)
def test_whichever_model_fits_a_market_answers_and_comes_near_its_truth(weigh, first):
    columns, chances, won = a_market(1_200, weigh)

    auc, blend = auc_of_later(columns, won, 800)

    assert blend.said.startswith(first)
    assert auc > area_under_curve(chances[800:], won[800:]) - 0.025


def test_figures_are_a_line_too_where_groups_are_too_coarse_for_a_small_file():
    columns, chances, won = a_market(600, lambda a, b, c: a + b + c)
    encoder = encoder_of(columns, range(300))
    truth = np.array(won, dtype=float)

    def auc(taught, asked):
        model = learning.learn(learning.summing(0.3), taught, truth[:300])
        return area_under_curve(learning.chances(model, asked), won[300:])

    lines = auc(encoder.for_lines(), encoder.for_lines(range(300, 600)))
    groups = auc(encoder.for_sum(), encoder.for_sum(range(300, 600)))
    assert lines > groups
    assert lines > area_under_curve(chances[300:], won[300:]) - 0.02


def test_a_thousand_places_are_worth_what_came_of_them_and_no_row_knows_its_own_end():
    draw = random.Random(2)
    worth = {f"Place {n}": draw.gauss(0, 1.5) for n in range(300)}
    places = [draw.choice([*worth]) for _ in range(4_000)]
    won = np.array([draw.random() < 1 / (1 + math.exp(-worth[place])) for place in places])
    rows, alone = range(4_000), Column("key", Kind.CHOICE, [f"{n // 2}" for n in range(4_000)])

    told = learn_worth(Column("place", Kind.CHOICE, places), rows, won.astype(float))
    luck = learn_worth(alone, rows, won.astype(float))

    assert area_under_curve(told.own.tolist(), won.tolist()) > 0.72
    assert abs(area_under_curve(luck.own.tolist(), won.tolist()) - 0.5) < 0.05


def test_wide_choice_lifts_what_is_foreseen():
    draw = random.Random(6)
    worth = {f"Agent {n}": draw.gauss(0, 1.5) for n in range(120)}
    agents = [draw.choice([*worth]) for _ in range(2_400)]
    won = [draw.random() < 1 / (1 + math.exp(-worth[one])) for one in agents]
    truth = area_under_curve([worth[one] for one in agents[1_800:]], won[1_800:])

    auc, _blend = auc_of_later([Column("agent", Kind.CHOICE, agents)], won, 1_800)

    assert auc > truth - 0.05


def test_later_rows_tell_how_high_the_chances_are_now():
    columns, _chances, _won = a_market(2_400, lambda a, _b, _c: a)
    draw = random.Random(8)
    won = [draw.random() < (0.55 if at < 1_200 else 0.2) for at in range(2_400)]

    means = [
        np.mean(learn_blend(columns, won, list(range(2_400)), by_time=by_time).foretell(range(99)))
        for by_time in (False, True)
    ]

    assert means[0] > 0.33
    assert means[1] < 0.25


def test_model_that_is_kept_takes_the_strength_that_foretells_best():
    plain, _chances, won = a_market(1_500, lambda a, b, c: 2 * a + 2 * b + 2 * c)
    luck = [draw < 0.5 for draw in np.random.default_rng(1).random(1_500)]
    figures = encoder_of(plain, range(1_500)).for_sum()

    strengths = [
        learning.Summed().fit(figures, np.array(one, dtype=float)).strength for one in (won, luck)
    ]

    assert strengths == [max(learning.KEPT), min(learning.KEPT)]
