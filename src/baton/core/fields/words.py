"""Words for kinds of field, and for what has fields."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baton.core.fields.rules import Kind

KINDS: Mapping[str, Promise] = {
    Kind.TEXT: _("Text"),
    Kind.LONG: _("Long text"),
    Kind.NUMBER: _("Number"),
    Kind.MONEY: _("Money"),
    Kind.DATE: _("Date"),
    Kind.MOMENT: _("Date and time"),
    Kind.BOOLEAN: _("Yes or no"),
    Kind.CHOICE: _("Choice"),
    Kind.CHOICES: _("Several choices"),
    Kind.LINK: _("Link"),
    Kind.MAIL: _("Mail address"),
    Kind.PHONE: _("Phone number"),
    Kind.USER: _("Colleague"),
}
OBJECTS: Mapping[str, Promise] = {
    "person": _("People"),
    "company": _("Companies"),
    "deal": _("Deals"),
}
LISTS: Mapping[str, str] = {"person": "people", "company": "companies", "deal": "deals"}
