"""The queue as it is drawn: leads under the words by which people decide what to do first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.calendars.queries import HoursBook
from baton.core.ui.formats import hour_words
from baton.qualification.handoff.faces import Owed, owed_now
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.qualification.handoff.queries.desk import MINE, TEAM, rows_of
from baton.qualification.handoff.rules import Lane, State

HOUR = 3600


@dataclass(frozen=True, kw_only=True)
class Row:
    """One lead in the queue."""

    handoff: Handoff
    owed: Owed
    why: str
    url: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Group:
    title: str
    rows: list[Row]


def queue_of(user: User, *, tab: str, current: Handoff | None, now: datetime) -> list[Group]:
    """The rows of a tab under the words by which people decide what to do first."""
    titles = {
        "late": _("Late"),
        "soon": _("Next 60 minutes"),
        "later": _("Later"),
        "accepted": _("Accepted, first response due"),
        "paused": _("Paused, outside working hours or on leave"),
        "talking": _("Answered, verdict due"),
    }
    groups: dict[str, list[Row]] = {name: [] for name in titles}
    for row in drawn(rows_of(user, tab), tab=tab, user=user, current=current, now=now):
        groups[_group(row.handoff, row.owed)].append(row)
    for rows in groups.values():
        rows.sort(key=lambda row: (row.handoff.lane != Lane.HAND_RAISE, row.owed.due_at))
    return [Group(title=titles[name], rows=rows) for name, rows in groups.items() if rows]


def drawn(
    handoffs: Sequence[Handoff],
    *,
    tab: str,
    user: User,
    now: datetime,
    current: Handoff | None = None,
) -> Iterator[Row]:
    """Each with the clock that runs now, in the hours of who owes."""
    hours = HoursBook(handoff.rep for handoff in handoffs)
    for handoff in handoffs:
        owed = owed_now(handoff, hours=hours.of(handoff.rep), now=now)
        yield Row(
            handoff=handoff,
            owed=owed,
            why=_why(handoff, owed=owed, user=user, now=now),
            url=lead_url(handoff, tab=tab),
            is_current=current is not None and handoff.pk == current.pk,
        )


def _group(handoff: Handoff, owed: Owed) -> str:
    if handoff.state == State.ACCEPTED:
        return "talking" if handoff.responded_at else "accepted"
    if owed.is_late:
        return "late"
    if owed.is_paused:
        return "paused"
    return "soon" if owed.seconds <= HOUR else "later"


def _why(handoff: Handoff, *, owed: Owed, user: User, now: datetime) -> str:
    """The line under the name: what they did, or what happens next."""
    if handoff.state == State.ACCEPTED and handoff.answered_at:
        at = hour_words(handoff.answered_at, now=now, is_inside=True)
        if handoff.rep_id == user.pk:
            return _("Accepted by you, %(at)s") % {"at": at}
        return _("Accepted by %(who)s, %(at)s") % {"who": handoff.rep, "at": at}
    if owed.is_late and handoff.escalates_at and handoff.escalates_at > now:
        at = hour_words(handoff.escalates_at, now=now, is_inside=True)
        return _("Goes to the next one at %(at)s") % {"at": at}
    if handoff.is_to_executive and handoff.rep_id == user.pk:
        return _("From %(who)s: %(why)s") % {"who": handoff.handed_by, "why": handoff.reason}
    if handoff.rep_id and handoff.rep_id != user.pk:
        return f"{handoff.rep}: {handoff.reason}"
    return handoff.reason


def lead_url(handoff: Handoff, *, tab: str) -> str:
    """The lead's page, which keeps the tab one came from."""
    url = reverse("handoff:lead", args=[handoff.key])
    return url if tab == MINE else f"{url}?tab={tab}"


def usual_tab(user: User) -> str:
    """One's own leads, for those who answer any; what the teams do, for the others."""
    return MINE if user.may(ANSWER_HANDOFFS) else TEAM


def neighbours(groups: list[Group]) -> tuple[str, str]:
    """The leads before and after the open one; "" at the ends."""
    rows = [row for group in groups for row in group.rows]
    place = next((at for at, row in enumerate(rows) if row.is_current), None)
    if place is None:
        return "", rows[0].url if rows else ""
    before = rows[place - 1].url if place else ""
    return before, rows[place + 1].url if place + 1 < len(rows) else ""
