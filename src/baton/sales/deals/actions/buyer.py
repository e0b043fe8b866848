"""The person behind a deal moves with it: opportunity, customer, and back."""

from datetime import datetime

from baton.core.access.models import User
from baton.core.facts import Fact
from baton.qualification.lifecycle import actions as lifecycle
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.rules import Stage as Lifecycle
from baton.records.people.models import Person
from baton.records.purchases.queries import first_purchases
from baton.sales.deals.events import DealLost, DealWon
from baton.sales.deals.models import Deal
from baton.sales.deals.rules import StageKind


def place_buyer(
    person_id: int | None, *, cause: Fact, owner_id: int | None, by: User | None, at: datetime
) -> None:
    """Bring the person's stage in line with their living deals.

    A won deal makes a customer, an open one an opportunity. Without either, the person steps back
    from what deals had made of them: to lead after a loss, else to where they came from. A customer
    by other ways (a purchase, by hand) stays one.
    """
    if person_id is None:
        return
    person = Person.objects.get(pk=person_id)
    states = set(Deal.objects.living().filter(person=person).values_list("state", flat=True))
    to_stage, is_back = _destination(person, states=states, is_loss=isinstance(cause, DealLost))
    if to_stage is None or to_stage == person.stage:
        return
    lifecycle.move_person(
        person_id=person.pk,
        to_stage=to_stage,
        at=at,
        cause=cause.name,
        by=by,
        fact_id=cause.id or None,
        owner_id=owner_id,
        is_back=is_back,
    )


def _destination(
    person: Person, *, states: set[str], is_loss: bool
) -> tuple[Lifecycle | None, bool]:
    """Where to, and whether that is a step back; (None, False) = stays."""
    if StageKind.WON in states:
        return Lifecycle.CUSTOMER, False
    was_made_customer = person.stage == Lifecycle.CUSTOMER and _is_customer_by_deal(person)
    if StageKind.OPEN in states:
        return Lifecycle.OPPORTUNITY, was_made_customer
    if person.stage == Lifecycle.OPPORTUNITY or was_made_customer:
        return (Lifecycle.LEAD if is_loss else _before_deals(person)), True
    return None, False


def _is_customer_by_deal(person: Person) -> bool:
    moves = StageChange.objects.filter(
        person=person, to_stage=Lifecycle.CUSTOMER, is_overtaken=False
    )
    cause = moves.order_by("-place").values_list("cause", flat=True).first()
    return cause == DealWon.name and not first_purchases([person.pk])


def _before_deals(person: Person) -> Lifecycle:
    """The stage from which the first of the present run of deals took them."""
    moves = StageChange.objects.filter(
        person=person, to_stage=Lifecycle.OPPORTUNITY, is_back=False, is_overtaken=False
    )
    former = moves.order_by("-place").values_list("from_stage", flat=True).first()
    is_known = former in set(Lifecycle) and former != Lifecycle.CUSTOMER
    return Lifecycle(former) if former and is_known else Lifecycle.LEAD
