"""What is asked of the closed loop and the pipeline."""

from django import forms
from django.utils.translation import gettext_lazy

from baton.core.access.models import User
from baton.insight.analytics.forms.periods import (
    GroupField,
    PeriodForm,
    one_of,
)
from baton.insight.analytics.queries import (
    COLUMNS,
    DEAL_COLUMNS,
    GROUPS,
    PIPELINE_GROUPS,
    Cell,
    Kind,
    Only,
    PipelineQuestion,
    Question,
)
from baton.insight.analytics.queries.drill import STEPS
from baton.insight.analytics.rules import Basis, Period


class ClosedLoopForm(PeriodForm):
    by = one_of(GROUPS, gettext_lazy("This report cannot be grouped by “%(value)s”."))
    basis = one_of(
        Basis, gettext_lazy("People are counted by cohort or by event, not by “%(value)s”.")
    )

    compare = forms.BooleanField(required=False)

    def question(self, *, user: User, period: Period | None = None) -> Question:
        """What is asked, under this user's eyes; of another period when one is given."""
        asked, days = self.cleaned_data, period or self.period
        return Question(
            by=asked["by"] or next(iter(GROUPS)),
            basis=Basis(asked["basis"] or Basis.COHORT),
            from_on=days.from_on,
            to_on=days.to_on,
            user=user,
        )


class PipelineForm(PeriodForm):
    by = one_of(PIPELINE_GROUPS, gettext_lazy("This report cannot be grouped by “%(value)s”."))

    def question(self, *, user: User) -> PipelineQuestion:
        """What is asked, under this user's eyes."""
        days = self.period
        return PipelineQuestion(
            by=self.cleaned_data["by"] or next(iter(PIPELINE_GROUPS)),
            from_on=days.from_on,
            to_on=days.to_on,
            user=user,
        )


class PeopleForm(ClosedLoopForm):
    column = one_of(COLUMNS, gettext_lazy("This report has no column “%(value)s”."))
    kind = one_of(Kind, gettext_lazy("Sales says no on a handoff or a deal, not on “%(value)s”."))
    reason = forms.CharField(required=False, max_length=40)
    only = one_of(Only, gettext_lazy("A column cannot be narrowed to “%(value)s”."))
    group = GroupField()

    @property
    def cell(self) -> Cell:
        """The figure, but for its group."""
        asked = self.cleaned_data
        only = asked["only"] if asked["column"] in STEPS else ""
        return Cell(
            column=asked["column"] or COLUMNS[0],
            only=only,
            kind=asked["kind"],
            reason=asked["reason"],
        )


class DealsForm(PipelineForm):
    column = one_of(DEAL_COLUMNS, gettext_lazy("This report has no column “%(value)s”."))
    group = GroupField()

    @property
    def chosen(self) -> str:
        """The column."""
        return self.cleaned_data["column"] or next(iter(DEAL_COLUMNS))
