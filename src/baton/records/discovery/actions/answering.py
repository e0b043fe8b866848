"""What somebody told, kept as they were asked; and the fields that it fills."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import apply_edit, record_change, record_each, trash_rows
from baton.core.editing.filling import Filled, together
from baton.core.editing.slots import Doing
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.keys import new_key
from baton.records.discovery.events import DiscoveryAnswered
from baton.records.discovery.models import Discovery, Guide
from baton.records.discovery.rules import LONGEST_ANSWER, Question
from baton.records.people.models import Person


class NothingSaid(RuleViolation):
    """No question has an answer."""


class AnswerTooLong(RuleViolation):
    """More than an answer holds."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """An answer. Where the field that it fills holds something else yet, it ``is_new`` there."""

    question: Question
    answer: str
    filled: Filled | None = None
    value: Any = None
    is_new: bool = False


@transaction.atomic
def answer_guide(
    *,
    guide: Guide,
    person: Person,
    said: Sequence[Said],
    deal_id: int | None = None,
    by: User,
    at: datetime,
    batch: UUID | None = None,
) -> Discovery:
    """Keep the answers, and fill the fields: all of it or nothing, undone by one batch.

    Raises NothingSaid, AnswerTooLong, LostRace and what the records refuse.
    """
    doing = Doing(by=by, at=at, batch=batch or new_key())
    if not said:
        raise NothingSaid(_("Write at least one answer."))
    _fill(said, doing)
    discovery = Discovery.objects.create(
        guide=guide,
        guide_name=guide.name,
        guide_version=guide.version,
        person=person,
        deal_id=deal_id,
        answers=[_kept(one, person=person, by=by) for one in said],
        by=by,
        at=at,
    )
    record_change(
        object_type="discovery",
        object_id=discovery.pk,
        verb="created",
        by=by,
        at=at,
        batch=doing.batch,
    )
    _tell(discovery, person=person)
    return discovery


@transaction.atomic
def edit_answers(
    *,
    discovery: Discovery,
    answers: Mapping[str, str],
    version: int | None,
    by: User | None,
    at: datetime,
) -> Discovery:
    """Other words for the answers, by code; an empty one goes. Fields of records are edited there,
    and what belongs to one that ``by`` does not see stays as it is.

    Raises LostRace, NothingSaid, AnswerTooLong.
    """
    discovery = Discovery.objects.select_for_update().get(pk=discovery.pk)
    before = discovery.answers
    meant = {one["code"]: answers.get(one["code"]) for one in before if _sees(by, one["fills"])}
    written = [
        one if (said := meant.get(one["code"])) is None else {**one, "answer": _clean(said)}
        for one in before
    ]
    kept = [one for one in written if one["answer"]]
    if not kept:
        raise NothingSaid(_("Write at least one answer, or delete all of it."))
    if apply_edit(discovery, values={"answers": kept}, version=version):
        discovery.save(update_fields=["answers", "version"])
        record_change(
            object_type="discovery",
            object_id=discovery.pk,
            verb="edited",
            before={"answers": before},
            after={"answers": kept},
            by=by,
            at=at,
        )
    return discovery


@transaction.atomic
def trash_answers(*, discovery_ids: Collection[int], by: User | None, at: datetime) -> UUID:
    """Off the timeline, undone by the batch that is returned; filled fields stay."""
    moved = trash_rows(Discovery.objects.filter(pk__in=discovery_ids), at=at)
    return record_each(moved, object_type="discovery", verb="deleted", by=by, at=at)


def write_answers(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """As they were; the undo writes its own history."""
    discovery = Discovery.objects.select_for_update().get(pk=pk)
    apply_edit(discovery, values=values)
    discovery.save()


def _tell(discovery: Discovery, *, person: Person) -> None:
    publish(
        DiscoveryAnswered(
            happened_at=discovery.at,
            person_id=person.pk,
            company_id=person.company_id,
            deal_id=discovery.deal_id,
            actor_id=discovery.by_id,
            discovery_id=discovery.pk,
            guide_name=discovery.guide_name,
        )
    )


def _fill(said: Sequence[Said], doing: Doing) -> None:
    """One edit a record, as if somebody had typed it there."""
    typed: dict[str, dict[str, Any]] = {}
    found: dict[str, Filled] = {}
    for one in said:
        if one.filled and one.is_new:
            object_type = one.filled.target.kind.object_type
            typed.setdefault(object_type, {})[one.filled.target.field.name] = one.value
            found[object_type] = one.filled
    for object_type, filled in found.items():
        values = together(filled.record, typed[object_type])
        filled.target.kind.edit(filled.record, values, doing)


def _kept(said: Said, *, person: Person, by: User) -> dict[str, str]:
    """As it is shown later; what went into a field as that field says it. What no field took is
    read by those who see the field, and by whoever wrote it."""
    answer, question = said.answer, said.question
    fills = question.fills if _sees(by, question.fills) else ""
    if said.filled:
        target = said.filled.target
        record = target.kind.of_person(person.pk, by)
        answer = Filled(target, record).shown if record else answer
    return {
        "code": question.code,
        "text": question.text,
        "answer": _clean(answer),
        "fills": fills,
    }


def _sees(user: User | None, key: str) -> bool:
    """Whether the user is not kept from the field of that key; "" is none."""
    object_type, _dot, name = key.partition(".")
    return user is None or not key or name not in user.limits(object_type).hidden


def _clean(text: str) -> str:
    text = text.replace("\0", "").strip()
    if len(text) > LONGEST_ANSWER:
        words = _("An answer has %(limit)d characters at most. Put the rest into a note.")
        raise AnswerTooLong(words % {"limit": LONGEST_ANSWER})
    return text
