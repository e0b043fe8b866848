"""Who else takes part in imported deals. A file adds people and takes nobody off."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from baton.core.facts import publish_many
from baton.sales.deals.actions.foreign_deal import ForeignDeal
from baton.sales.deals.actions.holding import About, about
from baton.sales.deals.events import DealPersonAdded
from baton.sales.deals.models import Deal, DealPerson
from baton.sales.deals.rules.people import part_of

Pairs = Sequence[tuple[ForeignDeal, Deal]]
Joining = Mapping[int, list[int]]  # by deal: whom it has not yet


def joining(pairs: Pairs, *, held: Mapping[int, Collection[str]]) -> Joining:
    """Whom the file names beside the primary, and the deal has not yet; whom a colleague took off
    since, stays off. ``held``: by deal what colleagues changed."""
    wanted = {deal.pk: {one.pk for one in said.people} - {deal.person_id} for said, deal in pairs}
    named = [pk for pk, ids in wanted.items() if ids]
    known: dict[int, set[int]] = defaultdict(set)
    if named:
        rows = DealPerson.objects.filter(deal__in=named)
        for deal_id, person_id in rows.values_list("deal_id", "person_id"):
            known[deal_id].add(person_id)
    for pk in named:
        known[pk] |= {one for name in held.get(pk, ()) if (one := part_of(name)) is not None}
    return {pk: sorted(left) for pk in named if (left := wanted[pk] - known[pk])}


def join(deals: Mapping[int, Deal], joining: Joining, *, at: datetime) -> None:
    """Write the rows and tell them: of a deal that the file opened on that day."""
    DealPerson.objects.bulk_create(
        DealPerson(deal_id=pk, person_id=person_id)
        for pk, ids in joining.items()
        for person_id in ids
    )
    facts = []
    for pk, ids in joining.items():
        for person_id in ids:
            who: About = {**about(deals[pk]), "person_id": person_id}
            facts.append(DealPersonAdded(happened_at=at, **who))
    publish_many(facts)
