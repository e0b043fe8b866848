"""What a rep types: verdicts, needs, calls; and to whom a manager gives a lead."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.calendars.models import Leave
from baton.core.calendars.queries import leave_now
from baton.core.calendars.words import away_words
from baton.core.filters.rows import FilterRows
from baton.qualification.handoff.models import Territory
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.qualification.handoff.rules import DISQUALIFY, REJECT, Reason
from baton.qualification.handoff.words import reason_label
from baton.records.timeline.rules import Kind, Outcome

DIGITS = "1234567890"
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _reasons(reasons: tuple[Reason, ...]) -> list[tuple[str, Any]]:
    return [(reason.code, reason_label(reason.code)) for reason in reasons]


class ChoicesForm(forms.Form):
    """A form whose first field is picked by digits."""

    picks = ""  # name of that field

    def pick_errors(self) -> list[str]:
        return [str(error) for error in self[self.picks].errors]

    def picked(self) -> list[tuple[str, Any, str, bool]]:
        """Value, label, digit, and whether it is the one chosen."""
        field = cast(forms.ChoiceField, self.fields[self.picks])
        choices = cast(Iterable[tuple[str, Any]], field.choices)
        chosen = self[self.picks].value()
        digits = [*DIGITS, *[""] * 10]
        return [
            (str(value), label, digits[place], value == chosen)
            for place, (value, label) in enumerate(choices)
        ]


class RestingForm(ChoicesForm):
    """A verdict after which somebody may rest: until a day, or until something is so."""

    revisit_on = forms.DateField(
        label=_("Ask again on"), required=False, widget=DAY, help_text=_("With bad timing.")
    )

    def __init__(self, data: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.back = FilterRows(data, prefix="back-", spare=1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.back.is_valid() or self.back.is_unfinished():
            raise forms.ValidationError(
                _("Say by field, comparison and value when they come back, or leave all empty.")
            )
        return cleaned | {"condition": self.back.tree()}

    def has_condition(self) -> bool:
        """Whether one was typed: its part stands open then."""
        return any(row["field"].value() for row in self.back.forms)


class RejectForm(RestingForm):
    picks = "reason"
    reason = forms.ChoiceField(
        choices=_reasons(REJECT), error_messages={"required": _("Choose a reason.")}
    )
    note = forms.CharField(label=_("Note for marketing"), required=False, max_length=2000)
    territory = forms.ModelChoiceField(
        label=_("Where it lies"),
        queryset=Territory.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("I do not know"),
        help_text=_("With wrong territory: it goes on at once."),
    )

    def __init__(self, data: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        places = Territory.objects.living().filter(is_active=True)
        self.fields["territory"].queryset = places  # type: ignore[attr-defined] # of a model

    def has_territories(self) -> bool:
        return Territory.objects.living().filter(is_active=True).exists()


class DisqualifyForm(RestingForm):
    picks = "reason"
    reason = forms.ChoiceField(
        choices=_reasons(DISQUALIFY), error_messages={"required": _("Choose a reason.")}
    )
    note = forms.CharField(label=_("Note for marketing"), required=False, max_length=2000)
    competitor = forms.CharField(label=_("Which competitor"), required=False, max_length=120)


class NeedForm(forms.Form):
    need = forms.CharField(
        label=_("What they need"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    impact = forms.CharField(
        label=_("What it means for them"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Money, time or risk, in their words."),
    )


class ContactForm(ChoicesForm):
    """What was tried; kind and outcome of the timeline in one choice."""

    picks = "contact"
    contact = forms.ChoiceField(
        choices=[
            (f"{Kind.CALL}:{Outcome.UNANSWERED}", _("No answer")),
            (f"{Kind.CALL}:{Outcome.VOICEMAIL}", _("Left a message")),
            (f"{Kind.CALL}:{Outcome.CONVERSATION}", _("Talked")),
            (f"{Kind.MAIL}:{Outcome.SENT}", _("Wrote a mail to them")),
            (f"{Kind.MEETING}:{Outcome.HELD}", _("Met")),
        ],
        error_messages={"required": _("Choose how it went.")},
    )
    note = forms.CharField(label=_("What was said"), required=False, max_length=4000)

    def kind_and_outcome(self) -> tuple[str, str]:
        kind, _colon, outcome = self.cleaned_data["contact"].partition(":")
        return kind, outcome


def able_users() -> list[User]:
    """Everybody who may answer leads, and can sign in to do so, by name."""
    return [user for user in who_can_sign_in() if user.may(ANSWER_HANDOFFS)]


class GiveForm(forms.Form):
    rep = forms.ChoiceField(label=_("Give to"))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        away = leave_now(timezone.now())
        choices = [
            (str(user.key), ", ".join([user.name, *_away(away.get(user.pk))]))
            for user in able_users()
        ]
        self.fields["rep"] = forms.ChoiceField(label=_("Give to"), choices=choices)


def _away(leave: Leave | None) -> list[str]:
    return [away_words(leave)] if leave else []
