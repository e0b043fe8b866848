"""The reports: asked with a question, answered in a constant number of queries."""

from baton.insight.analytics.queries.asking import GROUPS, Question
from baton.insight.analytics.queries.closed_loop import Report, closed_loop
from baton.insight.analytics.queries.drill import (
    COLUMNS,
    Cell,
    Kind,
    Only,
    people_in,
)
from baton.insight.analytics.queries.groups import KEYED, Group, UnknownGroup, group_named
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
    "KEYED",
    "PIPELINE_GROUPS",
    "Cell",
    "Group",
    "Kind",
    "Only",
    "PipelineQuestion",
    "PipelineReport",
    "Question",
    "Report",
    "UnknownGroup",
    "closed_loop",
    "deals_in",
    "group_named",
    "people_in",
    "pipeline",
]
