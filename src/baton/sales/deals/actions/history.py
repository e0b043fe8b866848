"""How an undo reads a deal and writes it back (see core/changes)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Field, ForeignKey
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.access.roles import Verb
from baton.core.changes.slots import Tracked
from baton.records.purchases.models import Product
from baton.sales.deals.actions.closing import Ending, put_into_closed, put_into_open
from baton.sales.deals.actions.editing import write_fields
from baton.sales.deals.actions.holding import (
    column_of,
    hold_deal,
    hold_stage,
    present,
    save_deal,
    value_deal,
)
from baton.sales.deals.actions.lines import Line, kept_lines, replace_lines
from baton.sales.deals.actions.moving import STAGE_FIELDS, enter_stage, tell_move
from baton.sales.deals.actions.parts import kept_parts, parts_in, put_parts, roles_of
from baton.sales.deals.actions.trash import turn_deals
from baton.sales.deals.models import Deal
from baton.sales.deals.permissions import DELETE_DEALS, EDIT_DEALS
from baton.sales.deals.rules import LostReason, StageKind
from baton.sales.deals.rules.people import part_of


def read_deals(ids: Collection[int], names: Collection[str]) -> dict[int, dict[str, Any]]:
    """The present values of these fields by deal; ids for records, plain lines."""
    people = list(parts_in(dict.fromkeys(names)))
    own = [name for name in names if name != "lines" and part_of(name) is None]
    return {
        deal.pk: present(deal, own)
        | ({"lines": kept_lines(deal)} if "lines" in names else {})
        | (kept_parts(roles_of(deal.pk, people)) if people else {})
        for deal in Deal.objects.filter(pk__in=ids)
    }


@transaction.atomic
def write_deal(deal_id: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """Put old values back, with all that hangs on them: stays in stages, the person's stage, sums.

    Raises DealGone, StageGone.
    """
    parts = parts_in(values)
    wanted = {name: value for name, value in values.items() if part_of(name) is None}
    stage_id = wanted.pop("stage", None)
    if stage_id is not None:
        hold_stage(stage_id)  # before the deal, as everywhere
    deal = hold_deal(deal_id)
    lines, former = wanted.pop("lines", None), deal.person_id
    if stage_id is not None and stage_id != deal.stage_id:
        _put_back(deal, stage_id=stage_id, values=wanted, by=by, at=at)
    if lines is not None:
        replace_lines(deal, lines=_lines(lines))
        deal.save(update_fields=["amount"])  # their sum, which is no change to what comes next
    _set_fields(deal, values=wanted, by=by, at=at)
    if parts:
        put_parts(deal, parts, former_primary=former, by=by, at=at)


def trash(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    return [deal.pk for deal in turn_deals(ids, deleted_at=at, by=by, at=at)]


def restore(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    return [deal.pk for deal in turn_deals(ids, deleted_at=None, by=by, at=at)]


def _put_back(
    deal: Deal, *, stage_id: int, values: dict[str, Any], by: User | None, at: datetime
) -> None:
    stage = hold_stage(stage_id)
    if stage.kind != StageKind.OPEN:
        fallback = LostReason.UNKNOWN if stage.kind == StageKind.LOST else ""
        ending = Ending(
            kind=StageKind(stage.kind), reason=values.pop("reason", "") or deal.reason or fallback
        )
        put_into_closed(deal, stage=stage, ending=ending, by=by, at=at)
    elif deal.state != StageKind.OPEN:
        put_into_open(deal, stage=stage, by=by, at=at)
    else:
        former = deal.stage
        enter_stage(deal, stage=stage, by=by, at=at)
        save_deal(deal, at=at, fields=STAGE_FIELDS)
        tell_move(deal, former=former, by=by, at=at)


def _set_fields(deal: Deal, *, values: dict[str, Any], by: User | None, at: datetime) -> None:
    changed: list[str] = []
    former = deal.person_id
    for name, value in values.items():
        field = column_of(name)
        typed = _typed(field, value)
        if name == "closed_at":
            typed = typed if deal.state != StageKind.OPEN else None
        if getattr(deal, field.attname) != typed:
            setattr(deal, field.attname, typed)
            changed.append(name)
    if changed:
        deal.version += 1
        write_fields(deal, changed=changed, former_person_id=former, by=by, at=at)
    else:
        value_deal(deal, at=at)
        save_deal(deal, at=at, fields=("amount", "base_amount", "rate_on"))


def _typed(field: "Field[Any, Any]", value: Any) -> Any:
    """History keeps texts and ids: back into dates, amounts and keys."""
    return value if isinstance(field, ForeignKey) else field.to_python(value)


def _lines(rows: list[dict[str, Any]]) -> list[Line]:
    products = Product.objects.in_bulk([row["product"] for row in rows])
    return [
        Line(
            product=products[row["product"]],
            quantity=Decimal(row["quantity"]),
            price=None if row["price"] is None else Decimal(row["price"]),
        )
        for row in rows
        if row["product"] in products
    ]


TRACKED = Tracked(
    object_type="deal",
    label=_("Deal"),
    read=read_deals,
    write=write_deal,
    trash=trash,
    restore=restore,
    reach=lambda user, verb: Deal.objects.visible_to(
        user, DELETE_DEALS if verb is Verb.DELETE else EDIT_DEALS
    ),
)
