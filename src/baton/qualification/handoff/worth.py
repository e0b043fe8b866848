"""What marketing owes by value, and what its leads bring, as the agreement shows it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse

from baton.core.access.models import User
from baton.core.offers import Label
from baton.core.settings.queries import organisation
from baton.qualification.handoff.queries.worth import worth_now
from baton.qualification.handoff.rules import Goal
from baton.qualification.handoff.words import LANES


@dataclass(frozen=True, kw_only=True)
class KindShown:
    """Leads of one kind in the last year, how many bought, and what each is worth."""

    words: Label
    leads: int
    bought: int
    url: str  # of the leads; with ``?bought=1`` of those who bought
    each: Decimal


@dataclass(frozen=True, kw_only=True)
class WorthShown:
    currency: str
    handed: Decimal
    due: Decimal
    owed: Decimal
    kinds: list[KindShown]
    coming: list[tuple[date, float]]


def worth_shown(goal: Goal | None, *, user: User, at: datetime) -> WorthShown | None:
    """None without a goal, or while nobody has bought."""
    worth = worth_now(goal, user=user, at=at) if goal else None
    if goal is None or worth is None:
        return None
    return WorthShown(
        currency=organisation().base_currency,
        handed=_money(worth.handed),
        due=round(Decimal(worth.due), 0),
        owed=Decimal(worth.owed),
        kinds=[
            KindShown(
                words=LANES.get(one.lane, one.lane),
                leads=one.leads,
                bought=len(one.days),
                url=reverse("handoff:worth", args=[one.lane]),
                each=_money((one.rate or Fraction()) * goal.average_deal),
            )
            for one in worth.brought
        ],
        coming=[(one.month, float(one.customers)) for one in worth.coming],
    )


def _money(amount: Fraction) -> Decimal:
    return round(Decimal(amount.numerator) / amount.denominator, 0)
