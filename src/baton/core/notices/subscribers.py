from collections import defaultdict

from baton.core.access.models import User
from baton.core.calendars.events import CalendarChanged
from baton.core.facts import ACTS, Fact, on, on_batch
from baton.core.notices import actions
from baton.core.notices.choices import replan_digests
from baton.core.notices.slots import notice_kinds
from baton.core.notices.tasks import deliver_notices


@on_batch(Fact, origins=ACTS)
def tell_users(facts: list[Fact]) -> None:
    """Live ones only: what is imported, or told again, is no news."""
    by_name: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_name[fact.name].append(fact)
    told = 0
    for kind in notice_kinds:
        if kind.fact and kind.tell and (same := by_name.get(kind.fact.name)):
            told += actions.tell(kind, kind.tell(same))
    if told:
        deliver_notices.enqueue()


@on(CalendarChanged, origins=ACTS)
def move_digests(fact: CalendarChanged) -> None:
    """The mail of the day comes on the days on which they work, at their hour."""
    users = User.objects.filter(is_active=True, deleted_at=None)
    replan_digests(users.filter(pk=fact.user_id) if fact.user_id else users, at=fact.happened_at)
