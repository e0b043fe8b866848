"""The sweepers: the tables say what is due, each minute somebody looks."""

from django.utils import timezone
from django_tasks import task

from baton.core.jobs import TIMERS, every, policy
from baton.core.jobs.policy import BULK
from baton.core.notices import actions as notices
from baton.core.settings.queries import organisation
from baton.qualification.handoff import actions
from baton.qualification.handoff.agreement_news import UNSIGNED, unsigned_news
from baton.qualification.handoff.clock_news import ring_clocks
from baton.qualification.handoff.ladder import WAITS, ladder_news
from baton.qualification.handoff.notices import SOON_LATE, soon_news, tell_late

BITE = 500


@every("* * * * *")
@task(priority=TIMERS)
@policy(single=True)
def escalate_overdue() -> None:
    """Silence goes to the next one; a restored copy rings nobody until it is armed."""
    if organisation().is_armed:
        actions.escalate_overdue(at=timezone.now())


@every("* * * * *")
@task(priority=TIMERS)
@policy(single=True)
def pass_on_absent() -> None:
    """What waits for somebody who is away, or has left, goes on; a restored copy rings nobody."""
    if organisation().is_armed:
        actions.pass_on_departed(at=timezone.now())
        actions.pass_on_absent(at=timezone.now())


@every("* * * * *")
@task(priority=TIMERS)
@policy(single=True)
def tell_clocks() -> None:
    """Whose clock ends soon or is over; once for each, and to nobody from a restored copy."""
    if organisation().is_armed:
        at = timezone.now()
        notices.tell(SOON_LATE, soon_news(at=at))
        tell_late(at=at)
        notices.tell(WAITS, ladder_news(at=at))


@every("* * * * *")
@task(priority=TIMERS)
@policy(single=True)
def tell_signers() -> None:
    """What waits for a signature; each version of the terms once."""
    if organisation().is_armed:
        notices.tell(UNSIGNED, unsigned_news(at=timezone.now()))


@every("* * * * *")
@task(priority=TIMERS)
@policy(single=True)
def end_rests() -> None:
    """Rests that are over; a restored copy wakes nobody until it is armed."""
    if organisation().is_armed:
        actions.end_rests(at=timezone.now())


@every("41 2 * * *")
@task(priority=BULK)
@policy(single=True)
def ask_conditions(*, after: int = 0) -> None:
    """What comes true, or untrue, by a day's passing alone; a bite at a time."""
    behind = actions.note_conditions_after(after=after, most=BITE, at=timezone.now())
    if behind:
        ask_conditions.enqueue(after=behind)


@every("17 3 * * *")
@task(priority=BULK)
@policy(single=True)
def count_anew() -> None:
    """What runs, in the hours of who owes: a zone whose law changed is told by no calendar."""
    actions.recount_clocks(user_id=0)
    actions.recount_promises(user_id=0)


@every("* * * * *")
@task(priority=TIMERS)
@policy(single=True)
def tend_clocks() -> None:
    """Answers, idle deals, next steps; a restored copy rings nobody."""
    if organisation().is_armed:
        ring_clocks(at=timezone.now())
