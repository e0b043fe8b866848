"""What a row of the lake looks like, and which day it belongs to."""

from baton.insight.lake.rules.columns import FACTS, HITS, Kind
from baton.insight.lake.rules.days import Day, day_starts
from baton.insight.lake.rules.statements import Place, composed, relations_in

__all__ = [
    "FACTS",
    "HITS",
    "Day",
    "Kind",
    "Place",
    "composed",
    "day_starts",
    "relations_in",
]
