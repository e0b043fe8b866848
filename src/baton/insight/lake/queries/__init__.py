"""What is read of the lake."""

from baton.insight.lake.queries.reading import Row, read
from baton.insight.lake.queries.relations import RELATIONS, Eyes, Relation
from baton.insight.lake.rules import Kind

__all__ = ["RELATIONS", "Eyes", "Kind", "Relation", "Row", "read"]
