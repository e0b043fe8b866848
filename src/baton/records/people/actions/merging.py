"""Two records that are one become one, and two again when that was wrong.

All of a person's rows are carried (``slots.person_carriers``), facts by ``Identity``. The merged
record stays, out of sight, with the values that it had.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import Undone, record_changes, undo
from baton.core.changes.models import Change
from baton.core.facts import Fact, publish_many
from baton.core.keys import new_key
from baton.records.people.actions.edits import edit_company, edit_person
from baton.records.people.actions.filling import company_fill, kept_apart, person_fill
from baton.records.people.actions.refusals import MergedAlready, MergedWithItself, TooManyAtOnce
from baton.records.people.events import (
    CompaniesMerged,
    CompaniesUnmerged,
    PersonMerged,
    PersonUnmerged,
)
from baton.records.people.models import Company, Merge, Person
from baton.records.people.slots import Pairs, PersonCarrier, company_carriers, person_carriers

AT_ONCE = 100
MERGE = "merge"  # the cause, in the history
R = TypeVar("R", Person, Company)


@dataclass(frozen=True)
class Kind(Generic[R]):
    """What differs between people and companies."""

    name: str  # person, company
    model: type[R]

    def carriers(self) -> Sequence[PersonCarrier]:
        """In the order in which they go."""
        rows = [*(person_carriers if self.name == "person" else company_carriers)]
        return sorted(rows, key=lambda carrier: carrier.order)

    def told(self, merge: Merge, *, at: datetime, by: User | None, is_undo: bool) -> Fact:
        """The fact, about the kept one."""
        actor = by.pk if by else None
        if self.name == "person":
            kind = PersonUnmerged if is_undo else PersonMerged
            return kind(
                happened_at=at,
                person_id=merge.kept_id,
                actor_id=actor,
                merged_id=merge.merged_id,
            )
        of_companies = CompaniesUnmerged if is_undo else CompaniesMerged
        return of_companies(
            happened_at=at, company_id=merge.kept_id, actor_id=actor, merged_id=merge.merged_id
        )


PEOPLE = Kind("person", Person)
COMPANIES = Kind("company", Company)


@transaction.atomic
def merge_people(
    *,
    kept: Person,
    merged: Collection[Person],
    by: User | None,
    at: datetime,
    values: Mapping[str, Any] | None = None,
    batch: UUID | None = None,
) -> UUID:
    """One person of these from now on; undone by the batch that is returned.

    The kept one's empty fields are filled from the others; ``values`` are those that somebody chose
    (as ``edit_person`` takes them). Raises MergedWithItself, MergedAlready, TooManyAtOnce.
    """
    batch = batch or new_key()
    person, others = _hold(PEOPLE, kept, merged)
    chosen = {**person_fill(person, others), **(values or {})}
    if chosen:
        edit_person(
            person=person, values=chosen, version=None, by=by, at=at, cause=MERGE, batch=batch
        )
    _merge(PEOPLE, person, others, by=by, at=at, batch=batch)
    return batch


@transaction.atomic
def merge_companies(
    *,
    kept: Company,
    merged: Collection[Company],
    by: User | None,
    at: datetime,
    values: Mapping[str, Any] | None = None,
    batch: UUID | None = None,
) -> UUID:
    """The same for companies; people, deals and daughters go along."""
    batch = batch or new_key()
    company, others = _hold(COMPANIES, kept, merged)
    chosen = {**company_fill(company, others), **(values or {})}
    if chosen:
        edit_company(
            company=company, values=chosen, version=None, by=by, at=at, cause=MERGE, batch=batch
        )
    _merge(COMPANIES, company, others, by=by, at=at, batch=batch)
    return batch


def unmerge(*, batch: UUID, by: User | None, at: datetime) -> Undone:
    """Two again, as they were; ``kept_fields`` are those that somebody changed since.

    What was written since the merge stays with the kept one. Raises NothingToUndo, MergedAlready.
    """
    return undo(batch=batch, by=by, at=at)


def _hold(kind: Kind[R], kept: R, merged: Collection[R]) -> tuple[R, list[R]]:
    """All of them locked, in the order of ids: two merges at once wait for each other."""
    ids = {one.pk for one in merged}
    if not ids or kept.pk in ids:
        raise MergedWithItself(_("Choose two that differ."))
    if len(ids) > AT_ONCE:
        raise TooManyAtOnce(_("At most %(count)d can be merged at once.") % {"count": AT_ONCE})
    held = kind.model._default_manager.select_for_update(of=("self",))
    rows = {row.pk: row for row in held.filter(pk__in=ids | {kept.pk}).order_by("pk")}
    for row in rows.values():
        if row.deleted_at:
            words = _("%(name)s is not there any more: merged with another, or deleted.")
            raise MergedAlready(words % {"name": row})
    return rows[kept.pk], [rows[pk] for pk in sorted(ids)]


def _merge(
    kind: Kind[R], kept: R, others: Sequence[R], *, by: User | None, at: datetime, batch: UUID
) -> None:
    pairs = {row.pk: kept.pk for row in others}
    rows = kind.model._default_manager.filter(pk__in=pairs)
    rows.update(deleted_at=at, version=F("version") + 1)
    merges = [
        Merge(object_type=kind.name, kept_id=kept.pk, merged_id=pk, by=by, at=at, batch=batch)
        for pk in pairs
    ]
    for carrier in kind.carriers():
        for pk, data in carrier.carry(pairs, at).items():
            next(one for one in merges if one.merged_id == pk).carried[carrier.name] = data
    Merge.objects.bulk_create(merges)
    _write_history(kind, kept, others, merges, by=by, at=at, batch=batch)
    _settle(kind, {kept.pk}, at=at)
    publish_many([kind.told(one, at=at, by=by, is_undo=False) for one in merges])


def _write_history(
    kind: Kind[R],
    kept: R,
    others: Sequence[R],
    merges: Sequence[Merge],
    *,
    by: User | None,
    at: datetime,
    batch: UUID,
) -> None:
    """What the undo takes back, and, apart from it, what the records' pages tell."""
    usual: dict[str, Any] = {"by": by, "at": at, "cause": MERGE}
    record_changes(
        Change(
            object_type=merge_type(kind.name),
            object_id=one.pk,
            verb="created",
            batch=batch,
            **usual,
        )
        for one in merges
    )
    record_changes(
        Change(
            object_type=kind.name,
            object_id=kept.pk,
            verb="merged",
            before=kept_apart(other),
            undone_at=at,  # it tells; the rows above are what can be taken back
            **usual,
        )
        for other in others
    )


def merge_type(name: str) -> str:
    """By which the history calls a merge of this kind."""
    return f"{name}_merge"


def _settle(kind: Kind[R], ids: Collection[int], *, at: datetime) -> None:
    for carrier in kind.carriers():
        if carrier.settle:
            carrier.settle(ids, at)


@transaction.atomic
def take_apart(
    kind: Kind[R], merge_ids: Collection[int], by: User | None, at: datetime
) -> list[int]:
    """These merges undone, without history: for the undo, which writes its own."""
    open_ones = Merge.objects.filter(pk__in=merge_ids, object_type=kind.name, undone_at=None)
    merges = list(open_ones.select_for_update().order_by("pk"))
    pairs: dict[int, int] = {one.merged_id: one.kept_id for one in merges}
    if not pairs:
        return []
    _hold_again(kind, pairs)
    rows = kind.model._default_manager.filter(pk__in=pairs)
    rows.update(deleted_at=None, version=F("version") + 1)
    for carrier in kind.carriers():
        carried = {
            one.merged_id: one.carried[carrier.name]
            for one in merges
            if carrier.name in one.carried
        }
        if carried:
            carrier.give_back({pk: pairs[pk] for pk in carried}, carried, at)
    Merge.objects.filter(pk__in=[one.pk for one in merges]).update(undone_at=at)
    _settle(kind, {*pairs, *pairs.values()}, at=at)
    publish_many([kind.told(one, at=at, by=by, is_undo=True) for one in merges])
    return [one.pk for one in merges]


def _hold_again(kind: Kind[R], pairs: Pairs) -> None:
    ids = {*pairs, *pairs.values()}
    held = kind.model._default_manager.select_for_update(of=("self",))
    rows = {row.pk: row for row in held.filter(pk__in=ids).order_by("pk")}
    for kept in pairs.values():
        if rows[kept].deleted_at:
            words = _("%(name)s was merged or deleted since: take that back first.")
            raise MergedAlready(words % {"name": rows[kept]})
