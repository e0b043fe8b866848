"""Slots, bands, times and gaps: no database."""

from decimal import Decimal

import pytest

from baton.insight.analytics.rules.last_year import (
    BANDS,
    BEFORE,
    SLOTS,
    Answered,
    Band,
    Gap,
    band_of,
    best_and_worst,
    best_band,
    gaps_of,
    in_bands,
    times_for,
)

MINUTE = 1 / 1440


def test_each_slot_is_in_one_band():
    slots = [slot for band in BANDS for slot in BANDS[band]]

    assert slots == [*SLOTS, "never"]
    assert band_of(BEFORE) is None


def a_band(group, *, leads=20, won=2, revenue=None):
    return Answered(group=group, leads=leads, won=won, revenue=revenue)


@pytest.mark.parametrize(
    ("bands", "best"),
    [
        ([a_band(Band.HOUR, won=5), a_band(Band.DAY, won=4)], Band.HOUR),
        ([a_band(Band.HOUR, won=4), a_band(Band.DAY, won=4)], Band.DAY),  # easier to keep
        ([a_band(Band.HOUR, leads=9, won=9), a_band(Band.DAY, won=1)], Band.DAY),  # too few
        ([a_band(Band.DAY, won=1), a_band(Band.NEVER, won=9)], Band.DAY),
        ([a_band(Band.HOUR, leads=60, won=6), a_band(Band.WEEK, leads=17, won=4)], Band.WEEK),
        (  # four late ones of seventeen do not outweigh all who were answered within that time
            [
                a_band(Band.HOUR, leads=60, won=6),
                a_band(Band.DAY, leads=60, won=3),
                a_band(Band.WEEK, leads=17, won=4),
            ],
            Band.HOUR,
        ),
        ([a_band(Band.HOUR, won=0)], None),
        ([], None),
    ],
)
def test_the_best_band_is_the_one_of_which_most_bought(bands, best):
    found = best_band(bands)
    assert (found and found.group) == best


@pytest.mark.parametrize(
    ("band", "times"),
    [
        (Band.HOUR, (30, 30)),
        (Band.DAY, (240, 241)),
        (Band.THREE_DAYS, (721, 722)),
        (Band.WEEK, (1202, 1203)),
        (Band.LATER, None),
        (None, None),
    ],
)
def test_both_clocks_together_are_what_the_band_allows(band, times):
    assert times_for(band, day_minutes=481) == times


def test_bands_add_up_their_slots_and_leave_out_who_was_turned_to_before():
    slots = [
        Answered(group="hours", leads=3, timed=2, won=1, revenue=Decimal(5)),
        Answered(group="day", leads=2, timed=2, lost=1),
        Answered(group="never", leads=4, untouched=4),
        Answered(group=BEFORE, leads=9),
    ]

    found = in_bands(slots)

    assert [(row.group, row.leads, row.timed, row.won, row.lost, row.revenue) for row in found] == [
        (Band.DAY, 5, 4, 1, 1, Decimal(5)),
        (Band.NEVER, 4, 0, 0, 0, None),
    ]


def test_best_and_worst_source_by_money_that_is_known():
    email = Answered(group="email", leads=10, won=1, revenue=Decimal(900))
    search = Answered(group="search", leads=10)
    unknown = Answered(group="social", leads=10, won=2)
    few = Answered(group="event", leads=9, won=1, revenue=Decimal(9000))

    assert best_and_worst([email, search, unknown, few]) == (email, search)
    assert best_and_worst([email, unknown]) == (email, None)
    assert best_and_worst([search, unknown]) == (None, None)


WHOLE = {"leads": 9, "untouched": 2, "timed": 7, "owned": 9, "sourced": 9, "deals": 3}


@pytest.mark.parametrize(
    ("over", "told", "gaps"),
    [
        ({}, {}, []),
        ({"untouched": 9, "timed": 0}, {}, [Gap.NO_ACTIVITIES]),
        ({}, {"is_hourly": False}, [Gap.DAYS_ONLY]),
        ({"owned": 0, "sourced": 0}, {}, [Gap.NO_OWNERS, Gap.NO_SOURCES]),
        ({"deals": 0}, {}, [Gap.NO_DEALS]),
        ({"won": 2}, {}, [Gap.NO_AMOUNTS]),
        ({"won": 2, "priced": 1}, {}, []),
        ({}, {"knows_costs": False}, [Gap.NO_COSTS]),
        ({}, {"knows_costs": None}, []),
        ({}, {"undated": 3}, [Gap.NO_DATES]),
        ({"leads": 0}, {"undated": 3}, [Gap.NO_DATES]),
        ({"leads": 0}, {}, []),
    ],
)
def test_what_cannot_be_told(over, told, gaps):
    usual = {"is_hourly": True, "undated": 0, "knows_costs": True}

    assert gaps_of(Answered(group="", **(WHOLE | over)), **(usual | told)) == gaps
