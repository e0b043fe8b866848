"""What an address may ask of a report. Wrong words get one sentence each."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.access.models import User
from baton.insight.analytics.queries import (
    COHORT_FIGURES,
    COHORT_STEPS,
    COLUMNS,
    CREDIT_COLUMNS,
    DEAL_COLUMNS,
    GROUPS,
    MODELS,
    NARROWED_BY,
    PIPELINE_GROUPS,
    TOUCH_GROUPS,
    AttributionQuestion,
    Cell,
    CohortQuestion,
    Kind,
    Only,
    PipelineQuestion,
    Question,
)
from baton.insight.analytics.queries.drill import STEPS
from baton.insight.analytics.rules import FIRST_DAY, LAST_DAY, SPANS, Basis, LookBack, Period, Span

LONGEST = 250  # a landing page; no group is longer


class DayField(forms.DateField):
    """A day as browsers send it, within the years that every zone can turn into moments."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            required=False,
            label=label,
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(
                format="%Y-%m-%d",
                attrs={"type": "date", "min": str(FIRST_DAY), "max": str(LAST_DAY)},
            ),
        )

    def clean(self, value: Any) -> date | None:
        """The day; None where none was given."""
        try:
            day: date | None = super().clean(value)
        except forms.ValidationError as error:
            raise forms.ValidationError(
                _("“%(value)s” is no date. Write it like 2026-01-31.") % {"value": value}
            ) from error
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(
                _("Choose days from %(first)s to %(latest)s.")
                % {"first": FIRST_DAY.year, "latest": LAST_DAY.year}
            )
        return day


def one_of(choices: Iterable[str], refusal: Any) -> forms.ChoiceField:
    """One of these words, or none."""
    return forms.ChoiceField(
        required=False,
        choices=[(str(name), str(name)) for name in choices],
        error_messages={"invalid_choice": refusal},
    )


class PeriodForm(forms.Form):
    """From a day to a day, both included."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["from"] = DayField(gettext_lazy("From"))
        self.fields["to"] = DayField(gettext_lazy("To"))

    def clean(self) -> dict[str, Any]:
        """Refuses a period that ends before it begins."""
        found = super().clean() or self.cleaned_data
        first, latest = found.get("from"), found.get("to")
        if first and latest and first > latest:
            self.add_error("from", _("The first day lies after the last one."))
        return found

    @property
    def day_fields(self) -> list[forms.BoundField]:
        """Both ends of the period, for a template to draw."""
        return [self["from"], self["to"]]

    @property
    def asked_group(self) -> str | None:
        """The group as the address names it; None where it names none."""
        return self.cleaned_data["group"] if "group" in self.data else None

    @property
    def period(self) -> Period:
        """The days asked for; call it on a valid form."""
        return Period(self.cleaned_data["from"], self.cleaned_data["to"])

    @property
    def sentences(self) -> list[str]:
        """What is wrong, one sentence each."""
        return [str(error) for errors in self.errors.values() for error in errors]


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


class AttributionForm(PeriodForm):
    by = one_of(TOUCH_GROUPS, gettext_lazy("This report cannot be grouped by “%(value)s”."))
    model = one_of(MODELS, gettext_lazy("There is no model “%(value)s”."))
    look_back = one_of(
        LookBack, gettext_lazy("Touches are looked for in 30, 90, 180, 365 days or all time.")
    )

    def question(self, *, user: User) -> AttributionQuestion:
        """What is asked, under this user's eyes."""
        asked, days = self.cleaned_data, self.period
        return AttributionQuestion(
            by=asked["by"] or next(iter(TOUCH_GROUPS)),
            from_on=days.from_on,
            to_on=days.to_on,
            look_back=LookBack(asked["look_back"] or LookBack.DAYS_90),
            user=user,
        )

    @property
    def model_asked(self) -> str:
        """The model that charts and shares are drawn by."""
        return self.cleaned_data["model"] or "linear"


class GroupField(forms.CharField):
    """The group of a cell; "" is the nameless one, and absent that of the totals."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=LONGEST, strip=False)


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


class CreditedForm(AttributionForm):
    column = one_of(CREDIT_COLUMNS, gettext_lazy("This report has no column “%(value)s”."))
    group = GroupField()

    @property
    def chosen(self) -> str:
        """The column; without one, the model's."""
        return self.cleaned_data["column"] or self.model_asked


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
