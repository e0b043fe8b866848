from baton.core.worktime.rules import holiday_places, zone_choices

__all__ = ["country_choices", "zone_choices"]


def country_choices() -> list[tuple[str, str]]:
    """Whose holidays are kept; "" for none, or for the company's."""
    return [("", "—"), *holiday_places()]
