from django.utils import timezone

from baton.core.calendars.events import CalendarChanged
from baton.core.facts import ACTS, Fact, Touch, on, on_batch
from baton.marketing.capture.events import FormSubmitted, VisitMade
from baton.qualification.handoff import actions
from baton.qualification.handoff.events import HandoffAccepted, TakenOver
from baton.qualification.lifecycle.events import LifecycleChanged
from baton.qualification.scoring.events import ScoreChanged
from baton.records.people.events import OwnerChanged, PersonDeleted

BY_DEALS = frozenset({"opportunity", "customer"})


# Each alone: routing must see the one before, and imported history must ring no phone.
@on(FormSubmitted, origins=ACTS, each_alone=True)
def answer_raised_hand(fact: FormSubmitted) -> None:
    if fact.person_id:
        actions.qualify_person(person_id=fact.person_id, form=fact, at=timezone.now())
        actions.note_message(fact=fact)  # after it: the clock of a new handoff stands for it


@on(ScoreChanged, origins=ACTS, each_alone=True)
def hand_off_by_score(fact: ScoreChanged) -> None:
    """Nobody is handed off by the mere passing of time."""
    if fact.person_id and not fact.is_fading and fact.score > fact.former_score:
        actions.qualify_person(person_id=fact.person_id, fact_id=fact.id, at=timezone.now())


@on(VisitMade, origins=ACTS, each_alone=True)
def note_prices(fact: VisitMade) -> None:
    actions.note_prices(visit=fact)


@on(Fact, origins=ACTS)
def note_touch(fact: Fact) -> None:
    if fact.touch in {Touch.ATTEMPT, Touch.FIRST_RESPONSE}:
        actions.note_touch(fact=fact)
        actions.note_answer(fact=fact)
    elif fact.awaits_reply and not isinstance(fact, FormSubmitted):
        actions.note_message(fact=fact)


@on_batch(Fact, origins=ACTS)
def note_conditions(facts: list[Fact]) -> None:
    """Whoever rests until something is so may come back by what was told just now."""
    actions.note_conditions(
        person_ids={fact.person_id for fact in facts if fact.person_id},
        company_ids={fact.company_id for fact in facts if fact.company_id and not fact.person_id},
        at=timezone.now(),
    )


@on(OwnerChanged, HandoffAccepted, TakenOver, origins=ACTS)
def follow_answerers(fact: Fact) -> None:
    if fact.person_id:
        actions.follow_answerers(person_ids=[fact.person_id])


@on(CalendarChanged, origins=ACTS)
def recount_clocks(fact: CalendarChanged) -> None:
    actions.recount_clocks(user_id=fact.user_id)
    actions.recount_promises(user_id=fact.user_id)


@on(LifecycleChanged)
def settle_by_deal(fact: LifecycleChanged) -> None:
    if fact.person_id and fact.to_stage in BY_DEALS:
        actions.settle_by_deal(person_id=fact.person_id, at=fact.happened_at, by_id=fact.actor_id)


@on(PersonDeleted)
def withdraw_handoffs(fact: PersonDeleted) -> None:
    if fact.person_id:
        actions.withdraw_handoffs(person_ids=[fact.person_id], at=fact.happened_at)
        actions.withdraw_clocks(person_ids=[fact.person_id], at=fact.happened_at)
