"""Who is asked for a review or a referral, and whom they named."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.records.people.models import Person
from baton.sales.customers.models import Customer
from baton.sales.customers.queries import people_to_ask


class FavourForm(forms.Form):
    """The text to send, ready to be changed."""

    person = forms.ModelChoiceField(
        label=_("Whom"), queryset=Person.objects.none(), to_field_name="key", empty_label=None
    )
    text = forms.CharField(
        label=_("What you write"), max_length=4000, widget=forms.Textarea(attrs={"rows": 10})
    )
    by_mail = forms.BooleanField(
        label=_("Send it by mail now"),
        required=False,
        help_text=_("Not to who said no to our mail. Otherwise a task reminds you to send it."),
    )

    def __init__(
        self, data: Any = None, *, customer: Customer, user: User, text: str, person: Person | None
    ) -> None:
        super().__init__(data, initial={"person": person or customer.person, "text": text})
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- above
        seen = Person.objects.visible_to(user)
        field.queryset = people_to_ask(customer, among=seen)
        if not settings.MAIL_IS_SET_UP:
            del self.fields["by_mail"]

    def clean(self) -> None:
        super().clean()
        self.cleaned_data.setdefault("by_mail", False)


class ReferralForm(forms.Form):
    """Whom they named."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Email"), required=False)
    company = forms.CharField(label=_("Company"), max_length=200, required=False)
