"""What heads agree on about customers who are handed over after the win."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.qualification.handoff.forms.agreement import late_field, number_field, start_field
from baton.qualification.handoff.forms.verdicts import able_users
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.rules import Gives
from baton.qualification.handoff.words import GIVES


class OwnersForm(forms.Form):
    """The terms of a version of the third kind."""

    gives = forms.ChoiceField(label=_("New customers go to"), choices=list(GIVES.items()))
    given_to = forms.ModelChoiceField(
        label=_("Who, if it is one colleague"),
        queryset=User.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("Nobody"),
    )
    brief_minutes = number_field(
        "brief_minutes",
        _("The seller's own word within"),
        _("Working minutes of who sold, from the handover. Empty: not promised."),
        required=False,
    )
    accept_minutes = number_field(
        "accept_minutes", _("Taken over within"), _("Working minutes of the owner.")
    )
    respond_minutes = number_field(
        "respond_minutes",
        _("First call within"),
        _("Working minutes of the owner, from taking over."),
    )
    value_days = number_field(
        "value_days",
        _("First value within"),
        _("Days from the handover. Empty: not promised."),
        required=False,
    )
    quiet_days = number_field("quiet_days", _("Without a word until it is told"), _("Days."))
    checkin_well = number_field(
        "checkin_well", _("Until the next check-in: well"), _("Days from one word to the next.")
    )
    checkin_watch = number_field("checkin_watch", _("Until the next check-in: watch"), _("Days."))
    checkin_risk = number_field("checkin_risk", _("Until the next check-in: at risk"), _("Days."))
    when_late = late_field()
    starts_on = start_field()

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        able = who_can_sign_in().filter(pk__in=[user.pk for user in able_users()])
        self.fields["given_to"].queryset = able  # type: ignore[attr-defined] # of a model

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("gives") == Gives.ONE and not said.get("given_to"):
            self.add_error("given_to", _("Say which colleague."))
        return said

    def values(self) -> dict[str, Any]:
        """By the names of the agreement's own terms."""
        typed = self.cleaned_data
        found = {name: typed[name] for name in self.base_fields if name != "given_to"}
        found["given_to_id"] = typed["given_to"].pk if typed["given_to"] else None
        return found


def owners_typed(agreement: Agreement) -> dict[str, Any]:
    """A version as the form shows it."""
    names = [name for name in OwnersForm.base_fields if name != "given_to"]
    typed: dict[str, Any] = {name: getattr(agreement, name) for name in names}
    typed["given_to"] = agreement.given_to.key if agreement.given_to else None
    if agreement.valid_from:
        typed["starts_on"] = None
    return typed
