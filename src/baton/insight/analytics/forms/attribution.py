"""What is asked of attribution."""

from django.utils.translation import gettext_lazy

from baton.core.access.models import User
from baton.insight.analytics.forms.periods import (
    GroupField,
    PeriodForm,
    one_of,
)
from baton.insight.analytics.queries import (
    CREDIT_COLUMNS,
    MODELS,
    TOUCH_GROUPS,
    AttributionQuestion,
)
from baton.insight.analytics.rules import LookBack


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


class CreditedForm(AttributionForm):
    column = one_of(CREDIT_COLUMNS, gettext_lazy("This report has no column “%(value)s”."))
    group = GroupField()

    @property
    def chosen(self) -> str:
        """The column; without one, the model's."""
        return self.cleaned_data["column"] or self.model_asked
