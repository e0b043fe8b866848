"""Fields of a deal by hand, and its owner."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import apply_edit, record_change
from baton.core.facts import publish
from baton.core.fields.actions import check_asked, check_edit
from baton.core.money.rules import check_currency
from baton.sales.deals.actions.buyer import place_buyer
from baton.sales.deals.actions.gates import ClosingIncomplete, obey
from baton.sales.deals.actions.holding import about, check_amount, hold_deal, save_deal, value_deal
from baton.sales.deals.actions.lines import check_amount_is_free
from baton.sales.deals.actions.opening import NobodyToSellTo, NoName, tell_given
from baton.sales.deals.events import DealChanged
from baton.sales.deals.models import Deal
from baton.sales.deals.rules import StageKind, closing_gap
from baton.sales.deals.words import GAPS

EDITABLE = frozenset(
    {
        "name", "person", "company", "owner", "qualifier", "amount", "currency", "close_on",
        "next_step", "next_step_on", "reason", "competitor", "objection", "need", "decision_maker",
        "custom",
    }
)  # fmt: skip

PRICED = ("amount", "currency")  # what lines decide, where there are some


@transaction.atomic
def edit_deal(
    *,
    deal: Deal,
    values: Mapping[str, Any],
    by: User | None,
    at: datetime,
    version: int | None = None,
    batch: UUID | None = None,
) -> Deal:
    """Set these fields; stage and lines have acts of their own.

    Raises LostRace when ``version`` is an old one and a field differs; NoName, NobodyToSellTo,
    BadAmount, AmountFromLines, ClosingIncomplete, DealGone, NotAccepted; KeyError for a field not
    in EDITABLE.
    """
    edited = change_fields(deal=deal, values=values, by=by, at=at, version=version, batch=batch)
    obey(edited, by=by, at=at)
    return edited


def change_fields(
    *,
    deal: Deal,
    values: Mapping[str, Any],
    by: User | None,
    at: datetime,
    version: int | None,
    batch: UUID | None,
    cause: str = "",
) -> Deal:
    """As edit_deal, and whoever does more to the deal asks the rules at the end. What has a
    ``cause`` follows by itself: it asks nobody what they may write."""
    if unknown := set(values) - EDITABLE:
        raise KeyError(f"Not editable: {sorted(unknown)}")
    check_asked("deal", values, by=by, cause=cause)
    held = hold_deal(deal.pk)
    before = {name: getattr(held, name) for name in values}
    changed = apply_edit(held, values=_clean(held, values=values), version=version)
    if not changed:
        return held
    _check(held, changed=changed)
    written = {name: getattr(held, name) for name in changed if name != "custom"}
    own = before.get("custom", held.custom)
    check_edit("deal", own, held.custom, by=by, cause=cause, changed=written)
    former = before["person"].pk if before.get("person") else None
    write_fields(held, changed=changed, former_person_id=former, by=by, at=at)
    record_change(
        object_type="deal", object_id=held.pk, verb="edited", by=by, at=at, batch=batch,
        cause=cause,
        before={name: before[name] for name in changed},
        after={name: getattr(held, name) for name in changed},
    )  # fmt: skip
    return held


def assign_owner(
    *, deal: Deal, owner: User, by: User | None, at: datetime, batch: UUID | None = None
) -> Deal:
    """The deal is this user's from now on. Raises DealGone."""
    return edit_deal(deal=deal, values={"owner": owner}, by=by, at=at, batch=batch)


def write_fields(
    deal: Deal,
    *,
    changed: list[str],
    by: User | None,
    at: datetime,
    former_person_id: int | None = None,
) -> None:
    """Save these fields of a held deal and what follows from them, and tell it."""
    deal.sort_key = deal.name.casefold()[:200]
    value_deal(deal, at=at)
    save_deal(deal, at=at, fields={*changed, "sort_key", "base_amount", "rate_on"})
    fact = publish(
        DealChanged(happened_at=at, actor_id=by.pk if by else None, fields=changed, **about(deal))
    )
    if "owner" in changed:
        tell_given(deal, by=by, at=at)
    if "person" in changed:
        for person_id in (former_person_id, deal.person_id):
            place_buyer(person_id, cause=fact, owner_id=deal.owner_id, by=by, at=at)


def _clean(deal: Deal, *, values: Mapping[str, Any]) -> dict[str, Any]:
    cleaned: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in values.items()
    }
    if "currency" in cleaned:
        cleaned["currency"] = check_currency(cleaned["currency"])
    if "amount" in cleaned:
        cleaned["amount"] = check_amount(cleaned["amount"])
    if any(cleaned.get(name, getattr(deal, name)) != getattr(deal, name) for name in PRICED):
        check_amount_is_free(deal)
    return cleaned


def _check(deal: Deal, *, changed: list[str]) -> None:
    """What must hold of the deal as it would be saved."""
    if not deal.name:
        raise NoName(_("Give the deal a name."))
    if deal.person_id is None and deal.company_id is None:
        raise NobodyToSellTo(_("Choose the person or the company you sell to."))
    if "reason" in changed and deal.state == StageKind.OPEN:
        raise ClosingIncomplete(_("An open deal has no reason yet."), field="reason")
    if {"reason", "competitor"} & set(changed):
        gap = closing_gap(StageKind(deal.state), reason=deal.reason, competitor=deal.competitor)
        if gap is not None:
            raise ClosingIncomplete(
                str(GAPS[gap]), field="competitor" if "competitor" in gap else "reason"
            )
