from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.marketing.campaigns.rules import State, days_in, portion, state_of

MARCH_1, MARCH_31 = date(2026, 3, 1), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "on", "expected"),
    [
        (MARCH_1, MARCH_31, date(2026, 2, 28), State.PLANNED),
        (MARCH_1, MARCH_31, MARCH_1, State.RUNNING),
        (MARCH_1, MARCH_31, MARCH_31, State.RUNNING),
        (MARCH_1, MARCH_31, date(2026, 4, 1), State.OVER),
        (MARCH_1, None, date(2030, 1, 1), State.RUNNING),
        (None, MARCH_31, MARCH_1, State.RUNNING),
        (None, None, MARCH_1, State.RUNNING),
    ],
)
def test_state_of_a_campaign(starts_on, ends_on, on, expected):
    assert state_of(starts_on=starts_on, ends_on=ends_on, on=on) is expected


@pytest.mark.parametrize(
    ("window_from", "window_to", "expected"),
    [
        (MARCH_1, MARCH_31, "3100.00"),
        (MARCH_1, MARCH_1, "100.00"),
        (date(2026, 2, 1), date(2026, 3, 10), "1000.00"),
        (date(2026, 3, 22), date(2026, 12, 31), "1000.00"),
        (date(2026, 4, 1), date(2026, 4, 30), "0.00"),
        (date(2026, 1, 1), date(2026, 2, 28), "0.00"),
    ],
)
def test_portion_of_a_month(window_from, window_to, expected):
    part = portion(
        Decimal(3100),
        from_on=MARCH_1,
        to_on=MARCH_31,
        window_from=window_from,
        window_to=window_to,
    )

    assert part == Decimal(expected)


@given(
    cents=st.integers(min_value=0, max_value=10**12),
    length=st.integers(min_value=0, max_value=800),
    cuts=st.lists(st.integers(min_value=0, max_value=800), max_size=6),
)
def test_portions_end_to_end_add_up_to_the_amount(cents, length, cuts):
    amount = Decimal(cents) / 100
    from_on, to_on = MARCH_1, MARCH_1 + timedelta(days=length)
    edges = sorted({0, length + 1, *(cut for cut in cuts if cut <= length)})

    parts = [
        portion(
            amount,
            from_on=from_on,
            to_on=to_on,
            window_from=MARCH_1 + timedelta(days=start),
            window_to=MARCH_1 + timedelta(days=end - 1),
        )
        for start, end in pairwise(edges)
    ]

    assert sum(parts, Decimal(0)) == amount


def test_days_count_both_ends():
    assert days_in(MARCH_1, MARCH_31) == 31
    assert days_in(MARCH_31, MARCH_1) == 0
