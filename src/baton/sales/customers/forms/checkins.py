"""How often they are spoken with, and how it went."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.filters.rows import FilterRows
from baton.core.ui.widgets import DayField
from baton.records.people.models import Person
from baton.records.timeline.permissions import EDIT_TIMELINE
from baton.sales.customers.models import CheckinRule, Customer
from baton.sales.customers.queries import people_to_ask
from baton.sales.customers.words import SPOKEN


class RhythmForm(forms.Form):
    """Of one customer; empty is as the agreement says."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    days = forms.IntegerField(
        label=_("Every so many days"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("Empty: as the agreement says. Who is not well is spoken with sooner."),
    )
    agreed_on = DayField(
        label=_("Agreed for"),
        required=False,
        help_text=_("A day that they know of; it counts until somebody spoke with them."),
    )

    def __init__(self, data: Any = None, *, customer: Customer) -> None:
        usual = {
            "version": customer.version,
            "days": customer.checkin_days,
            "agreed_on": customer.checkin_agreed_on,
        }
        super().__init__(data, initial=usual, auto_id="rhythm_%s")


class SpokenForm(forms.Form):
    """A call, a meeting or a mail, and what came of it."""

    person = forms.ModelChoiceField(
        label=_("With whom"), queryset=Person.objects.none(), to_field_name="key", empty_label=None
    )
    how = forms.ChoiceField(label=_("How it went"), choices=list(SPOKEN.items()))
    body = forms.CharField(
        label=_("What was said"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, customer: Customer, user: User) -> None:
        super().__init__(data, initial={"person": customer.person}, auto_id="spoken_%s")
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)  # noqa: S101 -- above
        written = Person.objects.visible_to(user, EDIT_TIMELINE)
        person.queryset = people_to_ask(customer, among=written)

    def values(self) -> dict[str, Any]:
        """As the action takes it."""
        kind, _dash, outcome = self.cleaned_data["how"].partition("-")
        said = {name: self.cleaned_data[name] for name in ("person", "body")}
        return {"kind": kind, "outcome": outcome, **said}


class CheckinRuleForm(forms.Form):
    """A row of the table: for whom, and how often."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("It stands beside each check-in as the reason.")
    )
    well = forms.IntegerField(label=_("Days: well"), min_value=1, max_value=1000)
    watch = forms.IntegerField(label=_("Watch"), min_value=1, max_value=1000)
    risk = forms.IntegerField(label=_("At risk"), min_value=1, max_value=1000)
    position = forms.IntegerField(
        label=_("Tried as number"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=_("The first row that a customer fits counts. Empty: the last one."),
    )

    def __init__(self, data: Any = None, *, rule: CheckinRule | None = None) -> None:
        names = ("version", "name", "well", "watch", "risk", "position")
        super().__init__(data, initial={name: getattr(rule, name) for name in names if rule})
        tree = rule.condition if rule else None
        self.rows = FilterRows(data, tree=tree, object_type="customer")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.rows.is_valid() or self.rows.is_unfinished() or self.rows.tree() is None:
            raise forms.ValidationError(
                _("Say by field, comparison and value for which customers it is.")
            )
        return cleaned

    def values(self) -> dict[str, Any]:
        """As the action takes it."""
        names = ("name", "well", "watch", "risk", "position")
        said = {name: self.cleaned_data[name] for name in names}
        return {**said, "condition": self.rows.tree()}
