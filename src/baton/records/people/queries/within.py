"""Which companies belong to another one."""

from baton.core.access.models import User
from baton.core.prepared import Fixed, Prepared
from baton.records.people.models import Company


def companies_within(company: Company, *, user: User, limit: int) -> list[Company]:
    """Those that belong to it straight, by name, as far as this user sees them."""
    return _WITHIN.rows(user=user, company=company.pk, most=Fixed(limit))


_WITHIN = Prepared(
    lambda user, company, most: (
        Company.objects.visible_to(user).filter(parent=company).order_by("sort_key", "pk")[:most]
    )
)
