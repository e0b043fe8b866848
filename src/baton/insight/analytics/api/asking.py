from typing import Any

from baton.core.api.problems import Problem
from baton.insight.analytics.api.schemas import Asked


def days_of(asked: Asked) -> dict[str, Any]:
    """The period asked for, as questions take it."""
    if asked.from_on and asked.to_on and asked.from_on > asked.to_on:
        raise Problem(422, "from: the first day lies after the last one.")
    return {"from_on": asked.from_on, "to_on": asked.to_on}
