"""What an address may ask of a report. Wrong words get one sentence each."""

from baton.insight.analytics.forms.attribution import AttributionForm, CreditedForm
from baton.insight.analytics.forms.cohorts import CohortForm, CohortPeopleForm
from baton.insight.analytics.forms.last_year import LastYearForm, LastYearPeopleForm
from baton.insight.analytics.forms.periods import LONGEST, PeriodForm
from baton.insight.analytics.forms.records import (
    ClosedLoopForm,
    DealsForm,
    PeopleForm,
    PipelineForm,
)
from baton.insight.analytics.forms.velocity import (
    PACES,
    VelocityDealsForm,
    VelocityForm,
    VelocityPeopleForm,
)

__all__ = [
    "LONGEST",
    "PACES",
    "AttributionForm",
    "ClosedLoopForm",
    "CohortForm",
    "CohortPeopleForm",
    "CreditedForm",
    "DealsForm",
    "LastYearForm",
    "LastYearPeopleForm",
    "PeopleForm",
    "PeriodForm",
    "PipelineForm",
    "VelocityDealsForm",
    "VelocityForm",
    "VelocityPeopleForm",
]
