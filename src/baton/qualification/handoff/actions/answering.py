"""Take a lead or turn it down: one wins, the others read who did."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.calendars.queries import hours_of, zone_of
from baton.core.facts import publish
from baton.qualification.handoff.actions.conditions import check_condition
from baton.qualification.handoff.actions.locking import lock_handoff
from baton.qualification.handoff.actions.offering import counts_for_marketing
from baton.qualification.handoff.actions.passing import hand_back, take_over
from baton.qualification.handoff.actions.redirecting import redirect
from baton.qualification.handoff.actions.refusals import BadVerdict, answered, elsewhere
from baton.qualification.handoff.actions.regretting import one_answer
from baton.qualification.handoff.actions.resting import recycle, send_back
from baton.qualification.handoff.actions.rounds import end_round
from baton.qualification.handoff.events import HandoffAccepted, HandoffRejected
from baton.qualification.handoff.models import Handoff, Territory
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.qualification.handoff.rules import (
    REJECT,
    RETURN,
    Outcome,
    Reason,
    State,
    UnknownReason,
    attempts_due,
    find_reason,
    response_due,
)
from baton.qualification.lifecycle import actions as lifecycle
from baton.records.people import actions as people


@transaction.atomic
def accept_handoff(
    *, handoff: Handoff, by: User, at: datetime, batch: UUID | None = None
) -> Handoff:
    """The SAL: ``by`` has the lead, and the response clock starts. Late counts, and is kept.

    Pressing twice does it once. With a ``batch`` it can be taken back (``undo_answer``). Raises
    AlreadyAnswered or NotYours, worded for who came too late.
    """
    handoff = lock_handoff(handoff)
    if handoff.state == State.ACCEPTED and handoff.rep_id == by.pk:
        return handoff
    _check_may_answer(handoff, by=by, at=at)
    with one_answer(handoff, batch=batch, by=by, at=at):
        _accept(handoff, by=by, at=at)
    return handoff


def _accept(handoff: Handoff, *, by: User, at: datetime) -> None:
    terms, hours = handoff.agreement.terms(), hours_of(by)
    handoff.state, handoff.rep, handoff.answered_at = State.ACCEPTED, by, at
    handoff.is_late, handoff.escalates_at = at > handoff.accept_due_at, None
    handoff.respond_due_at = response_due(at, lane=handoff.lane, terms=terms, hours=hours)
    handoff.attempt_due_at = attempts_due(at, terms=terms, hours=hours)
    handoff.save()
    end_round(handoff, outcome=Outcome.ACCEPTED, at=at)
    people.assign_owner(person=handoff.person, owner=by, by=by, at=at, cause="handoff")
    if handoff.is_to_executive:
        take_over(handoff, by=by, at=at)
    else:
        _make_sal(handoff, by=by, at=at)


def _make_sal(handoff: Handoff, *, by: User, at: datetime) -> None:
    fact = publish(
        HandoffAccepted(
            happened_at=at,
            person_id=handoff.person_id,
            company_id=handoff.person.company_id,
            actor_id=by.pk,
            handoff_id=handoff.pk,
            rep_id=by.pk,
            is_late=handoff.is_late,
        )
    )
    if counts_for_marketing(handoff.person):
        lifecycle.move_person(
            person_id=handoff.person_id,
            to_stage="sal",
            at=at,
            cause=fact.name,
            by=by,
            fact_id=fact.id,
            owner_id=by.pk,
        )


@transaction.atomic
def reject_handoff(
    *,
    handoff: Handoff,
    reason: str,
    by: User,
    at: datetime,
    note: str = "",
    revisit_on: date | None = None,
    condition: Mapping[str, Any] | None = None,
    territory: Territory | None = None,
    batch: UUID | None = None,
) -> Handoff:
    """Declined before acceptance. The person rests, then is routed anew without ``by``.

    Whom an SDR handed on goes back to them as they are, for a reason of that agreement. A lead of
    another territory goes on at once, to ``territory`` where that is known. With
    ``revisit_on`` (bad timing) they come back to ``by`` on that day, with a ``condition`` as soon
    as it comes true. Reasons that end it for good move them to "other". With a ``batch`` it can be
    taken back (``undo_answer``). Raises BadVerdict, BadFilter, AlreadyAnswered, NotYours.
    """
    why = _reason_to_reject(reason, handoff=handoff)
    check_revisit(revisit_on, is_asked=why.has_date, by=by, at=at)
    check_condition(condition, why=why)
    handoff = lock_handoff(handoff)
    _check_may_answer(handoff, by=by, at=at)
    with one_answer(handoff, batch=batch, by=by, at=at, takes_turn=why.is_elsewhere):
        if why.is_elsewhere:
            redirect(handoff, by=by, note=note, territory=territory, at=at)
        else:
            handoff.verdict, handoff.verdict_note = why.code, note
            handoff.revisit_on = revisit_on
            _reject(handoff, why=why, condition=condition, by=by, at=at)
    return handoff


def _reject(
    handoff: Handoff, *, why: Reason, condition: Mapping[str, Any] | None, by: User, at: datetime
) -> None:
    handoff.state, handoff.rep, handoff.answered_at = State.REJECTED, by, at
    handoff.is_late, handoff.escalates_at = at > handoff.accept_due_at, None
    handoff.closed_at = at
    handoff.save()
    end_round(handoff, outcome=Outcome.REJECTED, at=at)
    if handoff.is_to_executive:
        hand_back(handoff, by=by, at=at)
    else:
        _rest_after(handoff, why=why, condition=condition, by=by, at=at)


def _rest_after(
    handoff: Handoff, *, why: Reason, condition: Mapping[str, Any] | None, by: User, at: datetime
) -> None:
    fact = _tell_rejection(handoff, by=by, at=at)
    send_back(handoff.person, after=why.after, fact=fact, by=by, at=at)
    recycle(
        handoff.person,
        handoff=handoff,
        after=why.after,
        reason=why.code,
        rep=by,
        revisit_on=handoff.revisit_on,
        condition=condition,
        at=at,
    )


def _reason_to_reject(code: str, *, handoff: Handoff) -> Reason:
    try:
        return find_reason(code, reasons_of(handoff))
    except UnknownReason as unknown:
        raise BadVerdict(_("Choose why this is not a lead for you.")) from unknown


def reasons_of(handoff: Handoff) -> tuple[Reason, ...]:
    """Why it may be turned down: of an SDR's, what that agreement says."""
    if not handoff.is_to_executive:
        return REJECT
    agreed = handoff.agreement.return_reasons
    return tuple(reason for reason in RETURN if not agreed or reason.code in agreed)


def _tell_rejection(handoff: Handoff, *, by: User, at: datetime) -> HandoffRejected:
    return publish(
        HandoffRejected(
            happened_at=at,
            person_id=handoff.person_id,
            company_id=handoff.person.company_id,
            actor_id=by.pk,
            handoff_id=handoff.pk,
            rep_id=by.pk,
            reason=handoff.verdict,
            note=handoff.verdict_note,
        )
    )


def _check_may_answer(handoff: Handoff, *, by: User, at: datetime) -> None:
    if handoff.state != State.OFFERED:
        raise answered(handoff, at=at)
    if not Handoff.objects.visible_to(by, ANSWER_HANDOFFS).filter(pk=handoff.pk).exists():
        raise elsewhere(handoff, at=at)


def check_revisit(revisit_on: date | None, *, is_asked: bool, by: User, at: datetime) -> None:
    """A day to ask again belongs to bad timing, and lies ahead where the rep works.

    Raises BadVerdict.
    """
    if revisit_on is None:
        return
    if not is_asked:
        raise BadVerdict(_("A day to ask again belongs to bad timing."))
    if revisit_on <= at.astimezone(ZoneInfo(zone_of(by))).date():
        raise BadVerdict(_("Choose a day ahead to ask again."))
