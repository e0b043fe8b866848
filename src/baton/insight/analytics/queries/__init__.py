"""The reports: asked with a question, answered in a constant number of queries."""

from baton.insight.analytics.queries.asking import GROUPS, Question, today
from baton.insight.analytics.queries.attribution import (
    CREDIT_COLUMNS,
    TOUCH_GROUPS,
    Attribution,
    AttributionQuestion,
    Share,
    attribution,
    deals_behind,
    orders_behind,
    touches_of,
)
from baton.insight.analytics.queries.closed_loop import Report, closed_loop
from baton.insight.analytics.queries.cohorts import (
    COHORT_FIGURES,
    COHORT_STEPS,
    NARROWED_BY,
    CohortQuestion,
    Cohorts,
    cohorts,
    people_of_cohort,
)
from baton.insight.analytics.queries.drill import (
    COLUMNS,
    Cell,
    Kind,
    Only,
    orders_in,
    people_behind,
    people_in,
)
from baton.insight.analytics.queries.groups import KEYED, Group, UnknownGroup, group_named
from baton.insight.analytics.queries.ids import among
from baton.insight.analytics.queries.last_year import (
    Arrival,
    LastYear,
    LastYearQuestion,
    arrivals,
    last_year,
    people_of_last_year,
)
from baton.insight.analytics.queries.models import MODELS
from baton.insight.analytics.queries.pipeline import (
    DEAL_COLUMNS,
    PipelineQuestion,
    PipelineReport,
    deals_in,
    pipeline,
)
from baton.insight.analytics.queries.pipeline import GROUPS as PIPELINE_GROUPS
from baton.insight.analytics.queries.terms import ProposedTerms, proposed_terms
from baton.insight.analytics.queries.velocity import (
    VELOCITY_COLUMNS,
    VELOCITY_GROUPS,
    Velocity,
    VelocityQuestion,
    deals_of_stage,
    deals_of_velocity,
    people_of_step,
    stage_stays,
    stages_named,
    step_stays,
    velocity,
)
from baton.insight.analytics.queries.worked import LAST_YEAR_FIGURES, LAST_YEAR_GROUPS
from baton.insight.analytics.words import period_words

__all__ = [
    "COHORT_FIGURES",
    "COHORT_STEPS",
    "COLUMNS",
    "CREDIT_COLUMNS",
    "DEAL_COLUMNS",
    "GROUPS",
    "KEYED",
    "LAST_YEAR_FIGURES",
    "LAST_YEAR_GROUPS",
    "MODELS",
    "NARROWED_BY",
    "PIPELINE_GROUPS",
    "TOUCH_GROUPS",
    "VELOCITY_COLUMNS",
    "VELOCITY_GROUPS",
    "Arrival",
    "Attribution",
    "AttributionQuestion",
    "Cell",
    "CohortQuestion",
    "Cohorts",
    "Group",
    "Kind",
    "LastYear",
    "LastYearQuestion",
    "Only",
    "PipelineQuestion",
    "PipelineReport",
    "ProposedTerms",
    "Question",
    "Report",
    "Share",
    "UnknownGroup",
    "Velocity",
    "VelocityQuestion",
    "among",
    "arrivals",
    "attribution",
    "closed_loop",
    "cohorts",
    "deals_behind",
    "deals_in",
    "deals_of_stage",
    "deals_of_velocity",
    "group_named",
    "last_year",
    "orders_behind",
    "orders_in",
    "people_behind",
    "people_in",
    "people_of_cohort",
    "people_of_last_year",
    "people_of_step",
    "period_words",
    "pipeline",
    "proposed_terms",
    "stage_stays",
    "stages_named",
    "step_stays",
    "today",
    "touches_of",
    "velocity",
]
