"""The company that a company belongs to."""

from django.db.models import Prefetch

from baton.core.access.models import User
from baton.core.prepared import Prepared
from baton.records.people.models import Company, CompanyQuerySet


def with_parent(companies: CompanyQuerySet, *, user: User) -> CompanyQuerySet:
    """Each with the company that it belongs to, where this user sees that one; else with none."""
    return companies.prefetch_related(Prefetch("parent", Company.objects.visible_to(user)))


def bring_parents(companies: list[Company], *, user: User) -> None:
    """Gives each the company that it belongs to, by a kept question; see ``with_parent``."""
    ids = {one.parent_id for one in companies if one.parent_id}
    seen = _PARENTS.by_id(user=user, ids=ids) if ids else {}
    for one in companies:
        Company._meta.get_field("parent").set_cached_value(one, seen.get(one.parent_id or 0))


_PARENTS: Prepared[Company] = Prepared(
    lambda user, ids: Company.objects.visible_to(user).filter(pk__in=ids)
)
