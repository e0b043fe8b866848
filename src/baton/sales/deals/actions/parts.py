"""Who takes part in a deal, and as what: rows, facts, and whose name stands first."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from baton.core.access.models import User
from baton.core.facts import Fact, publish_many
from baton.records.people.models import Identity, Person
from baton.sales.deals.actions.holding import About, about
from baton.sales.deals.events import DealPersonAdded, DealPersonRemoved, DealPersonRole
from baton.sales.deals.models import Deal, DealPerson
from baton.sales.deals.rules.people import PART, part_of

Roles = Mapping[int, str | None]  # by person: their role, "" = not said; None = not of the deal


def roles_of(deal_id: int, person_ids: Collection[int]) -> dict[int, str | None]:
    """What the rows say of these people, under the ids that were asked for."""
    now = _now_called(person_ids)
    rows = DealPerson.objects.filter(deal=deal_id, person__in=now.values())
    said = dict(rows.values_list("person_id", "role"))
    return {born: said.get(pk) for born, pk in now.items()}


def put_parts(
    deal: Deal, wanted: Roles, *, former_primary: int | None, by: User | None, at: datetime
) -> Roles:
    """Write the rows that differ, and tell who joined, who left and who is what now; the rows as
    they were. ``deal.person`` is the primary already; history is the caller's."""
    known = roles_of(deal.pk, wanted)
    now = _now_called(wanted)
    facts: list[Fact] = []
    for born, former in known.items():
        pk, role = now[born], wanted[born]
        if role != former:
            _put(deal, pk, role)
        was = former if former is not None or pk != former_primary else ""
        become = role if role is not None or pk != deal.person_id else ""
        facts += _told(deal, pk, was, become, by=by, at=at)
    publish_many(facts)
    return {born: former for born, former in known.items() if former != wanted[born]}


def _put(deal: Deal, person_id: int, role: str | None) -> None:
    if role is None:
        DealPerson.objects.filter(deal=deal, person=person_id).delete()
    else:
        DealPerson.objects.update_or_create(deal=deal, person_id=person_id, defaults={"role": role})


def _told(
    deal: Deal,
    person_id: int,
    was: str | None,
    become: str | None,
    *,
    by: User | None,
    at: datetime,
) -> list[Fact]:
    """Of somebody who took part as ``was`` and does so as ``become``; None = takes no part."""
    if was == become:
        return []
    ids: About = {**about(deal), "person_id": person_id}
    who: dict[str, Any] = {"happened_at": at, "actor_id": by.pk if by else None, **ids}
    if become is None:
        return [DealPersonRemoved(**who)]
    kind = DealPersonAdded if was is None else DealPersonRole
    return [kind(role=become, **who)]


def kept_parts(roles: Roles) -> dict[str, str | None]:
    """As history keeps them: each person a field of its own, so that acts are undone one by one."""
    return {f"{PART}{pk}": role for pk, role in roles.items()}


def parts_in(values: Mapping[str, Any]) -> dict[int, str | None]:
    """The same back out of a row of history."""
    found = {part_of(name): role for name, role in values.items()}
    return {pk: role for pk, role in found.items() if pk is not None}


def _now_called(person_ids: Collection[int]) -> dict[int, int]:
    """Who they are now, where one became another; who is gone for good is left out."""
    merged = Identity.objects.filter(old_id__in=person_ids).values_list("old_id", "person_id")
    now = {pk: pk for pk in person_ids} | dict(merged)
    there = set(Person.objects.filter(pk__in=now.values()).values_list("pk", flat=True))
    return {born: pk for born, pk in now.items() if pk in there}
