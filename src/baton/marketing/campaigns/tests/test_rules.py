from datetime import date

import pytest

from baton.marketing.campaigns.rules import State, state_of

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
