"""What is wrong with the rules of routing: what never fires, and where nobody is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from baton.core import filters
from baton.core.calendars.queries import leave_now
from baton.core.filters import fields_of, key_of
from baton.core.offers import FieldKind
from baton.qualification.handoff.models import (
    NamedAccount,
    Pool,
    PoolMember,
    RoutingRule,
    Territory,
)
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.qualification.handoff.rules import implies, is_impossible, territory_tree


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A rule or a territory, in the order in which they are tried."""

    name: str
    tree: Mapping[str, Any] | None


def problems(*, at: Any) -> list[str]:
    """In sentences; [] where all is well. A fixed number of queries."""
    rules = list(RoutingRule.objects.living().filter(is_active=True))
    lands = list(Territory.objects.living().filter(is_active=True).select_related("rep"))
    asked = [Asked(name=rule.name, tree=rule.condition) for rule in rules]
    places = [Asked(name=land.name, tree=territory_tree(land.marks())) for land in lands]
    return [
        *_never(asked, says=_("The rule “%(name)s” never fires")),
        *_never(places, says=_("The territory “%(name)s” is never reached")),
        *_empty_pools(at=at),
        *_gone(land for land in lands if land.rep),
    ]


def _many() -> Collection[str]:
    return {key_of(one) for one in fields_of("person") if one.kind is FieldKind.SET}


def _never(asked: Sequence[Asked], *, says: str) -> Iterator[str]:
    many, before = _many(), list[Asked]()
    for one in asked:
        subject = says % {"name": one.name}
        if one.tree is None or not _is_readable(one.tree):
            yield _("%(subject)s: a field that it asks about is gone.") % {"subject": subject}
            continue
        if is_impossible(one.tree, many=many):
            yield _("%(subject)s: what it asks for contradicts itself.") % {"subject": subject}
            continue
        first = next((b for b in before if b.tree and implies(one.tree, b.tree, many=many)), None)
        if first:
            words = _("%(subject)s while somebody is free at “%(first)s”, which takes all of its.")
            yield words % {"subject": subject, "first": first.name}
        else:
            before.append(one)


def _is_readable(tree: Mapping[str, Any]) -> bool:
    try:
        filters.parse(tree, object_type="person")
    except filters.BadFilter:
        return False
    return True


def _empty_pools(*, at: Any) -> Iterator[str]:
    """Where a lead would find nobody at all, or nobody today."""
    away = leave_now(at)
    members: dict[int, list[PoolMember]] = {pool.pk: [] for pool in Pool.objects.living()}
    for member in PoolMember.objects.filter(pool__deleted_at=None).select_related("user"):
        if member.user.may(ANSWER_HANDOFFS) and member.user.can_sign_in():
            members[member.pool_id].append(member)
    for pool in Pool.objects.living().order_by("name"):
        inside = members[pool.pk]
        if not inside:
            yield _("Nobody in “%(pool)s” can answer leads.") % {"pool": pool}
        elif all(one.user_id in away or not one.is_available for one in inside):
            yield _("Everybody in “%(pool)s” is away.") % {"pool": pool}


def _gone(lands: Iterator[Territory]) -> Iterator[str]:
    for land in lands:
        if land.rep and not (land.rep.may(ANSWER_HANDOFFS) and land.rep.can_sign_in()):
            told = {"who": land.rep, "name": land.name}
            yield _("%(who)s answers for “%(name)s”, and answers no leads any more.") % told
    count = NamedAccount.objects.living().filter(rep__is_active=False).count()
    if count:
        yield _("%(count)d named accounts belong to somebody who has left.") % {"count": count}
