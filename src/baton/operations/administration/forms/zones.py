from zoneinfo import available_timezones

from baton.core.worktime.rules import holiday_places

ZONES = sorted(available_timezones())


def zone_choices() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in ZONES]


def country_choices() -> list[tuple[str, str]]:
    """Whose holidays are kept; "" for none, or for the company's."""
    return [("", "—"), *holiday_places()]
