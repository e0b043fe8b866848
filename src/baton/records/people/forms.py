"""What is typed about people and companies, before the actions judge it."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.access.roles import Scope
from baton.core.fields.controls import OwnForm
from baton.core.ui.widgets import KeptChoiceField
from baton.records.people.permissions import EDIT_PEOPLE
from baton.records.people.queries import owners_named, possible_owners
from baton.records.people.rules import origins_open_to, usual_origin
from baton.records.people.words import BASES, ORIGINS, PURPOSES


class OwnerField(KeptChoiceField):
    """A colleague, or nobody; known outside by their key."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(
            among=possible_owners,
            shown=owners_named,
            to_field_name="key",
            required=False,
            empty_label=str(_("Nobody")),
            **{"label": _("Owner"), **rest},
        )

    def keep(self, present: str) -> None:
        """Whoever owns the record (their key) may go on owning it."""
        try:
            key = UUID(present)
        except ValueError:  # nobody, or no key
            return
        self.queryset = possible_owners(present=key)
        self.shown = lambda: self.queryset.only("key", "name")


class PersonForm(OwnForm):
    """Somebody new, added by hand."""

    first_name = forms.CharField(label=_("First name"), max_length=120, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=120, required=False)
    email = forms.CharField(
        label=_("Email"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(label=_("Phone"), max_length=60, required=False)
    job_title = forms.CharField(label=_("Job title"), max_length=160, required=False)
    company = forms.CharField(
        label=_("Company"),
        max_length=250,
        required=False,
        help_text=_("A name. One that nobody knows yet is added."),
    )
    country = forms.CharField(label=_("Country"), max_length=120, required=False)
    origin = forms.ChoiceField(label=_("How it began"))
    owner = OwnerField()

    def __init__(self, *args: Any, user: User, **rest: Any) -> None:
        super().__init__(*args, **rest)
        open_to = origins_open_to(user.role)
        self.fields["origin"] = forms.ChoiceField(
            label=_("How it began"),
            choices=[(origin, ORIGINS[origin]) for origin in open_to],
            initial=usual_origin(user.role),
        )
        # Who reaches only their own or their team's would not see the person they just added.
        if user.scope(EDIT_PEOPLE) is not Scope.ALL:
            del self.fields["owner"]
        self.ask_required("person", user=user)


class CompanyForm(OwnForm):
    """A new company, added by hand."""

    name = forms.CharField(label=_("Name"), max_length=250)
    domain = forms.CharField(
        label=_("Domain"), max_length=253, required=False, help_text=_("Like halden.example")
    )
    industry = forms.CharField(label=_("Industry"), max_length=120, required=False)
    employee_count = forms.IntegerField(
        label=_("Employees"), min_value=0, max_value=10_000_000, required=False
    )
    city = forms.CharField(label=_("City"), max_length=120, required=False)
    country = forms.CharField(label=_("Country"), max_length=120, required=False)

    def __init__(self, *args: Any, user: User, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.ask_required("company", user=user)


class ConsentForm(forms.Form):
    """What a person said about being written to or looked at."""

    email = forms.ChoiceField(label=_("Address"))
    purpose = forms.ChoiceField(label=_("Purpose"), choices=list(PURPOSES.items()))
    is_given = forms.ChoiceField(
        label=_("What they said"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    basis = forms.ChoiceField(label=_("Basis"), choices=list(BASES.items()))
    wording = forms.CharField(
        label=_("In which words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was asked and answered, so that it can be shown later."),
    )

    def __init__(self, *args: Any, addresses: list[str], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["email"] = forms.ChoiceField(
            label=_("Address"), choices=[(address, address) for address in addresses]
        )
