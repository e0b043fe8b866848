"""Exchange rates by hand, with their history and a way back."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from baton.core.access.models import User
from baton.core.changes.actions import record_change, record_each
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked, tracked
from baton.core.keys import new_key
from baton.core.money.actions import remove_rates, restore_rates, set_rate
from baton.core.money.models import Rate
from baton.core.settings.queries import organisation
from baton.operations.administration.permissions import MANAGE_SETTINGS

BY_HAND = "by hand"


@transaction.atomic
def save_rate(
    *, currency: str, on: date, rate: Decimal, by: User | None, at: datetime, source: str = BY_HAND
) -> tuple[Rate, UUID]:
    """What one unit cost on that day, new or corrected; and the batch that takes it back.

    Raises UnknownCurrency, BadRate, SameCurrency.
    """
    base, batch = organisation().base_currency, new_key()
    living = Rate.objects.living().filter(base_currency=base, on=on)
    before = living.filter(currency=currency.strip().upper()).first()
    stored = set_rate(currency=currency, base_currency=base, on=on, rate=rate, source=source, at=at)
    record_change(
        object_type="rate",
        object_id=stored.pk,
        verb="edited" if before else "created",
        before={"rate": before.rate, "source": before.source} if before else {},
        after={"rate": stored.rate, "source": stored.source} if before else {},
        by=by,
        at=at,
        batch=batch,
    )
    return stored, batch


@transaction.atomic
def remove_rate(*, rate: Rate, by: User | None, at: datetime) -> UUID:
    """The batch that is returned brings it back."""
    gone = remove_rates(rate_ids=[rate.pk], at=at)
    return record_each(gone, object_type="rate", verb="deleted", by=by, at=at)


def _write(rate_id: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    rate = Rate.objects.get(pk=rate_id)
    set_rate(
        currency=rate.currency,
        base_currency=rate.base_currency,
        on=rate.on,
        rate=Decimal(values.get("rate", rate.rate)),
        source=values.get("source", rate.source),
        at=at,
    )


RATE = Tracked(
    object_type="rate",
    label="Rate",
    read=partial(read_fields, Rate),
    write=_write,
    trash=lambda ids, by, at: remove_rates(rate_ids=ids, at=at),
    restore=lambda ids, by, at: restore_rates(rate_ids=ids, at=at),
    reach=lambda user, verb: (
        Rate.objects.all() if user.may(MANAGE_SETTINGS) else Rate.objects.none()
    ),
    has_trash=False,
)
tracked.add(RATE)
