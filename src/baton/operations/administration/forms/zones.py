from zoneinfo import available_timezones

ZONES = sorted(available_timezones())


def zone_choices() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in ZONES]
