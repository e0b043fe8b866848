"""What a colleague changed on a deal since a file set it last stays, and is told."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

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
LONGEST = 120  # characters of a value in a conflict


def unheld(
    deal: Deal, said: ForeignDeal, *, held: Collection[str]
) -> tuple[ForeignDeal, tuple[Conflict, ...]]:
    """What the file says but for held fields, and where those contradict it."""
    names = {"product" if name == "lines" else name for name in held}
    if names & {*VALUE}:
        names |= {*VALUE}
    told = [one for name in sorted(names) if (one := _told(name, deal, said))]
    if "stage" in names:
        names |= {*ENDING}
    values: dict[str, Any] = {name: UNSAID[name] for name in names if name in UNSAID}
    if "stage" in names:
        values["stage"] = deal.stage
    own = {code: value for code, value in said.custom.items() if f"custom.{code}" not in names}
    told += [
        Conflict(code, _short(deal.custom.get(code)), _short(said.custom[code]))
        for code in sorted(said.custom.keys() - own.keys())
        if deal.custom.get(code) != said.custom[code]
    ]
    return replace(said, custom=own, **values), tuple(told)


def _told(name: str, deal: Deal, said: ForeignDeal) -> Conflict | None:
    if name not in {*UNSAID, "stage"} or getattr(said, name) in (None, ""):
        return None
    theirs = getattr(said, name)
    if name == "product":
        products = [line.product for line in deal.lines.select_related("product")]
        ours: Any = ", ".join(map(str, products))
        return None if theirs in products else Conflict(name, _short(ours), _short(theirs))
    ours = getattr(deal, name)
    return None if ours == theirs else Conflict(name, _short(ours), _short(theirs))


def _short(value: Any) -> str:
    return "" if value is None else str(value)[:LONGEST]
