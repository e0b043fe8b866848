"""The fields of a record that are edited in place: how each is typed, shown and handed on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.records.people.actions import create_company
from baton.records.people.forms import OwnerField
from baton.records.people.models import Company, Person
from baton.records.people.queries import companies_by_names, domains_of, emails_of, phones_of
from baton.records.people.rules import tidy

Record = Person | Company
MOST_LINES = 3  # of a list, before "and 2 more"


@dataclass(frozen=True)
class Asking:
    """Who saves, and when: some values need it to become what the action takes."""

    user: User
    at: datetime


def _text(label: Any, *, longest: int, **more: Any) -> Callable[[], forms.Field]:
    return lambda: forms.CharField(label=label, max_length=longest, required=False, **more)


def _lines(label: Any, help_text: Any) -> Callable[[], forms.Field]:
    return lambda: forms.CharField(
        label=label,
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
    )


@dataclass(frozen=True, kw_only=True)
class RecordField:
    """``text_of`` stands in the control; ``value_of`` turns what was typed into the value."""

    name: str
    label: Any
    control: Callable[[], forms.Field]
    text_of: Callable[[Any], str] = lambda record: ""
    value_of: Callable[[Any, Asking], Any] = lambda typed, asking: typed
    template: str = "people/values/text.html"
    group: str = "details"  # under which heading it stands


def _column(name: str, label: Any, *, longest: int, **more: Any) -> RecordField:
    return RecordField(
        name=name,
        label=label,
        control=_text(label, longest=longest),
        text_of=lambda record: getattr(record, name),
        **more,
    )


def _list(
    name: str, label: Any, *, read: Callable[[Any], list[str]], help_text: Any
) -> RecordField:
    return RecordField(
        name=name,
        label=label,
        control=_lines(label, help_text),
        text_of=lambda record: "\n".join(read(record)),
        value_of=lambda typed, asking: typed.splitlines(),
        template="people/values/lines.html",
    )


def _number(name: str, label: Any, *, control: Callable[[], forms.Field]) -> RecordField:
    return RecordField(
        name=name, label=label, control=control, text_of=lambda record: _written(record, name)
    )


def _written(record: Record, name: str) -> str:
    value = getattr(record, name)
    return "" if value is None else format(value, "f" if isinstance(value, Decimal) else "")


def company_named(typed: str, asking: Asking) -> Company | None:
    """The company of that name that the user may see, else a new one; None for no name."""
    name = tidy(typed)
    if not name:
        return None
    seen = Company.objects.visible_to(asking.user)
    known = companies_by_names([name], among=seen).get(name.casefold())
    return known or create_company(name=name, by=asking.user, at=asking.at)


OWNER = RecordField(
    name="owner",
    label=_("Owner"),
    control=OwnerField,
    text_of=lambda record: str(record.owner.key) if record.owner else "",
    template="people/values/owner.html",
)
FIRST_COUNTS = _("One a line. The first is the one to use.")

PERSON_FIELDS: Mapping[str, RecordField] = {
    field.name: field
    for field in (
        _column("full_name", _("Name"), longest=250),
        _list(
            "emails",
            _("Email"),
            read=lambda person: [row.address for row in emails_of([person.pk])[person.pk]],
            help_text=FIRST_COUNTS,
        ),
        _list(
            "phones",
            _("Phone"),
            read=lambda person: [row.number for row in phones_of([person.pk])[person.pk]],
            help_text=FIRST_COUNTS,
        ),
        _column("job_title", _("Job title"), longest=160),
        RecordField(
            name="company",
            label=_("Company"),
            control=_text(
                _("Company"), longest=250, help_text=_("A name. One that nobody knows is added.")
            ),
            text_of=lambda person: person.company.name if person.company else "",
            value_of=company_named,
        ),
        _column("language", _("Language"), longest=12),
        _column("country", _("Country"), longest=120),
        OWNER,
        _column("said_source", _("Heard of us"), longest=250, group="source"),
    )
}
COMPANY_FIELDS: Mapping[str, RecordField] = {
    field.name: field
    for field in (
        _column("name", _("Name"), longest=250),
        _list(
            "domains",
            _("Domains"),
            read=lambda company: domains_of([company.pk])[company.pk],
            help_text=_("One a line, like halden.example."),
        ),
        _column("industry", _("Industry"), longest=120),
        _number(
            "employee_count",
            _("Employees"),
            control=lambda: forms.IntegerField(
                label=_("Employees"), min_value=0, max_value=10_000_000, required=False
            ),
        ),
        _number(
            "annual_revenue",
            _("Revenue a year"),
            control=lambda: forms.DecimalField(
                label=_("Revenue a year"), max_digits=15, decimal_places=2, required=False
            ),
        ),
        _column("city", _("City"), longest=120),
        _column("country", _("Country"), longest=120),
        _column("region", _("Region"), longest=80),
        OWNER,
    )
}


@dataclass(frozen=True, kw_only=True)
class Prop:
    """One line of a record's details: the label, the value, and where it is edited."""

    field: RecordField
    record: Record
    edit_url: str  # empty: may not be edited by this user

    @property
    def id(self) -> str:
        return f"prop-{self.field.name}"

    @property
    def text(self) -> str:
        return self.field.text_of(self.record)

    @property
    def shown_lines(self) -> list[str]:
        return self.text.splitlines()[:MOST_LINES]

    @property
    def more(self) -> int:
        return max(0, len(self.text.splitlines()) - MOST_LINES)
