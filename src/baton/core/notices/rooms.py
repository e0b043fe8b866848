"""Addresses at which a chat takes messages: one's own, and those of teams."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from baton.core.access.models import Team, User
from baton.core.errors import RuleViolation
from baton.core.http import Refused, check_url
from baton.core.notices.models import Room, Sending
from baton.core.notices.slots import notice_kinds
from baton.core.sealed import seal

LONGEST = 500
LOGGED = 20


class BadRoom(RuleViolation):
    """No address at which a chat could take messages."""


@dataclass(frozen=True, kw_only=True)
class Rooms:
    """By user id: their own one, and those of their team that want the kind."""

    own: dict[int, int]
    shared: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


def rooms_of(kind: str, users: Collection[User]) -> Rooms:
    """One query, however many users."""
    asked = Q(user__in=users) | Q(team__in={user.team_id for user in users if user.team_id})
    rooms = list(Room.objects.filter(asked)) if users else []
    found = Rooms(own={room.user_id: room.pk for room in rooms if room.user_id})
    for room in rooms:
        if room.team_id and kind in room.kinds:
            for user in users:
                if user.team_id == room.team_id:
                    found.shared[user.pk].append(room.pk)
    return found


def room_of(owner: User | Team) -> Room | None:
    """Of a user or a team."""
    return Room.objects.filter(**_owner(owner)).first()


def set_room(owner: User | Team, *, address: str, kinds: Sequence[str] = ()) -> Room:
    """A new address, or with none given other kinds for the one that is kept. Raises BadRoom."""
    known = {kind.name for kind in notice_kinds}
    values: dict[str, Any] = {"kinds": [name for name in kinds if name in known]}
    address = address.strip()
    if address:
        values |= {"address": seal(address), "host": _host(address), "told": ""}
    elif room_of(owner) is None:
        raise BadRoom(_("Paste the address that your chat gives for incoming webhooks."))
    return Room.objects.update_or_create(**_owner(owner), defaults=values)[0]


def _host(address: str) -> str:
    try:
        parts = check_url(address, private_hosts=settings.NOTICE_PRIVATE_HOSTS)
    except Refused as no:
        raise BadRoom(_("That is no address of a chat: it begins with https://.")) from no
    if len(address) > LONGEST:
        raise BadRoom(_("That is no address of a chat: it begins with https://."))
    return (parts.hostname or "")[:200]


def remove_room(owner: User | Team) -> None:
    """And what is owed there."""
    Room.objects.filter(**_owner(owner)).delete()


def log_of(room: Room) -> list[Sending]:
    """The latest that were written there, or should be."""
    rows = Sending.objects.filter(room=room).select_related("notice", "user")
    return list(rows.order_by("-pk")[:LOGGED])


def _owner(owner: User | Team) -> dict[str, Any]:
    return {"user" if isinstance(owner, User) else "team": owner}
