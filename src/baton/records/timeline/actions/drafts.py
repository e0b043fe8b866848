"""What stands in a composer until it is sent, and that it is sent once."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from baton.core.access.models import User
from baton.records.timeline.models import Draft, Sent

R = TypeVar("R")
REMEMBERED = timedelta(days=1)  # how long a second press may come late


def keep_draft(
    *, user: User, kind: str, key: UUID, values: Mapping[str, str], at: datetime
) -> None:
    """In the place of what was kept before; nothing typed, nothing kept."""
    if values:
        kept = {"values": dict(values), "at": at}
        Draft.objects.update_or_create(user=user, kind=kind, key=key, defaults=kept)
    else:
        drop_draft(user=user, kind=kind, key=key)


def drop_draft(*, user: User, kind: str, key: UUID) -> None:
    Draft.objects.filter(user=user, kind=kind, key=key).delete()


@transaction.atomic
def send_once(
    *, user: User, token: str, kind: str, key: UUID, at: datetime, write: Callable[[], R]
) -> R | None:
    """What ``write`` gives, and the draft is gone with it; None for a composer that was sent."""
    if token:
        Sent.objects.filter(user=user, at__lt=at - REMEMBERED).delete()
        _row, is_new = Sent.objects.get_or_create(user=user, token=token, defaults={"at": at})
        if not is_new:
            return None
    drop_draft(user=user, kind=kind, key=key)
    return write()
