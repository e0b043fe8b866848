"""All that routing looks at for one person."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, time
from functools import cached_property

from django.db.models import Count, QuerySet

from baton.core import filters
from baton.core.access.models import User
from baton.core.calendars.queries import leave_now
from baton.core.settings.queries import organisation_zone
from baton.qualification.handoff.models import Handoff, Offer, Pool, PoolMember, Rest, RoutingRule
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.qualification.handoff.rules import Case, Condition, Member, PoolView, Rep, State
from baton.records.people.models import Person


class Roster:
    """Everybody who takes turns, with their load, read in a handful of queries."""

    def __init__(self, members: QuerySet[PoolMember], *, at: datetime) -> None:
        self.zone = organisation_zone()
        self.at = at
        rows = members.select_related("user__team", "pool").order_by("pk")
        self.members = [member for member in rows if member.pool.deleted_at is None]
        self.of_user: dict[int, list[PoolMember]] = defaultdict(list)
        for member in self.members:
            self.of_user[member.user_id].append(member)

    @cached_property
    def open_counts(self) -> dict[int, int]:
        """By rep how many offers wait for their answer."""
        rows = Handoff.objects.unanswered().filter(rep__isnull=False).values_list("rep")
        return dict(rows.annotate(Count("pk")))

    @cached_property
    def on_leave(self) -> Collection[int]:
        """Ids of those who have days off now."""
        return leave_now(self.at).keys()

    @cached_property
    def today(self) -> Counter[tuple[int, int]]:
        """By pool and rep how many offers they got since midnight."""
        midnight = datetime.combine(self.at.astimezone(self.zone), time(), tzinfo=self.zone)
        rows = Offer.objects.filter(offered_at__gte=midnight, pool__isnull=False, rep__isnull=False)
        return Counter(
            {
                (pool, rep): count
                for pool, rep, count in rows.values_list("pool", "rep").annotate(Count("pk"))
            }
        )

    def user(self, user_id: int) -> User:
        """Whom routing names: mostly a member, else the owner or who is returned to."""
        mine = self.of_user.get(user_id)
        return mine[0].user if mine else User.objects.select_related("team").get(pk=user_id)

    def rep(self, user: User, *, member: PoolMember | None = None) -> Rep:
        """The user as routing sees them; in a pool by that membership, else by all they have."""
        mine = [member] if member else self.of_user[user.pk]
        caps = [one.open_cap for one in mine]
        return Rep(
            id=user.pk,
            name=user.name,
            is_able=user.deleted_at is None and user.may(ANSWER_HANDOFFS),
            can_sign_in=user.can_sign_in(),
            is_away=user.pk in self.on_leave
            or (bool(mine) and not any(one.is_available for one in mine)),
            open_count=self.open_counts.get(user.pk, 0),
            cap=None if None in caps or not caps else max(cap for cap in caps if cap is not None),
        )

    def pool(self, pool: Pool) -> PoolView:
        """The pool with everybody in it, free or not."""
        members = tuple(
            Member(
                rep=self.rep(member.user, member=member),
                weight=member.weight,
                credit=member.credit,
                today=self.today[pool.pk, member.user_id],
            )
            for member in self.members
            if member.pool_id == pool.pk
        )
        return PoolView(id=pool.pk, name=pool.name, members=members)


def routing_case(
    person: Person, *, roster: Roster, asked: Collection[int], is_used_up: bool
) -> Case:
    """``asked``: users who stayed silent in earlier rounds of this handoff."""
    rest = _rest_before(person)
    pools = list(Pool.objects.living())
    account_owner = person.company.owner if person.company else None
    return Case(
        return_to=roster.rep(rest.return_to) if rest and rest.return_to else None,
        without=frozenset({rest.without_id} if rest and rest.without_id else ()),
        asked=frozenset(asked),
        owner=roster.rep(person.owner) if person.owner else None,
        account_owner=roster.rep(account_owner) if account_owner else None,
        conditions=tuple(_conditions(person, roster=roster)),
        everyone=next((roster.pool(pool) for pool in pools if pool.is_default), None),
        catch_all=next(
            (PoolView(id=pool.pk, name=pool.name) for pool in pools if pool.is_catch_all), None
        ),
        is_used_up=is_used_up,
    )


def _rest_before(person: Person) -> Rest | None:
    """The rest from which the person comes now; one that a later handoff has overtaken is past."""
    rest = Rest.objects.filter(person=person).select_related("return_to").order_by("-pk").first()
    if rest is None:
        return None
    closed = Handoff.objects.filter(person=person, closed_at__isnull=False)
    before = closed.exclude(state=State.WITHDRAWN).order_by("-made_at", "-pk").first()
    if before is None:
        return rest
    if rest.handoff_id:
        return rest if rest.handoff_id == before.pk else None
    # Of somebody whom sales found: no handoff tells when it began, only when it ended.
    return None if rest.ended_at and rest.ended_at <= before.made_at else rest


def _conditions(person: Person, *, roster: Roster) -> Iterable[Condition]:
    for rule in RoutingRule.objects.living().filter(is_active=True).select_related("pool"):
        yield Condition(
            name=rule.name,
            pool=roster.pool(rule.pool),
            is_match=rule_fits(rule.condition, person=person, at=roster.at),
        )


def rule_fits(condition: object, *, person: Person, at: datetime) -> bool:
    """Whether the condition is about this person; an unreadable one is about nobody."""
    try:
        chosen = filters.parse(condition, object_type="person")
    except filters.BadFilter:
        return False
    asked = Person.objects.filter(filters.compile(chosen, at=at, zone=organisation_zone()))
    return asked.filter(pk=person.pk).exists()
