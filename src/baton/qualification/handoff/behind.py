"""The list of handoffs behind a figure, as all who show one draw it."""

from typing import Any

from django.db.models import QuerySet

from baton.core.access.models import User
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import REPLY_TO_VERDICTS
from baton.qualification.handoff.rules import AGAINST

MOST = 500


def listed(rows: QuerySet[Handoff], *, user: User) -> dict[str, Any]:
    """The latest of them, how many there are, and whether the user answers reasons."""
    related = rows.select_related("person__company", "rep", "agreement", "reply")
    return {
        "handoffs": related.order_by("-made_at", "-pk")[:MOST],
        "count": rows.count(),
        "may_reply": user.may(REPLY_TO_VERDICTS),
        "against": AGAINST,
    }
