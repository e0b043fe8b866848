from datetime import date

import pytest

from baton.core.worktime.rules import DEFAULT_WEEK, BusinessHours
from baton.sales.customers.rules import (
    Level,
    Reason,
    Sign,
    Signs,
    days_late,
    due_on,
    health_of,
    read_reasons,
)

FRIDAY = date(2026, 3, 6)
HOURS = BusinessHours(weekly=DEFAULT_WEEK, zone="Europe/Berlin")


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (0, FRIDAY),
        (1, date(2026, 3, 9)),
        (5, date(2026, 3, 13)),
        (6, date(2026, 3, 16)),
    ],
)
def test_step_is_due_so_many_working_days_later(days, due):
    assert due_on(FRIDAY, days=days, hours=HOURS) == due


def test_day_itself_is_not_late():
    assert [days_late(FRIDAY, today=day) for day in (FRIDAY, date(2026, 3, 9))] == [0, 3]


@pytest.mark.parametrize(
    ("signs", "level", "said"),
    [
        (Signs(), Level.GREEN, ""),
        (Signs(quiet_days=45), Level.GREEN, ""),
        (Signs(quiet_days=46), Level.AMBER, "quiet:amber:46"),
        (Signs(quiet_days=91), Level.RED, "quiet:red:91"),
        (Signs(late_steps=2, latest_days=14), Level.AMBER, "steps:amber:2"),
        (Signs(late_steps=1, latest_days=15), Level.RED, "steps:red:1"),
        (Signs(issue_days=0), Level.AMBER, "issue:amber:0"),
        (Signs(issue_days=8), Level.RED, "issue:red:8"),
        (Signs(is_handover_late=True), Level.AMBER, "handover:amber:0"),
        (
            Signs(is_handover_late=True, issue_days=9, quiet_days=50),
            Level.RED,
            "issue:red:9 handover:amber:0 quiet:amber:50",
        ),
    ],
)
def test_health_is_the_worst_of_its_reasons(signs, level, said):
    found = health_of(signs, quiet_after=45)

    assert (found.level, found.written()) == (level, said)
    assert tuple(read_reasons(said)) == found.reasons


def test_signs_of_another_version_are_left_out():
    assert read_reasons("weather:red:1 issue:amber:2") == [Reason(Sign.ISSUE, Level.AMBER, 2)]
