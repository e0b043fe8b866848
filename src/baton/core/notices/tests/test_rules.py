from datetime import UTC, datetime

import pytest

from baton.core.access.roles import Role
from baton.core.notices.rules import (
    INBOX_ONLY,
    MAILED,
    USUAL,
    Way,
    heard_at,
    next_digest,
    read_ways,
    usual_ways,
    works_on,
    write_ways,
)
from baton.core.worktime.rules import DEFAULT_WEEK, BusinessHours, WeeklyHours

BERLIN = BusinessHours(weekly=DEFAULT_WEEK, zone="Europe/Berlin")


def utc(year, month, day, hour=0, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("role", "ways", "rings", "usual"),
    [
        (Role.REP, MAILED, False, MAILED),
        (Role.ADMIN, MAILED, False, MAILED),
        (Role.VIEWER, MAILED, True, INBOX_ONLY),
        (Role.SALES_MANAGER, MAILED, False, USUAL),
        (Role.SALES_MANAGER, MAILED, True, MAILED),
        (Role.OWNER, INBOX_ONLY, False, INBOX_ONLY),
    ],
)
def test_usual_ways_follow_the_role(role, ways, rings, usual):
    assert usual_ways(ways, role=role, rings=rings) == usual


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (utc(2026, 3, 2, 5), utc(2026, 3, 2, 7)),  # Monday, before eight in Berlin
        (utc(2026, 3, 2, 7), utc(2026, 3, 3, 7)),  # at eight: tomorrow
        (utc(2026, 3, 6, 12), utc(2026, 3, 9, 7)),  # Friday: Monday
        (utc(2026, 3, 27, 12), utc(2026, 3, 30, 6)),  # over the change to summer time
    ],
)
def test_digest_comes_on_the_next_day_of_work_at_that_hour_of_the_wall(at, due):
    assert next_digest(at, minute=8 * 60, hours=BERLIN) == due


def test_digest_comes_once_on_days_that_lack_its_hour():
    week = WeeklyHours.parse({day: [["01:00", "20:00"]] for day in ("sun", "mon")})
    hours = BusinessHours(weekly=week, zone="Europe/Berlin")

    first = next_digest(utc(2026, 3, 28, 12), minute=150, hours=hours)  # 02:30 is left out

    assert first == utc(2026, 3, 29, 1, 30)
    assert next_digest(first, minute=150, hours=hours) == utc(2026, 3, 30, 0, 30)


def test_who_never_works_hears_of_it_a_day_later():
    away = ((utc(2026, 1, 1), utc(2029, 1, 1)),)
    hours = BusinessHours(weekly=DEFAULT_WEEK, zone="UTC", leave=away)

    assert next_digest(utc(2026, 3, 2), minute=480, hours=hours) == utc(2026, 3, 3)
    assert not works_on(utc(2026, 3, 2, 9), hours=hours)


@pytest.mark.parametrize(
    ("at", "heard"),
    [
        (utc(2026, 3, 2, 9), utc(2026, 3, 2, 9)),
        (utc(2026, 3, 2, 22), utc(2026, 3, 3, 8)),
        (utc(2026, 3, 7, 9), utc(2026, 3, 9, 8)),
    ],
)
def test_quiet_hours_end_when_work_begins(at, heard):
    assert heard_at(at, hours=BERLIN) == heard


def test_ways_are_kept_in_the_order_of_the_columns_and_unknown_ones_left_out():
    assert write_ways(read_ways(["digest", "telegraph", "inbox"])) == ["inbox", "digest"]
    assert read_ways(["mail"]) == {Way.MAIL}
