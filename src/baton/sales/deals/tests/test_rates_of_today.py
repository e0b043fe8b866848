from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from baton.core.money.actions import set_rate
from baton.sales.deals.tasks import follow_rates_of_today
from baton.sales.deals.tests.factories import AT, a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def test_open_deals_follow_a_rate_from_its_own_day_on(rep, time_machine):
    deal = a_deal(by=rep, amount=Decimal(1000), currency="USD", at=AT)
    for on, rate in ((date(2026, 3, 1), "0.9"), (date(2026, 3, 5), "0.7")):
        put: dict[str, Any] = {"currency": "USD", "base_currency": "EUR", "rate": Decimal(rate)}
        set_rate(**put, on=on, source="ECB", at=AT)

    seen = []
    for day in (date(2026, 3, 1), date(2026, 3, 5)):
        begins = datetime(day.year, day.month, day.day, tzinfo=UTC)  # an hour into it in Berlin
        time_machine.move_to(begins, tick=False)
        follow_rates_of_today.call()
        deal.refresh_from_db()
        seen.append((deal.base_amount, deal.rate_on))

    assert seen == [(900, date(2026, 3, 1)), (700, date(2026, 3, 5))]


def test_day_without_a_rate_of_its_own_moves_nothing(rep, time_machine):
    deal = a_deal(by=rep, amount=Decimal(1000), currency="USD", at=AT)
    put: dict[str, Any] = {"currency": "USD", "base_currency": "EUR", "rate": Decimal("0.9")}
    set_rate(**put, on=date(2026, 3, 5), source="ECB", at=AT)

    time_machine.move_to(datetime(2026, 3, 4, 22, tzinfo=UTC), tick=False)
    follow_rates_of_today.call()
    deal.refresh_from_db()

    assert deal.base_amount is None
