"""Won and Lost ask why."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.fields.controls import OwnForm
from baton.sales.deals.forms.parts import AmountField, text_field
from baton.sales.deals.models import Deal
from baton.sales.deals.rules import LostReason
from baton.sales.deals.words import LOST_REASONS, WON_REASONS

RIVALS = {"list": "rivals", "autocomplete": "off"}


class _Closing(OwnForm):
    asked: Sequence[str] = ()  # fields that were added because the stage asks for them

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    competitor = text_field(
        max_length=120, required=False, label=_("Competitor"), widget=forms.TextInput(attrs=RIVALS)
    )

    def __init__(
        self, data: Any = None, *, deal: Deal, user: User, more: Mapping[str, Any]
    ) -> None:
        initial = {"version": deal.version, "competitor": deal.competitor}
        super().__init__(data, initial={**initial, **more})
        self.hold_back("deal", user=user)


class WinForm(_Closing):
    """The signed amount and the reason."""

    reason = forms.ChoiceField(
        choices=[("", ""), *WON_REASONS.items()], required=False, label=_("Why did they buy?")
    )

    def __init__(self, data: Any = None, *, deal: Deal, user: User, is_amount_free: bool) -> None:
        super().__init__(data, deal=deal, user=user, more={"amount": deal.amount})
        self.fields["competitor"].label = _("Who else was in the race?")
        if "amount" in user.limits("deal").hidden:
            return
        is_read_only = "amount" in user.limits("deal").read_only
        note = "" if is_amount_free else _("The sum of the lines.")
        self.fields["amount"] = AmountField(
            currency=deal.currency,
            required=False,
            disabled=not is_amount_free or is_read_only,
            label=_("Signed amount in %(currency)s") % {"currency": deal.currency},
            help_text=note,
        )


class LoseForm(_Closing):
    """The reason, who won, and what they objected to."""

    reason = forms.ChoiceField(
        choices=[pair for pair in LOST_REASONS.items() if pair[0] != LostReason.UNKNOWN],
        label=_("Why was it lost?"),
        error_messages={"required": _("Say why this deal was lost.")},
    )
    objection = text_field(
        max_length=250,
        required=False,
        label=_("What did they object to?"),
        help_text=_("In their words. Marketing reads it."),
    )

    def __init__(self, data: Any = None, *, deal: Deal, user: User) -> None:
        super().__init__(data, deal=deal, user=user, more={"objection": deal.objection})
