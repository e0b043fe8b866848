"""What a row of the lake looks like, and which day it belongs to."""

from baton.insight.lake.rules.columns import FACTS, HITS, STAGE_CHANGES, Kind
from baton.insight.lake.rules.days import UtcDay, utc_days
from baton.insight.lake.rules.merging import worth_merging
from baton.insight.lake.rules.statements import Place, composed, relations_in, words_in

__all__ = [
    "FACTS",
    "HITS",
    "STAGE_CHANGES",
    "Kind",
    "Place",
    "UtcDay",
    "composed",
    "relations_in",
    "utc_days",
    "words_in",
    "worth_merging",
]
