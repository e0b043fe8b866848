"""The one product that a file says of a deal."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from baton.records.purchases.models import Product
from baton.sales.deals.actions.lines import kept_lines
from baton.sales.deals.models import Deal, DealLine
from baton.sales.deals.rules import MOST


class Said(Protocol):
    """What a file says of a deal, as far as its lines go."""

    @property
    def product(self) -> Product | None: ...


@dataclass(frozen=True)
class ChangedLines:
    """The lines of one deal as history keeps them."""

    before: list[dict[str, Any]]
    after: list[dict[str, Any]]


def price_of(deal: Deal) -> Decimal | None:
    """A file's one product is worth the deal; unknown where that is more than a line can hold."""
    fits = deal.amount is not None and deal.amount < MOST / 100
    return deal.amount if fits else None


def change_lines(pairs: Sequence[tuple[Said, Deal]]) -> dict[int, ChangedLines]:
    """Put the file's product in place of the one that it said before; what changed, by deal.

    A deal with several lines was worked on here: it is left alone when it has the product, else
    its first line, the imported one, gets it.
    """
    known: dict[int, list[DealLine]] = defaultdict(list)
    ids = [deal.pk for _one, deal in pairs]
    for line in DealLine.objects.filter(deal__in=ids).order_by("position", "pk"):
        known[line.deal_id].append(line)
    changed: dict[int, ChangedLines] = {}
    for one, deal in pairs:
        lines = known[deal.pk]
        if one.product and not _holds(lines, one.product, deal):
            before = kept_lines(deal)
            _put(deal, lines, one.product)
            changed[deal.pk] = ChangedLines(before, kept_lines(deal))
    return changed


def _holds(lines: Sequence[DealLine], product: Product, deal: Deal) -> bool:
    if len(lines) == 1:
        [line] = lines
        is_priced = line.quantity != 1 or line.price == price_of(deal)
        return line.product_id == product.pk and is_priced
    return any(line.product_id == product.pk for line in lines)


def _put(deal: Deal, lines: Sequence[DealLine], product: Product) -> None:
    line = lines[0] if lines else DealLine(deal=deal)
    line.product = product
    if len(lines) <= 1:
        line.quantity, line.price = Decimal(1), price_of(deal)
    line.save()
