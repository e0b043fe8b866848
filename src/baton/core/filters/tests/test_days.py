from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from baton.core import filters

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2024, 4, 1, 10, tzinfo=UTC)  # noon of 1 April in Berlin


def is_met(op, value, *, happened, at=NOON, zone=BERLIN):
    tree = {"field": "job.due_at", "op": op, "value": value}
    chosen = filters.parse(tree, object_type="job")
    return filters.Matching({"due_at": happened}, at=at, zone=zone).fits(chosen)


@pytest.mark.parametrize(
    ("op", "value", "first", "latest"),
    [
        ("on", "2024-04-01", 0, 0),
        ("between", ["2024-03-30", "2024-04-02"], -2, 1),
        ("before", "2024-04-01", None, -1),
        ("after", "2024-04-01", 1, None),
        ("in_last_days", 1, -1, 0),
        ("in_last_days", 7, -7, 0),
        ("in_next_days", 7, 0, 7),
        ("more_than_days_ago", 7, None, -8),
    ],
)
def test_conditions_on_dates_mean_whole_days(op, value, first, latest):
    """Given as distance from today, both ends included; None = without end."""
    expected = [
        (first is None or first <= distance) and (latest is None or distance <= latest)
        for distance in range(-20, 21)
    ]

    met = [
        is_met(op, value, happened=date(2024, 4, 1) + timedelta(days=distance))
        for distance in range(-20, 21)
    ]

    assert met == expected


@pytest.mark.parametrize(
    ("happened", "is_on_31_march"),
    [
        ("2024-03-30T22:59:59.999999Z", False),
        ("2024-03-30T23:00:00Z", True),  # midnight in Berlin, still winter
        ("2024-03-31T21:59:59.999999Z", True),
        ("2024-03-31T22:00:00Z", False),  # midnight in Berlin, now summer: a day of 23 hours
    ],
)
def test_moments_belong_to_the_days_of_the_zone(happened, is_on_31_march):
    met = is_met("on", "2024-03-31", happened=datetime.fromisoformat(happened))

    assert met is is_on_31_march


@pytest.mark.parametrize(("zone", "is_today"), [("Asia/Tokyo", False), ("America/New_York", True)])
def test_today_is_the_day_of_the_zone(zone, is_today):
    late_evening_utc = datetime(2024, 4, 1, 20, tzinfo=UTC)

    met = is_met("on", "2024-04-01", happened=late_evening_utc, zone=ZoneInfo(zone))
    is_recent = is_met(
        "in_last_days", 1, happened=date(2024, 3, 31), at=late_evening_utc, zone=ZoneInfo(zone)
    )

    assert met is is_today
    assert is_recent is is_today  # in Tokyo it is 2 April already


def test_the_last_days_and_longer_ago_share_no_day_and_leave_none_out():
    for distance in range(-20, 1):
        day = date(2024, 4, 1) + timedelta(days=distance)

        answers = [is_met(op, 7, happened=day) for op in ("in_last_days", "more_than_days_ago")]

        assert answers.count(True) == 1
