"""The reports: asked with a question, answered in a constant number of queries."""

from baton.insight.analytics.queries.asking import GROUPS, Question
from baton.insight.analytics.queries.attribution import (
    CREDIT_COLUMNS,
    TOUCH_GROUPS,
    Attribution,
    AttributionQuestion,
    Share,
    attribution,
    deals_behind,
    touches_of,
)
from baton.insight.analytics.queries.closed_loop import Report, closed_loop
from baton.insight.analytics.queries.drill import (
    COLUMNS,
    Cell,
    Kind,
    Only,
    people_in,
)
from baton.insight.analytics.queries.groups import KEYED, Group, UnknownGroup, group_named
from baton.insight.analytics.queries.ids import among
from baton.insight.analytics.queries.models import MODELS
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
    "CREDIT_COLUMNS",
    "DEAL_COLUMNS",
    "GROUPS",
    "KEYED",
    "MODELS",
    "PIPELINE_GROUPS",
    "TOUCH_GROUPS",
    "Attribution",
    "AttributionQuestion",
    "Cell",
    "Group",
    "Kind",
    "Only",
    "PipelineQuestion",
    "PipelineReport",
    "Question",
    "Report",
    "Share",
    "UnknownGroup",
    "among",
    "attribution",
    "closed_loop",
    "deals_behind",
    "deals_in",
    "group_named",
    "people_in",
    "pipeline",
    "touches_of",
]
