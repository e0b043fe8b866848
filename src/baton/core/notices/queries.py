"""What lies in somebody's inbox, as far as they may see what it is about."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.bulk import one_of
from baton.core.notices.models import Notice, NoticeQuerySet
from baton.core.notices.rules import COLUMNS, Way, Ways, read_ways
from baton.core.notices.slots import NoticeKind, notice_kinds
from baton.core.prepared import Prepared

MOST = 100  # unread ones that are counted; the figure says no more
Told = tuple[int, str]  # user and cause
_UNREAD = Prepared(
    lambda user: Notice.objects.of(user).unread().values_list("pk", flat=True)[:MOST]
)


def unread_count(user: User) -> int:
    """At most MOST: one look into an index."""
    return len(_UNREAD.rows(user=user.pk))


def told_so_far(kind: str, *, users: Collection[int], causes: Collection[str]) -> set[Told]:
    """Of these causes those that were told already, each with whom."""
    if not users:
        return set()
    rows = Notice.objects.filter(kind=kind, user__in=one_of(users), cause__in=one_of(causes))
    return set(rows.values_list("user_id", "cause"))


def inbox_of(user: User, *, show: str) -> NoticeQuerySet:
    """``unread``, ``done``, else all that is not put away."""
    mine = Notice.objects.of(user)
    if show == "done":
        return mine.exclude(done_at=None)
    return mine.unread() if show == "unread" else mine.filter(done_at=None)


def describe(notices: Sequence[Notice], *, user: User) -> None:
    """Gives each its ``words``, ``icon`` and ``is_seen``; one question a kind, however many.

    Of a record that the user may not see any more nothing is told, not even its name.
    """
    seen = _seen(notices, user=user)
    for notice in notices:
        kind = notice_kinds.find(notice.kind)
        is_seen = kind is not None and (
            notice.about_id is None or notice.about_id in seen[notice.kind]
        )
        notice.is_seen = is_seen  # type: ignore[attr-defined] # for the template
        notice.icon = kind.icon if kind else "info"  # type: ignore[attr-defined] # the same
        words = words_of(notice, kind) if kind and is_seen else _("About something you cannot see.")
        notice.words = words  # type: ignore[attr-defined] # the same


def words_of(notice: Notice, kind: NoticeKind) -> str:
    """In the reader's language."""
    if notice.count > 1:
        return str(kind.many) % {"n": notice.count}
    return str(kind.title) % {"what": notice.what}


def _seen(notices: Sequence[Notice], *, user: User) -> dict[str, set[int]]:
    asked: dict[str, set[int]] = defaultdict(set)
    for notice in notices:
        if notice.about_id is not None:
            asked[notice.kind].add(notice.about_id)
    found: dict[str, set[int]] = defaultdict(set)
    for name, ids in asked.items():
        kind = notice_kinds.find(name)
        found[name] = set(kind.seen(user, ids)) if kind else set()
    return found


def kinds_of_role(role: str) -> list[NoticeKind]:
    """Those that somebody of the role may get."""
    somebody = User(role=role, is_active=True)
    return [kind for kind in notice_kinds if not kind.permission or somebody.may(kind.permission)]


def grid_of(lines: Iterable[tuple[NoticeKind, Ways]]) -> list[dict[str, Any]]:
    """A row for each kind, a box for each way."""
    return [
        {
            "kind": kind,
            "boxes": [
                {"value": f"{kind.name}:{way}", "label": _(label), "is_on": way in ways}
                for way, label in COLUMNS.items()
            ],
        }
        for kind, ways in lines
    ]


def ticked(values: Iterable[str], kinds: Iterable[NoticeKind]) -> dict[str, Ways]:
    """Of the kinds that were shown, also those of which no box was ticked."""
    sent = set(values)
    return {
        kind.name: read_ways(way for way in Way if f"{kind.name}:{way}" in sent) for kind in kinds
    }
