"""What notes, activities and tasks have in common: a subject, a text, an edit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict, TypeVar
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes import actions as changes
from baton.core.changes.actions import record_change
from baton.core.errors import RuleViolation
from baton.core.keys import RecordModel
from baton.records.people.models import Company, Person

LONGEST = 20_000  # characters of a note, or of what was said
R = TypeVar("R", bound=RecordModel)


class AboutNothing(RuleViolation):
    """Neither a person nor a company nor a deal was named."""


class EmptyText(RuleViolation):
    """Nothing was written."""


class TooLong(RuleViolation):
    """More than a record holds."""


class AboutIds(TypedDict):
    person_id: int | None
    company_id: int | None
    deal_id: int | None
    campaign_id: int | None


def about(
    person: Person | None,
    company: Company | None,
    deal_id: int | None,
    campaign_id: int | None = None,
) -> AboutIds:
    """Whom a fact tells about; a person brings their company along."""
    company_id = company.pk if company else person.company_id if person else None
    return {
        "person_id": person.pk if person else None,
        "company_id": company_id,
        "deal_id": deal_id,
        "campaign_id": campaign_id,
    }


def refuse_nobody(*about: Person | Company | int | None) -> None:
    """Raises AboutNothing."""
    if all(one is None for one in about):
        raise AboutNothing(_("Say whom this is about: a person, a company or a deal."))


def clean(text: str, *, limit: int = LONGEST) -> str:
    """Without blanks around it. Raises TooLong."""
    text = text.replace("\0", "").strip()
    if len(text) > limit:
        words = _("This is longer than %(limit)d characters. Shorten it, or split it.")
        raise TooLong(words % {"limit": limit})
    return text


def written(text: str, *, limit: int = LONGEST) -> str:
    """The same; raises EmptyText when nothing is left."""
    text = clean(text, limit=limit)
    if not text:
        raise EmptyText(_("Write something first."))
    return text


def hold(record: R) -> R:
    """The row as it is now, locked until the transaction ends."""
    kind: type[R] = type(record)
    return kind._default_manager.select_for_update().get(pk=record.pk)


def save_edit(
    record: R,
    *,
    object_type: str,
    values: Mapping[str, Any],
    version: int | None,
    by: User | None,
    at: datetime,
    batch: UUID | None = None,
) -> R:
    """Save on a locked record what differs and write it down. Raises LostRace."""
    told: dict[str, Any] = {"object_type": object_type, "by": by, "at": at, "batch": batch}
    changes.save_edit(record, values=values, version=version, **told)
    return record


def write_created(record: Model, *, object_type: str, by: User | None, at: datetime) -> UUID:
    """History begins; the batch that is returned takes it back."""
    made = record_change(object_type=object_type, object_id=record.pk, verb="created", by=by, at=at)
    return made.batch
