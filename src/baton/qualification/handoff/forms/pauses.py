"""Until when a clock stands still or somebody rests, and why."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.filters.rows import FilterRows


class PauseForm(forms.Form):
    until = forms.DateField(
        label=_("Goes on at"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day on which it goes on.")},
    )
    reason = forms.CharField(
        label=_("Why it pauses"),
        max_length=250,
        error_messages={"required": _("Say why it pauses.")},
    )


class RestForm(forms.Form):
    until_on = forms.DateField(
        label=_("Rests until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day until which they rest.")},
    )
    reason = forms.CharField(
        label=_("Why it changes"),
        max_length=250,
        help_text=_("Stands on the timeline."),
        error_messages={"required": _("Say why it changes.")},
    )

    def __init__(self, data: Any = None, *, tree: Mapping[str, Any] | None, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.back = FilterRows(data, tree=tree, prefix="back-", spare=1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.back.is_valid() or self.back.is_unfinished():
            raise forms.ValidationError(
                _("Say by field, comparison and value when they come back, or leave all empty.")
            )
        return cleaned | {"condition": self.back.tree()}
