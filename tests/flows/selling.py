"""What somebody of the north sells: deals lost and won, who buys after them, purchases."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from baton.core.access.models import User
from baton.marketing.capture.tests.factories import AT
from baton.qualification.handoff.models import Rest
from baton.records.people.models import Person
from baton.records.purchases.actions import (
    create_hook,
    refund_purchase,
    trash_purchases,
    trash_subscriptions,
)
from baton.records.purchases.models import Delivery
from baton.records.purchases.tests.factories import a_product, a_subscription, an_order
from baton.sales.customers.actions import (
    add_step,
    ask_favour,
    begin_with_usual,
    delete_checkin_rule,
    save_checkin_rule,
    start_customer,
    trash_customer,
)
from baton.sales.customers.models import Customer
from baton.sales.customers.tests.factories import a_survey
from baton.sales.deals.actions import Line, lose_deal, set_lines, win_deal
from baton.sales.deals.tests.factories import a_deal
from tests.flows.acts import Desk
from tests.flows.house import House

OURS = {"all": [{"field": "customer.issue", "op": "is_set"}]}
RHYTHM = {"name": "With issues", "condition": OURS, "well": 30, "watch": 20, "risk": 10}


def sell(teo: Desk, person: Person, *, by: User) -> None:
    Rest.objects.create(person=person, until=AT + timedelta(days=900))
    deal = teo.open_deal(person)
    teo.move(deal, "Meeting")
    line = Line(product=a_product(), quantity=Decimal(2), price=Decimal(90))
    set_lines(deal=deal, lines=[line], by=by, at=AT)
    lose_deal(deal=deal, reason="no_budget", by=by, at=AT)
    won = win_deal(deal=a_deal(by=by, name="Won at once"), by=by, at=AT)
    begin_with_usual(by=None, at=AT)
    _kept, deleted = (save_checkin_rule(values=RHYTHM, by=None, at=AT)[0] for _one in range(2))
    delete_checkin_rule(rule=deleted, by=None, at=AT)
    customer = a_survey(start_customer(deal=won, by=by, at=AT)).customer
    _favour(customer, by=by)
    add_step(customer=customer, name="Call", whose="owner", on=AT.date(), by=by, at=AT)
    _care(by)


def _favour(customer: Customer, *, by: User) -> None:
    """A referral that nobody has answered yet."""
    assert customer.person
    about: dict[str, Any] = {"customer_id": customer.pk, "person": customer.person}
    ask_favour(kind="referral", text="Whom else?", by=by, at=AT, **about)


def _care(by: User) -> None:
    """A customer in the trash."""
    deal = win_deal(deal=a_deal(by=by, name="Won and gone"), by=by, at=AT)
    trash_customer(customer=start_customer(deal=deal, by=by, at=AT), by=by, at=AT)


def buy(house: House, person: Person) -> None:
    """Bought and given back in part; subscribed; one of each in the trash."""
    order = an_order(person=person, by=house.teo)
    refund_purchase(order=order, amount=Decimal(5), refunded_at=AT, by=house.teo, at=AT)
    a_subscription(person=person, by=house.teo)
    gone = an_order(person=person, by=house.teo), a_subscription(person=person, by=house.teo)
    hook, _secret = create_hook(source="shop", kind="standard", by=house.ada, at=AT)
    Delivery.objects.create(
        hook=hook, delivery_id="1", topic="x", body=b"{}", received_at=AT, state="failed"
    )
    trash_purchases(order_ids=[gone[0].pk], by=house.teo, at=AT)
    trash_subscriptions(subscription_ids=[gone[1].pk], by=house.teo, at=AT)
