from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baton.core.errors import RuleViolation
from baton.core.worktime.rules import (
    DAY_KEYS,
    DAY_NAMES,
    DEFAULT_WEEK,
    WeeklyHours,
    read_day,
    write_day,
)

LONGEST = 120  # characters
Plain = Mapping[str, Any]


class HoursForm(forms.Form):
    """The working week, a line a day. What equals ``otherwise``, or is left empty, is no own week.

    It stands in one form element with the fields of whoever works these hours.
    """

    def __init__(
        self, data: Any = None, *, own: Plain | None, otherwise: Plain | None = None
    ) -> None:
        super().__init__(data)
        self.otherwise = _week(otherwise)
        shown = _week(own, otherwise=self.otherwise)
        for key, name, spans in zip(DAY_KEYS, DAY_NAMES, shown.days, strict=True):
            self.fields[f"hours_{key}"] = forms.CharField(
                label=gettext(name),
                required=False,
                max_length=LONGEST,
                initial=write_day(spans),
                widget=forms.TextInput(attrs={"placeholder": _("Day off"), "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        """Each day says for itself what is wrong with it."""
        typed: dict[str, Any] = super().clean() or {}
        days = []
        for key, name in zip(DAY_KEYS, DAY_NAMES, strict=True):
            try:
                days.append(read_day(typed.get(f"hours_{key}", ""), name=name))
            except RuleViolation as no:
                self.add_error(f"hours_{key}", str(no))
        if len(days) == len(DAY_KEYS):
            week = WeeklyHours(tuple(days))
            is_own = not week.is_empty and week != self.otherwise
            typed["hours"] = week.as_json() if is_own else None
        return typed

    @property
    def week(self) -> dict[str, Any] | None:
        """As it is stored; None = the other week holds."""
        hours: dict[str, Any] | None = self.cleaned_data["hours"]
        return hours


def _week(plain: Plain | None, *, otherwise: WeeklyHours = DEFAULT_WEEK) -> WeeklyHours:
    return WeeklyHours.parse(plain) if plain else otherwise
