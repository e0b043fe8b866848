"""The only writers of the lake."""

from baton.insight.lake.actions.files import LakeUnwritable
from baton.insight.lake.actions.remaking import erase_people, mend, merge, remake, sweep
from baton.insight.lake.actions.routine import bring_up_to_date
from baton.insight.lake.actions.sealing import forget, seal
from baton.insight.lake.actions.tidying import tidy

__all__ = [
    "LakeUnwritable",
    "bring_up_to_date",
    "erase_people",
    "forget",
    "mend",
    "merge",
    "remake",
    "seal",
    "sweep",
    "tidy",
]
