"""The fields of a record that are edited in place: how each is typed, shown and handed on."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.editing.fields import Asking, RecordField
from baton.records.people.actions import NoSuchCompany, create_company
from baton.records.people.forms import OwnerField
from baton.records.people.models import Company, Person
from baton.records.people.queries import companies_by_names, domains_of, emails_of, phones_of
from baton.records.people.rules import tidy
from baton.records.people.views.controls import (
    ADDRESSES,
    LANGUAGE,
    REVENUE,
    TERRITORY,
    ZONE,
    chosen,
)
from baton.records.people.views.tagging import tags_field
from baton.records.people.words import BUYING_ROLES, SENIORITIES

Record = Person | Company
Control = Callable[[Any, User], forms.Field]


def _text(label: Any, *, longest: int, **more: Any) -> Control:
    return lambda record, user: forms.CharField(
        label=label, max_length=longest, required=False, **more
    )


def _lines(label: Any, help_text: Any) -> Control:
    return lambda record, user: forms.CharField(
        label=label,
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
    )


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
        template="editing/values/lines.html",
    )


def _number(name: str, label: Any, *, control: Control) -> RecordField:
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


def company_here(typed: str, asking: Asking) -> Company | None:
    """The company of that name that the user may see; None for no name. Raises NoSuchCompany."""
    name = tidy(typed)
    seen = Company.objects.visible_to(asking.user)
    known = companies_by_names([name], among=seen).get(name.casefold())
    if name and not known:
        words = _("There is no company “%(name)s”. Write the name of one that is here.")
        raise NoSuchCompany(str(words) % {"name": name})
    return known


OWNER = RecordField(
    name="owner",
    label=_("Owner"),
    control=lambda record, user: OwnerField(),
    text_of=lambda record: str(record.owner.key) if record.owner else "",
    template="editing/values/owner.html",
)
LINKS = (
    _column("linkedin", _("LinkedIn"), longest=250),
    _column("x", "X", longest=60),
    _column("website", _("Website"), longest=250),
)
FIRST_COUNTS = _("One a line. The first is the one to use.")

PERSON_FIELDS: dict[str, RecordField] = {
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
        chosen("seniority", _("Seniority"), choices=SENIORITIES.items),
        chosen("buying_role", _("Part in buying"), choices=BUYING_ROLES.items),
        RecordField(
            name="company",
            label=_("Company"),
            control=_text(
                _("Company"), longest=250, help_text=_("A name. One that nobody knows is added.")
            ),
            text_of=lambda person: person.company.name if person.company else "",
            value_of=company_named,
        ),
        tags_field(Person),
        LANGUAGE,
        _column("country", _("Country"), longest=120),
        ZONE,
        OWNER,
        ADDRESSES,
        *LINKS,
        _column("said_source", _("Heard of us"), longest=250, group="source"),
    )
}
COMPANY_FIELDS: dict[str, RecordField] = {
    field.name: field
    for field in (
        _column("name", _("Name"), longest=250),
        _list(
            "domains",
            _("Domains"),
            read=lambda company: domains_of([company.pk])[company.pk],
            help_text=_("One a line, like halden.example."),
        ),
        tags_field(Company),
        _column("industry", _("Industry"), longest=120),
        _number(
            "employee_count",
            _("Employees"),
            control=lambda record, user: forms.IntegerField(
                label=_("Employees"), min_value=0, max_value=10_000_000, required=False
            ),
        ),
        REVENUE,
        _column("phone", _("Phone"), longest=60),
        TERRITORY,
        RecordField(
            name="parent",
            label=_("Belongs to"),
            control=_text(
                _("Belongs to"), longest=250, help_text=_("The name of a company that is here.")
            ),
            text_of=lambda company: company.parent.name if company.parent else "",
            value_of=company_here,
            template="people/parent.html",
        ),
        RecordField(
            name="street",
            label=_("Street"),
            control=_lines(_("Street"), _("In lines, as on an envelope.")),
            text_of=lambda company: company.street,
            template="editing/values/lines.html",
        ),
        _column("postcode", _("Postcode"), longest=20),
        _column("city", _("City"), longest=120),
        _column("country", _("Country"), longest=120),
        _column("region", _("Region"), longest=80),
        OWNER,
        *LINKS,
    )
}
