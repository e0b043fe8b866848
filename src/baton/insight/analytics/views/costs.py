"""The costs behind a figure."""

from urllib.parse import urlencode

from django.urls import reverse

from baton.insight.analytics.queries import Question
from baton.insight.analytics.rules import Period, Row
from baton.insight.analytics.views.addresses import days

NAMES = {"source": "channel", "campaign": "code"}  # what a group is called where costs are listed


def costs_behind(question: Question, row: Row | None) -> str:
    """Where the costs of a group (None: all costs) are listed for the report's days."""
    asked = days(Period(question.from_on, question.to_on))
    if row:
        asked[NAMES[question.by]] = row.group
    words = urlencode({name: value for name, value in asked.items() if value})
    address = reverse("campaigns:costs")
    return f"{address}?{words}" if words else address
