"""What is shown of a customer's health, kept true: after each act, and by the clock."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from baton.core.bulk import update_rows
from baton.core.facts import publish_many
from baton.sales.customers.actions.holding import about
from baton.sales.customers.events import HealthChanged
from baton.sales.customers.models import Customer
from baton.sales.customers.queries.health import MOST, Standing, standings_of
from baton.sales.customers.rules import Level

RHYTHM = ("rhythm_since", "rhythm_rule", "rhythm_well", "rhythm_watch", "rhythm_risk")
SHOWN = ("health", "reasons", "contacted_at", "checkin_on", *RHYTHM)


def refresh(customer_ids: Iterable[int], *, at: datetime) -> int:
    """Of how many something is shown otherwise now. Who became better or worse is told."""
    return sum(_refresh(list(some), at=at) for some in _bites(customer_ids))


def refresh_all(*, at: datetime) -> int:
    """Days pass without anybody's act."""
    ids = Customer.objects.living().order_by("pk").values_list("pk", flat=True)
    return refresh(ids.iterator(chunk_size=2000), at=at)


def _bites(ids: Iterable[int]) -> Iterable[list[int]]:
    some: list[int] = []
    for pk in ids:
        some.append(pk)
        if len(some) == MOST:
            yield some
            some = []
    if some:
        yield some


@transaction.atomic
def _refresh(ids: list[int], *, at: datetime) -> int:
    held = Customer.objects.living().select_for_update(of=("self",)).filter(pk__in=ids)
    customers = list(held.select_related("owner").order_by("pk"))
    found = standings_of(customers, at=at)
    turned = [one for one in customers if _shown(found[one.pk]) != _now(one)]
    update_rows(
        Customer,
        {one.pk: dict(zip(SHOWN, _shown(found[one.pk]), strict=True)) for one in turned},
        fields=SHOWN,
    )
    publish_many(
        HealthChanged(
            happened_at=at,
            health=found[one.pk].health.level.value,
            former=one.health,
            signs=[reason.sign.value for reason in found[one.pk].health.reasons],
            **about(one),
        )
        for one in turned
        if found[one.pk].health.level not in {one.health, Level.GRAY}  # gone is a fact of its own
    )
    return len(turned)


def _shown(standing: Standing) -> tuple[object, ...]:
    health, rhythm = standing.health, standing.rhythm
    return (
        *(health.level.value, health.written(), standing.contacted_at, standing.checkin_on),
        *(standing.contacted_at, rhythm.rule, rhythm.well, rhythm.watch, rhythm.risk),
    )


def _now(customer: Customer) -> tuple[object, ...]:
    return tuple(getattr(customer, name) for name in SHOWN)
