from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja.responses import Status

from baton.core.access.doors import user_of
from baton.core.changes.actions import restore_record
from baton.core.changes.queries import trash_of
from baton.core.changes.slots import Tracked


def restored(request: HttpRequest, kind: Tracked, key: UUID) -> Any:
    """Out of the trash, for whom might delete it. Raises StaysInTrash."""
    known = get_object_or_404(trash_of(kind, user=user_of(request)), key=key)
    restore_record(kind=kind, record_id=known.pk, by=user_of(request), at=timezone.now())
    return Status(204, None)
