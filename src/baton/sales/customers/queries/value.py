"""How long it takes until customers have use of what they bought."""

from dataclasses import dataclass
from statistics import median

from baton.core.access.models import User
from baton.core.settings.queries import organisation_zone
from baton.sales.customers.models import Customer

MOST = 2000  # the latest of them: a median of more says nothing else


@dataclass(frozen=True)
class FirstValues:
    """``days``: the median from the start to the first value; None where nobody had it."""

    days: float | None
    count: int


def value_of(user: User) -> FirstValues:
    """Of the customers whom this user sees, with one query."""
    zone = organisation_zone()
    rows = Customer.objects.visible_to(user).filter(first_value_on__isnull=False)
    known = rows.order_by("-first_value_on", "-pk").values_list("started_at", "first_value_on")
    days = [(on - begun.astimezone(zone).date()).days for begun, on in known[:MOST] if on]
    return FirstValues(median(days) if days else None, len(days))
