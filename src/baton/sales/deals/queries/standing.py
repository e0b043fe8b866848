"""How far deals have brought their companies."""

from collections import defaultdict
from collections.abc import Collection

from baton.qualification.lifecycle.rules import Stage as Lifecycle
from baton.sales.deals.models import Deal

MADE_BY = {"open": Lifecycle.OPPORTUNITY, "won": Lifecycle.CUSTOMER}


def stages_of_companies(ids: Collection[int]) -> dict[int, set[str]]:
    """An open deal makes an opportunity of its company, a won one a customer."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Deal.objects.living().filter(company_id__in=ids, state__in=list(MADE_BY)).order_by()
    for pk, state in rows.values_list("company_id", "state").distinct():
        found[pk or 0].add(MADE_BY[state])
    return found
