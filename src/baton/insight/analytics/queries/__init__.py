"""The reports: asked with a Question, answered in a constant number of queries."""

from baton.insight.analytics.queries.asking import GROUPS, Question
from baton.insight.analytics.queries.closed_loop import Report, closed_loop
from baton.insight.analytics.queries.drill import COLUMNS, people_behind
from baton.insight.analytics.queries.pipeline import GROUPS as PIPELINE_GROUPS
from baton.insight.analytics.queries.pipeline import PipelineReport, pipeline

__all__ = [
    "COLUMNS",
    "GROUPS",
    "PIPELINE_GROUPS",
    "PipelineReport",
    "Question",
    "Report",
    "closed_loop",
    "people_behind",
    "pipeline",
]
