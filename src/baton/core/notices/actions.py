"""The only place that writes notices."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from baton.core.access.models import User
from baton.core.notices.choices import ways_of
from baton.core.notices.models import Notice, NoticeQuerySet
from baton.core.notices.owing import owe
from baton.core.notices.queries import told_so_far
from baton.core.notices.rules import State, Way
from baton.core.notices.slots import News, NoticeKind

FEW = 5  # at once; more become one notice


@transaction.atomic
def tell(kind: NoticeKind, news: Iterable[News]) -> int:
    """Each once, whatever is told again; says how many were new. Who chose no way is not told.

    Of more than a few for one user at once one notice is made. What leaves the house is owed from
    now on; the caller rings ``tasks.deliver_notices``, who forgets is a minute late.
    """
    by_user: dict[int, list[News]] = defaultdict(list)
    for one in news:
        by_user[one.user_id].append(one)
    able = User.objects.filter(pk__in=by_user, is_active=True, deleted_at=None)
    users = {user.pk: user for user in able} if by_user else {}
    ways = ways_of(kind, users.values()) if users else {}
    listening = {pk for pk, chosen in ways.items() if chosen}
    causes = {one.cause for same in by_user.values() for one in same}
    known = told_so_far(kind.name, users=listening, causes=causes)
    rows = [
        row
        for user_id in sorted(listening)
        for row in _rows(
            kind,
            [one for one in by_user[user_id] if (user_id, one.cause) not in known],
            is_listed=Way.INBOX in ways[user_id],
        )
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    owe(kind, rows, ways=ways, users=users)
    return len(rows)


def _rows(kind: NoticeKind, news: list[News], *, is_listed: bool) -> list[Notice]:
    """Of many the first tells how many; the others are kept only so that they are never told."""
    rows = [_row(kind, one, is_listed=is_listed) for one in news]
    if len(rows) > FEW:
        first, *others = rows
        first.count, first.url, first.about_id = len(rows), kind.many_url(), None
        for other in others:
            other.is_folded = True
    return rows


def _row(kind: NoticeKind, one: News, *, is_listed: bool) -> Notice:
    return Notice(
        is_listed=is_listed,
        user_id=one.user_id,
        kind=kind.name,
        cause=one.cause[:80],
        about_id=one.about_id,
        what=one.what[:250],
        url=one.url[:250],
        at=one.at,
    )


def read_notices(notices: NoticeQuerySet, *, at: datetime) -> int:
    """Those that were not, are read now."""
    return _set(notices.filter(read_at=None), read_at=at)


def unread_since(*, user: User, at: datetime) -> int:
    """Exactly what was read in that act is new again."""
    return _set(Notice.objects.of(user).filter(read_at=at), read_at=None)


def finish_notices(notices: NoticeQuerySet, *, at: datetime) -> int:
    """Put away, and read with it."""
    _set(notices.filter(read_at=None, done_at=None), read_at=at)
    return _set(notices.filter(done_at=None), done_at=at)


def reopen_notices(*, user: User, at: datetime) -> int:
    """What was put away in that act lies in the inbox again."""
    return _set(Notice.objects.of(user).filter(done_at=at), done_at=None)


def _set(notices: NoticeQuerySet, **values: datetime | None) -> int:
    """Where there are none, nothing is written."""
    return notices.update(**values) if notices.exists() else 0


def withdraw_notices(*, fact_ids: Iterable[int]) -> int:
    """What these facts told is not so any more: nobody reads it who has not, or was mailed it."""
    told = Notice.objects.unread().filter(cause__in=[f"fact {pk}" for pk in fact_ids])
    return told.exclude(sendings__state=State.SENT).delete()[0]


def purge_notices(*, before: datetime) -> int:
    """What is that old nobody looks up any more."""
    return Notice.objects.filter(at__lt=before).delete()[1].get(Notice._meta.label, 0)
