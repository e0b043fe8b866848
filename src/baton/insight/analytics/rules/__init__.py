"""Figures of the reports from counts and sums. No database, no clock; None means unknown."""

from baton.insight.analytics.rules import findings
from baton.insight.analytics.rules.credit import (
    NO_TOUCH,
    PARTS,
    Credit,
    CreditRow,
    LookBack,
    credited_in_all,
)
from baton.insight.analytics.rules.figures import (
    CENT,
    change,
    cost_each,
    plus,
    ratio,
    sales_velocity,
    win_rate,
)
from baton.insight.analytics.rules.periods import (
    FIRST_DAY,
    LAST_DAY,
    Choice,
    Period,
    Unit,
    period_before,
    quick_choices,
    unit_of,
)
from baton.insight.analytics.rules.rows import (
    MOVED_ON,
    PAIRS,
    STEPS,
    WIN,
    Basis,
    PipelineRow,
    Reason,
    Row,
    added_up,
)
from baton.insight.analytics.rules.spreadsheets import harmless

__all__ = [
    "CENT",
    "FIRST_DAY",
    "LAST_DAY",
    "MOVED_ON",
    "NO_TOUCH",
    "PAIRS",
    "PARTS",
    "STEPS",
    "WIN",
    "Basis",
    "Choice",
    "Credit",
    "CreditRow",
    "LookBack",
    "Period",
    "PipelineRow",
    "Reason",
    "Row",
    "Unit",
    "added_up",
    "change",
    "cost_each",
    "credited_in_all",
    "findings",
    "harmless",
    "period_before",
    "plus",
    "quick_choices",
    "ratio",
    "sales_velocity",
    "unit_of",
    "win_rate",
]
