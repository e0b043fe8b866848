"""Who beyond the rep is told that a lead waits, and when: the agreement's ladder."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.addresses import address
from baton.core.calendars.queries import HoursBook
from baton.core.notices.rules import AT_ONCE
from baton.core.notices.slots import News, NoticeKind
from baton.core.worktime.rules import working_time_between
from baton.qualification.handoff.models import Agreement, Handoff
from baton.qualification.handoff.notices import seen
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS
from baton.qualification.handoff.rules import LADDER, State

MOST = 500  # looked at in one minute, those that wait the longest first


def ladder_news(*, at: datetime) -> Iterable[News]:
    """To each role of the ladder whose minutes of lateness have passed; once for each promise.

    Lateness runs in the working time of who owes, from the first broken promise on: that a lead
    went on to the next one does not start it anew.
    """
    late = _late(at=at)
    if not late:
        return
    book = HoursBook([handoff.rep for handoff in late])
    ids = [handoff.pk for handoff in late]
    able = {user: seen(user, ids) for user in who_can_sign_in() if user.role in LADDER}
    for handoff in late:
        since = _broken_since(handoff)
        waited = working_time_between(since, at, hours=book.of(handoff.rep))
        for user in _told(handoff, waited=waited, among=able):
            yield News(
                user_id=user.pk,
                cause=f"handoff {handoff.pk} {handoff.state} ladder",
                what=handoff.person.full_name,
                url=address("handoff:lead", handoff.key),
                at=at,
                about_id=handoff.pk,
            )


def _late(*, at: datetime) -> list[Handoff]:
    """Looked up by their clocks alone: joined to the agreements, or asked for by those with a
    ladder, a database may begin with them and read all that is open."""
    without = list(Agreement.objects.filter(ladder={}).values_list("pk", flat=True))
    rows = Handoff.objects.exclude(agreement__in=without)
    late = [
        pk
        for due in (rows.answer_due(until=at), rows.response_due(until=at))
        for pk in due.values_list("pk", flat=True)[:MOST]
    ]
    if not late:
        return []
    found = Handoff.objects.filter(pk__in=late).annotate(first_due_at=Min("offers__due_at"))
    return list(found.select_related("person", "rep", "agreement").order_by("accept_due_at", "pk"))


def _broken_since(handoff: Handoff) -> datetime:
    if handoff.state == State.ACCEPTED and handoff.respond_due_at:
        return handoff.respond_due_at
    first: datetime | None = handoff.first_due_at  # type: ignore[attr-defined] # annotated
    return first or handoff.accept_due_at


def _told(
    handoff: Handoff, *, waited: timedelta, among: Mapping[User, Collection[int]]
) -> Iterator[User]:
    """Those of a rung that is reached who see the lead; the rep is told anyway."""
    ladder = handoff.agreement.ladder
    reached = {role for role in ladder if waited >= timedelta(minutes=ladder[role])}
    for user, visible in among.items():
        if user.role in reached and handoff.pk in visible and user.pk != handoff.rep_id:
            yield user


WAITS = NoticeKind(
    name="lead.waits",
    label=_("A lead of my team waits longer than agreed"),
    title=_("%(what)s waits too long for an answer"),
    many=_("%(n)s leads wait too long for an answer"),
    icon="alert",
    many_url=lambda: reverse("handoff:desk") + "?tab=team",
    seen=seen,
    permission=MANAGE_HANDOFFS.name,
    ways=AT_ONCE,
    rings=True,
)
