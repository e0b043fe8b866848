"""What sellers say of their page, and what buyers say when they book."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baton.core.errors import RuleViolation
from baton.core.worktime.rules import (
    DAY_KEYS,
    DAY_NAMES,
    WeeklyHours,
    read_day,
    write_day,
    zone_choices,
)
from baton.sales.scheduling.rules import Place, is_phone
from baton.sales.scheduling.words import PLACES


def _typed(kind: str, **attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"type": kind, **attrs})


class BookingForm(forms.Form):
    """Who books: a name and a mail, the rest as they like."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=_typed("tel", autocomplete="tel")
    )
    note = forms.CharField(
        label=_("What should we prepare?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, *, is_lead: bool = False, place: str = "") -> None:
        super().__init__(data)
        if is_lead:  # they have said who they are in the form before
            del self.fields["name"], self.fields["email"]
        if place == Place.PHONE:
            self.fields["phone"].help_text = _("We call you there.")

    def clean_phone(self) -> str:
        """Words go into the note."""
        phone = str(self.cleaned_data["phone"])
        if phone and not is_phone(phone):
            raise forms.ValidationError(gettext("Write a number, like +47 22 33 44 55."))
        return phone


class PageForm(forms.Form):
    """A seller's booking page. Hours that equal their working hours are no own ones."""

    is_on = forms.BooleanField(label=_("Strangers can book"), required=False)
    title = forms.CharField(label=_("Title"), max_length=120)
    slug = forms.CharField(
        label=_("Address"), max_length=60, help_text=_("The part after /meet/, like teo-lang.")
    )
    minutes = forms.IntegerField(
        label=_("Length in minutes"), min_value=15, max_value=120, help_text=_("From 15 to 120.")
    )
    place = forms.ChoiceField(
        label=_("Where you meet"), choices=[(kind.value, PLACES[kind]) for kind in Place]
    )
    place_text = forms.CharField(
        label=_("Link or address"),
        max_length=300,
        required=False,
        help_text=_("The link of your video room, or the address: read by who has booked."),
    )
    notice_hours = forms.IntegerField(
        label=_("Notice in hours"),
        min_value=0,
        max_value=336,
        help_text=_("Nobody books on shorter notice."),
    )
    days_ahead = forms.IntegerField(label=_("Days ahead"), min_value=1, max_value=180)
    buffer_before = forms.IntegerField(label=_("Minutes free before"), min_value=0, max_value=120)
    buffer_after = forms.IntegerField(label=_("Minutes free after"), min_value=0, max_value=120)
    most_per_day = forms.IntegerField(
        label=_("Most in a day"), min_value=0, max_value=20, help_text=_("0: as many as fit.")
    )
    reminds = forms.BooleanField(label=_("Remind buyers by mail the day before"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, initial: Any, week: WeeklyHours, working: WeeklyHours
    ) -> None:
        super().__init__(data, initial=initial)
        self.working = working
        self.fields["zone"] = forms.ChoiceField(
            label=_("Time zone of these hours"),
            required=False,
            choices=[("", _("As in my account")), *zone_choices()],
        )
        for key, name, spans in zip(DAY_KEYS, DAY_NAMES, week.days, strict=True):
            widget = forms.TextInput(attrs={"placeholder": _("Closed"), "autocomplete": "off"})
            self.fields[f"hours_{key}"] = forms.CharField(
                label=gettext(name),
                required=False,
                max_length=120,
                initial=write_day(spans),
                widget=widget,
            )

    def day_fields(self) -> list[forms.BoundField]:
        """The week, a line a day."""
        return [self[f"hours_{key}"] for key in DAY_KEYS]

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
            typed["hours"] = None if week == self.working else week.as_json()
            if week.is_empty:
                self.add_error("hours_mon", gettext("Keep at least one hour of the week open."))
        return typed

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        left_out = {"version", *(f"hours_{key}" for key in DAY_KEYS)}
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}
