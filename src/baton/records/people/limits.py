"""The fields of people and companies that roles may be kept from."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from baton.core.limits import BuiltIn

# name, label, how else it is called; a name with a dot is what another object is asked by
_Row = tuple[str, Any, tuple[str, ...]]
_PERSON: tuple[_Row, ...] = (
    ("full_name", _("Name"), ("first_name", "last_name")),
    ("emails", _("Email"), ("email", "email_domain", "bounced")),
    ("phones", _("Phone"), ("phone", "phone_unread")),
    ("job_title", _("Job title"), ()),
    ("seniority", _("Seniority"), ()),
    ("buying_role", _("Part in buying"), ()),
    ("company", _("Company"), ()),
    ("tags", _("Tags"), ()),
    ("language", _("Language"), ()),
    ("country", _("Country"), ()),
    ("zone", _("Time zone"), ()),
    ("owner", _("Owner"), ()),
    ("addresses", _("Address"), ("address", "city", "postcode", "region")),
    ("linkedin", _("LinkedIn"), ()),
    ("x", "X", ()),
    ("website", _("Website"), ()),
    ("said_source", _("Heard of us"), ()),
)
_COMPANY: tuple[_Row, ...] = (
    ("name", _("Name"), ()),
    ("domains", _("Domains"), ("domain",)),
    ("tags", _("Tags"), ("person.company_tags",)),
    ("industry", _("Industry"), ("person.industry",)),
    ("employee_count", _("Employees"), ("person.employee_count",)),
    ("annual_revenue", _("Revenue a year"), ("revenue_currency",)),
    ("phone", _("Phone"), ()),
    ("territory", _("Territory"), ("person.company_territory",)),
    ("parent", _("Belongs to"), ()),
    ("street", _("Street"), ()),
    ("postcode", _("Postcode"), ("person.company_postcode",)),
    ("city", _("City"), ()),
    ("country", _("Country"), ("person.company_country",)),
    ("region", _("Region"), ("person.company_region",)),
    ("owner", _("Owner"), ()),
    ("linkedin", _("LinkedIn"), ()),
    ("x", "X", ()),
    ("website", _("Website"), ()),
)
# By these records are named, found and reached; hiding the field would hide little.
_SEEN = {
    "person": {"full_name", "company"},
    "company": {"name", "parent"},
}
_ASKED = {  # by the form of a new record
    "person": {"emails", "phones", "job_title", "country"},
    "company": {"domains", "industry", "employee_count", "city", "country"},
}


def built_in_fields() -> Iterator[BuiltIn]:
    """In the order in which records show them."""
    for object_type, rows in (("person", _PERSON), ("company", _COMPANY)):
        for name, label, also in rows:
            yield BuiltIn(
                object_type=object_type,
                name=name,
                label=label,
                also=also,
                may_hide=name not in _SEEN[object_type],
                may_require=name in _ASKED[object_type],
            )
