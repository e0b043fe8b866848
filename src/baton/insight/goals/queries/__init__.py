"""Goals as far as somebody may see them, and how they stand."""

from baton.insight.goals.queries.counted import Part
from baton.insight.goals.queries.figures import FIGURES, QUOTA, Figure, Kind, Level
from baton.insight.goals.queries.goals import goals_of, goals_on_home, names_of_goal, quotas_of
from baton.insight.goals.queries.ledger import Ledger, Owners, day_of, rows_of, within
from baton.insight.goals.queries.readings import Reading, reading_of
from baton.insight.goals.queries.records import behind, counted
from baton.insight.goals.queries.standing import (
    Basis,
    Coverage,
    Standing,
    owners_of,
    standings_of,
)
from baton.insight.goals.queries.writing import written

__all__ = [
    "FIGURES",
    "QUOTA",
    "Basis",
    "Coverage",
    "Figure",
    "Kind",
    "Ledger",
    "Level",
    "Owners",
    "Part",
    "Reading",
    "Standing",
    "behind",
    "counted",
    "day_of",
    "goals_of",
    "goals_on_home",
    "names_of_goal",
    "owners_of",
    "quotas_of",
    "reading_of",
    "rows_of",
    "standings_of",
    "within",
    "written",
]
