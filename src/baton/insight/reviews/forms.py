"""What is typed in a review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.insight.reviews.rules import Kind

KINDS = (
    (Kind.MINUTE.value, _("Minutes")),
    (Kind.DECISION.value, _("Decision")),
    (Kind.TASK.value, _("Task")),
)


class WeekForm(forms.Form):
    """Any day of the week that is meant."""

    week = forms.DateField(widget=forms.HiddenInput)


class PointForm(WeekForm):
    """A line; a task says who takes it, and until when."""

    text = forms.CharField(
        label=_("What was said, decided or promised"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kind = forms.ChoiceField(label=_("As"), choices=KINDS, initial=Kind.MINUTE)
    owner = forms.ModelChoiceField(
        label=_("Who takes it"),
        queryset=User.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("Nobody"),
    )
    due_on = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["owner"].queryset = who_can_sign_in().order_by("name")  # type: ignore[attr-defined]


class SendForm(WeekForm):
    """To whom an ended review goes."""

    readers = forms.MultipleChoiceField(
        label=_("Readers"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each is told what their page would show them, with the PDF."),
        error_messages={"required": _("Pick at least one reader.")},
    )

    def __init__(self, *args: Any, names: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["readers"].choices = names  # type: ignore[attr-defined]
