"""What a colleague changed on a deal since a file set it last stays, and is told."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from baton.core.changes.rules import conflict, unheld
from baton.core.offers import Conflict
from baton.sales.deals.actions.foreign_deal import ForeignDeal
from baton.sales.deals.models import Deal

UNSAID: Mapping[str, Any] = {  # what a file says that says nothing
    **dict.fromkeys(("person", "company", "owner", "qualifier", "product", "amount", "close_on")),
    **dict.fromkeys(("opened_at", "closed_at")),
    **dict.fromkeys(("name", "currency", "reason", "competitor", "objection"), ""),
    **dict.fromkeys(("need", "decision_maker"), ""),
}
ENDING = ("closed_at", "reason")  # a stage that a colleague chose ends as they say
VALUE = ("amount", "currency")  # either is nothing without the other


def unheld_deal(
    deal: Deal, said: ForeignDeal, *, held: Collection[str]
) -> tuple[ForeignDeal, tuple[Conflict, ...]]:
    """What the file says of a deal but for held fields, and where those contradict it."""
    names = {"product" if name == "lines" else name for name in held}
    if names & {*VALUE}:
        names |= {*VALUE}
    given = {name: getattr(said, name) for name in (*UNSAID, "stage") if name != "product"}
    _kept, own, told = unheld(deal, given, said.custom, held=names)
    if "product" in names:
        told += _other_products(deal, said)
    if "stage" in names:
        names |= {*ENDING}
    values: dict[str, Any] = {name: UNSAID[name] for name in names if name in UNSAID}
    if "stage" in names:
        values["stage"] = deal.stage
    return replace(said, custom=own, **values), told


def _other_products(deal: Deal, said: ForeignDeal) -> tuple[Conflict, ...]:
    products = [line.product for line in deal.lines.select_related("product")]
    if said.product is None or said.product in products:
        return ()
    return (conflict("product", ", ".join(map(str, products)), said.product),)
