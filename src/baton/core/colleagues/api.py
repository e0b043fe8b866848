"""Who a record is shared with over the REST API: /api/v1/colleagues/."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict

from baton.core.access.models import Share, Team, User
from baton.core.access.sharing import shares_of
from baton.core.api.doors import needs
from baton.core.api.problems import Problem
from baton.core.colleagues import actions
from baton.core.colleagues.permissions import SHARE_RECORDS
from baton.core.colleagues.queries import find_record, reader_with_key
from baton.core.colleagues.slots import RecordKind

router = Router(tags=["colleagues"])


class ShareOut(Schema):
    """Open to a user or a team. ``cause``: by hand, or what opened it; that takes it back, too."""

    user: UUID | None
    team: UUID | None
    may_edit: bool
    cause: str
    shared_at: datetime
    shared_by: UUID | None

    @staticmethod
    def resolve_user(share: Share) -> UUID | None:
        return share.user.key if share.user else None

    @staticmethod
    def resolve_team(share: Share) -> UUID | None:
        return share.team.key if share.team else None

    @staticmethod
    def resolve_shared_by(share: Share) -> UUID | None:
        return share.shared_by.key if share.shared_by else None


class SharesOut(Schema):
    items: list[ShareOut]


class ShareIn(Schema):
    model_config = ConfigDict(extra="forbid")

    may_edit: bool = False


@router.get("/{kind}/{uuid:key}/shares/", response=SharesOut)
@needs(SHARE_RECORDS)
def list_shares(request: HttpRequest, kind: str, key: UUID) -> Any:
    """To whom a record that the key's user may edit is open beyond what roles open."""
    found, record = _to_edit(request, kind, key)
    return {"items": shares_of(object_type=found.name, object_id=record.pk)}


@router.put("/{kind}/{uuid:key}/shares/{uuid:reader}/", response=SharesOut)
@needs(SHARE_RECORDS)
def share_record(request: HttpRequest, kind: str, key: UUID, reader: UUID, data: ShareIn) -> Any:
    """Open a record to a user or a team (``reader``: its key), or change how far."""
    found, record = _to_edit(request, kind, key)
    actions.share_record(
        kind=found,
        record=record,
        reader=_reader(reader),
        may_edit=data.may_edit,
        by=request.user,  # type: ignore[arg-type] # a key always has one
        at=timezone.now(),
    )
    return {"items": shares_of(object_type=found.name, object_id=record.pk)}


@router.delete("/{kind}/{uuid:key}/shares/{uuid:reader}/", response={204: None})
@needs(SHARE_RECORDS)
def take_back_share(request: HttpRequest, kind: str, key: UUID, reader: UUID) -> Status[None]:
    """Take back what was opened by hand."""
    found, record = _to_edit(request, kind, key)
    actions.take_back(
        kind=found,
        record=record,
        reader=_reader(reader),
        by=request.user,  # type: ignore[arg-type] # a key always has one
        at=timezone.now(),
    )
    return Status(204, None)


def _to_edit(request: HttpRequest, kind: str, key: UUID) -> tuple[RecordKind, Any]:
    user: Any = request.user
    found = find_record(kind, key, user=user, to_edit=True)
    if found is None or not found[0].is_shared:
        raise Problem(404, "There is nothing here that this key may share.")
    return found


def _reader(key: UUID) -> User | Team:
    found = reader_with_key(key)
    if found is None:
        raise Problem(404, "There is no such user or team.")
    return found
