"""Fields and the period that the forms of all reports share."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.insight.analytics.rules import FIRST_DAY, LAST_DAY, Period

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


class GroupField(forms.CharField):
    """The group of a cell; "" is the nameless one, and absent that of the totals."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=LONGEST, strip=False)
