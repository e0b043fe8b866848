"""Find pairs, and keep what somebody said of them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import NothingToUndo, Undone, record_change
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.keys import new_key
from baton.records.duplicates.events import PairDismissed
from baton.records.duplicates.models import COMPANY, PERSON, MatchKey, Pair
from baton.records.duplicates.queries import (
    keys_of,
    likeness,
    meetings,
    records_of,
    sharing,
    sides_of,
    sure_pairs,
)
from baton.records.duplicates.rules.pairs import ASKED, Side
from baton.records.people import actions as people
from baton.records.people.models import Company, Person

SURE_AT_ONCE = 200


class DecidedAlready(RuleViolation):
    """Somebody said whether these two are one."""


class OneIsGone(RuleViolation):
    """There are no two of them any more."""


@transaction.atomic
def look_again(*, object_type: str, ids: Collection[int], at: datetime) -> int:
    """Keys and open pairs of these records made anew; how many pairs are open of them.

    Set-based: a bite costs the same handful of statements, whoever is in it.
    """
    sides = sides_of(object_type, ids)
    keys = {pk: keys_of(object_type, side) for pk, side in sides.items()}
    MatchKey.objects.filter(object_type=object_type, record_id__in=ids).delete()
    MatchKey.objects.bulk_create(
        [
            MatchKey(object_type=object_type, record_id=pk, text=text)
            for pk, texts in sorted(keys.items())
            for text in sorted(texts)
        ],
        batch_size=2000,
    )
    blocks = sharing(object_type, {text for texts in keys.values() for text in texts})
    met = meetings(blocks.values(), of=sides.keys())
    others = {pk for pair in met for pk in pair} - sides.keys()
    return _keep(object_type, met, {**sides, **sides_of(object_type, others)}, ids=ids, at=at)


def _keep(
    object_type: str,
    met: Collection[tuple[int, int]],
    sides: Mapping[int, Side],
    *,
    ids: Collection[int],
    at: datetime,
) -> int:
    """Write the pairs that are alike; take away open ones that are not any more."""
    found = _alike(object_type, met, sides, at=at)
    theirs = Pair.objects.open().filter(
        Q(first_id__in=ids) | Q(second_id__in=ids), object_type=object_type
    )
    alike = {(pair.first_id, pair.second_id) for pair in found}
    gone = [
        pk
        for pk, first, second in theirs.values_list("pk", "first_id", "second_id")
        if (first, second) not in alike
    ]
    Pair.objects.filter(pk__in=gone).delete()
    Pair.objects.bulk_create(
        found,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["object_type", "first_id", "second_id"],
        update_fields=["score", "reasons"],
    )
    return len(found)


def _alike(
    object_type: str,
    met: Collection[tuple[int, int]],
    sides: Mapping[int, Side],
    *,
    at: datetime,
) -> list[Pair]:
    return [
        Pair(
            object_type=object_type,
            first_id=one,
            second_id=other,
            score=like.score,
            reasons=like.reasons,
            found_at=at,
        )
        for one, other in sorted(met)
        if one in sides and other in sides
        if (like := likeness(object_type, sides[one], sides[other])).score >= ASKED
    ]


def forget_gone() -> None:
    """Keys and pairs of records that are in no table any more: keys hold addresses and names."""
    for kind, model in ((PERSON, Person), (COMPANY, Company)):
        keys, pairs = (found.objects.filter(object_type=kind) for found in (MatchKey, Pair))
        keys.filter(~Exists(model.objects.filter(pk=OuterRef("record_id")))).delete()
        for name in ("first_id", "second_id"):
            pairs.filter(~Exists(model.objects.filter(pk=OuterRef(name)))).delete()


@transaction.atomic
def dismiss_pair(*, pair: Pair, by: User, at: datetime) -> UUID:
    """Not the same, and never asked again; undone by the batch. Raises DecidedAlready."""
    pair = _hold(pair)
    pair.decided_at, pair.is_same, pair.by = at, False, by
    pair.save(update_fields=["decided_at", "is_same", "by"])
    is_person = pair.object_type == PERSON
    publish(
        PairDismissed(
            happened_at=at,
            actor_id=by.pk,
            person_id=pair.first_id if is_person else None,
            company_id=None if is_person else pair.first_id,
            other_id=pair.second_id,
        )
    )
    change = record_change(
        object_type=PAIR.object_type,
        object_id=pair.pk,
        verb="edited",
        before={"is_same": None},
        after={"is_same": False},
        by=by,
        at=at,
    )
    return change.batch


def _ask_again(pair_id: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """Only the undo of a dismissal comes here."""
    Pair.objects.filter(pk=pair_id).update(decided_at=None, is_same=None, by=None)


PAIR = Tracked(
    object_type="duplicate_pair",
    label="Pair",
    read=lambda ids, names: read_fields(Pair, ids, names),
    write=_ask_again,
    trash=lambda ids, by, at: [],
    restore=lambda ids, by, at: [],
    reach=lambda user, verb: Pair.objects.visible_to(user),
    has_trash=False,
)


@transaction.atomic
def merge_pair(
    *,
    pair: Pair,
    keep_second: bool,
    values: Mapping[str, Any],
    by: User,
    at: datetime,
    batch: UUID | None = None,
    is_anyway: bool = False,
) -> UUID:
    """The two are one from now on, until the batch is undone; ``is_anyway``: also where they were
    kept apart. Raises DecidedAlready, OneIsGone and those of ``merge_people``."""
    pair = _hold(pair, is_anyway=is_anyway)
    records = records_of([pair], pair.object_type)
    first, second = records.get(pair.first_id), records.get(pair.second_id)
    if first is None or second is None:
        raise OneIsGone(_("One of the two is not there any more."))
    kept, merged = (second, first) if keep_second else (first, second)
    merge = people.merge_people if pair.object_type == PERSON else people.merge_companies
    batch = merge(kept=kept, merged=[merged], by=by, at=at, values=values, batch=batch)
    pair.decided_at, pair.is_same, pair.by = at, True, by
    pair.save(update_fields=["decided_at", "is_same", "by"])
    return batch


@transaction.atomic
def put_side_by_side(*, object_type: str, ids: tuple[int, int], at: datetime) -> Pair:
    """The pair of these two, to be looked at by whoever knows that they are one.

    It need not be alike: if nobody decides, the next look at either takes it away. One that was
    kept apart stays so, until it is merged all the same. Raises OneIsGone.
    """
    first_id, second_id = sorted(ids)
    sides = sides_of(object_type, ids)
    if len(sides) < len(ids):
        raise OneIsGone(_("One of the two is not there any more."))
    like = likeness(object_type, sides[first_id], sides[second_id])
    pair, _is_new = Pair.objects.get_or_create(
        object_type=object_type,
        first_id=first_id,
        second_id=second_id,
        defaults={"score": like.score, "reasons": like.reasons, "found_at": at},
    )
    return pair


def unmerge_pair(*, batch: UUID | None, by: User, at: datetime) -> Undone:
    """Two again. Raises NothingToUndo for a pair that is not merged."""
    if batch is None:
        raise NothingToUndo(_("These two are not merged."))
    return people.unmerge(batch=batch, by=by, at=at)


@transaction.atomic
def merge_sure_pairs(*, object_type: str, by: User, at: datetime) -> tuple[UUID, int]:
    """All pairs that are sure and that ``by`` may merge, as one act; the batch, and how many.

    Where three are one, the pairs that are left after the first merge are found anew.
    """
    batch, taken = new_key(), set[int]()
    merged = 0
    for pair in list(sure_pairs(by, object_type)[:SURE_AT_ONCE]):
        if taken & {pair.first_id, pair.second_id}:
            continue
        taken |= {pair.first_id, pair.second_id}
        merge_pair(pair=pair, keep_second=False, values={}, by=by, at=at, batch=batch)
        merged += 1
    return batch, merged


@transaction.atomic
def open_again(*, object_type: str, ids: Collection[int]) -> None:
    """These were taken apart: what was merged of them is open again."""
    rows = Pair.objects.filter(object_type=object_type, is_same=True)
    rows.filter(Q(first_id__in=ids) | Q(second_id__in=ids)).update(
        decided_at=None, is_same=None, by=None
    )


def _hold(pair: Pair, *, is_anyway: bool = False) -> Pair:
    pair = Pair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if pair.decided_at and (pair.is_same or not is_anyway):
        raise DecidedAlready(_("Somebody said already whether these two are one."))
    return pair
