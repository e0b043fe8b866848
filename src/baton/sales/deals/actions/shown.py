"""Values that scoring owns and deals show."""

from collections.abc import Mapping
from typing import Any

from baton.core.bulk import update_rows
from baton.sales.deals.models import Deal


def show_deal_scores(values: Mapping[int, Mapping[str, Any]]) -> None:
    """Score and grade, by id. No history, no fact, no other version."""
    update_rows(Deal, values, fields=["score", "grade"])
