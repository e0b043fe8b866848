"""What is typed into a plan; shares in percent."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.insight.goals.rules import Span
from baton.insight.plans.queries import targets_from_goals
from baton.insight.plans.rules import FOLLOWED, Assumed, Budget, Launch, Terms
from baton.insight.plans.words import ASSUMED
from baton.marketing.campaigns.models import Campaign
from baton.marketing.capture.queries import CHANNELS

HUNDRED = Decimal(100)
SPARE = 3  # empty rows behind those that are filled


def places() -> list[Any]:
    """Channels, and campaigns by name."""
    campaigns = Campaign.objects.living().order_by("sort_key").values_list("key", "name")
    return [
        ("", _("Nothing")),
        (_("Channels"), [(f"channel:{code}", name) for code, name in CHANNELS.items()]),
        (_("Campaigns"), [(f"campaign:{key}", name) for key, name in campaigns]),
    ]


class BudgetRow(forms.Form):
    """Empty: no row."""

    place = forms.ChoiceField(label=_("Channel or campaign"), choices=(), required=False)
    amount = forms.DecimalField(
        label=_("Budget"), min_value=0, max_digits=14, decimal_places=2, required=False
    )

    def __init__(self, *args: Any, places: list[Any], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["place"].choices = places  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = dict(super().clean() or {})
        if bool(typed.get("place")) != (typed.get("amount") is not None):
            raise forms.ValidationError(_("A line of the budget needs a place and an amount."))
        return typed


class LaunchRow(forms.Form):
    """Empty: no row."""

    what = forms.CharField(label=_("Launch"), max_length=160, required=False)
    on = forms.DateField(
        label=_("On"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    owner = forms.ChoiceField(label=_("Who answers for it"), choices=(), required=False)

    def __init__(self, *args: Any, owners: list[Any], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["owner"].choices = owners  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = dict(super().clean() or {})
        if bool(typed.get("what")) != bool(typed.get("on")):
            raise forms.ValidationError(_("A launch needs words and a day."))
        return typed


class PlanForm(forms.Form):
    """Numbers that are one each."""

    mqls = forms.IntegerField(
        label=_("MQLs in the quarter"), min_value=1, max_value=10_000_000, required=False
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    read = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for name in Assumed:
            field = forms.DecimalField(
                label=ASSUMED[name],  # type: ignore[arg-type] # lazy, as gettext_lazy's are
                required=False,
                min_value=Decimal("0.01"),
                max_value=HUNDRED if name in FOLLOWED else None,
                max_digits=14,
                decimal_places=2,
                widget=forms.NumberInput(attrs={"step": "any"}),
                help_text=_("Percent") if name in FOLLOWED else _("In the company's currency"),
            )
            self.fields[name] = field

    def assumptions(self) -> dict[str, Decimal]:
        typed = {name: self.cleaned_data[name] for name in Assumed}
        return {
            name.value: value / HUNDRED if name in FOLLOWED else value
            for name, value in typed.items()
            if value is not None
        }


class PlanForms:
    """The whole page: one form, and rows of two kinds."""

    def __init__(self, terms: Terms, *, read: str, data: Mapping[str, Any] | None = None) -> None:
        self.form = PlanForm(data, initial=_initial(terms) | {"read": read})
        owners = [("", _("Nobody")), *_owners()]
        budget = forms.formset_factory(BudgetRow, extra=SPARE, max_num=100)
        launches = forms.formset_factory(LaunchRow, extra=SPARE, max_num=100)
        self.budget = budget(
            data,
            prefix="budget",
            initial=[{"place": _place(one), "amount": one.amount} for one in terms.budget],
            form_kwargs={"places": places()},
        )
        self.launches = launches(
            data,
            prefix="launches",
            initial=[
                {"what": one.what, "on": one.on, "owner": one.owner} for one in terms.launches
            ],
            form_kwargs={"owners": owners},
        )

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.budget.is_valid(), self.launches.is_valid()])

    def terms(self, quarter: Span) -> Terms:
        """With the targets that goals say now."""
        rows = [row for row in self.budget.cleaned_data if row.get("place")]
        launches = [row for row in self.launches.cleaned_data if row.get("what")]
        return Terms(
            targets=targets_from_goals(quarter),
            budget=tuple(_budget(row["place"], row["amount"]) for row in rows),
            launches=tuple(
                Launch(what=row["what"], on=row["on"], owner=row["owner"]) for row in launches
            ),
            assumptions=self.form.assumptions(),
            mqls=self.form.cleaned_data["mqls"],
            note=self.form.cleaned_data["note"],
        )


def _initial(terms: Terms) -> dict[str, Any]:
    assumed = {
        name: f"{(value * HUNDRED if name in FOLLOWED else value).normalize():f}"
        for name, value in terms.assumptions.items()
    }
    return {"mqls": terms.mqls, "note": terms.note, **assumed}


def _place(one: Budget) -> str:
    return f"campaign:{one.campaign}" if one.campaign else f"channel:{one.channel}"


def _budget(place: str, amount: Decimal) -> Budget:
    kind, _mark, name = place.partition(":")
    return Budget(**{kind: name}, amount=amount)


def _owners() -> list[tuple[str, str]]:
    rows: list[User] = list(who_can_sign_in().order_by("name"))
    return [(str(user.key), user.name) for user in rows]
