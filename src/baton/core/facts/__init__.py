"""Facts: publish one in the transaction that makes it true, react to it in the background.

The log is append-only; each subscriber is a cursor over it.
"""

from baton.core.facts.kinds import ACTS, Fact, FactsRetracted, Origin, Side, Touch, UnknownFact
from baton.core.facts.publishing import (
    batch_now,
    caused_by,
    origin,
    publish,
    publish_columns,
    publish_many,
    retract,
)
from baton.core.facts.reading import upcast
from baton.core.facts.subscribers import on, on_batch

__all__ = [
    "ACTS",
    "Fact",
    "FactsRetracted",
    "Origin",
    "Side",
    "Touch",
    "UnknownFact",
    "batch_now",
    "caused_by",
    "on",
    "on_batch",
    "origin",
    "publish",
    "publish_columns",
    "publish_many",
    "retract",
    "upcast",
]
