"""Back to nurture until a day; then scored, or asked, again."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.calendars.queries import zone_of
from baton.core.facts import Fact, publish
from baton.qualification.handoff.actions.qualifying import lock_person, make_handoff, qualify_person
from baton.qualification.handoff.events import PersonRecycled
from baton.qualification.handoff.models import Handoff, Rest
from baton.qualification.handoff.queries import agreement_in_force
from baton.qualification.handoff.rules import (
    After,
    Lane,
    rests_after_verdict,
    stage_after_verdict,
)
from baton.qualification.lifecycle import actions as lifecycle
from baton.qualification.lifecycle.rules import rank
from baton.records.people import actions as people
from baton.records.people.models import Person
from baton.records.timeline import actions as timeline

BITE = 200
FALLBACK_DAYS = 90  # where no agreement says how long somebody rests


def send_back(person: Person, *, after: After, fact: Fact, by: User | None, at: datetime) -> None:
    """Move the person back to lead, or to other; whom a deal or a purchase moved on stays."""
    stage = stage_after_verdict(stage=person.stage, after=after)
    if stage is None:
        return
    lifecycle.move_person(
        person_id=person.pk,
        to_stage=stage,
        at=at,
        cause=fact.name,
        by=by,
        fact_id=fact.id,
        owner_id=person.owner_id,
        is_back=True,
    )


def recycle(
    person: Person,
    *,
    handoff: Handoff | None,
    after: After,
    rep: User | None,
    revisit_on: date | None,
    at: datetime,
    reason: str,
    keeps_rep: bool = False,
) -> None:
    """Let the person rest, unless they will never buy, or a deal or a purchase holds them.

    ``reason``: the code of the verdict, by which they rest. With a day to ask again they return to
    ``rep``. Without, they are routed anew without ``rep`` and nobody owns them meanwhile;
    ``keeps_rep``: they have talked, so the relation stays. Who does not rest leaves that day as a
    task with ``rep``.
    """
    is_parting = not revisit_on and not keeps_rep
    if is_parting and rep and person.owner_id == rep.pk and rank(person.stage) <= rank("sql"):
        people.assign_owner(person=person, owner=None, by=rep, at=at, cause="handoff")
    if not rests_after_verdict(stage=person.stage, after=after):
        if revisit_on and rep:
            _remind(rep, person=person, revisit_on=revisit_on, at=at)
        return
    until = _morning_of(revisit_on, rep=rep) if revisit_on else at + _rest(handoff, reason=reason)
    Rest.objects.filter(person=person, ended_at=None).update(ended_at=at)
    Rest.objects.create(
        person=person,
        handoff=handoff,
        until=until,
        return_to=rep if revisit_on else None,
        without=rep if is_parting else None,
    )
    publish(
        PersonRecycled(
            happened_at=at,
            person_id=person.pk,
            company_id=person.company_id,
            handoff_id=handoff.pk if handoff else None,
            until=until.isoformat(),
        )
    )


def _remind(rep: User, *, person: Person, revisit_on: date, at: datetime) -> None:
    timeline.add_task(
        title=_("Ask %(who)s again") % {"who": person.full_name},
        person=person,
        owner=rep,
        due_at=_morning_of(revisit_on, rep=rep),
        by=rep,
        at=at,
    )


def _rest(handoff: Handoff | None, *, reason: str) -> timedelta:
    """As long as the agreement says for this reason."""
    is_ours = handoff is not None and not handoff.is_to_executive
    agreement = handoff.agreement if handoff and is_ours else agreement_in_force()
    return agreement.terms().rest(reason) if agreement else timedelta(days=FALLBACK_DAYS)


def _morning_of(day: date, *, rep: User | None) -> datetime:
    """When that day begins where the rep works; the clock then waits for their hours."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone_of(rep)))


def end_rests(*, at: datetime) -> int:
    """Wake those whose rest is over, each in its own transaction; returns how many were woken.

    One whose rep set a day returns to that rep; the others are handed off again if they still
    meet the agreement. A clock that was set back wakes nobody twice: a rest ends once.
    """
    due = Rest.objects.filter(ended_at=None, until__lte=at).order_by("until", "pk")
    waking = list(due.values_list("pk", "person_id")[:BITE])
    return sum(_end_rest(pk, person_id=person_id, at=at) for pk, person_id in waking)


@transaction.atomic
def _end_rest(rest_id: int, *, person_id: int, at: datetime) -> bool:
    lock_person(person_id)  # before the rest, as all who write both do
    rest = Rest.objects.select_for_update(no_key=True).filter(pk=rest_id, ended_at=None).first()
    if rest is None:
        return False  # another worker was faster, or a raised hand
    rest.ended_at = at
    rest.save(update_fields=["ended_at"])
    if rest.return_to_id:
        _ask_again(rest, at=at)
    else:
        qualify_person(person_id=rest.person_id, at=at)
    return True


def _ask_again(rest: Rest, *, at: datetime) -> None:
    """The rep wanted them back on this day, whatever the score says."""
    person, agreement = lock_person(rest.person_id), agreement_in_force()
    if person is None or agreement is None or rank(person.stage) > rank("lead"):
        return
    if person.stage == After.OTHER or Handoff.objects.open().filter(person=person).exists():
        return
    day = date_format(rest.until.astimezone(ZoneInfo(zone_of(rest.return_to))), "j M")
    make_handoff(
        person,
        agreement=agreement,
        lane=Lane.REVISIT,
        reason=_("To be asked again from %(day)s on") % {"day": day},
        at=at,
    )
