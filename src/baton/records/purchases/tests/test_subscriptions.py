from datetime import timedelta
from decimal import Decimal

import pytest

from baton.core.changes.actions import undo
from baton.core.facts.models import FactRecord
from baton.records.people.tests.factories import a_person
from baton.records.purchases.actions import (
    BadPurchase,
    EndedAlready,
    NewSubscription,
    cancel_subscription,
    record_subscriptions,
    renew_subscription,
    trash_subscriptions,
)
from baton.records.purchases.models import Subscription
from baton.records.purchases.tests.factories import AT, a_subscription

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
MONTH = timedelta(days=30)


def names():
    facts = FactRecord.objects.filter(name__startswith="subscription.").order_by("pk")
    return [name.removeprefix("subscription.") for name in facts.values_list("name", flat=True)]


def news(**over):
    usual = {
        "name": "Desk",
        "interval": "month",
        "amount": Decimal(20),
        "currency": "EUR",
        "started_at": AT,
        "source": "shop",
        "external_id": "sub_1",
    }
    return NewSubscription(**{**usual, **over})


def test_start_renewal_and_cancel_are_told(admin):
    row = a_subscription(by=admin)

    renew_subscription(
        subscription=row, renewed_at=AT + MONTH, renews_at=AT + 2 * MONTH, by=admin, at=AT
    )
    batch = cancel_subscription(
        subscription=row, cancelled_at=AT + MONTH, ended_at=AT + 2 * MONTH, by=admin, at=AT
    )

    row.refresh_from_db()
    assert names() == ["started", "renewed", "cancelled"]
    assert (row.renews_at, row.ended_at) == (None, AT + 2 * MONTH)
    with pytest.raises(EndedAlready):
        renew_subscription(subscription=row, renewed_at=AT, by=admin, at=AT)

    undo(batch=batch, by=admin, at=AT)
    row.refresh_from_db()
    assert (row.cancelled_at, row.renews_at) == (None, AT + 2 * MONTH)


def test_news_of_a_source_updates_it():
    buyer = a_person()
    record_subscriptions(new=[news(person=buyer)], at=AT)
    later = {"person": buyer, "renewed_at": AT + MONTH, "told_at": AT + MONTH}

    [moved] = record_subscriptions(new=[news(**later)], at=AT)
    [same] = record_subscriptions(new=[news(**later)], at=AT)
    record_subscriptions(new=[news(person=buyer, told_at=AT, cancelled_at=AT)], at=AT)

    assert (moved.is_changed, same.is_changed) == (True, False)
    assert (Subscription.objects.get().cancelled_at, names()) == (None, ["started", "renewed"])


@pytest.mark.parametrize(
    "wrong",
    [{"person": None}, {"name": " "}, {"interval": "fortnight"}, {"amount": Decimal("-1")}],
)
def test_nonsense_is_refused(wrong):
    with pytest.raises(BadPurchase):
        record_subscriptions(new=[news(**{"person": a_person(), **wrong})], at=AT)


def test_trashed_one_comes_back(admin):
    row = a_subscription(by=admin)
    batch = trash_subscriptions(subscription_ids=[row.pk], by=admin, at=AT)
    assert not Subscription.objects.visible_to(admin).exists()

    undo(batch=batch, by=admin, at=AT)
    assert Subscription.objects.visible_to(admin).exists()
