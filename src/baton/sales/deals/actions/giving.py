"""Deals that go to somebody else with their person."""

from datetime import datetime

from django.db import transaction

from baton.core.access.models import User
from baton.core.keys import new_key
from baton.sales.deals.actions.editing import change_fields
from baton.sales.deals.models import Deal

CAUSE = "handoff"


@transaction.atomic
def give_deals_of(*, person_id: int, former_id: int, owner_id: int, at: datetime) -> int:
    """The open deals that one seller has with this person are another's, and who had them stays
    as who qualified them; says how many. Twice is once: then none is the former's any more.

    It follows from what they agreed on: no rule for what is typed holds it up."""
    rows = Deal.objects.living().filter(person=person_id, owner=former_id, state="open")
    deals = list(rows.select_related("qualifier").order_by("pk"))
    if not deals:
        return 0
    users, batch = User.objects.in_bulk([former_id, owner_id]), new_key()
    owner = users[owner_id]
    for deal in deals:
        values = {"owner": owner, "qualifier": deal.qualifier or users[former_id]}
        change_fields(
            deal=deal, values=values, by=owner, at=at, version=None, batch=batch, cause=CAUSE
        )
    return len(deals)
