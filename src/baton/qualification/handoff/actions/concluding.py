"""The verdict after talking: an SQL, or not; and what ends a handoff from outside."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.facts import publish
from baton.qualification.handoff.actions.answering import accept_handoff, check_revisit
from baton.qualification.handoff.actions.conditions import check_condition
from baton.qualification.handoff.actions.locking import lock_handoff
from baton.qualification.handoff.actions.passing import hand_on, hand_on_qualified
from baton.qualification.handoff.actions.qualifying import lock_person
from baton.qualification.handoff.actions.refusals import (
    AlreadyAnswered,
    BadVerdict,
    NotAccepted,
    answered,
    elsewhere,
)
from baton.qualification.handoff.actions.resting import recycle, send_back
from baton.qualification.handoff.actions.rounds import end_round
from baton.qualification.handoff.actions.touching import stop_response_clock
from baton.qualification.handoff.events import NeedConfirmed, PersonDisqualified
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.qualification.handoff.queries import owes_need
from baton.qualification.handoff.rules import (
    DISQUALIFY,
    Outcome,
    Reason,
    State,
    UnknownReason,
    find_reason,
)
from baton.qualification.lifecycle import actions as lifecycle
from baton.qualification.lifecycle.rules import rank
from baton.records.people import actions as people
from baton.records.people.models import Person


@transaction.atomic
def confirm_need(
    *,
    person: Person,
    need: str,
    impact: str,
    by: User,
    at: datetime,
    handoff: Handoff | None = None,
    hands_on: bool = True,
) -> Handoff | None:
    """The SQL: they talked, need and impact are known. Works without a handoff, too (None).

    With an open handoff it is that one's verdict, and the talk its first response; where it is
    agreed, an account executive is asked to take them over, unless the caller ``hands_on``
    otherwise. ``handoff``: the one that the verdict is meant for. Raises BadVerdict without both
    texts, NotAccepted, NotYours, AlreadyAnswered when it is known already or that handoff is
    closed.
    """
    need, impact = need.strip(), impact.strip()
    if not need or not impact:
        raise BadVerdict(_("Write down the need, and what it means for them."))
    person, handoff = _lock(person, meant=handoff, by=by, at=at)
    is_over = handoff is None or handoff.is_to_executive
    if is_over and rank(person.stage) >= rank("sql"):
        raise AlreadyAnswered(_("%(who)s is an SQL already.") % {"who": person.full_name})
    if handoff:
        _close(handoff, state=State.QUALIFIED, by=by, at=at)
    fact = _tell_need(person, handoff, need=need, impact=impact, by=by, at=at)
    if person.owner_id is None:
        people.assign_owner(person=person, owner=by, by=by, at=at, cause="handoff")
    lifecycle.move_person(
        person_id=person.pk,
        to_stage="sql",
        at=at,
        cause=fact.name,
        by=by,
        fact_id=fact.id,
        owner_id=person.owner_id or by.pk,
    )
    if hands_on and (handoff is None or not handoff.is_to_executive):
        hand_on_qualified(person, by=by, at=at)
    return handoff


@transaction.atomic
def qualify_and_hand_on(
    *,
    person: Person,
    by: User,
    at: datetime,
    note: str = "",
    executive: User | None = None,
    need: str = "",
    impact: str = "",
) -> Handoff:
    """By hand; a need that is owed is confirmed first. Raises what ``confirm_need`` and
    ``hand_on`` raise; then nothing was done."""
    if owes_need(person):
        confirm_need(person=person, need=need, impact=impact, by=by, at=at, hands_on=False)
    return hand_on(person=person, by=by, note=note, executive=executive, at=at)


@transaction.atomic
def disqualify(
    *,
    person: Person,
    reason: str,
    by: User,
    at: datetime,
    note: str = "",
    competitor: str = "",
    revisit_on: date | None = None,
    condition: Mapping[str, Any] | None = None,
    handoff: Handoff | None = None,
) -> Handoff | None:
    """Talked to, will not buy. Works without a handoff, too (None).

    ``handoff``: the one that the verdict is meant for; AlreadyAnswered when it is closed.

    "Went with a competitor" names them; bad timing may set a day, on which the person returns to
    ``by``, who also gets them back once ``condition`` comes true. Raises BadVerdict, BadFilter,
    NotAccepted, NotYours.
    """
    why = _reason_to_disqualify(reason)
    check_revisit(revisit_on, is_asked=why.has_date, by=by, at=at)
    check_condition(condition, why=why)
    competitor = competitor.strip()[:120]
    if why.has_competitor and not competitor:
        raise BadVerdict(_("Name the competitor they went with."))
    person, handoff = _lock(person, meant=handoff, by=by, at=at)
    if handoff:
        handoff.verdict, handoff.verdict_note = why.code, note
        handoff.competitor, handoff.revisit_on = competitor, revisit_on
        _close(handoff, state=State.DISQUALIFIED, by=by, at=at)
    said = _Said(reason=why.code, competitor=competitor, note=note, revisit_on=revisit_on)
    fact = _tell_disqualified(person, handoff, said=said, by=by, at=at)
    send_back(person, after=why.after, fact=fact, by=by, at=at)
    recycle(
        person,
        handoff=handoff,
        after=why.after,
        reason=why.code,
        rep=by,
        revisit_on=revisit_on,
        condition=condition,
        at=at,
        keeps_rep=True,
    )
    return handoff


def _tell_need(
    person: Person, handoff: Handoff | None, *, need: str, impact: str, by: User, at: datetime
) -> NeedConfirmed:
    return publish(
        NeedConfirmed(
            happened_at=at,
            person_id=person.pk,
            company_id=person.company_id,
            actor_id=by.pk,
            handoff_id=handoff.pk if handoff else None,
            need=need,
            impact=impact,
        )
    )


def _reason_to_disqualify(code: str) -> Reason:
    try:
        return find_reason(code, DISQUALIFY)
    except UnknownReason as unknown:
        raise BadVerdict(_("Choose why they will not buy.")) from unknown


@dataclass(frozen=True, kw_only=True)
class _Said:
    """What the rep said about why not."""

    reason: str
    competitor: str
    note: str
    revisit_on: date | None


def _tell_disqualified(
    person: Person, handoff: Handoff | None, *, said: _Said, by: User, at: datetime
) -> PersonDisqualified:
    return publish(
        PersonDisqualified(
            happened_at=at,
            person_id=person.pk,
            company_id=person.company_id,
            actor_id=by.pk,
            handoff_id=handoff.pk if handoff else None,
            reason=said.reason,
            competitor=said.competitor,
            note=said.note,
            revisit_on=said.revisit_on.isoformat() if said.revisit_on else "",
        )
    )


def _lock(
    person: Person, *, meant: Handoff | None, by: User, at: datetime
) -> tuple[Person, Handoff | None]:
    """The person and their open handoff, accepted by ``by`` if it was only offered to them.

    A verdict that was meant for a handoff which is closed by now is none on the person.
    """
    locked = lock_person(person.pk)
    if locked is None:
        raise AlreadyAnswered(_("This person was deleted."))
    handoff = Handoff.objects.open().held().filter(person=locked).first()
    if meant and meant != handoff:
        raise answered(lock_handoff(meant), at=at)
    if handoff is None:
        return locked, None
    if not Handoff.objects.visible_to(by, ANSWER_HANDOFFS).filter(pk=handoff.pk).exists():
        raise elsewhere(handoff, at=at)
    if handoff.state == State.OFFERED:
        if handoff.rep_id != by.pk:
            raise NotAccepted(_("Accept this lead first."))
        handoff = accept_handoff(handoff=handoff, by=by, at=at)
        locked.refresh_from_db()
    return locked, handoff


def _close(handoff: Handoff, *, state: State, by: User, at: datetime) -> None:
    """A verdict says that they talked: the response clock stops with it."""
    stop_response_clock(handoff, at=at, actor_id=by.pk)
    handoff.state, handoff.closed_at = state, at
    handoff.save()


@transaction.atomic(savepoint=False)
def settle_by_deal(*, person_id: int, at: datetime, by_id: int | None = None) -> int:
    """A deal is open or won: whatever was owed for this person is settled; returns how many.

    Who opened it (``by_id``) has talked to them: the response clock stops, too.
    """
    settled = 0
    # A deal from before this handoff settles nothing of it.
    owed = (
        Handoff.objects.open()
        .select_for_update(no_key=True)
        .filter(person_id=person_id, made_at__lte=at)
    )
    for handoff in owed:
        if _is_asked_still(handoff, by_id=by_id):
            continue
        if handoff.state == State.OFFERED:
            handoff.answered_at, handoff.is_late = at, at > handoff.accept_due_at
            end_round(handoff, outcome=Outcome.ACCEPTED, at=at)
        stop_response_clock(handoff, at=at, actor_id=by_id)
        handoff.state, handoff.closed_at, handoff.escalates_at = State.QUALIFIED, at, None
        handoff.save()
        settled += 1
    return settled


def _is_asked_still(handoff: Handoff, *, by_id: int | None) -> bool:
    """An executive answers for themself: a deal of who handed on is taken over with them."""
    is_waiting = handoff.is_to_executive and handoff.state == State.OFFERED
    return is_waiting and by_id != handoff.rep_id


@transaction.atomic
def withdraw_handoffs(*, person_ids: Collection[int], at: datetime) -> int:
    """Their people went into the trash: nothing is owed any more; returns how many."""
    withdrawn = 0
    for handoff in (
        Handoff.objects.open().select_for_update(no_key=True).filter(person_id__in=person_ids)
    ):
        end_round(handoff, outcome=Outcome.WITHDRAWN, at=at)
        handoff.state, handoff.closed_at, handoff.escalates_at = State.WITHDRAWN, at, None
        handoff.save()
        withdrawn += 1
    return withdrawn
