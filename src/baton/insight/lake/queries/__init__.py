"""What is read of the lake."""

from baton.insight.lake.queries.reading import Row, read
from baton.insight.lake.queries.relations import RELATIONS, Eyes

__all__ = ["RELATIONS", "Eyes", "Row", "read"]
