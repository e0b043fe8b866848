"""The agreement's clocks of open deals follow the deals: touched, moved, with a next step."""

from collections.abc import Collection, Mapping
from datetime import datetime

from baton.core.settings.queries import organisation
from baton.qualification.handoff import actions as handoff
from baton.sales.deals.models import Deal
from baton.sales.deals.queries.clocks import clocked, open_deals_of, without_clock

BITE = 500


def keep_clocks(
    *, deal_ids: Collection[int], at: datetime, touched: Mapping[int, datetime] | None = None
) -> int:
    """As the deals are now, touched then; says how many clocks changed."""
    rows = Deal.objects.filter(pk__in=deal_ids).select_related("owner", "stage")
    zone, known = organisation().zone, touched or {}
    deals = [clocked(deal, touched_at=known.get(deal.pk), zone=zone) for deal in rows]
    return handoff.follow_deals(deals, at=at)


def note_touches(*, people: Mapping[int, datetime], deals: Mapping[int, datetime]) -> int:
    """By person and by deal, when they were touched: no open deal of theirs lies idle."""
    touched = open_deals_of(people=people, deals=deals)
    if not touched:
        return 0
    return keep_clocks(deal_ids=touched, at=max(touched.values()), touched=touched)


def begin_clocks(*, at: datetime) -> int:
    """Open deals without a clock that is promised: imported ones, and those from before the
    promise. Nothing was owed for them before ``at``."""
    zone = organisation().zone
    deals = [clocked(deal, touched_at=at, zone=zone) for deal in without_clock()[:BITE]]
    return handoff.follow_deals(deals, at=at, is_fresh=True)
