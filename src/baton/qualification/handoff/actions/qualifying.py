"""Does somebody meet the agreement now? Then they are handed off, once."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from baton.core.calendars.queries import hours_of
from baton.marketing.capture.events import FormSubmitted
from baton.qualification.handoff.actions.offering import hand_off
from baton.qualification.handoff.models import Agreement, Handoff, Rest
from baton.qualification.handoff.queries import (
    agreement_in_force,
    make_brief,
    source_of,
    told_in_form,
)
from baton.qualification.handoff.rules import (
    Lane,
    Standing,
    State,
    accept_due,
    escalates_at,
    lane_for,
    response_due,
)
from baton.qualification.scoring import actions as scoring
from baton.qualification.scoring.queries import known_now, score_of
from baton.records.people.models import Identity, Person


@transaction.atomic
def qualify_person(
    *,
    person_id: int,
    at: datetime,
    form: FormSubmitted | None = None,
    fact_id: int | None = None,
) -> Handoff | None:
    """Hand the person off if they meet the agreement in force; None when they do not (yet).

    ``form``: one that was just sent; it counts when the agreement names it as a raised hand.
    ``fact_id``: what brought this up; for the same fact a second call gives the same handoff.
    Somebody who raises a hand while a handoff is open makes that one urgent.
    """
    agreement = agreement_in_force()
    raised = form if agreement and form and form.form_code in agreement.hand_raise_forms else None
    if agreement is None or (form and not raised):
        return None
    if raised:
        # The form's own points belong into the brief, however far the scoring has come.
        scoring.recompute_people(person_ids=known_now([person_id]).values(), at=at)
    person = lock_person(person_id)
    if person is None:
        return None
    fact_id = form.id if form else fact_id
    seen = Handoff.objects.filter(fact_id=fact_id).first() if fact_id else None
    if seen:
        return seen
    running = Handoff.objects.open().select_for_update(no_key=True).filter(person=person).first()
    if raised and running:
        return _raise_hand_again(running, form=raised, at=at)
    standing = _standing(person, has_open_handoff=running is not None, at=at)
    lane = lane_for(standing, raised_hand=raised is not None, threshold=agreement.threshold)
    if lane is None:
        return None
    end_rest(person, at=at)
    return make_handoff(person, agreement=agreement, lane=lane, form=raised, fact_id=fact_id, at=at)


def lock_person(person_id: int) -> Person | None:
    """Who that is now, living and locked: two facts about one person wait for each other."""
    merged = Identity.objects.filter(old_id=person_id).values("person_id")
    people = Person.objects.living().select_for_update(of=("self",), no_key=True)
    rows = people.select_related("owner", "company__owner")
    return rows.filter(pk=Coalesce(Subquery(merged), Value(person_id))).first()


def _standing(person: Person, *, has_open_handoff: bool, at: datetime) -> Standing:
    return Standing(
        stage=person.stage,
        origin=person.origin,
        score=score_of(person, at).score,
        is_resting=Rest.objects.filter(person=person, ended_at=None, until__gt=at).exists(),
        has_open_handoff=has_open_handoff,
    )


def lane_of(person: Person, *, agreement: Agreement, at: datetime) -> Lane | None:
    """By their score alone, of somebody whom nobody has; None when they do not meet it."""
    standing = _standing(person, has_open_handoff=False, at=at)
    return lane_for(standing, raised_hand=False, threshold=agreement.threshold)


def make_handoff(
    person: Person,
    *,
    agreement: Agreement,
    lane: Lane,
    at: datetime,
    form: FormSubmitted | None = None,
    fact_id: int | None = None,
    reason: str = "",
) -> Handoff:
    """The handoff with its brief: the caller has decided that there is one."""
    brief = make_brief(person, form=form, threshold=agreement.threshold, at=at)
    return hand_off(
        person,
        agreement=agreement,
        lane=lane,
        reason=reason or (form.form_name if form else _why(brief)),
        brief=brief,
        source=source_of(person, form=form),
        fact_id=fact_id,
        at=at,
    )


def _why(brief: dict[str, Any]) -> str:
    """The two heaviest reasons of a score, in the words of its rules."""
    gained = [part["words"] for part in brief["score"]["parts"] if part["points"] > 0]
    return ", ".join(gained[:2]) or _("Score over the threshold")


def end_rest(person: Person, *, at: datetime) -> None:
    """A raised hand breaks a rest; routing still reads from it to whom, or without whom."""
    Rest.objects.filter(person=person, ended_at=None).update(ended_at=at)


def _raise_hand_again(handoff: Handoff, *, form: FormSubmitted, at: datetime) -> Handoff:
    """They could not wait: the clock that runs is the shorter one from now on, never a later one.

    The new words stand first in the brief.
    """
    told = handoff.brief.setdefault("forms", [])
    # The score may have been faster than the form that moved it: then its words are there already.
    if all(one.get("fact_id") != form.id for one in told):
        handoff.brief["forms"] = [told_in_form(form), *told]
    if handoff.responded_at is None and handoff.lane in {Lane.SCORE, Lane.REVISIT}:
        handoff.lane, handoff.reason = Lane.HAND_RAISE, form.form_name[:250]
        _shorten_clock(handoff, at=at)
    handoff.save()
    return handoff


def _shorten_clock(handoff: Handoff, *, at: datetime) -> None:
    terms, hours, lane = handoff.agreement.terms(), hours_of(handoff.rep), handoff.lane
    if handoff.state == State.OFFERED:
        due = accept_due(at, lane=lane, terms=terms, hours=hours)
        handoff.accept_due_at = min(handoff.accept_due_at, due)
        handoff.offers.filter(round=handoff.round).update(due_at=handoff.accept_due_at)
        if handoff.escalates_at:
            goes_on = escalates_at(handoff.accept_due_at, lane=lane, terms=terms, hours=hours)
            handoff.escalates_at = min(handoff.escalates_at, goes_on)
    elif handoff.respond_due_at:
        due = response_due(at, lane=lane, terms=terms, hours=hours)
        handoff.respond_due_at = min(handoff.respond_due_at, due)
