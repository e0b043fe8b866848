"""What is typed about campaigns and costs, before the actions judge it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.money.fields import CurrencyField
from baton.core.money.rules import parse_amount
from baton.core.ui.widgets import KeptChoiceField
from baton.marketing.campaigns.models import Campaign, Cost
from baton.marketing.campaigns.wording import COST_KINDS
from baton.marketing.capture.queries import CHANNELS
from baton.records.people.queries import known_owners

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def owner_field() -> KeptChoiceField:
    """Whoever works here, or nobody."""
    return KeptChoiceField(
        label=_("Owner"),
        among=lambda: User.objects.filter(deleted_at=None, is_active=True).order_by("name"),
        shown=known_owners,
        to_field_name="key",
        required=False,
        empty_label=_("Nobody"),
    )


class CampaignForm(forms.Form):
    """A campaign, new or known; ``version`` tells when somebody else was faster."""

    name = forms.CharField(label=_("Name"), max_length=160)
    code = forms.CharField(
        label=_("Code"),
        max_length=120,
        required=False,
        help_text=_("What links carry as utm_campaign; made of the name when empty"),
    )
    channel = forms.ChoiceField(
        label=_("Channel"), choices=[("", _("How does it reach people?")), *CHANNELS.items()]
    )
    starts_on = forms.DateField(label=_("Starts"), required=False, widget=DAY)
    ends_on = forms.DateField(label=_("Ends"), required=False, widget=DAY)
    owner = owner_field()
    goal = forms.CharField(
        label=_("What it is for"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def campaign_form(campaign: Campaign, data: Any = None) -> CampaignForm:
    """The form with what the campaign says now."""
    names = ("name", "code", "channel", "starts_on", "ends_on", "goal", "version")
    initial = {name: getattr(campaign, name) for name in names}
    return CampaignForm(data, initial=initial | {"owner": campaign.owner and campaign.owner.key})


class CostForm(forms.Form):
    """Money spent over some days."""

    kind = forms.ChoiceField(label=_("Kind"), choices=list(COST_KINDS.items()))
    amount = forms.CharField(label=_("Amount"), max_length=40, help_text=_("Like 12,500.50"))
    currency = CurrencyField(label=_("Currency"))
    from_on = forms.DateField(label=_("From"), widget=DAY)
    to_on = forms.DateField(
        label=_("To"), required=False, widget=DAY, help_text=_("Empty: one day")
    )
    note = forms.CharField(label=_("Note"), max_length=250, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """The amount as an exact number of its currency, and an end for what has none."""
        typed: dict[str, Any] = super().clean() or {}
        typed["to_on"] = typed.get("to_on") or typed.get("from_on")
        if "amount" in typed and "currency" in typed:
            typed["amount"] = self._read(typed["amount"], typed["currency"])
        return typed

    def _read(self, amount: str, currency: str) -> Decimal | None:
        try:
            return parse_amount(amount, currency=currency)
        except RuleViolation as no:
            self.add_error("amount", str(no))
            return None


class LooseCostForm(CostForm):
    """A cost of any campaign, or of none."""

    campaign = forms.ModelChoiceField(
        label=_("Campaign"),
        queryset=Campaign.objects.living().order_by("sort_key"),
        to_field_name="key",
        required=False,
        empty_label=_("None"),
    )
    channel = forms.ChoiceField(
        label=_("Channel"),
        choices=[("", _("None")), *CHANNELS.items()],
        required=False,
        help_text=_("Of a cost without a campaign"),
    )
    field_order = ("kind", "amount", "currency", "from_on", "to_on", "campaign", "channel", "note")


def cost_form(cost: Cost, data: Any = None) -> LooseCostForm:
    """The form with what the cost says now."""
    names = ("kind", "currency", "from_on", "to_on", "note", "channel", "version")
    initial = {name: getattr(cost, name) for name in names} | {"amount": f"{cost.amount:f}"}
    return LooseCostForm(data, initial=initial | {"campaign": cost.campaign and cost.campaign.key})
