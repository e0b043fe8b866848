"""Everybody who takes turns, with their load; what is decided is counted at once."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, time
from functools import cached_property

from django.db.models import Count

from baton.core.access.models import User
from baton.core.calendars.models import Leave
from baton.core.calendars.queries import HoursBook, leave_now
from baton.core.prepared import Prepared
from baton.core.settings.queries import organisation_zone
from baton.core.worktime.rules import is_open
from baton.qualification.handoff.models import Handoff, Offer, Pool, PoolMember, RepProfile
from baton.qualification.handoff.permissions import can_answer
from baton.qualification.handoff.queries.book import living_pools
from baton.qualification.handoff.rules import Decision, Member, PoolView, Rep

_MEMBERS = Prepared(lambda: PoolMember.objects.order_by("pk"))
_HELD = Prepared(
    lambda: PoolMember.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
)
# Each once, though many take turns in several pools.
_USERS = Prepared(
    lambda: (
        User.objects.filter(pk__in=PoolMember.objects.values("user"))
        .select_related("team")
        .order_by("pk")
    )
)
_OPEN: Prepared[tuple[int, int]] = Prepared(
    lambda: (
        Handoff.objects.unanswered()
        .filter(rep__isnull=False)
        .order_by()
        .values_list("rep")
        .annotate(Count("pk"))
    )
)
_SINCE: Prepared[tuple[int | None, int, int]] = Prepared(
    lambda midnight: (
        Offer.objects.filter(offered_at__gte=midnight, rep__isnull=False)
        .order_by()
        .values_list("pool", "rep")
        .annotate(Count("pk"))
    )
)
_PROFILES: Prepared[tuple[int, list[str], list[str]]] = Prepared(
    lambda: RepProfile.objects.order_by("pk").values_list("user", "languages", "skills")
)


class Roster:
    """Read in a handful of queries, however many they are."""

    def __init__(self, *, at: datetime, is_held: bool = False) -> None:
        """``is_held``: until the transaction ends, nobody else decides."""
        self.zone = organisation_zone()
        self.at = at
        rows = (_HELD if is_held else _MEMBERS).rows()
        self.users, pools = _USERS.by_id(), living_pools()
        # Who was taken out between two questions takes no turn.
        self.members = [one for one in rows if one.user_id in self.users and one.pool_id in pools]
        self.of_user: dict[int, list[PoolMember]] = defaultdict(list)
        self.of_pool: dict[int, list[PoolMember]] = defaultdict(list)
        for member in self.members:
            self.of_user[member.user_id].append(member)
            self.of_pool[member.pool_id].append(member)
        self.moved: dict[int, float] = {}  # credits by membership, to be written

    @cached_property
    def open_counts(self) -> Counter[int]:
        """By rep how many offers wait for their answer."""
        return Counter(dict(_OPEN.rows()))

    @cached_property
    def on_leave(self) -> Collection[int]:
        """Ids of those who have days off now."""
        return self.leave.keys()

    @cached_property
    def leave(self) -> Mapping[int, Leave]:
        """By user who has days off now."""
        return leave_now(self.at)

    @cached_property
    def today(self) -> Counter[tuple[int, int]]:
        """By pool (0: none) and rep how many offers they got since midnight."""
        midnight = datetime.combine(self.at.astimezone(self.zone), time(), tzinfo=self.zone)
        counted = _SINCE.rows(midnight=midnight)
        return Counter({(pool or 0, rep): count for pool, rep, count in counted})

    @cached_property
    def day_counts(self) -> Counter[int]:
        """By rep the same of all pools."""
        found: Counter[int] = Counter()
        for (_pool, rep), count in self.today.items():
            found[rep] += count
        return found

    @cached_property
    def profiles(self) -> Mapping[int, tuple[frozenset[str], frozenset[str]]]:
        """Languages and skills by user."""
        rows = _PROFILES.rows()
        return {user: (frozenset(speaks), frozenset(can)) for user, speaks, can in rows}

    @cached_property
    def working(self) -> Collection[int]:
        """Ids of members within their hours now."""
        users = [self.users[pk] for pk in self.of_user]
        book = HoursBook(users)
        return {user.pk for user in users if is_open(self.at, hours=book.of(user))}

    def user(self, user_id: int) -> User:
        """Whom routing names: mostly a member, else the owner or who is returned to."""
        if user_id not in self.users:
            self.users[user_id] = User.objects.select_related("team").get(pk=user_id)
        return self.users[user_id]

    def rep(self, user: User, *, member: PoolMember | None = None, asks: bool = False) -> Rep:
        """The user as routing sees them; in a pool by that membership, else by all they have."""
        mine = [member] if member else self.of_user.get(user.pk, [])
        languages, skills = self.profiles.get(user.pk, (frozenset(), frozenset()))
        return Rep(
            id=user.pk,
            name=user.name,
            is_able=can_answer(user),
            can_sign_in=user.can_sign_in(),
            is_away=user.pk in self.on_leave
            or (bool(mine) and not any(one.is_available for one in mine)),
            is_working=not asks or user.pk in self.working,
            open_count=self.open_counts[user.pk],
            cap=_widest([one.open_cap for one in mine]),
            day_count=self.day_counts[user.pk],
            day_cap=_widest([one.daily_cap for one in mine]),
            languages=languages,
            skills=skills,
        )

    def pool(self, pool: Pool, *, behind: PoolView | None = None) -> PoolView:
        """The pool with everybody in it, free or not; ``behind``: who gets what they leave."""
        members = tuple(
            Member(
                rep=self.rep(self.users[member.user_id], member=member, asks=pool.asks_workers),
                weight=member.weight,
                credit=member.credit,
                today=self.today[pool.pk, member.user_id],
            )
            for member in self.of_pool[pool.pk]
        )
        return PoolView(
            id=pool.pk,
            name=pool.name,
            members=members,
            is_pull=pool.is_pull,
            asks_workers=pool.asks_workers,
            next=behind,
        )

    def note(self, decision: Decision) -> None:
        """The next one is decided as if this offer were written."""
        if decision.rep:
            self.open_counts[decision.rep.id] += 1
            self.today[decision.pool.id if decision.pool else 0, decision.rep.id] += 1
            if "day_counts" in self.__dict__:
                self.day_counts[decision.rep.id] += 1
        if decision.pool is None or decision.credits is None:
            return
        for member in self.of_pool[decision.pool.id]:
            if member.user_id in decision.credits:
                member.credit = decision.credits[member.user_id]
                self.moved[member.pk] = member.credit


def _widest(caps: list[int | None]) -> int | None:
    """Who takes turns in several pools is full when all are; without a cap in one, never."""
    return None if None in caps or not caps else max(cap for cap in caps if cap is not None)
