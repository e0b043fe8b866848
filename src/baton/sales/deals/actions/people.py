"""The people of a deal: who joins, as what, whose name stands first, who leaves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import record_change
from baton.core.errors import RuleViolation
from baton.records.people.models import Person
from baton.records.people.rules import BuyingRole
from baton.sales.deals.actions.editing import write_fields
from baton.sales.deals.actions.gates import obey
from baton.sales.deals.actions.holding import hold_deal, save_deal
from baton.sales.deals.actions.opening import NobodyToSellTo
from baton.sales.deals.actions.parts import Roles, kept_parts, put_parts
from baton.sales.deals.models import Deal

MOST_PEOPLE = 100


class TooManyPeople(RuleViolation):
    """More than a deal has."""


class NoSuchRole(RuleViolation):
    """None of the words for a part in buying."""


class NotOfTheDeal(RuleViolation):
    """Takes no part in it, or no longer."""


@transaction.atomic
def add_person(
    *,
    deal: Deal,
    person: Person,
    role: str = "",
    is_primary: bool = False,
    by: User | None,
    at: datetime,
    batch: UUID | None = None,
) -> Deal:
    """One more, or of somebody who takes part already another role; the primary if wanted, and in
    a deal without anybody. Who was it before stays among its people.

    Raises NoSuchRole, TooManyPeople, DealGone.
    """
    held = hold_deal(deal.pk)
    known = people_ids(held)
    if person.pk not in known and len(known) >= MOST_PEOPLE:
        words = _("A deal has at most %(most)s people.") % {"most": MOST_PEOPLE}
        raise TooManyPeople(words)
    others = _kept(held) if is_primary else {}
    wanted: dict[int, str | None] = {**others, person.pk: _checked(role)}
    primary = person if is_primary else held.person or person
    return _write(held, wanted, primary=primary, by=by, at=at, batch=batch)


@transaction.atomic
def set_role(
    *,
    deal: Deal,
    person: Person,
    role: str,
    by: User | None,
    at: datetime,
    batch: UUID | None = None,
) -> Deal:
    """What one of its people is in it. Raises NoSuchRole, NotOfTheDeal, DealGone."""
    held = _held_with(deal, person)
    wanted = {person.pk: _checked(role)}
    return _write(held, wanted, primary=held.person, by=by, at=at, batch=batch)


@transaction.atomic
def make_primary(
    *, deal: Deal, person: Person, by: User | None, at: datetime, batch: UUID | None = None
) -> Deal:
    """Whose name stands first: the deal moves this person's stage from now on. The one before
    stays among its people. Raises NotOfTheDeal, DealGone."""
    held = _held_with(deal, person)
    return _write(held, _kept(held), primary=person, by=by, at=at, batch=batch)


@transaction.atomic
def remove_person(
    *, deal: Deal, person: Person, by: User | None, at: datetime, batch: UUID | None = None
) -> Deal:
    """Without them; in the place of the primary comes who was added first.

    Raises NobodyToSellTo where no person and no company is left, NotOfTheDeal, DealGone.
    """
    held = _held_with(deal, person)
    primary = held.person
    if person.pk == held.person_id:
        others = held.parts.exclude(person=person.pk).filter(person__deleted_at=None)
        following = others.select_related("person").order_by("pk").first()
        primary = following.person if following else None
    if primary is None and held.company_id is None:
        raise NobodyToSellTo(
            _("%(person)s is all that this deal has. Add somebody else or a company first.")
            % {"person": person}
        )
    return _write(held, {person.pk: None}, primary=primary, by=by, at=at, batch=batch)


@transaction.atomic
def set_people(
    *,
    deal: Deal,
    roles: Mapping[Person, str],
    primary: Person | None,
    kept: frozenset[int] = frozenset(),
    by: User | None,
    at: datetime,
    batch: UUID | None = None,
) -> Deal:
    """These people and no others but ``kept``, whom the caller does not see.

    Raises as add_person, and NobodyToSellTo.
    """
    held = hold_deal(deal.pk)
    wanted: dict[int, str | None] = {one.pk: _checked(role) for one, role in roles.items()}
    if len(wanted) + len(kept) > MOST_PEOPLE:
        raise TooManyPeople(_("A deal has at most %(most)s people.") % {"most": MOST_PEOPLE})
    gone = people_ids(held) - wanted.keys() - kept
    if primary is None:
        primary = held.person if held.person_id in kept else next(iter(roles), None)
    if primary is None and held.company_id is None:
        raise NobodyToSellTo(_("Choose the person or the company you sell to."))
    wanted |= dict.fromkeys(gone)
    return _write(held, wanted, primary=primary, by=by, at=at, batch=batch)


def people_ids(deal: Deal) -> set[int]:
    """All who take part in it."""
    rows = set(deal.parts.values_list("person_id", flat=True))
    return rows | ({deal.person_id} if deal.person_id else set())


def _held_with(deal: Deal, person: Person) -> Deal:
    held = hold_deal(deal.pk)
    if person.pk not in people_ids(held):
        words = _("%(person)s takes no part in this deal any more.") % {"person": person}
        raise NotOfTheDeal(words)
    return held


def _kept(deal: Deal) -> Roles:
    """The primary as one of the others, so that they stay when another one takes their place."""
    if deal.person_id is None:
        return {}
    said = deal.parts.filter(person=deal.person_id).values_list("role", flat=True).first()
    return {deal.person_id: said or ""}


def _checked(role: str) -> str:
    if role and role not in set(BuyingRole):
        words = _("“%(role)s” is none of the parts in buying: %(known)s.")
        raise NoSuchRole(words % {"role": role[:40], "known": ", ".join(BuyingRole)})
    return role


def _write(
    deal: Deal,
    roles: Roles,
    *,
    primary: Person | None,
    by: User | None,
    at: datetime,
    batch: UUID | None,
) -> Deal:
    former = deal.person_id
    deal.person = primary
    before = put_parts(deal, roles, former_primary=former, by=by, at=at)
    if not before and deal.person_id == former:
        return deal
    after: dict[str, Any] = kept_parts({pk: roles[pk] for pk in before})
    was: dict[str, Any] = kept_parts(before)
    if deal.person_id != former:
        deal.version += 1
        write_fields(deal, changed=["person"], former_person_id=former, by=by, at=at)
        after["person"], was["person"] = deal.person_id, former
    else:
        save_deal(deal, at=at, fields=())
    obey(deal, by=by, at=at)
    record_change(
        object_type="deal", object_id=deal.pk, verb="edited", by=by, at=at, batch=batch,
        before=was, after=after,
    )  # fmt: skip
    return deal
