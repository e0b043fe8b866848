"""Public holidays by country (ISO 3166-1) and, where they differ, its part (ISO 3166-2)."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

import holidays
from holidays import country_holidays, list_supported_countries
from holidays.registry import COUNTRIES

from baton.core.errors import RuleViolation, gettext_noop


class UnknownCountry(RuleViolation, ValueError):
    """No country or part of one whose holidays are known."""


@dataclass(frozen=True)
class PublicHolidays:
    """The days on which nobody works there; a year is worked out when it is first asked for.

    The library's own calendar counts a year as known before it has filled it in: of two threads
    that share one the second would find no holidays there.
    """

    place: str

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in _days_of(self.place, day.year)


def public_holidays(place: str) -> Container[date]:
    """Those of ``place``, like DE or DE-BY; "" has none. Raises UnknownCountry."""
    if not place:
        return frozenset()
    country, dash, part = place.partition("-")
    known = list_supported_countries(include_aliases=False)
    if country not in known or (dash and part not in known[country]):
        words = gettext_noop(
            "The holidays of “%(place)s” are not known. Write it like DE or DE-BY."
        )
        raise UnknownCountry(words, place=place[:20])
    return PublicHolidays(place)


@lru_cache(maxsize=4096)
def _days_of(place: str, year: int) -> frozenset[date]:
    country, _dash, part = place.partition("-")
    return frozenset(country_holidays(country, subdiv=part or None, years=year))


@cache
def holiday_places() -> tuple[tuple[str, str], ...]:
    """(place, its English name) of all whose holidays are known, parts behind their country."""
    return tuple(sorted(_places(), key=lambda place: (place[1], place[0])))


def _places() -> Iterator[tuple[str, str]]:
    parts = list_supported_countries(include_aliases=False)
    for kind, country, *_longer in COUNTRIES.values():
        name = _spaced(kind)
        yield country, name
        # Of the class: to make a calendar for each country takes as long as to import them all.
        aliases = getattr(getattr(holidays, country), "subdivisions_aliases", {})
        known = {code: alias for alias, code in reversed(aliases.items())}
        for part in parts.get(country, ()):
            yield f"{country}-{part}", f"{name}, {known.get(part, part)}"


def _spaced(name: str) -> str:
    """``UnitedStates`` as people write it."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
