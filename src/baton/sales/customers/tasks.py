"""The sweeper: the table says what is due, each minute somebody looks."""

from django.utils import timezone
from django_tasks import task

from baton.core.jobs import TIMERS, every, policy
from baton.core.settings.queries import organisation, organisation_zone
from baton.sales.customers import actions, queries

BITE = 200


@every("* * * * *")
@task(priority=TIMERS)
@policy(single=True)
def tell_late_handovers() -> None:
    """Once for each promise; a restored copy rings nobody until it is armed."""
    at = timezone.now()
    if not organisation().is_armed:
        return
    for customer in queries.late_customers(at, most=BITE):
        actions.tell_late(customer=customer, at=at)


@every("42 * * * *")
@task(priority=TIMERS)
@policy(single=True)
def remind_of_renewals() -> None:
    """At 90, 60 and 30 days, each once; to nobody from a restored copy."""
    at = timezone.now()
    if not organisation().is_armed:
        return
    today = at.astimezone(organisation_zone()).date()
    for customer in queries.to_remind(today=today, most=BITE):
        actions.remind_of_renewal(customer=customer, at=at)


@every("27 * * * *")
@task(priority=TIMERS)
@policy(single=True)
def tell_late_checkins() -> None:
    """Once each until somebody spoke with them; to nobody from a restored copy."""
    at = timezone.now()
    if not organisation().is_armed:
        return
    today = at.astimezone(organisation_zone()).date()
    for customer in queries.checkins_to_tell(today=today, most=BITE):
        actions.tell_checkin(customer=customer, at=at)


@every("52 * * * *")
@task(priority=TIMERS)
@policy(single=True)
def tell_second_purchases() -> None:
    """Of each customer once; to nobody from a restored copy."""
    at = timezone.now()
    if not organisation().is_armed:
        return
    for customer in queries.second_to_tell(at=at, most=BITE):
        actions.tell_second(customer=customer, at=at)


@every("12 * * * *")
@task()
@policy(single=True)
def look_at_health() -> None:
    """Days pass: what was well this morning may not be by now."""
    if organisation().is_armed:
        actions.refresh_all(at=timezone.now())
