"""From who qualified to who closes, under an agreement of their own: on, over, back, taken back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.facts import publish
from baton.qualification.handoff.actions.offering import offer_next
from baton.qualification.handoff.actions.qualifying import lock_person
from baton.qualification.handoff.actions.refusals import (
    AlreadyAnswered,
    BadVerdict,
    NotAgreed,
    check_able,
)
from baton.qualification.handoff.actions.rounds import Round, end_round, start_round
from baton.qualification.handoff.events import HandedBack, HandedOn, TakenOver
from baton.qualification.handoff.models import Agreement, Handoff, PoolMember
from baton.qualification.handoff.queries import (
    executives_agreement,
    learnt_about,
    make_brief,
    threshold_in_force,
)
from baton.qualification.handoff.rules import Kind, Lane, Outcome, State
from baton.qualification.handoff.words import reason_label
from baton.qualification.lifecycle.rules import rank
from baton.records.people.models import Person
from baton.records.timeline import actions as timeline


@transaction.atomic
def hand_on(
    *, person: Person, by: User, at: datetime, note: str = "", executive: User | None = None
) -> Handoff:
    """An account executive is asked to take over whom ``by`` qualified: who the agreement says, or
    ``executive``. The owner changes when they accept.

    Raises NotAgreed, BadVerdict before the need is confirmed, AlreadyAnswered while something is
    owed for this person, BadPool for one who could not answer.
    """
    agreement = executives_agreement()
    if agreement is None:
        raise NotAgreed(_("Nothing is agreed on handing leads to account executives."))
    locked = lock_person(person.pk)
    if locked is None:
        raise AlreadyAnswered(_("This person was deleted."))
    if not _is_between(locked):
        raise BadVerdict(_("Confirm the need first: who is an SQL is handed on."))
    if Handoff.objects.open().filter(person=locked).exists():
        raise AlreadyAnswered(_("%(who)s is with somebody already.") % {"who": locked.full_name})
    handoff = _draft(locked, agreement=agreement, by=by, note=note, at=at)
    if executive:
        _ask(handoff, executive, by=by, at=at)
    else:
        offer_next(handoff, at=at)
    publish(
        HandedOn(
            happened_at=at,
            person_id=locked.pk,
            company_id=locked.company_id,
            actor_id=by.pk,
            handoff_id=handoff.pk,
            note=note,
        )
    )
    return handoff


def _is_between(person: Person) -> bool:
    """Qualified, and no customer yet."""
    return rank("sql") <= rank(person.stage) <= rank("opportunity")


def _draft(person: Person, *, agreement: Agreement, by: User, note: str, at: datetime) -> Handoff:
    brief = make_brief(person, form=None, threshold=threshold_in_force(), at=at)
    learnt = learnt_about(person, by=by, note=note)
    source = person.handoffs.to_sales().order_by("-made_at", "-pk").first()
    return Handoff(
        person=person,
        agreement=agreement,
        kind=Kind.EXECUTIVE,
        handed_by=by,
        lane=Lane.QUALIFIED,
        reason=(learnt["need"] or _("Qualified by %(who)s") % {"who": by.name})[:250],
        brief=brief | {"learnt": learnt},
        channel=source.channel if source else person.channel[:40],
        campaign=source.campaign if source else person.campaign[:120],
        state=State.OFFERED,
        made_at=at,
        round=0,
    )


def _ask(handoff: Handoff, executive: User, *, by: User, at: datetime) -> None:
    """Past all rules."""
    check_able(executive)
    if executive.pk == by.pk:
        raise BadVerdict(_("You have them already. Choose who closes."))
    told = {"rule": "by_hand", "rep_id": executive.pk, "rep": executive.name, "by": by.name}
    decision = told | {"tried": [], "reason": ""}
    start_round(Round(handoff=handoff, rep=executive, pool=None, decision=decision), at=at)


def hand_on_qualified(person: Person, *, by: User, at: datetime) -> Handoff | None:
    """What the agreement demands of who confirmed a need. None where none is in force, of an
    executive: who closes keeps whom they qualified, and of a customer who wants more."""
    agreement = executives_agreement()
    if agreement is None or closes(by, agreement=agreement):
        return None
    person.refresh_from_db(fields=["stage"])
    if not _is_between(person):
        return None
    return hand_on(person=person, by=by, at=at)


def closes(user: User, *, agreement: Agreement) -> bool:
    """Takes turns among the executives."""
    return PoolMember.objects.filter(pool=agreement.pool_id, user=user).exists()


def take_over(handoff: Handoff, *, by: User, at: datetime) -> None:
    """Tell that ``by`` closes; who qualified them stays that."""
    publish(
        TakenOver(
            happened_at=at,
            person_id=handoff.person_id,
            company_id=handoff.person.company_id,
            actor_id=by.pk,
            handoff_id=handoff.pk,
            rep_id=by.pk,
            handed_by_id=handoff.handed_by_id or 0,
            is_late=handoff.is_late,
        )
    )


def hand_back(handoff: Handoff, *, by: User, at: datetime) -> None:
    """The person stays an SQL of who handed them on, who is told and finds it among their tasks.
    The caller has written the verdict."""
    person, sdr = handoff.person, handoff.handed_by
    said = {
        "who": person.full_name,
        "by": by.name,
        "why": reason_label(handoff.verdict),
    }
    if sdr and sdr.can_sign_in():
        timeline.add_task(
            title=(_("%(who)s comes back from %(by)s: %(why)s") % said)[:250],
            owner=sdr,
            by=by,
            at=at,
            due_at=at,
            person=person,
        )
    publish(
        HandedBack(
            happened_at=at,
            person_id=person.pk,
            company_id=person.company_id,
            actor_id=by.pk,
            handoff_id=handoff.pk,
            rep_id=by.pk,
            handed_by_id=handoff.handed_by_id or 0,
            reason=handoff.verdict,
            note=handoff.verdict_note,
        )
    )


@transaction.atomic
def take_back(*, handoff: Handoff, by: User, at: datetime) -> Handoff:
    """Who handed somebody on keeps them after all, while nobody has answered. Raises
    AlreadyAnswered, BadVerdict."""
    lock_person(handoff.person_id)
    handoff = Handoff.objects.held().get(pk=handoff.pk)
    if handoff.handed_by_id != by.pk:
        raise BadVerdict(_("Who handed them on takes them back."))
    if handoff.state != State.OFFERED:
        raise AlreadyAnswered(_("It was answered already."))
    end_round(handoff, outcome=Outcome.WITHDRAWN, at=at)
    handoff.state, handoff.closed_at, handoff.escalates_at = State.WITHDRAWN, at, None
    handoff.save()
    return handoff
