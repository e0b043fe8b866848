"""What is told in the inbox: that a colleague opened a record to one."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import Share, User
from baton.core.access.visibility import team_ids
from baton.core.colleagues.events import RecordShared
from baton.core.colleagues.slots import record_kinds
from baton.core.notices.rules import HEARD
from baton.core.notices.slots import News, NoticeKind


def _seen(user: User, ids: Collection[int]) -> Collection[int]:
    """As long as it is open to them."""
    mine = Q(user=user) | Q(team__in=team_ids(user))
    return set(Share.objects.filter(mine, pk__in=ids).values_list("pk", flat=True))


def tell_shared(facts: Sequence[RecordShared]) -> Iterable[News]:
    """To the colleague, or to those in the team; not to who did it."""
    records = _records(facts)
    members = User.objects.filter(team__in={fact.team_id for fact in facts if fact.team_id})
    in_team = list(members.values_list("team_id", "pk"))
    for fact in facts:
        record = records.get((fact.object_type, fact.object_id))
        to = (
            [fact.user_id] if fact.user_id else [pk for team, pk in in_team if team == fact.team_id]
        )
        for user_id in to:
            if record and user_id != fact.actor_id:
                yield News(
                    user_id=user_id,
                    cause=f"fact {fact.id}",
                    what=str(record),
                    url=record.get_absolute_url(),
                    at=fact.happened_at,
                    about_id=fact.share_id,
                )


def _records(facts: Sequence[RecordShared]) -> dict[tuple[str, int], Any]:
    """Those that live, by kind and id: as who shared them sees them."""
    actors = User.objects.in_bulk({fact.actor_id for fact in facts if fact.actor_id})
    found: dict[tuple[str, int], Any] = {}
    for name, by in {(fact.object_type, fact.actor_id or 0) for fact in facts}:
        kind, actor = record_kinds.find(name), actors.get(by)
        if kind and actor:
            ids = [one.object_id for one in facts if (one.object_type, one.actor_id) == (name, by)]
            rows = kind.reached(actor, kind.view).filter(pk__in=ids)
            found |= {(name, row.pk): row for row in rows}
    return found


SHARED = NoticeKind(
    name="record.shared",
    label=_("A colleague shares a record with me"),
    title=_("Shared with you: %(what)s"),
    many=_("%(n)s records were shared with you"),
    icon="team",
    many_url=lambda: reverse("notices:inbox"),
    fact=RecordShared,
    tell=tell_shared,
    seen=_seen,
    ways=HEARD,
)
