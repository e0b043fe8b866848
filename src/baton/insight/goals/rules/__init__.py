"""Periods, pace and forecast of goals. No database, no clock; None means unknown."""

from baton.insight.goals.rules.chance import (
    EIGHTY,
    Spread,
    chance_of,
    likely_median,
    likely_share,
)
from baton.insight.goals.rules.forecast import (
    Forecast,
    OpenDeal,
    Rate,
    Season,
    foretell,
    rate_of,
    season_of,
)
from baton.insight.goals.rules.pace import Pace, State, pace_of, state_of
from baton.insight.goals.rules.periods import (
    Span,
    Unit,
    folded,
    span_of,
    working_days,
)

__all__ = [
    "EIGHTY",
    "Forecast",
    "OpenDeal",
    "Pace",
    "Rate",
    "Season",
    "Span",
    "Spread",
    "State",
    "Unit",
    "chance_of",
    "folded",
    "foretell",
    "likely_median",
    "likely_share",
    "pace_of",
    "rate_of",
    "season_of",
    "span_of",
    "state_of",
    "working_days",
]
