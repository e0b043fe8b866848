"""Back to nurture until a day; then scored, or asked, again."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.calendars.queries import zone_of
from baton.core.facts import Fact, publish
from baton.qualification.handoff.actions.conditions import judge_rests
from baton.qualification.handoff.actions.qualifying import (
    lane_of,
    lock_person,
    make_handoff,
    qualify_person,
)
from baton.qualification.handoff.events import PersonRecycled
from baton.qualification.handoff.models import Agreement, Handoff, Rest
from baton.qualification.handoff.queries import agreement_in_force
from baton.qualification.handoff.queries.rests import condition_words_for_all
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
    condition: Mapping[str, Any] | None = None,
) -> None:
    """Let the person rest, unless they will never buy, or a deal or a purchase holds them.

    ``reason``: the code of the verdict, by which they rest. With a day to ask again, or a
    ``condition`` of the rep, they return to ``rep``. Without, they are routed anew without ``rep``
    and nobody owns them meanwhile, by the condition of the agreement if there is one;
    ``keeps_rep``: they have talked, so the relation stays. Who does not rest leaves that day as a
    task with ``rep``.
    """
    is_awaited = bool(revisit_on or condition)
    is_parting = not is_awaited and not keeps_rep
    if is_parting and rep and person.owner_id == rep.pk and rank(person.stage) <= rank("sql"):
        people.assign_owner(person=person, owner=None, by=rep, at=at, cause="handoff")
    if not rests_after_verdict(stage=person.stage, after=after):
        if revisit_on and rep:
            _remind(rep, person=person, revisit_on=revisit_on, at=at)
        return
    agreement = _agreed(handoff)
    until = morning_of(revisit_on, rep=rep) if revisit_on else at + _rest(agreement, reason=reason)
    usual = agreement.rest_conditions.get(reason) if agreement else None
    Rest.objects.running().filter(person=person).update(ended_at=at)
    rest = Rest.objects.create(
        person=person,
        handoff=handoff,
        until=until,
        return_to=rep if is_awaited else None,
        without=rep if is_parting else None,
        asks_on_day=bool(revisit_on),
        condition=condition or usual,
    )
    if rest.condition:
        judge_rests([rest], at=at)  # what holds already has to become untrue first
    tell_rest(rest, person=person, at=at)


def tell_rest(rest: Rest, *, person: Person, at: datetime) -> PersonRecycled:
    return publish(
        PersonRecycled(
            happened_at=at,
            person_id=person.pk,
            company_id=person.company_id,
            handoff_id=rest.handoff_id,
            until=rest.until.isoformat(),
            condition=condition_words_for_all(rest.condition),
        )
    )


def _remind(rep: User, *, person: Person, revisit_on: date, at: datetime) -> None:
    timeline.add_task(
        title=_("Ask %(who)s again") % {"who": person.full_name},
        person=person,
        owner=rep,
        due_at=morning_of(revisit_on, rep=rep),
        by=rep,
        at=at,
    )


def _agreed(handoff: Handoff | None) -> Agreement | None:
    """What of marketing's leads is agreed; an SDR's handoff says nothing of rests."""
    is_ours = handoff is not None and not handoff.is_to_executive
    return handoff.agreement if handoff and is_ours else agreement_in_force()


def _rest(agreement: Agreement | None, *, reason: str) -> timedelta:
    """As long as it says for this reason."""
    return agreement.terms().rest(reason) if agreement else timedelta(days=FALLBACK_DAYS)


def morning_of(day: date, *, rep: User | None) -> datetime:
    """When that day begins where the rep works; the clock then waits for their hours."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone_of(rep)))


def end_rests(*, at: datetime) -> int:
    """Wake those whose rest is over, each in its own transaction; returns how many were woken.

    One whose rep set a day returns to that rep, and one whose condition came true comes back,
    whatever the score; the others are handed off again if they still meet the agreement. A clock
    that was set back wakes nobody twice: a rest ends once.
    """
    due = Rest.objects.running().filter(until__lte=at).order_by("until", "pk")
    met = Rest.objects.running().filter(met_at__isnull=False).order_by("met_at", "pk")
    waking = {
        pk: person_id
        for rests in (met, due)
        for pk, person_id in rests.values_list("pk", "person_id")[:BITE]
    }.items()
    return sum(_end_rest(pk, person_id=person_id, at=at) for pk, person_id in waking)


@transaction.atomic
def _end_rest(rest_id: int, *, person_id: int, at: datetime) -> bool:
    lock_person(person_id)  # before the rest, as all who write both do
    rest = Rest.objects.select_for_update(no_key=True).filter(pk=rest_id, ended_at=None).first()
    if rest is None:
        return False  # another worker was faster, or a raised hand
    rest.ended_at = at
    rest.save(update_fields=["ended_at"])
    if rest.met_at and (words := condition_words_for_all(rest.condition)):
        _come_back(rest, words=words, at=at)
    elif rest.return_to_id and rest.asks_on_day:
        _ask_again(rest, at=at)
    else:
        qualify_person(person_id=rest.person_id, at=at)
    return True


def _ask_again(rest: Rest, *, at: datetime) -> None:
    """The rep wanted them back on this day, whatever the score says."""
    person, agreement = _free_again(rest), agreement_in_force()
    if person is None or agreement is None:
        return
    day = date_format(rest.until.astimezone(ZoneInfo(zone_of(rest.return_to))), "j M")
    make_handoff(
        person,
        agreement=agreement,
        lane=Lane.REVISIT,
        reason=_("To be asked again from %(day)s on") % {"day": day},
        at=at,
    )


def _come_back(rest: Rest, *, words: str, at: datetime) -> None:
    """The rep, or the agreement, wanted them back once this is so. By the agreement, who meets it
    by their score as well comes as any MQL does."""
    person, agreement = _free_again(rest), agreement_in_force()
    if person is None or agreement is None:
        return
    lane = None if rest.return_to_id else lane_of(person, agreement=agreement, at=at)
    rest.led_to = make_handoff(
        person,
        agreement=agreement,
        lane=lane or Lane.REVISIT,
        reason=_("Came back because: %(condition)s") % {"condition": words},
        at=at,
    )
    rest.save(update_fields=["led_to"])


def _free_again(rest: Rest) -> Person | None:
    """Who rested, unless somebody or something has them by now."""
    person = lock_person(rest.person_id)
    if person is None or rank(person.stage) > rank("lead") or person.stage == After.OTHER:
        return None
    return None if Handoff.objects.open().filter(person=person).exists() else person
