"""What is asked of velocity."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from baton.core.access.models import User
from baton.insight.analytics.forms.periods import DayField, GroupField, PeriodForm, one_of
from baton.insight.analytics.queries import VELOCITY_COLUMNS, VELOCITY_GROUPS, VelocityQuestion
from baton.insight.analytics.rules import STEPS

PACES = (*STEPS[1:], "won")  # to a step from the one before; won: from lead to customer


class VelocityForm(PeriodForm):
    by = one_of(VELOCITY_GROUPS, gettext_lazy("This report cannot be grouped by “%(value)s”."))

    def question(self, *, user: User, on: date) -> VelocityQuestion:
        """What is asked, under this user's eyes."""
        days = self.period
        return VelocityQuestion(
            on=on,
            by=self.cleaned_data["by"] or next(iter(VELOCITY_GROUPS)),
            from_on=days.from_on,
            to_on=days.to_on,
            user=user,
        )


class VelocityDealsForm(VelocityForm):
    """Deals of a figure (``column``, ``group``), or those that left a ``stage``."""

    column = one_of(VELOCITY_COLUMNS, gettext_lazy("This report has no column “%(value)s”."))
    group = GroupField()
    stage = forms.UUIDField(required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["month"] = DayField(gettext_lazy("Month"))


class VelocityPeopleForm(VelocityForm):
    step = one_of(PACES, gettext_lazy("There is no step “%(value)s”."))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["month"] = DayField(gettext_lazy("Month"))
