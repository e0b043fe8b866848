"""Pools, and which rules send whom there."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core import filters
from baton.core.access.models import Team, User
from baton.core.changes.actions import (
    apply_edit,
    record_change,
    record_each,
    restore_rows,
    save_edit,
    trash_rows,
)
from baton.qualification.handoff.actions.refusals import BadPool
from baton.qualification.handoff.models import (
    NamedAccount,
    Pool,
    PoolMember,
    RoutingRule,
    Territory,
)
from baton.qualification.handoff.queries import executives_agreement

RULE_FIELDS = ("name", "condition", "pool", "position", "is_active", "language", "skill")


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
def delete_pool(*, pool: Pool, by: User | None, at: datetime) -> UUID:
    """Into the trash with all who are in it; the batch that is returned takes it out again.

    Raises BadPool for the two that routing always needs, and while a rule leads there.
    """
    moved = put_pools_away([pool.pk], at)
    return record_each(moved, object_type="pool", verb="deleted", by=by, at=at)


def put_pools_away(ids: Collection[int], at: datetime) -> list[int]:
    """Without history, for the undo, which writes its own. Raises BadPool."""
    pools = list(Pool.objects.living().select_for_update().filter(pk__in=ids).order_by("pk"))
    if any(pool.is_default or pool.is_catch_all for pool in pools):
        raise BadPool(_("Routing needs this pool."))
    if RoutingRule.objects.living().filter(pool__in=pools).exists():
        raise BadPool(_("A rule leads here. Delete the rule first."))
    for rows, words in (
        (Territory.objects.living(), _("It answers for a territory. Give that to others first.")),
        (NamedAccount.objects.living(), _("It has named accounts. Give them to others first.")),
    ):
        if rows.filter(pool__in=pools).exists():
            raise BadPool(words)
    if (agreed := executives_agreement()) and agreed.pool in pools:
        raise BadPool(_("Account executives take turns here. Agree on another pool first."))
    if Pool.objects.living().filter(escalates_to__in=pools).exists():
        raise BadPool(_("Another pool passes on to it. Change that one first."))
    return trash_rows(Pool.objects.filter(pk__in=ids), at=at)


def bring_pools_back(ids: Collection[int]) -> list[int]:
    """Those who were in it take turns again, with the weights, caps and credits that they had."""
    return restore_rows(Pool.objects.filter(pk__in=ids))


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
    if "condition" in values:
        filters.parse(values["condition"], object_type="person")
    if "pool" in values and values["pool"].is_catch_all:
        raise BadPool(_("Rules lead to people who take turns, not to the queue."))
    chosen = {name: values[name] for name in RULE_FIELDS if name in values}
    if rule is None:
        rule = RoutingRule.objects.create(**chosen)
        _record(rule, "routing_rule", verb="created", by=by, at=at, after=chosen)
        return rule
    rule = RoutingRule.objects.living().select_for_update(no_key=True).get(pk=rule.pk)
    kind = "routing_rule"
    save_edit(rule, object_type=kind, values=chosen, version=version, by=by, at=at)
    return rule


@transaction.atomic
def delete_routing_rule(*, rule: RoutingRule, by: User | None, at: datetime) -> UUID:
    """Into the trash; the batch that is returned takes it out again.

    The others keep their positions, and so their order.
    """
    moved = put_rules_away([rule.pk], at)
    return record_each(moved, object_type="routing_rule", verb="deleted", by=by, at=at)


def put_rules_away(ids: Collection[int], at: datetime) -> list[int]:
    """Without history, for the undo, which writes its own."""
    return trash_rows(RoutingRule.objects.filter(pk__in=ids), at=at)


@transaction.atomic
def bring_rules_back(ids: Collection[int]) -> list[int]:
    """To the places that they had. Raises BadPool while the pool that one leads to is away."""
    back = restore_rows(RoutingRule.objects.filter(pk__in=ids))
    for pool in Pool.objects.select_for_update(no_key=True).filter(rules__in=back):
        _must_live(pool)
    return back


@transaction.atomic
def write_rule_back(rule_id: int, values: Mapping[str, Any]) -> None:
    """Old values, for the undo. Raises BadPool."""
    rule = RoutingRule.objects.select_for_update(no_key=True).get(pk=rule_id)
    live = dict(values)
    if "pool" in live:
        live["pool"] = Pool.objects.select_for_update(no_key=True).get(pk=live["pool"])
        _must_live(live["pool"])
    if apply_edit(rule, values=live):
        rule.save()


def _must_live(pool: Pool) -> None:
    """Called on a locked one, so that nobody deletes it before a rule leads there."""
    if pool.deleted_at:
        words = _("It leads to “%(pool)s”, which lies in the trash. Restore the pool first.")
        raise BadPool(words % {"pool": pool})


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
