"""What leaves the house of a notice: by which way, and not before when."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from baton.core.access.models import User
from baton.core.calendars.queries import HoursBook
from baton.core.notices.choices import digest_minutes
from baton.core.notices.models import Notice, Sending
from baton.core.notices.rules import DIGEST_AT, INBOX_ONLY, Way, Ways, next_digest
from baton.core.notices.slots import NoticeKind


def owe(
    kind: NoticeKind,
    notices: Sequence[Notice],
    *,
    ways: Mapping[int, Ways],
    users: Mapping[int, User],
) -> None:
    """In the transaction that tells them. A fixed number of queries, none where nothing leaves."""
    leaving = [one for one in notices if not one.is_folded and ways[one.user_id] - INBOX_ONLY]
    if not leaving:
        return
    # Two may have told the same at once: what the other wrote is the other's to send.
    keys = [one.key for one in leaving]
    written = dict(Notice.objects.filter(key__in=keys).values_list("key", "pk"))
    plan = _Plan(kind, [users[pk] for pk in {one.user_id for one in leaving}])
    Sending.objects.bulk_create(
        [
            sending
            for one in leaving
            if one.key in written
            for sending in plan.sendings(one, pk=written[one.key], ways=ways[one.user_id])
        ],
        ignore_conflicts=True,
    )


class _Plan:
    """Whose hours are asked for once, and only where a way has to do with them."""

    def __init__(self, kind: NoticeKind, users: Sequence[User]) -> None:
        self.kind, self.users = kind, {user.pk: user for user in users}
        self.book = HoursBook(users)
        self.minutes = digest_minutes(users)

    def sendings(self, notice: Notice, *, pk: int, ways: Ways) -> Iterator[Sending]:
        for way in sorted(ways - INBOX_ONLY):
            due_at = self._due_at(way, notice)
            yield Sending(notice_id=pk, user_id=notice.user_id, way=way, due_at=due_at)

    def _due_at(self, way: Way, notice: Notice) -> datetime:
        if way is not Way.DIGEST:
            return notice.at
        hours = self.book.of(self.users[notice.user_id])
        minute = self.minutes.get(notice.user_id, DIGEST_AT)
        return next_digest(notice.at, minute=minute, hours=hours)
