"""What is read of the lake."""

from baton.insight.lake.queries.reading import Row, read
from baton.insight.lake.queries.relations import RELATIONS, Eyes, Relation
from baton.insight.lake.queries.state import State, states
from baton.insight.lake.queries.streams import STREAMS
from baton.insight.lake.rules import Kind

__all__ = ["RELATIONS", "STREAMS", "Eyes", "Kind", "Relation", "Row", "State", "read", "states"]
