"""Who takes turns, with what weight and caps, what they bring along and whether they are away."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema

from baton.core.access.doors import user_of
from baton.core.access.models import User
from baton.core.api.doors import needs
from baton.core.api.problems import Problem
from baton.qualification.handoff import actions
from baton.qualification.handoff.api.handoffs import router
from baton.qualification.handoff.forms import able_users
from baton.qualification.handoff.models import Pool, PoolMember, RepProfile
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.queries import Roster


class MemberOut(Schema):
    """``credit``: how many turns they are behind their share, or before it where it is negative."""

    user: UUID
    name: str
    weight: int
    open_cap: int | None
    daily_cap: int | None
    is_available: bool
    credit: float

    @staticmethod
    def resolve_user(member: PoolMember) -> UUID:
        return member.user.key

    @staticmethod
    def resolve_name(member: PoolMember) -> str:
        return member.user.name


class PoolOut(Schema):
    """``is_default``: whose turn it is where no rule fits; ``is_catch_all``: what nobody took."""

    key: UUID
    name: str
    is_default: bool
    is_catch_all: bool
    is_pull: bool
    asks_workers: bool
    clock_minutes: int | None
    escalates_to: UUID | None
    members: list[MemberOut]

    @staticmethod
    def resolve_escalates_to(pool: Pool) -> UUID | None:
        return pool.escalates_to.key if pool.escalates_to else None

    @staticmethod
    def resolve_members(pool: Pool) -> list[PoolMember]:
        return list(pool.members.all())


class MemberIn(Schema):
    """Without a cap they get as many as come."""

    user: UUID
    weight: int = Field(1, ge=1, le=100)
    open_cap: int | None = Field(None, ge=1, le=1000)
    daily_cap: int | None = Field(None, ge=1, le=1000)
    is_available: bool = True


class LeaverIn(Schema):
    user: UUID


class RepOut(Schema):
    """``is_available``: False where they take no turns by hand; ``is_away``: that, or on leave
    until ``away_until``. ``open_count``: offers without an answer; ``today``: offers of today."""

    key: UUID
    name: str
    languages: list[str]
    skills: list[str]
    is_available: bool
    is_away: bool
    away_until: date | None
    open_count: int
    today: int
    pools: list[UUID]


class RepPatch(Schema):
    """Languages by code or name. ``is_available`` holds in all pools of theirs."""

    languages: list[str] = Field([], max_length=20)
    skills: list[str] = Field([], max_length=20)
    is_available: bool = True


def _pools(request: HttpRequest) -> Any:
    rows = Pool.objects.visible_to(user_of(request)).living()
    return rows.select_related("escalates_to").prefetch_related("members__user")


@router.get("/routing/pools/", response=list[PoolOut], operation_id="list_pools")
@needs(VIEW_HANDOFFS)
def pools(request: HttpRequest) -> Any:
    """All pools and queues with their members."""
    return list(_pools(request).order_by("-is_default", "is_catch_all", "name"))


@router.post("/routing/pools/{uuid:key}/members/", response=PoolOut, operation_id="set_pool_member")
@needs(MANAGE_HANDOFFS)
def set_member(request: HttpRequest, key: UUID, sent: MemberIn) -> Any:
    """They take turns here, on these terms from now on. Twice is once."""
    found, terms = get_object_or_404(_pools(request), key=key), sent.dict()
    user = _able(terms.pop("user"))
    actions.set_member(pool=found, user=user, by=user_of(request), at=timezone.now(), **terms)
    return _pools(request).get(pk=found.pk)


@router.post(
    "/routing/pools/{uuid:key}/members/remove/",
    response=PoolOut,
    operation_id="remove_pool_member",
)
@needs(MANAGE_HANDOFFS)
def remove_member(request: HttpRequest, key: UUID, sent: LeaverIn) -> Any:
    """They take no more turns here; what they were offered stays theirs."""
    found = get_object_or_404(_pools(request), key=key)
    user = User.objects.filter(key=sent.user).first()
    if user is None:
        raise Problem(422, "user: nobody has this key.")
    actions.remove_member(pool=found, user=user, by=user_of(request), at=timezone.now())
    return _pools(request).get(pk=found.pk)


@router.get("/routing/reps/", response=list[RepOut], operation_id="list_reps")
@needs(VIEW_HANDOFFS)
def reps(request: HttpRequest) -> Any:
    """All who may answer leads, as routing sees them now."""
    return _told(able_users())


@router.patch("/routing/reps/{uuid:key}/", response=RepOut, operation_id="change_rep")
@needs(MANAGE_HANDOFFS)
def change_rep(request: HttpRequest, key: UUID, sent: RepPatch) -> Any:
    """The fields that are sent."""
    rep = get_object_or_404(User.objects.filter(deleted_at=None), key=key)
    said, by, at = sent.dict(exclude_unset=True), user_of(request), timezone.now()
    if (is_available := said.pop("is_available", None)) is not None:
        actions.set_availability(user=rep, is_available=is_available, by=by, at=at)
    if said:
        was = RepProfile.objects.filter(user=rep).first() or RepProfile(user=rep)
        kept = {"languages": was.languages, "skills": was.skills}
        actions.set_profile(user=rep, by=by, at=at, **kept | said)
    return _told([rep])[0]


def _able(key: UUID) -> User:
    found = next((user for user in able_users() if user.key == key), None)
    if found is None:
        raise Problem(422, "user: nobody who answers leads has this key.")
    return found


def _told(users: Collection[User]) -> list[dict[str, Any]]:
    """A fixed number of queries."""
    roster = Roster(at=timezone.now())
    pools = dict(Pool.objects.living().values_list("pk", "key"))
    return [_rep(user, roster=roster, pools=pools) for user in users]


def _rep(user: User, *, roster: Roster, pools: dict[int, UUID]) -> dict[str, Any]:
    seen, mine = roster.rep(user), roster.of_user.get(user.pk, [])
    leave = roster.leave.get(user.pk)
    return {
        "key": user.key,
        "name": user.name,
        "languages": sorted(seen.languages),
        "skills": sorted(seen.skills),
        "is_available": not mine or any(one.is_available for one in mine),
        "is_away": seen.is_away,
        "away_until": leave.to_on if leave else None,
        "open_count": seen.open_count,
        "today": seen.day_count,
        "pools": [pools[one.pool_id] for one in mine],
    }
