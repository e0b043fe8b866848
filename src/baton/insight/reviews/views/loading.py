"""Who asks, and which week."""

from datetime import date

from django.http import HttpRequest

from baton.insight.analytics.rules import FIRST_DAY, LAST_DAY
from baton.insight.reviews.queries import Week, week_of


def asked_week(request: HttpRequest, *, today: date) -> Week:
    """The week that the address asks for; this one where it says nothing."""
    try:
        day = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        day = today
    return week_of(day if FIRST_DAY.year < day.year < LAST_DAY.year else today)
