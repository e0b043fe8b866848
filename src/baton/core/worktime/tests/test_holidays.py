from datetime import date
from threading import Event, Thread

import pytest
from holidays import country_holidays

from baton.core.worktime.rules import UnknownCountry, holiday_places, public_holidays


@pytest.mark.parametrize(
    ("place", "day", "is_off"),
    [
        ("DE", date(2026, 12, 25), True),
        ("DE", date(2026, 1, 6), False),
        ("DE-BY", date(2026, 1, 6), True),  # Epiphany, in Bavaria and not in Berlin
        ("DE-BE", date(2026, 1, 6), False),
        ("US", date(2026, 11, 26), True),  # the fourth Thursday of November
        ("US", date(2026, 11, 19), False),
        ("FR", date(2031, 4, 14), True),  # Easter Monday, years ahead
        ("", date(2026, 12, 25), False),
    ],
)
def test_days_on_which_nobody_works(place, day, is_off):
    assert (day in public_holidays(place)) is is_off


@pytest.mark.parametrize("place", ["XX", "DE-XX", "Germany?", "-BY", "DE-", "Germany", "registry"])
def test_place_without_known_holidays_is_refused(place):
    with pytest.raises(UnknownCountry, match="Write it like DE or DE-BY"):
        public_holidays(place)


def test_places_are_called_by_their_names():
    names = dict(holiday_places())

    assert (names["US"], names["DE-BY"]) == ("United States", "Germany, Bayern")
    assert all(place in {"", *names} for place in ("AT", "GB-SCT", "CH-ZH"))


def test_thread_that_asks_while_another_fills_the_year_in_finds_it(monkeypatch):
    """The worker's threads share a calendar: an empty one let a clock run over Christmas."""
    germany = type(country_holidays("DE"))
    asked, may_go_on, populate = Event(), Event(), germany._populate

    def slowly(calendar, year):
        asked.set()
        may_go_on.wait(5)
        populate(calendar, year)

    christmas, days = date(2093, 12, 25), public_holidays("DE")  # a year that nobody asked for yet
    monkeypatch.setattr(germany, "_populate", slowly)
    first = Thread(target=lambda: christmas in days)
    first.start()
    assert asked.wait(5)
    monkeypatch.setattr(germany, "_populate", populate)
    is_off = christmas in days
    may_go_on.set()
    first.join()

    assert is_off
