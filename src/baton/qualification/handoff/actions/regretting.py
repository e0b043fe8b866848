"""An answer is taken back while nothing was built on it: as if the lead had not been answered."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.access.models import User
from baton.core.changes.actions import NothingToUndo, plain, record_change
from baton.core.changes.models import Change
from baton.core.changes.queries import TO_REGRET, live_values
from baton.core.facts import Origin, Touch, origin, publish, retract
from baton.core.facts.models import FactRecord
from baton.core.notices.actions import withdraw_notices
from baton.qualification.handoff.actions.absent import pass_on
from baton.qualification.handoff.actions.locking import lock_handoff
from baton.qualification.handoff.actions.promised.replies import follow_answerers
from baton.qualification.handoff.actions.refusals import AlreadyAnswered, answered, elsewhere
from baton.qualification.handoff.actions.rounds import resume_round
from baton.qualification.handoff.events import AnswerUndone
from baton.qualification.handoff.models import Handoff, PoolMember, Reply, Rest
from baton.qualification.handoff.permissions import can_answer
from baton.qualification.handoff.queries.answering import HANDOFF
from baton.qualification.handoff.rules import State
from baton.qualification.lifecycle import actions as lifecycle
from baton.qualification.lifecycle.events import LifecycleChanged
from baton.records.people import actions as people
from baton.records.people.queries import born_as
from baton.records.timeline import actions as timeline
from baton.records.timeline.events import TaskAdded

FIELDS = (
    *("state", "rep", "pool", "round", "offered_at", "accept_due_at", "escalates_at"),
    *("answered_at", "is_late", "respond_due_at", "attempt_due_at", "told_due_at"),
    *("verdict", "verdict_note", "revisit_on", "closed_at"),
)
# What must be as the answer left it. Clocks may have been counted anew since.
DECIDED = ("state", "rep", "round", "answered_at", "closed_at")
TALKS = (Touch.ATTEMPT, Touch.FIRST_RESPONSE)


@contextmanager
def one_answer(
    handoff: Handoff, *, batch: UUID | None, by: User, at: datetime, takes_turn: bool = False
) -> Iterator[None]:
    """What is done inside to a locked handoff is one act, which ``undo_answer`` takes back; without
    a ``batch`` it is none. ``takes_turn``: somebody else's turn may be spent on it."""
    if batch is None:
        yield
        return
    before, turns = _present(handoff), _turns() if takes_turn else {}
    offer = handoff.offers.filter(round=handoff.round)
    before["note"] = offer.values_list("note", flat=True).first() or ""
    with origin(Origin.LIVE, batch=batch):
        yield
    now = _turns() if turns else {}
    before["turns"] = {pk: now[pk] - one for pk, one in turns.items() if now.get(pk, one) != one}
    record_change(
        object_type=HANDOFF,
        object_id=handoff.pk,
        verb="edited",
        before=before,
        after=_present(handoff, DECIDED),
        by=by,
        at=at,
        batch=batch,
    )


def _present(handoff: Handoff, names: Iterable[str] = FIELDS) -> dict[str, Any]:
    """As history keeps it; and whose the person is."""
    values = {name: plain(getattr(handoff, name)) for name in names}
    return values | {"owner": handoff.person.owner_id}


def _turns() -> dict[int, float]:
    """Held as routing holds them: what is spent until the act ends is spent by it."""
    held = PoolMember.objects.select_for_update(no_key=True).order_by("pk")
    return dict(held.values_list("pk", "credit"))


@transaction.atomic
def undo_answer(*, handoff: Handoff, by: User, at: datetime) -> Handoff:
    """Who accepted or rejected it within the hour thinks better of it: offered to whom it was, the
    clock goes on as if it had never stopped, and what followed from the answer is taken back.

    Whoever can answer no more meanwhile gets nothing back: the lead goes on, as theirs do.

    Raises NothingToUndo, and AlreadyAnswered or NotYours once something was built on it.
    """
    handoff = lock_handoff(handoff)
    acts = Change.objects.filter(object_type=HANDOFF, object_id=handoff.pk, by=by)
    act = acts.exclude(cause="undo").order_by("-pk").first()
    if act is None or act.undone_at:
        raise NothingToUndo(_("There is nothing to undo."))
    if at - act.at > TO_REGRET:
        raise NothingToUndo(_("It was answered more than an hour ago, and stays so."))
    _check_nothing_followed(handoff, act=act, at=at)
    told = FactRecord.objects.filter(batch=act.batch)
    withdraw_notices(fact_ids=told.values_list("pk", flat=True))
    if tasks := list(told.filter(name=TaskAdded.name).values_list("payload__task_id", flat=True)):
        timeline.trash_tasks(task_ids=tasks, by=by, at=at)
    Rest.objects.filter(handoff=handoff).delete()
    # One that ran when they were rejected was ended by it.
    Rest.objects.filter(person=handoff.person_id, ended_at=act.at).update(ended_at=None)
    lifecycle.forget_moves(batches=[act.batch])
    retract(batch=act.batch, at=at)
    was = handoff.verdict or handoff.state
    _write_back(handoff, act=act, by=by, at=at)
    _tell(handoff, act=act, was=was, by=by, at=at)
    if handoff.rep and not can_answer(handoff.rep):
        pass_on(Handoff.objects.filter(pk=handoff.pk), at=at)
        handoff.refresh_from_db()
    return handoff


def _check_nothing_followed(handoff: Handoff, *, act: Change, at: datetime) -> None:
    if handoff.responded_at:
        raise AlreadyAnswered(str(_TALKED))
    now = _present(handoff, DECIDED)
    if any(now[name] != act.after[name] for name in DECIDED):
        say = elsewhere if handoff.state == State.OFFERED else answered
        raise say(handoff, at=at)
    if handoff.person.deleted_at:
        raise AlreadyAnswered(_("This person was deleted."))
    if Handoff.objects.filter(person=handoff.person_id, pk__gt=handoff.pk).exists():
        raise AlreadyAnswered(_("They were handed over again since: it stays as it is."))
    if Reply.objects.filter(handoff=handoff).exists():
        raise AlreadyAnswered(_("Marketing has answered the reason: it stays as it is."))
    for is_so, words in _FOLLOWED:
        if _facts_since(handoff, act=act).filter(is_so).exists():
            raise AlreadyAnswered(str(words))


_TALKED = gettext_lazy("Somebody has called or written to them since: it stays as it is.")
_FOLLOWED = (
    (Q(touch__in=TALKS), _TALKED),
    (Q(deal_id__isnull=False), gettext_lazy("Their deal goes on from there: it stays as it is.")),
    (
        Q(name=LifecycleChanged.name),
        gettext_lazy("They are at another stage since: it stays as it is."),
    ),
)


def _facts_since(handoff: Handoff, *, act: Change) -> Any:
    first = FactRecord.objects.filter(batch=act.batch).order_by("pk").values("pk")[:1]
    about = FactRecord.objects.standing().filter(person_id__in=born_as([handoff.person_id]))
    return about.filter(pk__gt=first).exclude(batch=act.batch)


def _write_back(handoff: Handoff, *, act: Change, by: User, at: datetime) -> None:
    fields = {name: act.before[name] for name in FIELDS}
    for name, value in live_values(Handoff, fields).items():
        setattr(handoff, name, value)
    handoff.save()
    resume_round(handoff, note=act.before["note"], at=at)
    _give_turns_back(act.before["turns"])
    person = handoff.person
    if person.owner_id == act.after["owner"] != act.before["owner"]:
        here = User.objects.filter(is_active=True, deleted_at=None)
        owner = here.filter(pk=act.before["owner"]).first()
        people.assign_owner(person=person, owner=owner, by=by, at=at, cause="handoff")


def _give_turns_back(turns: Mapping[str, float]) -> None:
    for pk, spent in turns.items():
        PoolMember.objects.filter(pk=pk).update(credit=F("credit") - spent)


def _tell(handoff: Handoff, *, act: Change, was: str, by: User, at: datetime) -> None:
    """Into history, and to who derives something of it."""
    Change.objects.filter(pk=act.pk).update(undone_at=at)
    record_change(
        object_type=HANDOFF,
        object_id=handoff.pk,
        verb="edited",
        before=act.after,
        after=_present(handoff, DECIDED),
        by=by,
        at=at,
        cause="undo",
    )
    person = handoff.person
    follow_answerers(person_ids=[person.pk])
    publish(
        AnswerUndone(
            happened_at=at,
            person_id=person.pk,
            company_id=person.company_id,
            actor_id=by.pk,
            handoff_id=handoff.pk,
            answer=was,
            undone=str(act.batch),
        )
    )
