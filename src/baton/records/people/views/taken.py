"""What a file with all that is known has beside the columns of the lists."""

from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from baton.core.ui.cells import Column
from baton.records.people.models import Person
from baton.records.people.words import touch_label


def plain_touch(person: Person) -> str:
    """In words; the list has a mark."""
    return str(touch_label(person.latest_touch)) if person.latest_touch else ""


def _primary_first(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda one: (not one.is_primary, one.pk))


OF_PERSON = (
    Column(name="emails", label=_("Mail"), value=lambda one: _primary_first(one.emails.all())),
    Column(name="phones", label=_("Phone"), value=lambda one: _primary_first(one.phones.all())),
)
OF_COMPANY = (
    Column(name="domains", label=_("Domains"), value=lambda one: list(one.domains.all())),
)


def prepare_people(people: list[Any]) -> None:
    prefetch_related_objects(people, "emails", "phones")


def prepare_companies(companies: list[Any]) -> None:
    prefetch_related_objects(companies, "domains")
