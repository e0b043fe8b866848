"""Who takes part in deals."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from baton.core.access.models import User
from baton.core.prepared import Prepared
from baton.records.people.models import Person
from baton.records.people.rules import BuyingRole
from baton.sales.deals.models import Deal, DealPerson
from baton.sales.deals.rules import StageKind

MOST_SHOWN = 100


@dataclass(frozen=True, kw_only=True)
class Part:
    """One of a deal's people. Whom the user does not see is named and no more."""

    person: Person
    role: str
    is_primary: bool
    is_seen: bool


def people_of(deal: Deal, *, user: User) -> list[Part]:
    """The primary first, then in the order in which they joined."""
    rows = _ROWS.rows(deal=deal.pk)
    said = {row.person_id: row.role for row in rows}
    people = {row.person_id: row.person for row in rows}
    if deal.person_id and deal.person:
        people = {deal.person_id: people.get(deal.person_id, deal.person)} | people
    seen = set(_SEEN.rows(user=user, ids=people)) if people else set()
    ordered = sorted(people, key=lambda pk: pk != deal.person_id)
    return [
        Part(
            person=people[pk],
            role=said.get(pk, ""),
            is_primary=pk == deal.person_id,
            is_seen=pk in seen,
        )
        for pk in ordered
        if people[pk].deleted_at is None or pk == deal.person_id
    ]


_ROWS = Prepared(
    lambda deal: (
        DealPerson.objects.filter(deal=deal)
        .select_related("person__company")
        .order_by("pk")[:MOST_SHOWN]
    )
)
_SEEN = Prepared(
    lambda user, ids: (
        Person.objects.visible_to(user).filter(pk__in=ids).order_by().values_list("pk", flat=True)
    )
)


def parts_in(deals: Collection[Deal], *, person_id: int) -> dict[int, str]:
    """By deal what this person is in it, where that is said."""
    return dict(_PARTS.rows(ids=[deal.pk for deal in deals], person_id=person_id))


_PARTS: Prepared[tuple[int, str]] = Prepared(
    lambda ids, person_id: (
        DealPerson.objects.filter(deal__in=ids, person=person_id)
        .order_by("pk")
        .values_list("deal_id", "role")
    )
)


def with_person(person_id: int) -> Q:
    """Deals in which somebody takes any part."""
    # As a subquery: through a join no index serves both sides, and all deals are read.
    theirs = DealPerson.objects.filter(person=person_id).values("deal")
    return Q(person=person_id) | Q(pk__in=theirs)


def with_roles(roles: Sequence[str]) -> Q:
    """Deals in which somebody has any of these roles; of none, those in which anybody has one."""
    rows = DealPerson.objects.exclude(role="")
    return Q(pk__in=(rows.filter(role__in=roles) if roles else rows).values("deal"))


def people_count() -> Combinable:
    """How many take part in a deal, the primary among them."""
    others = DealPerson.objects.filter(
        Q(deal__person=None) | ~Q(person=F("deal__person")), deal=OuterRef("pk")
    )
    count = others.order_by().values("deal").annotate(n=Count("pk")).values("n")
    primary = Case(When(person=None, then=Value(0)), default=Value(1))
    return Coalesce(Subquery(count, output_field=IntegerField()), Value(0)) + primary


def has_decision_maker(deal: Deal) -> bool:
    """Whether one of its people says yes or no."""
    return DealPerson.objects.filter(deal=deal.pk, role=BuyingRole.DECISION_MAKER).exists()


def parted_deals(person_ids: Collection[int]) -> dict[int, list[tuple[Person, Deal]]]:
    """By person the open deals in which they take any part, the one that closes first before all;
    everybody's, in two questions."""
    ids = list(person_ids)
    found: dict[int, list[tuple[Person, Deal]]] = {pk: [] for pk in ids}
    rows = DealPerson.objects.filter(
        person__in=ids, deal__state=StageKind.OPEN, deal__deleted_at=None
    ).select_related("person", "deal")
    mine = Deal.objects.open().filter(person__in=ids).select_related("person")
    pairs = {(row.person_id, row.deal_id): (row.person, row.deal) for row in rows}
    for deal in mine:
        if deal.person:
            pairs[deal.person.pk, deal.pk] = (deal.person, deal)
    for (person_id, _deal_id), pair in pairs.items():
        found[person_id].append(pair)
    for theirs in found.values():
        theirs.sort(key=lambda pair: (pair[1].close_on or date.max, pair[1].pk))
    return found
