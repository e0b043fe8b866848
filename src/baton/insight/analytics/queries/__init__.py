"""The reports: asked with a question, answered in a constant number of queries."""

from baton.insight.analytics.queries.asking import GROUPS, Question
from baton.insight.analytics.queries.closed_loop import Report, closed_loop
from baton.insight.analytics.queries.drill import COLUMNS, Cell, Kind, people_behind, people_in
from baton.insight.analytics.queries.pipeline import (
    DEAL_COLUMNS,
    PipelineQuestion,
    PipelineReport,
    deals_in,
    pipeline,
)
from baton.insight.analytics.queries.pipeline import GROUPS as PIPELINE_GROUPS

__all__ = [
    "COLUMNS",
    "DEAL_COLUMNS",
    "GROUPS",
    "PIPELINE_GROUPS",
    "Cell",
    "Kind",
    "PipelineQuestion",
    "PipelineReport",
    "Question",
    "Report",
    "closed_loop",
    "deals_in",
    "people_behind",
    "people_in",
    "pipeline",
]
