"""What a file may say of a company."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from baton.core.offers import (
    ImportField,
    ImportKind,
)
from baton.records.people.models import Company


def _text(name: str, label: Any) -> ImportField:
    limit = getattr(Company._meta.get_field(name), "max_length", None)
    return ImportField(name=name, label=label, longest=limit or 0)


FIELDS = (
    _text("name", _("Name")),
    _text("industry", _("Industry")),
    _text("phone", _("Phone")),
    ImportField(name="linkedin", label=_("LinkedIn")),
    ImportField(name="x", label="X"),
    ImportField(name="website", label=_("Website")),
    _text("territory", _("Territory")),
    _text("street", _("Street")),
    _text("postcode", _("Postcode")),
    _text("city", _("City")),
    _text("country", _("Country")),
    _text("region", _("Region")),
    ImportField(name="domain", label=_("Domain"), longest=253),
    ImportField(name="employee_count", label=_("Employees"), kind=ImportKind.NUMBER),
    ImportField(name="annual_revenue", label=_("Yearly revenue"), kind=ImportKind.NUMBER),
    ImportField(name="revenue_currency", label=_("Currency of the revenue"), longest=3),
    ImportField(name="tags", label=_("Tags")),
    ImportField(name="parent", label=_("Parent company"), kind=ImportKind.LINK, of="company"),
    ImportField(name="owner", label=_("Owner"), kind=ImportKind.LINK, of="user"),
)
