"""What the new owner is told: all of it is known to Baton, nobody types it again.

The brief is read when it is shown, from the records themselves: what was corrected since is right
in it, what a role is kept from is not in it, and whoever is forgotten is not kept a second time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from baton.core.access.models import User
from baton.core.access.slots import about_seen
from baton.core.facts.models import FactRecord
from baton.core.limits import hidden
from baton.qualification.handoff.events import NeedConfirmed
from baton.records.discovery.queries import AnswersShown, answers_before_sale
from baton.records.people.models import Person
from baton.records.people.queries import born_as
from baton.records.timeline.models import Note, Task
from baton.sales.customers.models import Customer
from baton.sales.deals.models import Deal, DealLine
from baton.sales.deals.rules import StageKind

PEOPLE, PROMISES = 8, 10


@dataclass(frozen=True, kw_only=True)
class Brief:
    """``deals`` are all that they bought by, the latest first; of ``lines`` those of the deal that
    made them a customer."""

    deal: Deal | None
    need: str
    impact: str
    lines: Sequence[DealLine]
    promises: Sequence[Task]
    notes: Sequence[Note]
    answered: Sequence[AnswersShown]  # questions of the call guides, as they were answered
    people: Sequence[Person]
    deals: Sequence[Deal]
    total: Decimal | None  # of the deals, in the company's currency; None: unknown

    @property
    def is_thin(self) -> bool:
        """Whether hardly anything was written down before."""
        said = self.deal and (self.deal.objection or self.deal.competitor)
        return not any((self.need, said, self.promises, self.notes, self.answered))


def brief_of(customer: Customer, *, user: User) -> Brief:
    """For whoever may see the customer; their records as far as the user reaches them."""
    deal = customer.deal
    told = _told_need(customer)
    deals = list(_won(customer))
    about = _about(customer)
    return Brief(
        deal=deal,
        need=(deal.need if deal else "") or _told_to(told),
        impact=told.get("impact", ""),
        lines=_lines(deal),
        promises=list(
            Task.objects.open()
            .filter(about, Q(deal_id=customer.deal_id) | about_seen(user, "deal", column="deal_id"))
            .exclude(owner=None)
            .select_related("owner")
            .order_by("due_at", "pk")[:PROMISES]
        ),
        notes=list(
            Note.objects.visible_to(user)
            .filter(about, pinned_at__isnull=False)
            .order_by("-pinned_at")[:PROMISES]
        ),
        answered=answers_before_sale(customer.deal_id, person_id=customer.person_id),
        people=_people(customer, user=user),
        deals=deals,
        total=_total(deals),
    )


def _about(customer: Customer) -> Q:
    about = Q(pk__in=[])
    if customer.company_id:
        about |= Q(company=customer.company_id)
    if customer.person_id:
        about |= Q(person=customer.person_id)
    if customer.deal_id:
        about |= Q(deal_id=customer.deal_id)
    return about


def _told_need(customer: Customer) -> dict[str, Any]:
    """What was said when the need was confirmed, the latest time."""
    if not customer.person_id:
        return {}
    told = FactRecord.objects.standing().filter(
        person_id__in=born_as([customer.person_id]), name=NeedConfirmed.name
    )
    return told.order_by("-happened_at", "-pk").values_list("payload", flat=True).first() or {}


def _told_to(told: Mapping[str, Any]) -> str:
    """The need as it was said, for whom deals show theirs."""
    return "" if "need" in hidden("deal") else told.get("need", "")


def _lines(deal: Deal | None) -> list[DealLine]:
    if deal is None or "amount" in hidden("deal"):
        return []
    return list(deal.lines.select_related("product").order_by("position", "pk"))


def _won(customer: Customer) -> Any:
    whose = Q(company=customer.company_id) if customer.company_id else Q(person=customer.person_id)
    return Deal.objects.living().filter(whose, state=StageKind.WON).order_by("-closed_at", "-pk")


def _total(deals: Sequence[Deal]) -> Decimal | None:
    if not deals or any(deal.base_amount is None for deal in deals):
        return None
    return sum((deal.base_amount or Decimal(0) for deal in deals), Decimal(0))


def _people(customer: Customer, *, user: User) -> list[Person]:
    """Who bought first, then who of the company was in touch latest."""
    whose = Q(pk=customer.person_id)
    if customer.company_id:
        whose |= Q(company=customer.company_id)
    rows = Person.objects.visible_to(user).filter(whose).order_by("-latest_touch_at", "pk")
    found = list(rows[:PEOPLE])
    return sorted(found, key=lambda one: one.pk != customer.person_id)
