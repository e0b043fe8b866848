"""What is read of the lake."""

from baton.insight.lake.queries.kept import kept_answers
from baton.insight.lake.queries.reading import Row, Statement, read, read_together
from baton.insight.lake.queries.relations import RELATIONS, Eyes, Relation
from baton.insight.lake.queries.state import State, rows_sealed, states
from baton.insight.lake.queries.streams import STREAMS
from baton.insight.lake.rules import Kind

__all__ = [
    "RELATIONS",
    "STREAMS",
    "Eyes",
    "Kind",
    "Relation",
    "Row",
    "State",
    "Statement",
    "kept_answers",
    "read",
    "read_together",
    "rows_sealed",
    "states",
]
