"""How undo, history and the trash read pools and routing rules, and write them back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from baton.core.access.models import User
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import gettext_noop
from baton.qualification.handoff.actions.members import member_name, put_member_back, terms_of
from baton.qualification.handoff.actions.pools import (
    bring_pools_back,
    bring_rules_back,
    put_pools_away,
    put_rules_away,
    write_rule_back,
)
from baton.qualification.handoff.models import Pool, PoolMember, RoutingRule
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS

Ids = Collection[int]


def _read_pools(ids: Ids, names: Collection[str]) -> Mapping[int, dict[str, Any]]:
    """Who takes turns there, each under a name of their own."""
    found: dict[int, dict[str, Any]] = {pk: {} for pk in ids}
    for member in PoolMember.objects.filter(pool__in=ids):
        found[member.pool_id][member_name(member.user_id)] = terms_of(member)
    return found


@transaction.atomic
def _write_pool(pool_id: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    for name, terms in values.items():
        put_member_back(pool_id=pool_id, name=name, terms=terms)


POOL = Tracked(
    object_type="pool",
    label=gettext_noop("Pool"),
    read=_read_pools,
    write=_write_pool,
    trash=lambda ids, by, at: put_pools_away(ids, at),
    restore=lambda ids, by, at: bring_pools_back(ids),
    reach=lambda user, _verb: Pool.objects.visible_to(user, MANAGE_HANDOFFS),
)
ROUTING_RULE = Tracked(
    object_type="routing_rule",
    label=gettext_noop("Routing rule"),
    read=partial(read_fields, RoutingRule),
    write=lambda pk, values, by, at: write_rule_back(pk, values),
    trash=lambda ids, by, at: put_rules_away(ids, at),
    restore=lambda ids, by, at: bring_rules_back(ids),
    reach=lambda user, _verb: RoutingRule.objects.visible_to(user, MANAGE_HANDOFFS),
)
