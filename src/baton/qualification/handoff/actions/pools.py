"""Who takes turns, how much of it, and which rules send whom where."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core import filters
from baton.core.access.models import Team, User
from baton.core.changes.actions import apply_edit, record_change
from baton.qualification.handoff.actions.refusals import BadPool, check_able
from baton.qualification.handoff.models import Pool, PoolMember, RoutingRule
from baton.qualification.handoff.rules import starting_credit

RULE_FIELDS = ("name", "condition", "pool", "position", "is_active")


@transaction.atomic
def ensure_pools(*, at: datetime, founder: User | None = None) -> tuple[Pool, Pool]:
    """The pool for everybody and the catch-all queue, made where they are missing.

    ``founder`` is put into both when they are new: in a company of one, one person answers.
    """
    everyone = Pool.objects.living().filter(is_default=True).first()
    queue = Pool.objects.living().filter(is_catch_all=True).first()
    made = []
    if everyone is None:
        everyone = Pool.objects.create(name=_("Everybody"), is_default=True)
        made.append(everyone)
    if queue is None:
        queue = Pool.objects.create(name=_("Leads nobody took"), is_catch_all=True)
        made.append(queue)
    if founder:
        for pool in made:
            # Before their first password, too: until then routing passes them over.
            PoolMember.objects.create(pool=pool, user=founder)
            _record(pool, "pool", verb="edited", by=founder, at=at, after={"user": founder.pk})
    return everyone, queue


@transaction.atomic
def create_pool(*, name: str, by: User | None, at: datetime, team: Team | None = None) -> Pool:
    """A pool for a routing rule."""
    pool = Pool.objects.create(name=name, team=team)
    _record(pool, "pool", verb="created", by=by, at=at, after={"name": name})
    return pool


@transaction.atomic
def delete_pool(*, pool: Pool, by: User | None, at: datetime) -> None:
    """Raises BadPool for the two that routing always needs, and while a rule leads there."""
    if pool.is_default or pool.is_catch_all:
        raise BadPool(_("Routing needs this pool."))
    if RoutingRule.objects.living().filter(pool=pool).exists():
        raise BadPool(_("A rule leads here. Delete the rule first."))
    if Pool.objects.living().filter(pk=pool.pk).update(deleted_at=at):
        _record(pool, "pool", verb="deleted", by=by, at=at)


@transaction.atomic
def set_member(
    *,
    pool: Pool,
    user: User,
    by: User | None,
    at: datetime,
    weight: int = 1,
    open_cap: int | None = None,
    is_available: bool = True,
) -> PoolMember:
    """Somebody takes turns here, with this weight and cap. Resets nobody.

    A newcomer, or one back from leave, begins at the mean credit of the others, so that what they
    missed is not poured out over them. Raises BadPool.
    """
    if weight < 1 or (open_cap is not None and open_cap < 1):
        raise BadPool(_("Weight and cap are 1 or more."))
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
    member.weight, member.open_cap, member.is_available = weight, open_cap, is_available
    member.save()
    terms = {"user": user.pk, "weight": weight, "cap": open_cap, "available": is_available}
    _record(pool, "pool", verb="edited", by=by, at=at, after=terms, cause="member")
    return member


@transaction.atomic
def remove_member(*, pool: Pool, user: User, by: User | None, at: datetime) -> None:
    """They take no more turns here; what they have been offered stays theirs."""
    if PoolMember.objects.filter(pool=pool, user=user).delete()[0]:
        before = {"user": user.pk}
        _record(pool, "pool", verb="edited", by=by, at=at, before=before, cause="member")


@transaction.atomic
def set_availability(*, user: User, is_available: bool, by: User | None, at: datetime) -> None:
    """Leave and return, in every pool of theirs."""
    for member in PoolMember.objects.filter(user=user).select_related("pool", "user"):
        set_member(
            pool=member.pool,
            user=member.user,
            weight=member.weight,
            open_cap=member.open_cap,
            is_available=is_available,
            by=by,
            at=at,
        )


@transaction.atomic
def save_routing_rule(
    *,
    values: Mapping[str, Any],
    by: User | None,
    at: datetime,
    rule: RoutingRule | None = None,
    version: int | None = None,
) -> RoutingRule:
    """A new rule, or a change of one. Raises BadFilter, BadPool, LostRace."""
    filters.parse(values["condition"], object_type="person")
    if values["pool"].is_catch_all:
        raise BadPool(_("Rules lead to people who take turns, not to the queue."))
    chosen = {name: values[name] for name in RULE_FIELDS if name in values}
    if rule is None:
        rule = RoutingRule.objects.create(**chosen)
        verb, changed = "created", list(chosen)
    else:
        rule = RoutingRule.objects.living().select_for_update(no_key=True).get(pk=rule.pk)
        verb, changed = "edited", apply_edit(rule, values=chosen, version=version)
        rule.save()
    if changed:
        after = {name: getattr(rule, name) for name in changed}
        _record(rule, "routing_rule", verb=verb, by=by, at=at, after=after)
    return rule


@transaction.atomic
def delete_routing_rule(*, rule: RoutingRule, by: User | None, at: datetime) -> None:
    """The others keep their positions, and so their order."""
    if RoutingRule.objects.living().filter(pk=rule.pk).update(deleted_at=at):
        _record(rule, "routing_rule", verb="deleted", by=by, at=at)


def _record(
    record: Pool | RoutingRule,
    object_type: str,
    *,
    verb: str,
    by: User | None,
    at: datetime,
    **rest: Any,
) -> None:
    record_change(object_type=object_type, object_id=record.pk, verb=verb, by=by, at=at, **rest)
