"""What is asked of last year."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.access.models import User
from baton.insight.analytics.forms.periods import GroupField, PeriodForm, one_of
from baton.insight.analytics.queries import LAST_YEAR_FIGURES, Arrival, LastYearQuestion, arrivals
from baton.insight.analytics.queries.worked import AXES
from baton.insight.analytics.rules.last_year import ENOUGH

EVERYBODY = "all"


class ImportField(forms.CharField):
    """An import by its key; ``all`` for everybody; empty, the latest one that brought enough
    people to tell a year, or else the latest."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=36)

    @cached_property
    def arrivals(self) -> list[Arrival]:
        """What can be chosen, looked up once."""
        return arrivals()

    def clean(self, value: Any) -> UUID | None:
        """The batch; None where it is about everybody, or nothing was imported yet."""
        text: str = super().clean(value)
        if text == EVERYBODY:
            return None
        batches = [arrival.batch for arrival in self.arrivals]
        if not text:
            large = (arrival.batch for arrival in self.arrivals if arrival.count >= ENOUGH)
            return next(large, batches[0] if batches else None)
        for batch in batches:
            if str(batch) == text:
                return batch
        raise forms.ValidationError(_("There is no such import, or it was taken back."))


class LastYearForm(PeriodForm):
    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["import"] = self.of_import = ImportField()

    def question(self, *, user: User) -> LastYearQuestion:
        """What is asked, under this user's eyes."""
        return LastYearQuestion(
            batch=self.cleaned_data["import"],
            from_on=self.period.from_on,
            to_on=self.period.to_on,
            user=user,
        )


class LastYearPeopleForm(LastYearForm):
    """The leads of a figure, of a group or of all."""

    by = one_of(AXES, gettext_lazy("This report cannot be grouped by “%(value)s”."))
    figure = one_of(LAST_YEAR_FIGURES, gettext_lazy("This report has no column “%(value)s”."))
    group = GroupField()
