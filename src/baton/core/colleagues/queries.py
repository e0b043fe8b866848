"""To whom a record is open, and who can be let in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from baton.core.access.models import Share, Team, User
from baton.core.access.permissions import Permission
from baton.core.access.queries import who_can_sign_in
from baton.core.access.sharing import BY_HAND, shares_of
from baton.core.access.slots import share_causes
from baton.core.colleagues.slots import RecordKind, record_kinds


@dataclass(frozen=True, kw_only=True)
class ShareShown:
    share: Share
    reader: str
    who: str  # as forms name the reader; "" for what only its cause takes back
    why: str | Promise


def find_record(
    kind: str, key: UUID, *, user: User, to_edit: bool
) -> tuple[RecordKind, Any] | None:
    """The living record of that kind, if ``user`` sees it, or may edit it; else None."""
    found = record_kinds.find(kind)
    if found is None:
        return None
    permission: Permission = found.edit if to_edit else found.view
    record = found.reached(user, permission).filter(key=key).first()
    return (found, record) if record else None


def shown_shares(kind: RecordKind, record: Any) -> list[ShareShown]:
    """To whom it is open beyond what roles open, and why."""
    return [_shown(share) for share in shares_of(object_type=kind.name, object_id=record.pk)]


def _shown(share: Share) -> ShareShown:
    reader: User | Team | None = share.user or share.team
    by_hand = share.cause == BY_HAND
    return ShareShown(
        share=share,
        reader=_("%(team)s (team)") % {"team": share.team} if share.team else str(reader),
        who=name_of(reader) if by_hand and reader else "",
        why=_by_hand(share) if by_hand else _cause(share.cause),
    )


def _by_hand(share: Share) -> str:
    by = share.shared_by
    return _("Shared by %(name)s") % {"name": by.name} if by else _("Shared by hand")


def _cause(name: str) -> str | Promise:
    known = share_causes.find(name)
    return known.label if known else name


def name_of(reader: User | Team) -> str:
    """As forms and addresses name a reader: ``user:<key>``."""
    return f"{'team' if isinstance(reader, Team) else 'user'}:{reader.key}"


def reader_named(name: str) -> User | Team | None:
    """A living colleague or team; None for whatever else was sent."""
    kind, _colon, text = name.partition(":")
    try:
        key = UUID(text)
    except ValueError:
        return None
    return reader_with_key(key, kinds=(kind,))


def reader_with_key(key: UUID, *, kinds: Iterable[str] = ("user", "team")) -> User | Team | None:
    """The same of a key."""
    user = User.objects.filter(key=key, deleted_at=None).first() if "user" in kinds else None
    if user or "team" not in kinds:
        return user
    return Team.objects.filter(key=key, deleted_at=None).first()


def readers_for(user: User) -> list[tuple[str | Promise, list[tuple[str, str]]]]:
    """Whom a record can be opened to, as a select groups them; never to oneself."""
    colleagues = who_can_sign_in().exclude(pk=user.pk)
    teams = Team.objects.filter(deleted_at=None).order_by("name", "pk")
    groups: list[tuple[str, list[User] | list[Team]]] = [
        (_("Colleagues"), list(colleagues)),
        (_("Teams"), list(teams)),
    ]
    return [(label, [(name_of(one), str(one)) for one in some]) for label, some in groups if some]
