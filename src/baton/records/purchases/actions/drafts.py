"""Orders as they become by the news of them, before they are written."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from baton.records.people.rules import tidy
from baton.records.purchases.actions.news import NewLine, NewPurchase, NewRefund
from baton.records.purchases.actions.worth import Worth
from baton.records.purchases.models import Order, OrderLine, Product, Refund
from baton.records.purchases.rules import is_older_news, title_of

IN_ALL = "in all"  # the refund of a source that tells only their sum
KEPT = (
    *("person_id", "company_id", "number", "placed_at", "currency", "amount", "refunded"),
    *("state", "cancelled_at", "base_amount", "net_amount", "rate_on", "title"),
)  # what history keeps of an order


@dataclass
class Draft:
    """One order, known or new, and what of it is still to be written."""

    order: Order
    former: dict[str, Any] | None = None  # of a known one, as it was
    lines: list[OrderLine] = field(default_factory=list)
    refunds: dict[str, Refund] = field(default_factory=dict)  # by key; without one by its id
    given_back: list[Refund] = field(default_factory=list)  # refunds that are news
    named: list[Refund] = field(default_factory=list)  # known as a part of a sum only
    has_new_lines: bool = False

    @classmethod
    def of(cls, order: Order, *, lines: Iterable[OrderLine], refunds: Iterable[Refund]) -> "Draft":
        """A known one."""
        former = {name: getattr(order, name) for name in KEPT}
        by_key = {refund.external_id or f"#{refund.pk}": refund for refund in refunds}
        return cls(order, former, list(lines), by_key)

    @property
    def is_new(self) -> bool:
        return self.former is None

    def changed(self) -> list[str]:
        """Which fields of a known one differ now."""
        former = self.former or {}
        return [name for name, value in former.items() if getattr(self.order, name) != value]

    def is_touched(self) -> bool:
        return bool(self.changed() or self.given_back or self.named or self.has_new_lines)

    def take(self, one: NewPurchase, *, products: Mapping[str, Product]) -> None:
        """What this news says. Refunds add up whenever they come; of the rest the latest holds."""
        order = self.order
        order.person = order.person or one.person
        works_at = one.person.company if one.person else None
        order.company = order.company or one.company or works_at
        if not is_older_news(one.told_at, known_at=order.told_at):
            order.number = tidy(one.number)[:60] or order.number
            order.placed_at, order.cancelled_at = one.placed_at, one.cancelled_at
            order.amount, order.currency = one.amount, one.currency.upper()
            order.told_at = one.told_at or order.told_at
            if one.lines is not None:
                self._take_lines(one.lines, products)
        for refund in one.refunds:
            self._give_back(refund)
        if one.refunded is not None:
            at = one.refunded_at or one.told_at or one.placed_at
            self._give_back_in_all(one.refunded, at=at)

    def settle(self, worth: Worth) -> None:
        """State and worth follow from the rest."""
        living = [one for one in self.refunds.values() if one.deleted_at is None]
        self.order.refunded = sum((one.amount for one in living), Decimal(0))
        worth.settle(self.order)

    def _take_lines(self, lines: Sequence[NewLine], products: Mapping[str, Product]) -> None:
        made = [_line(self.order, one, products, place) for place, one in enumerate(lines)]
        if [_same(one) for one in made] != [_same(one) for one in self.lines]:
            self.lines, self.has_new_lines = made, True
            self.order.title = title_of([line.name for line in made])

    def _give_back(self, told: NewRefund) -> None:
        if told.external_id in self.refunds or not told.amount:
            return
        refund = Refund(
            order=self.order,
            amount=told.amount,
            at=told.at,
            reason=tidy(told.reason)[:250],
            external_id=told.external_id or None,
        )
        is_known = not told.external_id.startswith(IN_ALL) and self._take_from_sum(told)
        self.refunds[told.external_id or f"#{len(self.refunds)} new"] = refund
        (self.named if is_known else self.given_back).append(refund)

    def _take_from_sum(self, told: NewRefund) -> bool:
        """One that was known only as a part of a sum is told by its own name: that is no news."""
        for key, held in self.refunds.items():
            is_sum = key.startswith(IN_ALL) and held.pk and held.deleted_at is None
            if is_sum and told.external_id and held.amount >= told.amount:
                held.amount -= told.amount
                self.named.append(held)
                return True
        return False

    def _give_back_in_all(self, refunded: Decimal, *, at: datetime) -> None:
        """A sum only grows: what is more than the refunds known is one more of them."""
        known = sum((one.amount for one in self.refunds.values()), Decimal(0))
        if refunded > known:
            key = f"{IN_ALL} {refunded.normalize():f}"
            self._give_back(NewRefund(amount=refunded - known, at=at, external_id=key))


def _line(order: Order, one: NewLine, products: Mapping[str, Product], place: int) -> OrderLine:
    return OrderLine(
        order=order,
        product=one.product or products.get(one.name),
        name=tidy(one.name)[:200],
        quantity=one.quantity,
        price=one.price,
        position=min(place, 32000),
    )


def _same(line: OrderLine) -> tuple[Any, ...]:
    """By it two are compared: the product of a name may be known later."""
    return line.name, line.quantity, line.price


def in_history(name: str) -> str:
    """History names a field that points to a record without the id."""
    return name.removesuffix("_id") if name in {"person_id", "company_id", "product_id"} else name


def by_order(rows: Iterable[Any], orders: Collection[int]) -> dict[int, list[Any]]:
    """Lines or refunds of each order."""
    found: dict[int, list[Any]] = {pk: [] for pk in orders}
    for row in rows:
        found[row.order_id].append(row)
    return found
