"""Who takes turns in a pool, and how much of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import record_change
from baton.core.keys import new_key
from baton.qualification.handoff.actions.refusals import BadPool, check_able
from baton.qualification.handoff.models import Pool, PoolMember
from baton.qualification.handoff.rules import starting_credit

MEMBER = "member "  # and the user's id: what the history of a pool calls one who takes turns there
TERMS = ("id", "weight", "open_cap", "daily_cap", "is_available", "credit")


@transaction.atomic
def set_member(
    *,
    pool: Pool,
    user: User,
    by: User | None,
    at: datetime,
    weight: int = 1,
    open_cap: int | None = None,
    daily_cap: int | None = None,
    is_available: bool = True,
) -> PoolMember:
    """Somebody takes turns here, with this weight and these caps. Resets nobody.

    A newcomer, or one back from leave, begins at the mean credit of the others, so that what they
    missed is not poured out over them. Raises BadPool.
    """
    if min(weight, open_cap or 1, daily_cap or 1) < 1 or 0 in (open_cap, daily_cap):
        raise BadPool(_("Weight and caps are 1 or more."))
    others = list(
        PoolMember.objects.select_for_update(no_key=True).filter(pool=pool).order_by("pk")
    )
    member = next((one for one in others if one.user_id == user.pk), None)
    start = starting_credit(one.credit for one in others if one is not member)
    if member is None:
        check_able(user)
        member = PoolMember(pool=pool, user=user, credit=start)
    elif is_available and not member.is_available:
        member.credit = start
    member.weight, member.is_available = weight, is_available
    member.open_cap, member.daily_cap = open_cap, daily_cap
    member.save()
    terms = {
        "user": user.pk,
        "weight": weight,
        "cap": open_cap,
        "daily_cap": daily_cap,
        "available": is_available,
    }
    _record(pool, by=by, at=at, after=terms)
    return member


@transaction.atomic
def remove_member(*, pool: Pool, user: User, by: User | None, at: datetime) -> UUID:
    """They take no more turns here; what they have been offered stays theirs.

    The batch that is returned puts them back as they were.
    """
    batch, name = new_key(), member_name(user.pk)
    for member in PoolMember.objects.select_for_update().filter(pool=pool, user=user):
        before = {name: terms_of(member)}
        member.delete()
        _record(pool, by=by, at=at, before=before, after={name: None}, batch=batch)
    return batch


def member_name(user_id: int) -> str:
    """What the history of a pool calls one who takes turns there."""
    return f"{MEMBER}{user_id}"


def terms_of(member: PoolMember) -> dict[str, Any]:
    """All that a membership is, but for whose and where."""
    return {name: getattr(member, name) for name in TERMS}


def put_member_back(*, pool_id: int, name: str, terms: Mapping[str, Any] | None) -> None:
    """As history keeps them; None takes them out. Raises BadPool for who has left."""
    user_id = int(name.removeprefix(MEMBER))
    if terms is None:
        PoolMember.objects.filter(pool=pool_id, user=user_id).delete()
        return
    user = User.objects.filter(pk=user_id, deleted_at=None).first()
    if user is None:
        raise BadPool(_("This colleague has left."))
    # Somebody may add them at this very moment: what that one chose stays.
    PoolMember.objects.get_or_create(pool_id=pool_id, user=user, defaults=dict(terms))


@transaction.atomic
def set_availability(*, user: User, is_available: bool, by: User | None, at: datetime) -> None:
    """Leave and return, in every pool of theirs."""
    for member in PoolMember.objects.filter(user=user).select_related("pool", "user"):
        set_member(
            pool=member.pool,
            user=member.user,
            weight=member.weight,
            open_cap=member.open_cap,
            daily_cap=member.daily_cap,
            is_available=is_available,
            by=by,
            at=at,
        )


def _record(pool: Pool, *, by: User | None, at: datetime, **rest: Any) -> None:
    record_change(
        object_type="pool",
        object_id=pool.pk,
        verb="edited",
        by=by,
        at=at,
        cause="member",
        **rest,
    )
