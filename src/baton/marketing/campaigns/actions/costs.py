"""What was spent: for a campaign, or (people, tools, agencies) for none."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import apply_edit, record_change, restore_rows, trash_rows
from baton.core.keys import new_key
from baton.core.money.queries import in_base, rates_into
from baton.core.money.rules import check_currency
from baton.core.settings.queries import organisation
from baton.marketing.campaigns.actions.refusals import (
    BadAmount,
    BadPeriod,
    UnknownChannel,
    UnknownKind,
)
from baton.marketing.campaigns.actions.telling import tell_costs, tell_edit
from baton.marketing.campaigns.events import CostAdded, CostRemoved, CostRestored
from baton.marketing.campaigns.models import Campaign, Cost
from baton.marketing.campaigns.rules import CostKind
from baton.marketing.capture.rules import Channel, clean_line

FIELDS = frozenset(
    {"campaign", "kind", "channel", "amount", "currency", "from_on", "to_on", "note"}
)
HIGHEST = Decimal("9999999999999.99")  # 15 digits: what SQLite keeps exactly
CHUNK = 500


def add_cost(
    *,
    kind: str,
    amount: Decimal,
    currency: str,
    from_on: date,
    to_on: date,
    by: User | None,
    at: datetime,
    campaign: Campaign | None = None,
    channel: str = "",
    note: str = "",
    external_id: str = "",
) -> Cost:
    """One cost, spread evenly over its days; in the company's currency where a rate is known.

    Raises UnknownKind, UnknownChannel, UnknownCurrency, BadAmount and BadPeriod.
    """
    cost = Cost(
        campaign=campaign,
        kind=kind,
        channel=channel,
        amount=amount,
        currency=currency,
        from_on=from_on,
        to_on=to_on,
        note=clean_line(note)[:250],
        external_id=external_id,
    )
    _settle(cost)
    return _write_new(cost, by=by, at=at)


@transaction.atomic(savepoint=False)
def _write_new(cost: Cost, *, by: User | None, at: datetime) -> Cost:
    cost.save()
    tell_costs(CostAdded, [cost], by=by, at=at)
    _write_down(cost, verb="created", by=by, at=at, after={"amount": cost.amount})
    return cost


@transaction.atomic
def edit_cost(
    *,
    cost: Cost,
    values: Mapping[str, Any],
    version: int | None,
    by: User | None,
    at: datetime,
) -> Cost:
    """Set the fields that differ. Raises LostRace and what add_cost raises."""
    if unknown := values.keys() - FIELDS:
        raise TypeError(f"Not to be edited: {', '.join(sorted(unknown))}")
    cost = Cost.objects.select_for_update().get(pk=cost.pk)
    if "note" in values:
        values = {**values, "note": clean_line(values["note"])[:250]}
    before = {name: getattr(cost, name) for name in values}
    former = cost.campaign_id
    changed: list[str] = apply_edit(cost, values=values, version=version)
    if changed:
        _settle(cost)
        cost.save()
        tell_edit(cost, changed, former=former, by=by, at=at)
        _write_down(
            cost,
            verb="edited",
            by=by,
            at=at,
            before={name: before[name] for name in changed},
            after={name: values[name] for name in changed},
        )
    return cost


@transaction.atomic
def remove_cost(*, cost: Cost, by: User | None, at: datetime) -> UUID:
    """Into the trash; the batch that is returned takes it out again."""
    put_costs_away([cost.pk], by, at)
    return _write_down(cost, verb="deleted", by=by, at=at, before={"amount": cost.amount})


@transaction.atomic
def settle_costs(*, currency: str, on: date) -> int:
    """The rate of that day became known or another: those that begin on it or later may be worth
    something else; says how many are."""
    base = organisation().base_currency
    book = rates_into(base)
    changed = []
    costs = Cost.objects.select_for_update().filter(currency=currency, from_on__gte=on)
    for cost in costs.order_by("pk"):
        valued = book.in_base(cost.amount, currency=currency, on=cost.from_on)
        if (cost.base_amount, cost.rate_on) != (valued.amount, valued.rate_on):
            cost.base_amount, cost.rate_on = valued.amount, valued.rate_on
            changed.append(cost)
    Cost.objects.bulk_update(changed, ["base_amount", "rate_on"], batch_size=CHUNK)
    return len(changed)


def put_costs_away(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    """Without history, for the undo, which writes its own; says which ones went."""
    gone = trash_rows(Cost.objects.filter(pk__in=ids), at=at)
    tell_costs(CostRemoved, Cost.objects.filter(pk__in=gone), by=by, at=at)
    return gone


def bring_costs_back(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    """Without history."""
    back = restore_rows(Cost.objects.filter(pk__in=ids))
    tell_costs(CostRestored, Cost.objects.filter(pk__in=back), by=by, at=at)
    return back


def write_cost_back(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """Old values, for the undo."""
    cost = Cost.objects.select_for_update().get(pk=pk)
    former = cost.campaign_id
    changed = apply_edit(cost, values=values)
    if changed:
        _settle(cost)
        cost.save()
        tell_edit(cost, changed, former=former, by=by, at=at)


def _settle(cost: Cost) -> None:
    """Check it, and say what it is in the company's currency; None while no rate is known."""
    if cost.kind not in set(CostKind):
        raise UnknownKind(_("There is no kind of cost “%(kind)s”.") % {"kind": cost.kind})
    if cost.channel and cost.channel not in set(Channel):
        raise UnknownChannel(_("There is no channel “%(channel)s”.") % {"channel": cost.channel})
    if not 0 <= cost.amount <= HIGHEST or cost.amount != cost.amount.quantize(Decimal("0.01")):
        raise BadAmount(_("Write an amount from 0 on, with at most two decimals."))
    if cost.to_on < cost.from_on:
        raise BadPeriod(_("It ends before it starts. Mend one of the two days."))
    cost.currency = check_currency(cost.currency)
    found = in_base(
        cost.amount,
        currency=cost.currency,
        base=organisation().base_currency,
        on=cost.from_on,
    )
    cost.base_amount, cost.rate_on = found.amount, found.rate_on


def _write_down(
    cost: Cost,
    *,
    verb: str,
    by: User | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> UUID:
    batch = new_key()
    record_change(
        object_type="cost",
        object_id=cost.pk,
        verb=verb,
        before=before,
        after=after,
        by=by,
        at=at,
        batch=batch,
    )
    return batch
