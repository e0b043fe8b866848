"""What is written into the composer, and how notes, activities and tasks are edited."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.access.models import User
from baton.records.timeline.actions import LONGEST, ActivityValues, TaskValues
from baton.records.timeline.rules import END_OF_DAY, OUTCOMES, YEARS, Direction, Kind

WHAT = ("note", "call", "meeting", "mail", "task")
SLACK = timedelta(minutes=5)  # clocks of two machines differ


class When(StrEnum):
    """Quick answers to "until when?"."""

    NONE = ""
    TODAY = "today"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"


def _outcome(kind: Kind) -> forms.ChoiceField:
    return forms.ChoiceField(
        required=False, choices=[(outcome.value, outcome.value) for outcome in OUTCOMES[kind]]
    )


class DueFields(forms.Form):
    """A day, by itself or by a quick answer; the task is due at the end of it."""

    due = forms.ChoiceField(required=False, choices=[(when.value, when.value) for when in When])
    due_on = forms.DateField(
        label=gettext_lazy("Due"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_due_on(self) -> date | None:
        """A day that somebody means."""
        on: date | None = self.cleaned_data["due_on"]
        if on and on.year not in YEARS:
            raise forms.ValidationError(_("Enter a valid date."))
        return on

    def due_at(self, *, at: datetime) -> datetime | None:
        """The end of the chosen day in the reader's zone; the day itself wins over its name."""
        today = timezone.localtime(at).date()
        named: dict[str, date] = {
            When.TODAY: today,
            When.TOMORROW: today + timedelta(days=1),
            When.NEXT_WEEK: today + timedelta(days=7 - today.weekday()),
        }
        on = self.cleaned_data.get("due_on") or named.get(self.cleaned_data.get("due", ""))
        return end_of(on) if on else None


def end_of(on: date) -> datetime:
    """The last minute of that day in the reader's zone."""
    return timezone.make_aware(datetime.combine(on, END_OF_DAY))


class WriteForm(DueFields):
    """The composer: one form for what was said, what took place and what is to be done."""

    kind = forms.ChoiceField(choices=[(what, what) for what in WHAT])
    body = forms.CharField(required=False, max_length=LONGEST)
    call_outcome = _outcome(Kind.CALL)
    meeting_outcome = _outcome(Kind.MEETING)
    mail_outcome = _outcome(Kind.MAIL)
    is_theirs = forms.BooleanField(required=False)
    subject = forms.CharField(required=False, max_length=250)
    minutes = forms.IntegerField(required=False, min_value=1, max_value=24 * 60)
    happened_at = forms.DateTimeField(required=False)
    title = forms.CharField(required=False, max_length=250)
    owner = forms.ModelChoiceField(
        queryset=User.objects.none(), to_field_name="key", required=False
    )
    token = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        colleagues: QuerySet[User],
        at: datetime,
        kinds: Collection[str] = WHAT,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.at = at
        cast("forms.ChoiceField", self.fields["kind"]).choices = [(kind, kind) for kind in kinds]
        cast("forms.ModelChoiceField[User]", self.fields["owner"]).queryset = colleagues

    def clean_happened_at(self) -> datetime:
        """Now, unless another moment was given."""
        happened_at: datetime | None = self.cleaned_data["happened_at"]
        if happened_at and happened_at.year not in YEARS:
            raise forms.ValidationError(_("Enter a valid date and time."))
        if happened_at and happened_at > self.at + SLACK:
            raise forms.ValidationError(_("This is still to come. Make it a task."))
        return min(happened_at or self.at, self.at)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        kind = values.get("kind")
        if kind == "note" and "body" in values and not values["body"].strip():
            self.add_error("body", _("Write something first."))
        if kind == "task" and "title" in values and not values["title"].strip():
            self.add_error("title", _("Say what is to be done."))
        outcome = f"{kind}_outcome"
        if kind in set(Kind) and outcome not in self.errors and not values.get(outcome):
            self.add_error(outcome, _("Say how it went."))
        return values

    def activity(self) -> dict[str, Any]:
        """What log_activity takes, but for whom it is about."""
        values = self.cleaned_data
        kind = values["kind"]
        is_theirs = kind == Kind.CALL and values["is_theirs"]
        return {
            "kind": kind,
            "outcome": values[f"{kind}_outcome"],
            "direction": Direction.THEIRS if is_theirs else Direction.OURS,
            "subject": values["subject"] if kind == Kind.MAIL else "",
            "minutes": None if kind == Kind.MAIL else values["minutes"],
            "body": values["body"],
            "at": values["happened_at"],
        }


WORDS = ("body", "subject", "title")  # what is a pity to lose


def draft_values(sent: Mapping[str, str]) -> dict[str, str]:
    """What is kept of a composer that was not sent; nothing where no word was typed."""
    names = [name for name in WriteForm.base_fields if name != "token"]
    kept = {name: sent[name].replace("\0", "")[:LONGEST] for name in names if sent.get(name)}
    return kept if any(kept.get(name, "").strip() for name in WORDS) else {}


class EditForm(forms.Form):
    """``version`` tells a lost race."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class NoteForm(EditForm):
    body = forms.CharField(
        label=gettext_lazy("Note"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )


class ActivityForm(EditForm):
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=250, required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), required=False, min_value=1, max_value=24 * 60
    )
    body = forms.CharField(
        label=gettext_lazy("What was said"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def values(self) -> ActivityValues:
        """What edit_activity takes."""
        values = self.cleaned_data
        return {
            "subject": values["subject"],
            "minutes": values["minutes"],
            "body": values["body"],
        }


class TaskForm(DueFields):
    """A new task; with a ``version`` an edited one."""

    title = forms.CharField(label=gettext_lazy("What is to be done"), max_length=250)
    owner = forms.ModelChoiceField(
        label=gettext_lazy("For"),
        queryset=User.objects.none(),
        to_field_name="key",
        empty_label=None,
    )
    due_time = forms.TimeField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ("title", "due_on", "due_time", "owner")

    def __init__(self, *args: Any, colleagues: QuerySet[User], **more: Any) -> None:
        super().__init__(*args, **more)
        cast("forms.ModelChoiceField[User]", self.fields["owner"]).queryset = colleagues

    def due_at(self, *, at: datetime) -> datetime | None:
        """The day at its time; without a time its end."""
        end = super().due_at(at=at)
        until: time | None = self.cleaned_data.get("due_time")
        if end is None or until is None:
            return end
        return timezone.make_aware(datetime.combine(timezone.localtime(end).date(), until))

    def values(self, *, at: datetime) -> TaskValues:
        """What add_task and edit_task take."""
        values = self.cleaned_data
        return {"title": values["title"], "owner": values["owner"], "due_at": self.due_at(at=at)}
