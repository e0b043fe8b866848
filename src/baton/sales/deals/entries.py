"""How what happens to deals stands on a timeline."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from baton.core.facts import Fact
from baton.core.limits import hidden
from baton.core.offers import Telling, TimelineEntry
from baton.core.prepared import Prepared
from baton.core.ui.formats import money
from baton.records.people.queries import BUYING_ROLES
from baton.sales.deals.events import (
    DealChanged,
    DealDeleted,
    DealGiven,
    DealLost,
    DealMoved,
    DealOpened,
    DealPersonAdded,
    DealPersonRemoved,
    DealPersonRole,
    DealReopened,
    DealRestored,
    DealWon,
)
from baton.sales.deals.models import Deal
from baton.sales.deals.words import FIELD_LABELS, reason_words

MILESTONES = (DealOpened, DealWon, DealLost)  # of the person's way, also told at campaigns


def deal_entries() -> list[TimelineEntry]:
    """How deals look on a timeline."""
    return [
        _entry(
            DealOpened, icon="deal", hue="blue", title=lambda fact: _("Deal opened"), detail=_opened
        ),
        _entry(
            DealMoved,
            icon="move",
            title=lambda fact: _("Moved to %(stage)s") % {"stage": fact.to_stage},
        ),
        _entry(DealWon, icon="won", hue="green", title=_won, detail=_won_detail),
        _entry(DealLost, icon="lost", hue="red", title=_lost, detail=lambda fact: fact.objection),
        _entry(DealReopened, icon="undo", title=lambda fact: _("Deal opened again")),
        # That the owner changed is told with the other fields.
        TimelineEntry(fact=DealGiven, is_hidden=True),
        _entry(DealChanged, icon="pen", title=_changed),
        _entry(DealPersonAdded, icon="user", title=_added),
        _entry(DealPersonRole, icon="user", title=_role_said),
        _entry(DealPersonRemoved, icon="user", title=lambda fact: _("Left the deal")),
        _entry(DealDeleted, icon="trash", title=lambda fact: _("Deal moved to the trash")),
        _entry(DealRestored, icon="undo", title=lambda fact: _("Deal taken out of the trash")),
    ]


def _entry(
    fact: type[Fact],
    *,
    icon: str,
    title: Callable[[Any], str],
    hue: str = "gray",
    detail: Callable[[Any], str | None] = lambda fact: None,
) -> TimelineEntry:
    return TimelineEntry(
        fact=fact,
        icon=icon,
        hue=hue,
        title=title,
        detail=detail,
        tell_many=_tell,
        is_milestone=fact in MILESTONES,
    )


_DEALS = Prepared(lambda ids: Deal.objects.filter(pk__in=ids))


def _tell(facts: Sequence[Fact]) -> Mapping[int, Telling]:
    """Which deal: the name as it is now, as a link."""
    deals = _DEALS.by_id(ids={fact.deal_id for fact in facts if fact.deal_id})
    told = {}
    for fact in facts:
        deal = deals.get(fact.deal_id or 0)
        if deal is not None:
            told[fact.id] = Telling(
                url="" if deal.deleted_at else deal.get_absolute_url(),
                detail=_detail(fact, deal=deal),
            )
    return told


def _detail(fact: Fact, *, deal: Deal) -> str:
    words = ""
    if isinstance(fact, DealOpened):
        words = _opened(fact)
    elif isinstance(fact, DealWon):
        words = _won_detail(fact)
    elif isinstance(fact, DealLost):
        words = fact.objection
    return ", ".join(filter(None, [deal.name, words]))


def _opened(fact: DealOpened) -> str:
    return _amount(fact.amount, fact.currency)


def _won(fact: DealWon) -> str:
    amount = _amount(fact.amount, fact.currency)
    return _("Deal won, %(amount)s") % {"amount": amount} if amount else _("Deal won")


def _won_detail(fact: DealWon) -> str:
    return reason_words(fact.reason, state="won") if fact.reason else ""


def _lost(fact: DealLost) -> str:
    why = reason_words(fact.reason, state="lost")
    if fact.competitor:
        return _("Deal lost to %(competitor)s: %(why)s") % {
            "competitor": fact.competitor,
            "why": why,
        }
    return _("Deal lost: %(why)s") % {"why": why}


def _added(fact: DealPersonAdded) -> str:
    role = BUYING_ROLES.get(fact.role)
    return _("Part of the deal: %(role)s") % {"role": role} if role else _("Part of the deal")


def _role_said(fact: DealPersonRole) -> str:
    role = BUYING_ROLES.get(fact.role)
    return _("Is in the deal: %(role)s") % {"role": role} if role else _("No role in the deal said")


def _changed(fact: DealChanged) -> str:
    names = [str(FIELD_LABELS.get(name, name)).lower() for name in fact.fields]
    return _("Changed %(fields)s") % {"fields": ", ".join(names)}


def _amount(text: str, currency: str) -> str:
    """As people write it; "" where the fact has none, or whoever reads sees none."""
    if "amount" in hidden("deal"):
        return ""
    try:
        return money(Decimal(text), currency) if text else ""
    except InvalidOperation:
        return ""
