"""Last month's leads once more by other rules: who would have got what. Nothing is written."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from baton.core.access.models import User
from baton.core.calendars.models import Leave
from baton.core.calendars.queries import HoursBook, zone_of
from baton.core.worktime.rules import is_open
from baton.qualification.handoff.models import Handoff, Offer
from baton.qualification.handoff.queries.book import Book
from baton.qualification.handoff.queries.roster import Roster
from baton.qualification.handoff.queries.routing import Cases, Past
from baton.qualification.handoff.rules import Case, Choice, Decision, Rep, State, route

SPAN, MOST = timedelta(days=30), 1000
KNOWN = frozenset({Choice.RECYCLE, Choice.OWNER, Choice.ACCOUNT})
QUEUE = 0  # instead of a rep's id


@dataclass
class Side:
    """By lead's id to whom it goes (a rep's id, or QUEUE), and by which rule."""

    went: dict[int, int] = field(default_factory=dict)
    how: dict[int, str] = field(default_factory=dict)

    @property
    def loads(self) -> Counter[int]:
        return Counter(self.went.values())

    @property
    def unrouted(self) -> int:
        return self.loads[QUEUE]


@dataclass(frozen=True, kw_only=True)
class Trial:
    """``was``: what really happened at first; ``now`` by the rules in use; ``then`` by others."""

    leads: Sequence[Handoff]
    all_count: int
    was: Side
    now: Side
    then: Side

    @property
    def changed(self) -> list[int]:
        """Ids of the leads that would go to somebody else."""
        return [pk for pk, rep in self.then.went.items() if self.now.went[pk] != rep]


def try_rules(*, user: User, now: Book, then: Book | None, at: datetime) -> Trial:
    """The latest MOST leads of the month that the user sees; in as many queries as for one."""
    rows = Handoff.objects.visible_to(user).filter(made_at__gte=at - SPAN, made_at__lt=at)
    rows = rows.to_sales().exclude(state=State.WITHDRAWN)
    seen = rows.select_related("person__company__owner", "person__owner", "agreement")
    leads = list(seen.order_by("-made_at", "-pk")[:MOST])[::-1]
    firsts = _first_decisions(leads)
    tried = [_side(leads, book=book, firsts=firsts) for book in (now, then) if book]
    return Trial(
        leads=leads, all_count=rows.count(), was=_was(firsts), now=tried[0], then=tried[-1]
    )


@dataclass(frozen=True)
class _First:
    """The first round as it was."""

    rule: str
    rep_id: int
    answered_after: timedelta | None


def _first_decisions(leads: Sequence[Handoff]) -> dict[int, _First]:
    rows = Offer.objects.filter(handoff__in=[lead.pk for lead in leads], round=1)
    names = ("handoff", "rep", "decision__rule", "offered_at", "ended_at")
    return {
        pk: _First(str(rule), rep or QUEUE, ended_at - offered_at if ended_at else None)
        for pk, rep, rule, offered_at, ended_at in rows.values_list(*names)
    }


def _was(firsts: Mapping[int, _First]) -> Side:
    return Side(
        went={pk: first.rep_id for pk, first in firsts.items()},
        how={pk: first.rule for pk, first in firsts.items()},
    )


def _side(leads: Sequence[Handoff], *, book: Book, firsts: Mapping[int, _First]) -> Side:
    roster = Rehearsal(leads)
    cases = Cases([lead.person for lead in leads], roster=roster, book=book)
    side = Side()
    for lead in leads:
        first = firsts.get(lead.pk)
        roster.come(lead.made_at)
        case = cases.of(lead.person, past=Past(), max_rounds=1)
        decision = route(_as_it_was(case, first, rep_of=roster.rep_by_id))
        roster.note(decision)
        roster.busy(decision, until=_answered(lead, first))
        side.went[lead.pk] = decision.rep.id if decision.rep else QUEUE
        side.how[lead.pk] = decision.rule
    return side


def _as_it_was(case: Case, first: _First | None, *, rep_of: Callable[[int], Rep]) -> Case:
    """Whom they knew *then*: today the owner is mostly who got the lead."""
    rule = first.rule if first and first.rep_id else ""
    rep = rep_of(first.rep_id) if first and rule in KNOWN else None
    return replace(
        case,
        without=frozenset(),
        return_to=rep if rule == Choice.RECYCLE else None,
        owner=rep if rule == Choice.OWNER else None,
        account_owner=rep if rule == Choice.ACCOUNT else None,
    )


def _answered(lead: Handoff, first: _First | None) -> datetime:
    after = first.answered_after if first else None
    return lead.made_at + (after or timedelta(minutes=lead.agreement.accept_minutes))


class Rehearsal(Roster):
    """Who takes turns today, with loads and leave as they were from lead to lead."""

    def __init__(self, leads: Sequence[Handoff]) -> None:
        at = leads[0].made_at if leads else datetime.min.replace(tzinfo=UTC)
        super().__init__(at=at)
        self.open_counts = Counter()
        self.today = Counter()
        self._day: date | None = None
        self._releases: list[tuple[datetime, int]] = []
        self._leave = _leave_of_all()
        self._hours = HoursBook(self.users[pk] for pk in self.of_user)

    def come(self, at: datetime) -> None:
        """Time goes on: what was answered meanwhile is off the desks."""
        self.at = at
        while self._releases and self._releases[0][0] <= at:
            _until, rep = heapq.heappop(self._releases)
            self.open_counts[rep] -= 1
        day = at.astimezone(self.zone).date()
        if day != self._day:
            self._day, self.today = day, Counter()
        self.day_counts = Counter()
        for (_pool, rep), count in self.today.items():
            self.day_counts[rep] += count
        spans = self._leave.items()
        self.on_leave = {pk for pk, some in spans if any(a <= at < b for a, b in some)}
        self.__dict__.pop("working", None)

    @property
    def working(self) -> set[int]:
        """Asked anew at each moment."""
        members = (self.users[pk] for pk in self.of_user)
        return {user.pk for user in members if is_open(self.at, hours=self._hours.of(user))}

    def busy(self, decision: Decision, *, until: datetime) -> None:
        """The offer lies with them until then."""
        if decision.rep:
            heapq.heappush(self._releases, (until, decision.rep.id))

    def rep_by_id(self, user_id: int) -> Rep:
        """As they stand at this moment."""
        return self.rep(self.user(user_id))


def _leave_of_all() -> dict[int, list[tuple[datetime, datetime]]]:
    found: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for leave in Leave.objects.living().select_related("user"):
        found[leave.user_id].append(leave.days_away().as_leave(zone=zone_of(leave.user)))
    return found
