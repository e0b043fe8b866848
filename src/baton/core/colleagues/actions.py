"""Open a record to a colleague or a team, and take it back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import Team, User
from baton.core.access.sharing import close_by_hand, open_by_hand
from baton.core.colleagues.events import RecordShared, RecordUnshared
from baton.core.colleagues.slots import RecordKind
from baton.core.errors import RuleViolation
from baton.core.facts import publish


class SharedWithOneself(RuleViolation):
    """Who shares a record sees it already."""


@dataclass(frozen=True, kw_only=True)
class Before:
    """How the record was open to that reader by hand until now."""

    was_open: bool
    may_edit: bool = False


@transaction.atomic
def share_record(
    *, kind: RecordKind, record: Any, reader: User | Team, may_edit: bool, by: User, at: datetime
) -> Before:
    """To see it, or to work on it, too. Raises SharedWithOneself."""
    if reader == by:
        raise SharedWithOneself(_("You see this already."))
    share, former = open_by_hand(
        object_type=kind.name,
        object_id=record.pk,
        **_to(reader),
        may_edit=may_edit,
        by=by,
        at=at,
    )
    if former is None:
        publish(
            RecordShared(
                happened_at=at,
                share_id=share.pk,
                object_type=kind.name,
                object_id=record.pk,
                may_edit=may_edit,
                actor_id=by.pk,
                **_ids(reader),
                **kind.about(record),
            )
        )
    return Before(was_open=former is not None, may_edit=bool(former))


@transaction.atomic
def take_back(
    *, kind: RecordKind, record: Any, reader: User | Team, by: User, at: datetime
) -> Before:
    """What was opened by hand; other causes keep theirs."""
    former = close_by_hand(object_type=kind.name, object_id=record.pk, **_to(reader))
    if former is not None:
        publish(
            RecordUnshared(
                happened_at=at,
                object_type=kind.name,
                object_id=record.pk,
                actor_id=by.pk,
                **_ids(reader),
                **kind.about(record),
            )
        )
    return Before(was_open=former is not None, may_edit=bool(former))


def _to(reader: User | Team) -> dict[str, Any]:
    return {"team": reader} if isinstance(reader, Team) else {"user": reader}


def _ids(reader: User | Team) -> dict[str, Any]:
    return {f"{name}_id": one.pk for name, one in _to(reader).items()}
