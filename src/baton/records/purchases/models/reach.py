"""Whose a purchase is: its buyer's. Who may see the person sees what they bought."""

from django.db.models import Q

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.roles import Scope
from baton.core.access.visibility import NOBODY
from baton.records.people.models import Company, Person


def of_buyers(user: User, permission: Permission) -> Q:
    """By the person; by the company where no person is known."""
    scope = user.scope(permission)
    if scope is None:
        return NOBODY
    if scope is Scope.ALL:
        return Q()
    people = Person.objects.reached_by(user, permission).values("pk")
    companies = Company.objects.reached_by(user, permission).values("pk")
    return Q(person__in=people) | Q(person=None, company__in=companies)
