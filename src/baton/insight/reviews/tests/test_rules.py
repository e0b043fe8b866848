from datetime import date

import pytest

from baton.insight.reviews.rules import Turned, at_least, monday_of


def turned(rejected, answered, before=(10, 100)):
    return Turned(
        group="spring",
        bad=rejected,
        all=answered,
        bad_before=before[0],
        all_before=before[1],
    )


def test_week_begins_on_monday():
    assert monday_of(date(2026, 3, 8)) == date(2026, 3, 2)


def test_chance_of_an_urn():
    """Of four, two are marked: both are drawn in one of six draws of two."""
    assert at_least(2, drawn=2, marked=2, of=4) == pytest.approx(1 / 6)
    assert at_least(0, drawn=2, marked=2, of=4) == 1


@pytest.mark.parametrize(
    ("found", "is_worse"),
    [
        (turned(6, 10), True),
        (turned(2, 10), False),  # more than before, and luck does so often
        (turned(1, 20), False),
        (turned(6, 10, before=(0, 0)), False),  # nothing to compare with
        (turned(0, 0), False),
    ],
)
def test_campaign_is_worse_by_more_than_luck(found, is_worse):
    assert found.is_worse is is_worse
