"""What a file may say of a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from baton.core.offers import (
    ImportField,
    ImportKind,
)
from baton.records.people.models import Person, PostalAddress
from baton.records.people.rules import AddressKind, Origin
from baton.records.people.words import POSTAL


def _text(name: str, label: Any) -> ImportField:
    limit = getattr(Person._meta.get_field(name), "max_length", None)
    return ImportField(name=name, label=label, longest=limit or 0)


def _postal(name: str, label: Any) -> ImportField:
    limit = getattr(PostalAddress._meta.get_field(name), "max_length", None)
    return ImportField(name=name, label=label, longest=limit or 0)


CELL = 4000  # characters of several addresses or numbers together; each is judged by itself
FIELDS = (
    _text("full_name", _("Name")),
    _text("first_name", _("First name")),
    _text("last_name", _("Last name")),
    ImportField(name="email", label=_("Mail"), longest=CELL),
    ImportField(name="other_email", label=_("Another mail"), longest=CELL),
    ImportField(name="phone", label=_("Phone"), longest=CELL),
    ImportField(name="mobile", label=_("Mobile phone"), longest=CELL),
    ImportField(name="other_phone", label=_("Another phone"), longest=CELL),
    _text("job_title", _("Job title")),
    ImportField(name="seniority", label=_("Seniority")),
    ImportField(name="buying_role", label=_("Part in buying")),
    ImportField(name="linkedin", label=_("LinkedIn")),
    ImportField(name="x", label="X"),
    ImportField(name="website", label=_("Website")),
    _text("language", _("Language")),
    _text("zone", _("Time zone")),
    _text("country", _("Country")),
    ImportField(name="address_kind", label=_("Kind of address"), choices=tuple(AddressKind)),
    *(_postal(name, POSTAL[name]) for name in ("street", "postcode", "city", "region")),
    ImportField(name="origin", label=_("Origin"), choices=tuple(Origin)),
    _text("channel", _("Channel")),
    _text("campaign", _("Campaign")),
    _text("landing_page", _("Landing page")),
    _text("said_source", _("How they heard of us")),
    ImportField(name="at", label=_("Known since"), kind=ImportKind.MOMENT),
    ImportField(name="tags", label=_("Tags")),
    ImportField(name="company", label=_("Company"), kind=ImportKind.LINK, of="company"),
    ImportField(name="owner", label=_("Owner"), kind=ImportKind.LINK, of="user"),
)
