"""What Fennmark sells, and what people bought of it without a rep."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from baton.core.demo.slots import Chapter, Story, chapters
from baton.records.people.models import Person
from baton.records.purchases.actions import (
    NewLine,
    NewPurchase,
    NewSubscription,
    create_product,
    record_purchases,
    record_subscriptions,
    refund_purchase,
)
from baton.records.purchases.models import Product

PRODUCTS = (
    ("Fenn One meter", "Meters", "FM-1", "380"),
    ("Fenn Gateway", "Meters", "FG-2", "1250"),
    ("Energy desk, a site and year", "Software", "ED-S", "4800"),
    ("Audit report", "Services", "AR-50", "2900"),
    ("Commissioning, a day", "Services", "CD-1", "1150"),
)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Bought:
    """By whom, how many days before the story is told, and how many of what."""

    slug: str
    days: int
    lines: tuple[tuple[str, int], ...]
    number: str


# A student is no lead for any rep, and a customer all the same.
ORDERS = (
    Bought("greta-holm", 12, (("FG-2", 1), ("FM-1", 2)), "F-1041"),
    Bought("clara-moreau", 6, (("FM-1", 4),), "F-1042"),
    Bought("theo-lambert", 2, (("FM-1", 1),), "F-1043"),
)
BROKEN = ("F-1041", 8, "One arrived broken")  # order, days ago, why one meter went back


def tell_products(story: Story) -> None:
    """Five products; ``cast["products"]`` has them by code."""
    told: dict[str, Product] = {}
    for name, family, code, price in PRODUCTS:
        told[code] = create_product(
            name=name,
            family=family,
            code=code,
            price=Decimal(price),
            currency="EUR",
            by=None,
            at=story.at,
        )
    story.cast["products"] = told
    story.keep(*told.values())


def tell_purchases(story: Story) -> None:
    """Three orders, one of them with a refund, and two subscriptions: one renewed, one ending."""
    orders = [one.order for one in record_purchases(new=list(_orders(story)), at=story.at)]
    number, days, reason = BROKEN
    refund_purchase(
        order=next(one for one in orders if one.number == number),
        amount=Decimal(PRODUCTS[0][3]),
        refunded_at=story.at - days * DAY,
        reason=reason,
        by=None,
        at=story.at,
    )
    paid = record_subscriptions(new=list(_subscriptions(story)), at=story.at)
    story.keep(*orders, *(one.subscription for one in paid))


def _orders(story: Story) -> Iterator[NewPurchase]:
    people: dict[str, Person] = story.cast["people"]
    products: dict[str, Product] = story.cast["products"]
    for one in ORDERS:
        lines = [
            NewLine(
                name=products[code].name,
                quantity=Decimal(count),
                price=products[code].price,
                product=products[code],
            )
            for code, count in one.lines
        ]
        yield NewPurchase(
            placed_at=story.at - one.days * DAY,
            amount=sum(((line.price or 0) * line.quantity for line in lines), Decimal(0)),
            currency="EUR",
            person=people[one.slug],
            number=one.number,
            lines=lines,
        )


def _subscriptions(story: Story) -> Iterator[NewSubscription]:
    people: dict[str, Person] = story.cast["people"]
    yield NewSubscription(
        name="Remote reading",
        interval="month",
        amount=Decimal(90),
        currency="EUR",
        person=people["greta-holm"],
        started_at=story.at - 65 * DAY,
        renewed_at=story.at - 5 * DAY,
        renews_at=story.at + 25 * DAY,
    )
    yield NewSubscription(
        name="Remote reading",
        interval="month",
        amount=Decimal(60),
        currency="EUR",
        person=people["clara-moreau"],
        started_at=story.at - 48 * DAY,
        cancelled_at=story.at - 4 * DAY,
        ended_at=story.at + 12 * DAY,
    )


chapters.add(Chapter("products", 20, tell_products, ground=(Product,)))
chapters.add(Chapter("purchases", 55, tell_purchases))
