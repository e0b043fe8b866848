"""What a row of the lake looks like, and which day it belongs to."""

from baton.insight.lake.rules.columns import FACTS, HITS, STAGE_CHANGES, Kind
from baton.insight.lake.rules.days import Day, day_starts
from baton.insight.lake.rules.merging import worth_merging
from baton.insight.lake.rules.statements import Place, composed, relations_in

__all__ = [
    "FACTS",
    "HITS",
    "STAGE_CHANGES",
    "Day",
    "Kind",
    "Place",
    "composed",
    "day_starts",
    "relations_in",
    "worth_merging",
]
