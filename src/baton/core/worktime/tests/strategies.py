"""Weeks and moments around the days on which clocks change."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from baton.core.worktime.tests.oracle import DAYS, Week

# Zone and a local day within two days of which something happens to the clock.
CHANGES = [
    ("Europe/Berlin", (2024, 3, 31)),
    ("Europe/Berlin", (2024, 10, 27)),
    ("America/New_York", (2024, 3, 10)),
    ("America/New_York", (2024, 11, 3)),
    ("Australia/Lord_Howe", (2024, 4, 7)),  # half an hour only
    ("Australia/Lord_Howe", (2024, 10, 6)),
    ("Asia/Kolkata", (2024, 2, 29)),  # half-hour zone, leap day
    ("Asia/Kathmandu", (2024, 12, 31)),  # quarter-hour zone, year end
    ("America/Havana", (2024, 3, 10)),  # midnight does not happen
    ("America/Havana", (2024, 11, 3)),
    ("Asia/Beirut", (2022, 3, 27)),
    ("Asia/Beirut", (2022, 10, 30)),  # midnight sets the date back to yesterday
    ("America/St_Johns", (2010, 11, 7)),  # the same, a minute past midnight
    ("Pacific/Apia", (2011, 12, 30)),  # a day that did not happen
    ("Africa/Casablanca", (2024, 3, 10)),  # set back in spring
    ("Europe/Berlin", (2024, 12, 31)),
]
MINUTES_OF_DAY = 24 * 60


# Made once: what is made within a draw is examined anew at each.
_CHANGE, _OFFSET = st.sampled_from(CHANGES), st.integers(-2160, 2160)
_CUTS = st.sets(st.integers(0, MINUTES_OF_DAY), max_size=6)


@st.composite
def moments(draw: st.DrawFn) -> tuple[str, datetime]:
    """A zone, and a whole minute within a day and a half of its change."""
    zone, day = draw(_CHANGE)
    noon = datetime(*day, 12, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return zone, noon + timedelta(minutes=draw(_OFFSET))


@st.composite
def day_spans(draw: st.DrawFn) -> list[list[str]]:
    cuts = sorted(draw(_CUTS))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [[clock(opens), clock(closes)] for opens, closes in pairs]


def clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@cache
def weeks() -> st.SearchStrategy[Week]:
    return st.fixed_dictionaries({day: day_spans() for day in DAYS})
