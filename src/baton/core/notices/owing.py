"""What leaves the house of a notice: by which way, to which device, and not before when."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.calendars.queries import HoursBook
from baton.core.notices.choices import habits_by_user
from baton.core.notices.models import Device, Habits, Notice, Sending, SendingQuerySet
from baton.core.notices.queries import describe
from baton.core.notices.rooms import Rooms, rooms_of
from baton.core.notices.rules import INBOX_ONLY, State, Way, Ways, heard_at, next_digest
from baton.core.notices.slots import NoticeKind


def owe(
    kind: NoticeKind,
    notices: Sequence[Notice],
    *,
    ways: Mapping[int, Ways],
    users: Mapping[int, User],
) -> None:
    """In the transaction that tells them. A fixed number of queries, none where nothing leaves."""
    told = [one for one in notices if not one.is_folded]
    rooms = rooms_of(kind.name, [users[pk] for pk in {one.user_id for one in told}])
    leaving = [one for one in told if ways[one.user_id] - INBOX_ONLY or rooms.shared[one.user_id]]
    if not leaving:
        return
    # Two may have told the same at once: what the other wrote is the other's to send.
    keys = [one.key for one in leaving]
    written = dict(Notice.objects.filter(key__in=keys).values_list("key", "pk"))
    plan = _Plan(kind, [users[pk] for pk in {one.user_id for one in leaving}], rooms)
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
    """Their hours, habits and devices, asked for once."""

    def __init__(self, kind: NoticeKind, users: Sequence[User], rooms: Rooms) -> None:
        self.rooms = rooms
        self.kind, self.users = kind, {user.pk: user for user in users}
        self.book = HoursBook(users)
        self.habits = habits_by_user(users)
        self.devices: dict[int, list[int]] = defaultdict(list)
        for user_id, pk in Device.objects.filter(user__in=users).values_list("user", "pk"):
            self.devices[user_id].append(pk)

    def sendings(self, notice: Notice, *, pk: int, ways: Ways) -> Iterator[Sending]:
        """The team hears of it whatever its member chose."""
        for way, targets in self._targets(notice.user_id, ways):
            for target in targets:
                yield Sending(
                    notice_id=pk,
                    user_id=notice.user_id,
                    way=way,
                    due_at=self._due_at(way, notice),
                    **target,
                )

    def _targets(
        self, user_id: int, ways: Ways
    ) -> Iterator[tuple[Way, Sequence[Mapping[str, int]]]]:
        own, shared = self.rooms.own.get(user_id), self.rooms.shared[user_id]
        chats = [own] if own and Way.CHAT in ways else []
        yield Way.CHAT, [{"room_id": pk} for pk in [*chats, *shared]]
        if Way.PUSH in ways:
            yield Way.PUSH, [{"device_id": pk} for pk in self.devices[user_id]]
        for way in sorted(ways & {Way.MAIL, Way.DIGEST}):
            yield way, [{}]

    def _due_at(self, way: Way, notice: Notice) -> datetime:
        habits = self.habits.get(notice.user_id) or Habits()
        hours = self.book.of(self.users[notice.user_id])
        if way is Way.DIGEST:
            return next_digest(notice.at, minute=habits.digest_minute, hours=hours)
        if way in {Way.PUSH, Way.CHAT} and habits.keeps_quiet and not self.kind.rings:
            return heard_at(notice.at, hours=hours)
        return notice.at


def worth_telling(user: User, sendings: Sequence[Sending], *, at: datetime) -> list[Sending]:
    """Not read meanwhile, seen still, by somebody who is here; the rest is ended."""
    describe([one.notice for one in sendings], user=user)
    is_here = user.can_sign_in()
    read: list[Sending] = []
    worth: list[Sending] = []
    gone: list[Sending] = []
    for one in sendings:
        is_seen = is_here and getattr(one.notice, "is_seen", False)
        is_read = one.notice.read_at or one.notice.done_at
        (read if is_read else worth if is_seen else gone).append(one)
    end(read, State.DROPPED, at=at, told=_("Read before."))
    end(gone, State.DROPPED, at=at, told=_("About something they cannot see."))
    return worth


def end(rows: Collection[Sending], state: State, *, at: datetime, told: str = "") -> None:
    """Sent, or not needed any more; whoever came first has said how."""
    if rows:
        waiting(rows).update(state=state, done_at=at, told=told[:200])


def waiting(rows: Collection[Sending]) -> SendingQuerySet:
    """Those of them that are owed still."""
    return Sending.objects.filter(pk__in=[one.pk for one in rows], state=State.WAITING)
