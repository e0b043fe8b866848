"""Somebody is sent material: kept, told, and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import record_each
from baton.core.errors import RuleViolation
from baton.core.facts import publish_many
from baton.records.material.events import MaterialSent
from baton.records.material.models import Material, MaterialUse
from baton.records.people.models import Person

AT_ONCE = timedelta(minutes=1)  # a second press, not a second mail


class NotToBeSent(RuleViolation):
    """It is retired, or out of date, or was sent by the press before."""


@dataclass(frozen=True, kw_only=True)
class PastUse:
    """Who was sent what by whom, when."""

    material: Material
    person: Person
    by: User
    at: datetime


@transaction.atomic
def send_material(
    *, material: Material, person: Person, deal_id: int | None, by: User, at: datetime, today: date
) -> tuple[MaterialUse, UUID]:
    """Write down that ``by`` sends it, undone by the batch. Raises NotToBeSent."""
    if material.is_retired:
        raise NotToBeSent(_("“%(title)s” is retired.") % {"title": material})
    if material.valid_until and material.valid_until < today:
        raise NotToBeSent(_("“%(title)s” is out of date.") % {"title": material})
    Person.objects.select_for_update().get(pk=person.pk)  # of two presses the second waits
    if _of(material, person, by=by).filter(at__gt=at - AT_ONCE).exists():
        raise NotToBeSent(_("“%(title)s” was sent to them just now.") % {"title": material})
    past = PastUse(material=material, person=person, by=by, at=at)
    (use,) = _write([past], deal_id=deal_id)
    batch = record_each([use.pk], object_type="material_use", verb="created", by=by, at=at)
    return use, batch


@transaction.atomic
def record_uses(past: Sequence[PastUse]) -> list[MaterialUse]:
    """What was sent in the past: a few statements for all of it."""
    return _write(past, deal_id=None)


def _of(material: Material, person: Person, *, by: User) -> QuerySet[MaterialUse]:
    return MaterialUse.objects.living().filter(material=material, person=person, by=by)


def _write(past: Sequence[PastUse], *, deal_id: int | None) -> list[MaterialUse]:
    rows = MaterialUse.objects.bulk_create(
        MaterialUse(
            material=one.material,
            title=one.material.title,
            material_version=one.material.version,
            person=one.person,
            deal_id=deal_id,
            by=one.by,
            at=one.at,
        )
        for one in past
    )
    publish_many(
        MaterialSent(
            happened_at=one.at,
            person_id=one.person.pk,
            company_id=one.person.company_id,
            deal_id=deal_id,
            actor_id=one.by.pk,
            material_id=one.material.pk,
            material_use_id=row.pk,
            title=row.title,
        )
        for one, row in zip(past, rows, strict=True)
    )
    return rows
