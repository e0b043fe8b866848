from datetime import date

import pytest

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


@pytest.mark.parametrize("place", ["XX", "DE-XX", "Germany?", "-BY"])
def test_place_without_known_holidays_is_refused(place):
    with pytest.raises(UnknownCountry, match="Write it like DE or DE-BY"):
        public_holidays(place)


def test_places_are_called_by_their_names():
    names = dict(holiday_places())

    assert (names["US"], names["DE-BY"]) == ("United States", "Germany, Bayern")
    assert all(place in {"", *names} for place in ("AT", "GB-SCT", "CH-ZH"))
