"""Filters: one tree of conditions for lists, segments, routing, scoring and reports.

Read by ``parse``, asked of the database by ``compile`` or of one record by ``Matching``, and said
in words by ``describe``. The fields come from the modules, as ``FilterField`` offers.
"""

from baton.core.filters.compiling import compile_filter as compile  # noqa: A004 -- filters.compile
from baton.core.filters.describing import describe, describe_to_all
from baton.core.filters.fields import fields_of, key_of
from baton.core.filters.matching import Matching
from baton.core.filters.nodes import AllOf, AnyOf, Condition, Filter, Node, Not, Op
from baton.core.filters.operators import OPERATORS
from baton.core.filters.parsing import BadFilter, parse
from baton.core.filters.standing import Standing

__all__ = [
    "OPERATORS",
    "AllOf",
    "AnyOf",
    "BadFilter",
    "Condition",
    "Filter",
    "Matching",
    "Node",
    "Not",
    "Op",
    "Standing",
    "compile",
    "describe",
    "describe_to_all",
    "fields_of",
    "key_of",
    "parse",
]
