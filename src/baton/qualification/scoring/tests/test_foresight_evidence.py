"""What makes a column a leak, and what a column is that is only strong."""

import math
import random
from datetime import UTC, datetime, timedelta

import pytest
from threadpoolctl import threadpool_limits

from baton.qualification.scoring.rules.foresight.columns import Column, Kind
from baton.qualification.scoring.rules.foresight.evidence import NAMED, SAYS_LATER, reason_by_name
from baton.qualification.scoring.rules.foresight.leaking import find_leaks
from baton.qualification.scoring.rules.foresight.spans import spans_of

ROWS = 600
DRAW = random.Random(11)
WEAK = [DRAW.gauss(0, 1) for _ in range(ROWS)]
STRONG = [DRAW.gauss(0, 1) for _ in range(ROWS)]
WON = [
    DRAW.random() < 1 / (1 + math.exp(1 - 0.8 * weak - 3 * strong))
    for weak, strong in zip(WEAK, STRONG, strict=True)
]
NOISE = [DRAW.choice("abc") for _ in range(ROWS)]


@pytest.fixture(autouse=True)
def one_thread():
    """Threads that wait for each other take minutes where a machine is busy."""
    with threadpool_limits(1):
        yield


def a_number(name, values):
    return Column(name, Kind.NUMBER, [float(one) for one in values])


def leaks_of(*columns, **asked):
    beside = [a_number("age", WEAK), Column("group", Kind.CHOICE, NOISE)]
    found = find_leaks([*beside, *columns], WON, time=None, kept=frozenset(), **asked)
    return [leak.column for leak in found.leaks], found.carried and found.carried.column


@pytest.mark.parametrize(
    ("name", "outcome", "reason"),
    [
        ("Predicted_Probability", "Response", SAYS_LATER),
        ("Probability (%)", "Won", SAYS_LATER),
        ("CLTV", "Churn Label", SAYS_LATER),
        ("reservation_status_date", "is_canceled", SAYS_LATER),
        ("Churn Score", "Churn Label", SAYS_LATER),
        ("Survey after purchase", "Purchase", NAMED),
        ("PreviousPurchases", "Purchased", None),
        ("Marital Status", "Status", None),
        ("Previous purchase", "Purchase", None),
        ("Visits", "Won", None),
    ],
)
def test_name_counts_together_with_what_the_column_tells(name, outcome, reason):
    column = Column(name, Kind.NUMBER, [])

    assert (reason_by_name(column, 0.7, outcome), reason_by_name(column, 0.52, outcome)) == (
        reason,
        None,
    )


def test_strong_honest_number_is_told_and_stays():
    assert leaks_of(a_number("demo requests", STRONG)) == ([], "demo requests")


def test_same_number_is_a_leak_where_it_is_the_length_of_a_talk():
    assert leaks_of(a_number("talk seconds", STRONG)) == (["talk seconds"], None)


def test_nearly_perfect_number_is_a_leak_only_where_one_of_its_values_makes_sure():
    near = [4 * won + DRAW.gauss(0, 1.35) for won in WON]
    spiked = [
        value if won or DRAW.random() < 0.1 else 0.0 for value, won in zip(near, WON, strict=True)
    ]

    assert leaks_of(a_number("fit", near))[0] == []
    assert leaks_of(a_number("worth", spiked))[0] == ["worth"]


def test_amount_that_is_mostly_zero_is_a_leak_where_only_the_won_have_one():
    paid = [DRAW.uniform(9, 99) if won and DRAW.random() < 0.3 else 0 for won in WON]
    asked = [DRAW.uniform(9, 99) if DRAW.random() < 0.2 + 0.2 * won else 0 for won in WON]

    assert leaks_of(a_number("refund", paid), a_number("offer", asked))[0] == ["refund"]


@pytest.mark.parametrize(
    ("name", "if_won", "if_lost", "leaks"),
    [
        ("survey", 0.9, 0.3, ["survey"]),
        ("survey", 0.2, 0.8, ["survey"]),
        ("survey", 0.7, 0.5, []),
        ("days since the previous order", 0.9, 0.3, []),
    ],
)
def test_cells_that_are_empty_because_of_the_outcome_are_a_leak(name, if_won, if_lost, leaks):
    draw = random.Random(5)
    said = [draw.random() < (if_won if won else if_lost) for won in WON]
    survey = Column(name, Kind.NUMBER, [draw.gauss(5, 2) if is_said else None for is_said in said])

    assert leaks_of(survey, a_number("need", STRONG))[0] == leaks


def test_column_that_is_seldom_filled_stays_where_it_also_says_something():
    draw = random.Random(5)
    said = [draw.random() < (0.9 if won else 0.4) for won in WON]
    figures = [
        draw.gauss(6 if won else 5, 1) if is_said else None
        for won, is_said in zip(WON, said, strict=True)
    ]

    assert leaks_of(Column("size", Kind.NUMBER, figures), a_number("need", STRONG))[0] == []


def test_rank_of_a_foretold_chance_goes_with_it():
    ranks = {at: rank for rank, at in enumerate(sorted(range(ROWS), key=STRONG.__getitem__))}
    columns = a_number("predicted", STRONG), a_number("place", [ranks[at] for at in range(ROWS)])

    assert leaks_of(*columns)[0] == ["predicted", "place"]


def test_end_of_a_call_is_a_leak_though_neither_end_nor_start_tells_anything():
    starts = [datetime(1970, 1, 1, 9, tzinfo=UTC) + timedelta(minutes=7 * n % 400) for n in WON]
    starts = [one + timedelta(minutes=DRAW.random() * 400) for one in starts]
    ends = [
        start + timedelta(minutes=max(0.1, 9 + 4 * strong))
        for start, strong in zip(starts, STRONG, strict=True)
    ]
    columns = Column("Call start", Kind.DATE, starts), Column("Call end", Kind.DATE, ends)

    assert leaks_of(*columns)[0] == ["Call end"]


def test_days_since_a_visit_are_told_and_days_until_a_change_are_a_leak():
    made = datetime(2026, 1, 1, tzinfo=UTC)
    made_at = [made + timedelta(days=DRAW.randrange(500)) for _ in WON]
    before = [
        at - timedelta(days=50 - 9 * strong) for at, strong in zip(made_at, STRONG, strict=True)
    ]
    after = [
        at + timedelta(days=50 - 9 * strong) for at, strong in zip(made_at, STRONG, strict=True)
    ]
    created = Column("created", Kind.DATE, made_at)

    assert leaks_of(created, Column("visit", Kind.DATE, before)) == ([], "visit → created")
    assert leaks_of(created, Column("updated", Kind.DATE, after))[0] == ["updated"]


def test_span_goes_from_the_earlier_to_the_later_and_times_of_day_have_none_with_days():
    day, clock = datetime(2026, 3, 1, tzinfo=UTC), datetime(1970, 1, 1, 10, tzinfo=UTC)
    columns = [
        Column("closed", Kind.DATE, [day + timedelta(days=n) for n in (3, 9, 4)]),
        Column("made", Kind.DATE, [day, day, None]),
        Column("at", Kind.DATE, [clock, clock + timedelta(hours=1), clock]),
    ]

    found = spans_of(columns)

    assert [(one.name, list(one.values)) for one in found] == [("made → closed", [3.0, 9.0, None])]
