"""The agreement as it stands, and who gets a new customer by it."""

from django.db.models import Count, Q, QuerySet

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.access.roles import Role
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.queries import owners_terms, usual_terms
from baton.qualification.handoff.rules import Gives
from baton.sales.customers.models import Customer, FavourTerms
from baton.sales.deals.queries.owners import SELLERS


def terms() -> Agreement:
    """The version in force, or the usual terms where nobody has signed any."""
    return owners_terms()


def terms_of(customer: Customer) -> Agreement:
    """By which their clocks run: those under which the handover began."""
    return customer.agreement or usual_terms()


def favour_terms() -> FavourTerms:
    """The row, or the usual where nobody has changed anything."""
    return FavourTerms.objects.filter(pk=1).first() or FavourTerms(pk=1)


def may_own(user: User | None) -> bool:
    """Whether somebody can be given a customer."""
    return user is not None and able_owners().filter(pk=user.pk).exists()


def able_owners() -> QuerySet[User]:
    """Who can sign in, and whose role works on sales' records; by name."""
    return who_can_sign_in().filter(role__in=SELLERS)


def owner_for(seller: User | None, *, agreed: Agreement) -> User | None:
    """Who is asked to take over what ``seller`` sold; the seller where nobody else can."""
    if agreed.gives == Gives.ONE and may_own(agreed.given_to):
        return agreed.given_to
    if agreed.gives == Gives.TURNS:
        return _least_loaded() or seller
    return seller


def _least_loaded() -> User | None:
    """Of the customer owners who has the fewest customers; of equals the one who came first."""
    living = Count("customers_owned", filter=Q(customers_owned__deleted_at=None))
    owners = able_owners().filter(role=Role.CUSTOMER_OWNER).annotate(load=living)
    return owners.order_by("load", "pk").first()
