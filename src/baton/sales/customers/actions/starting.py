"""A deal is won: a customer starts."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.calendars.queries import HoursBook
from baton.core.changes.actions import record_change, trash_rows
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.keys import new_key
from baton.sales.customers.actions.health import refresh
from baton.sales.customers.actions.holding import KIND, about, open_to_owner
from baton.sales.customers.actions.onboarding import begin_plan
from baton.sales.customers.actions.promising import promise
from baton.sales.customers.events import CustomerDeleted, CustomerStarted
from baton.sales.customers.models import Customer
from baton.sales.customers.queries import customer_of, has_won, owner_for, terms
from baton.sales.deals.models import Deal
from baton.sales.deals.rules import StageKind


class NotWon(RuleViolation):
    """A customer has bought something."""


class IsCustomer(RuleViolation):
    """They are one already."""


@transaction.atomic
def start_customer(
    *,
    deal: Deal,
    by: User | None,
    at: datetime,
    owner: User | None = None,
    note: str = "",
    is_handed: bool = True,
    batch: UUID | None = None,
) -> Customer:
    """Of a won deal. ``owner``: by the agreement where nobody is named; who sold it keeps it
    without a handover, and so it is where ``is_handed`` is False. Raises NotWon, IsCustomer."""
    batch = batch or new_key()
    deal = Deal.objects.select_related("company", "person", "owner").get(pk=deal.pk)
    if deal.state != StageKind.WON or deal.deleted_at:
        raise NotWon(_("“%(deal)s” is not won. Win it first.") % {"deal": deal.name})
    agreed = terms()
    owner = owner or owner_for(deal.owner, agreed=agreed)
    customer = Customer(
        company=deal.company,
        person=deal.person,
        deal=deal,
        owner=owner,
        seller=deal.owner,
        started_at=deal.closed_at or at,
        note=note,
    )
    if is_handed and owner is not None and owner.pk != deal.owner_id:
        promise(customer, agreed=agreed, book=HoursBook([owner, deal.owner]), at=at)
    _keep(customer)
    record_change(
        object_type=KIND, object_id=customer.pk, verb="created", by=by, at=at, batch=batch
    )
    open_to_owner(customer, at=at)
    begin_plan(customer=customer, by=by, at=at, batch=batch)
    refresh([customer.pk], at=at)
    _tell_started(customer, by=by, at=at)
    return customer


def _tell_started(customer: Customer, *, by: User | None, at: datetime) -> None:
    publish(
        CustomerStarted(
            happened_at=at,
            actor_id=by.pk if by else None,
            owner_id=customer.owner_id or 0,
            seller_id=customer.seller_id,
            **about(customer),
        )
    )


def _keep(customer: Customer) -> None:
    """The unique indexes decide when two deals are won at once."""
    try:
        with transaction.atomic():
            customer.save(force_insert=True)
    except IntegrityError as taken:
        raise IsCustomer(_("They are a customer already.")) from taken


@transaction.atomic
def start_from_fact(*, deal_id: int, by: User | None, at: datetime) -> Customer | None:
    """After a deal was won; None where it is not any more, or they are a customer already."""
    deal = Deal.objects.select_related("company", "person").filter(pk=deal_id).first()
    if deal is None or deal.deleted_at or deal.state != StageKind.WON:
        return None
    if customer_of(company=deal.company, person=deal.person):
        return None
    return start_customer(deal=deal, by=by, at=at)


@transaction.atomic
def withdraw_customer(*, deal_id: int, at: datetime) -> bool:
    """The deal is not won any more: who has bought nothing else, and whom nobody has taken over,
    is no customer. Says whether they went."""
    found = Customer.objects.living().filter(deal=deal_id).select_for_update(of=("self",)).first()
    if found is None or found.accepted_at or found.called_at:
        return False
    if has_won(company_id=found.company_id, person_id=found.person_id):
        return False
    trash_rows(Customer.objects.filter(pk=found.pk), at=at)
    found.deleted_at = at
    open_to_owner(found, at=at)
    cause = _("The deal is not won any more.")
    record_change(object_type=KIND, object_id=found.pk, verb="deleted", at=at, cause=cause)
    publish(CustomerDeleted(happened_at=at, **about(found)))
    return True
