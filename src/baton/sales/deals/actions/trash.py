"""Into the trash, and out of it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from baton.core.access.models import User
from baton.core.changes.actions import record_each
from baton.core.facts import Fact, publish
from baton.sales.deals.actions.buyer import place_buyer
from baton.sales.deals.actions.holding import about
from baton.sales.deals.events import DealDeleted, DealRestored
from baton.sales.deals.models import Deal


@transaction.atomic
def trash_deals(
    *, deal_ids: Collection[int], by: User | None, at: datetime, batch: UUID | None = None
) -> int:
    """Those that are not there yet; says how many went. People step back where nothing is left."""
    deals = turn_deals(deal_ids, deleted_at=at, by=by, at=at)
    record_each(
        [deal.pk for deal in deals], object_type="deal", verb="deleted", by=by, at=at, batch=batch
    )
    return len(deals)


def turn_deals(
    deal_ids: Collection[int], *, deleted_at: datetime | None, by: User | None, at: datetime
) -> list[Deal]:
    """Set or clear ``deleted_at`` where it is otherwise, and tell it; history is the caller's."""
    deals = list(
        Deal.objects.select_for_update()
        .filter(pk__in=deal_ids, deleted_at__isnull=deleted_at is not None)
        .order_by("pk")
    )
    for deal in deals:
        deal.deleted_at = deleted_at
        deal.version += 1
        deal.save(update_fields=["deleted_at", "version"])
        kind: type[Fact] = DealDeleted if deleted_at else DealRestored
        fact = kind(happened_at=at, actor_id=by.pk if by else None, **about(deal))
        place_buyer(deal.person_id, cause=publish(fact), owner_id=deal.owner_id, by=by, at=at)
    return deals
