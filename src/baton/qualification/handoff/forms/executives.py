"""What heads agree on about leads that SDRs hand on to account executives, and what is typed when
one is handed on or given back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.qualification.handoff.forms.agreement import (
    given,
    late_field,
    number_field,
    rung_name,
    start_field,
)
from baton.qualification.handoff.forms.verdicts import ChoicesForm, NeedForm, able_users
from baton.qualification.handoff.models import Agreement, Pool, Territory
from baton.qualification.handoff.rules import LADDER, RETURN
from baton.qualification.handoff.words import reason_label, role_label


class ExecutivesForm(forms.Form):
    """The terms of a version of the second kind."""

    is_on = forms.BooleanField(
        label=_("SDRs hand on whom they qualified"),
        required=False,
        help_text=_("Off: who qualifies a lead keeps it."),
    )
    pool = forms.ModelChoiceField(
        label=_("Who takes turns"),
        queryset=Pool.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("Choose a pool"),
        help_text=_("Weights and caps are those of the pool, under Routing."),
    )
    asks_owner = forms.BooleanField(
        label=_("The owner of the company is asked first"), required=False
    )
    mqls_a_month = number_field("mqls_a_month", _("Handed on a month"), required=False)
    accept_minutes = number_field(
        "accept_minutes", _("Take over or turn down within"), _("Working minutes of the AE.")
    )
    respond_minutes = number_field(
        "respond_minutes",
        _("Talk or meet within"),
        _("Working minutes of the AE, from taking over. A booked meeting counts."),
    )
    grace_minutes = number_field(
        "grace_minutes", _("A late lead goes on after"), _("Working minutes after it fell due.")
    )
    max_rounds = number_field("max_rounds", _("Rounds before the queue"))
    attempts = number_field("attempts", _("Attempts"))
    attempt_days = number_field("attempt_days", _("Within working days"))
    return_reasons = forms.MultipleChoiceField(
        label=_("Why an AE may turn down"),
        choices=[(reason.code, reason_label(reason.code)) for reason in RETURN],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Leave at least one reason.")},
    )
    when_late = late_field()
    starts_on = start_field()

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        pools = Pool.objects.living().filter(is_catch_all=False).order_by("name", "pk")
        self.fields["pool"].queryset = pools  # type: ignore[attr-defined] # of a model
        for role in LADDER:
            self.fields[rung_name(role)] = number_field(
                "grace_minutes", role_label(role), required=False
            )

    def ladder(self) -> list[forms.BoundField]:
        """By role, after how many working minutes of lateness; empty ones are not told."""
        return [self[rung_name(role)] for role in LADDER]

    def values(self) -> dict[str, Any]:
        """By the names of the agreement's own terms."""
        typed = self.cleaned_data
        found = {name: typed[name] for name in self.base_fields if name != "pool"}
        found["pool_id"] = typed["pool"].pk if typed["pool"] else None
        found["ladder"] = given({role: typed[rung_name(role)] or None for role in LADDER})
        return found


def terms_typed(agreement: Agreement) -> dict[str, Any]:
    """A version as the form shows it."""
    names = [name for name in ExecutivesForm.base_fields if name != "pool"]
    typed: dict[str, Any] = {name: getattr(agreement, name) for name in names}
    typed["pool"] = agreement.pool.key if agreement.pool else None
    typed["return_reasons"] = agreement.return_reasons or [reason.code for reason in RETURN]
    if agreement.valid_from:
        typed["starts_on"] = None
    return typed | {rung_name(role): minutes for role, minutes in agreement.ladder.items()}


class ReturnForm(ChoicesForm):
    """Why an executive does not take over."""

    picks = "reason"
    reason = forms.ChoiceField(error_messages={"required": _("Choose a reason.")})
    note = forms.CharField(label=_("Note for the SDR"), required=False, max_length=2000)
    territory = forms.ModelChoiceField(
        label=_("Where it lies"),
        queryset=Territory.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("I do not know"),
    )

    def __init__(self, data: Any = None, *, codes: list[str] | None = None) -> None:
        super().__init__(data)
        known = [reason.code for reason in RETURN] if codes is None else codes
        self.fields["reason"].choices = [  # type: ignore[attr-defined] # of a choice
            (code, reason_label(code)) for code in known
        ]


class HandOnForm(forms.Form):
    """To whom, and what they should know beside what is written already."""

    executive = forms.ChoiceField(label=_("To whom"), required=False)
    note = forms.CharField(
        label=_("What else they should know"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, by_id: int | None = None) -> None:
        super().__init__(data)
        others = [user for user in able_users() if user.pk != by_id]
        self.fields["executive"].choices = [  # type: ignore[attr-defined] # of a choice
            ("", _("As the agreement says")),
            *((str(user.key), user.name) for user in others),
        ]


class QualifyAndHandOnForm(NeedForm, HandOnForm):
    """Of somebody whose need is not confirmed yet, in one go."""

    field_order = ("need", "impact", "executive", "note")
