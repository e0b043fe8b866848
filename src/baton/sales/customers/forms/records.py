"""What is typed about customers."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.money.fields import CurrencyField
from baton.core.money.rules import parse_amount
from baton.core.settings.queries import organisation
from baton.core.ui.widgets import DayField
from baton.records.people.models import Person
from baton.sales.customers.models import Customer, FavourTerms
from baton.sales.customers.queries.surveys import people_to_ask
from baton.sales.customers.queries.terms import able_owners
from baton.sales.customers.rules import LOW, TOP, SurveyKind, scores
from baton.sales.customers.words import CHURN, SURVEY_ASKS, WHOSE

MOST_DAYS = 250
MOST_MONEY = 10**13


class GiveForm(forms.Form):
    """To whom they go, and what the seller says of them."""

    owner = forms.ModelChoiceField(
        label=_("Customer owner"), queryset=User.objects.none(), to_field_name="key"
    )
    note = forms.CharField(
        label=_("What the brief does not say"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("How they like to be treated, what to avoid, what you said you would do."),
    )

    def __init__(self, data: Any = None, *, customer: Customer) -> None:
        super().__init__(data, initial={"owner": customer.owner, "note": customer.note})
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)  # noqa: S101 -- two lines above
        owner.queryset = able_owners()


class FavourTermsForm(forms.Form):
    """How customers are asked for reviews and referrals."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    review_url = forms.URLField(
        label=_("Where customers write a review"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("The address of your page at Google, G2 or elsewhere."),
    )
    favour_months = forms.IntegerField(
        label=_("Months until somebody is asked for the same again"), min_value=1, max_value=120
    )

    def __init__(self, data: Any = None, *, agreed: FavourTerms) -> None:
        super().__init__(data, initial={name: getattr(agreed, name) for name in self.base_fields})

    def values(self) -> dict[str, Any]:
        """As they are kept."""
        return {name: self.cleaned_data[name] for name in ("review_url", "favour_months")}


class StepForm(forms.Form):
    """One more step for one customer."""

    name = forms.CharField(label=_("What is to be done"), max_length=160)
    whose = forms.ChoiceField(label=_("Whose step"), choices=list(WHOSE.items()))
    due_on = DayField(label=_("Due on"))


class ValueForm(forms.Form):
    first_value_on = DayField(label=_("First value on"), required=False)


class IssueForm(forms.Form):
    issue = forms.CharField(label=_("What is wrong"), max_length=250)


class ContractForm(forms.Form):
    """An amount as people write it, read in the currency beside it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    ends_on = DayField(label=_("Ends on"), required=False)
    amount = forms.CharField(
        label=_("Amount"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    currency = CurrencyField(label=_("Currency"), help_text=_("Like EUR."))
    step = forms.CharField(
        label=_("Next step for the renewal"),
        max_length=250,
        required=False,
        help_text=_("With one their health does not warn of the end."),
    )

    def __init__(self, data: Any = None, *, customer: Customer) -> None:
        amount = customer.contract_amount
        usual = {
            "version": customer.version,
            "ends_on": customer.contract_ends_on,
            "amount": "" if amount is None else f"{amount:.2f}",
            "currency": customer.contract_currency or organisation().base_currency,
            "step": customer.renewal_step,
        }
        super().__init__(data, initial=usual)

    def clean(self) -> None:
        super().clean()
        text, currency = self.cleaned_data.get("amount"), self.cleaned_data.get("currency")
        self.cleaned_data["amount"] = None
        if not text or not currency:
            return
        try:
            amount = parse_amount(text, currency=currency)
        except RuleViolation as no:
            self.add_error("amount", str(no))
            return
        if not 0 <= amount < MOST_MONEY:
            self.add_error("amount", _("Enter an amount of 0 or more."))
        self.cleaned_data["amount"] = amount


class RenewForm(ContractForm):
    """They go on: until when, and for how much."""

    step = None  # type: ignore[assignment]  # Django's way to leave a field out
    ends_on = DayField(label=_("Until"))

    def __init__(self, data: Any = None, *, customer: Customer) -> None:
        super().__init__(data, customer=customer)
        self.auto_id = "renew_%s"  # both stand on one page, and each label means its own


class ChurnForm(forms.Form):
    on = DayField(label=_("Gone on"))
    reason = forms.ChoiceField(label=_("Why"), choices=list(CHURN.items()))

    def __init__(self, data: Any = None, *, day: date) -> None:
        super().__init__(data, initial={"on": day})


class AskForm(forms.Form):
    """Whom, and what; by mail where a mail server is set up."""

    person = forms.ModelChoiceField(
        label=_("Whom"), queryset=Person.objects.none(), to_field_name="key", empty_label=None
    )
    kind = forms.ChoiceField(label=_("What"), choices=list(SURVEY_ASKS.items()))
    by_mail = forms.BooleanField(
        label=_("Send the link by mail"),
        required=False,
        help_text=_("Not to who said no to our mail. Otherwise hand the link over yourself."),
    )

    def __init__(self, data: Any = None, *, customer: Customer, user: User) -> None:
        super().__init__(data, initial={"person": customer.person})
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)  # noqa: S101 -- as above
        seen = Person.objects.visible_to(user)
        person.queryset = people_to_ask(customer, among=seen)
        if not settings.MAIL_IS_SET_UP:
            del self.fields["by_mail"]

    def clean(self) -> None:
        super().clean()
        self.cleaned_data.setdefault("by_mail", False)


class AnswerForm(forms.Form):
    """What a customer answers."""

    score = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the numbers."),
            "invalid_choice": _("Choose one of the numbers."),
        },
    )
    comment = forms.CharField(
        label=_("Why? (you may leave this empty)"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, data: Any = None, *, kind: SurveyKind, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        score = self.fields["score"]
        assert isinstance(score, forms.TypedChoiceField)  # noqa: S101 -- as above
        score.choices = [(one, str(one)) for one in scores(kind)]
        self.first, self.last = LOW[kind], TOP[kind]


class TemplateForm(forms.Form):
    """A step that new customers get."""

    name = forms.CharField(label=_("What is to be done"), max_length=160)
    whose = forms.ChoiceField(label=_("Whose step"), choices=list(WHOSE.items()))
    days = forms.IntegerField(
        label=_("Working days after the start"), min_value=0, max_value=MOST_DAYS
    )
