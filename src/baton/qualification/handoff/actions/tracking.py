"""How undo, history and the trash read pools and routing rules, and write them back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import NothingToUndo
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import gettext_noop
from baton.qualification.handoff.actions.members import (
    MEMBER,
    member_name,
    put_member_back,
    terms_of,
)
from baton.qualification.handoff.actions.naming import (
    KIND as NAMED,
)
from baton.qualification.handoff.actions.naming import (
    bring_accounts_back,
    put_accounts_away,
    write_account_back,
)
from baton.qualification.handoff.actions.pools import (
    bring_pools_back,
    bring_rules_back,
    put_pools_away,
    put_rules_away,
    write_rule_back,
)
from baton.qualification.handoff.actions.queues import POOL_FIELDS, write_pool_back
from baton.qualification.handoff.actions.regretting import undo_answer
from baton.qualification.handoff.actions.territories import (
    KIND as PLACE,
)
from baton.qualification.handoff.actions.territories import (
    bring_territories_back,
    put_territories_away,
    write_territory_back,
)
from baton.qualification.handoff.models import (
    Handoff,
    NamedAccount,
    Pool,
    PoolMember,
    RoutingRule,
    Territory,
)
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS, MANAGE_HANDOFFS
from baton.qualification.handoff.queries.answering import HANDOFF

Ids = Collection[int]


def _read_pools(ids: Ids, names: Collection[str]) -> Mapping[int, dict[str, Any]]:
    """How it works, and who takes turns there, each under a name of their own."""
    kept = [name for name in names if name in POOL_FIELDS]
    known = read_fields(Pool, ids, kept)
    found: dict[int, dict[str, Any]] = {pk: dict(known.get(pk, {})) for pk in ids}
    for member in PoolMember.objects.filter(pool__in=ids):
        found[member.pool_id][member_name(member.user_id)] = terms_of(member)
    return found


@transaction.atomic
def _write_pool(pool_id: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    terms = {name: one for name, one in values.items() if name.startswith(MEMBER)}
    for name, one in terms.items():
        put_member_back(pool_id=pool_id, name=name, terms=one)
    if fields := {name: one for name, one in values.items() if name in POOL_FIELDS}:
        write_pool_back(pool_id, fields)


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
TERRITORY = Tracked(
    object_type=PLACE,
    label=gettext_noop("Territory"),
    read=partial(read_fields, Territory),
    write=lambda pk, values, by, at: write_territory_back(pk, values),
    trash=lambda ids, by, at: put_territories_away(ids, at),
    restore=lambda ids, by, at: bring_territories_back(ids),
    reach=lambda user, _verb: Territory.objects.visible_to(user, MANAGE_HANDOFFS),
)


def _write_answer(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """All of it or nothing."""
    if by is None:
        raise NothingToUndo(_("Who answered takes it back."))
    undo_answer(handoff=Handoff.objects.get(pk=pk), by=by, at=at)


def _nothing(ids: Ids, by: User | None, at: datetime) -> Ids:
    """Handoffs are neither made nor deleted by hand."""
    return []


ANSWER = Tracked(
    object_type=HANDOFF,
    label=gettext_noop("Handoff"),
    read=lambda ids, names: {},
    write=_write_answer,
    trash=_nothing,
    restore=_nothing,
    reach=lambda user, _verb: Handoff.objects.visible_to(user, ANSWER_HANDOFFS).select_related(
        "person"
    ),
    has_trash=False,
)
NAMED_ACCOUNT = Tracked(
    object_type=NAMED,
    label=gettext_noop("Named account"),
    read=partial(read_fields, NamedAccount),
    write=lambda pk, values, by, at: write_account_back(pk, values),
    trash=lambda ids, by, at: put_accounts_away(ids, at),
    restore=lambda ids, by, at: bring_accounts_back(ids),
    reach=lambda user, _verb: NamedAccount.objects.visible_to(user, MANAGE_HANDOFFS),
)
