"""What is asked of cohorts."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.access.models import User
from baton.insight.analytics.forms.periods import (
    LONGEST,
    DayField,
    PeriodForm,
    one_of,
)
from baton.insight.analytics.queries import (
    COHORT_FIGURES,
    COHORT_STEPS,
    NARROWED_BY,
    CohortQuestion,
)
from baton.insight.analytics.rules import SPANS, Span


class NarrowField(forms.CharField):
    """A source, campaign or origin as ``source:email``; empty, all of them."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=LONGEST, strip=False)

    def clean(self, value: Any) -> tuple[str, str | None]:
        """What leads are narrowed by, and to which of these."""
        text: str = super().clean(value)
        by, colon, group = text.partition(":")
        if not text:
            return NARROWED_BY[0], None
        if not colon or by not in NARROWED_BY:
            raise forms.ValidationError(
                _("Leads cannot be narrowed to “%(value)s”.") % {"value": text}
            )
        return by, group


class CohortForm(PeriodForm):
    step = one_of(COHORT_STEPS, gettext_lazy("There is no step “%(value)s”."))
    unit = one_of(Span, gettext_lazy("Cohorts are months or weeks, not “%(value)s”."))
    of = NarrowField()

    def question(self, *, user: User) -> CohortQuestion:
        """What is asked, under this user's eyes."""
        asked, days = self.cleaned_data, self.period
        by, group = asked["of"]
        return CohortQuestion(
            step=asked["step"] or COHORT_STEPS[0],
            span=Span(asked["unit"] or Span.MONTH),
            by=by,
            group=group,
            from_on=days.from_on,
            to_on=days.to_on,
            user=user,
        )


class CohortPeopleForm(CohortForm):
    figure = one_of(COHORT_FIGURES, gettext_lazy("This report has no column “%(value)s”."))
    within = forms.IntegerField(required=False, min_value=1, max_value=SPANS)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["began"] = DayField(gettext_lazy("Cohort"))
        self.fields["latest"] = DayField(gettext_lazy("Up to the cohort"))

    @property
    def cell(self) -> dict[str, Any]:
        """The figure, as the query takes it."""
        asked = self.cleaned_data
        return {
            "figure": asked["figure"] or "leads",
            "began_on": asked["began"],
            "latest_on": asked["latest"],
            "within": asked["within"] or SPANS,
        }
