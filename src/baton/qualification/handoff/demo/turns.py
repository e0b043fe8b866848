"""Whose turn it was: the rules of routing over a year, with loads that are kept in memory."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

from baton.core.access.models import User
from baton.core.demo.slots import Year
from baton.qualification.handoff.models import Pool
from baton.qualification.handoff.rules import Case, Decision, Member, PoolView, Rep, route
from baton.records.people.models import Person

SQUAD = 6  # who take turns with each other
CAP = 12
KEPT = timedelta(days=60)  # loads before that are forgotten


class Turns:
    """Reps in squads; the first one is the cast's. Nobody who is on leave is asked."""

    def __init__(
        self,
        year: Year,
        *,
        pool: Pool,
        queue: Pool,
        weights: dict[int, int],
        reps: list[User] | None = None,
    ) -> None:
        self.year, self.pool, self.queue, self.weights = year, pool, queue, weights
        reps = year.cast["reps"] if reps is None else reps
        self.reps = {rep.pk: rep for rep in reps}
        cast, others = reps[: len(weights)], reps[len(weights) :]
        self.squads = [cast, *(others[n : n + SQUAD] for n in range(0, len(others), SQUAD))]
        self.credits: dict[int, float] = defaultdict(float)
        self.waiting: dict[tuple[int, date], list[tuple[datetime, datetime]]] = defaultdict(list)
        self.today: Counter[tuple[int, date]] = Counter()
        self.asked_count = 0

    def decide(self, person: Person, *, at: datetime, silent: frozenset[int]) -> Decision:
        """Who is asked; the credits move on as they do in earnest. Somebody always is."""
        first = self.asked_count % len(self.squads)
        self.asked_count += 1
        decision = self._route(person, self.squads[first], at=at, silent=silent, cap=CAP)
        # A squad may be of one, who is on leave: then others stand in.
        for squad in [*self.squads[first:], *self.squads[:first]]:
            if decision.rep is None:
                decision = self._route(person, squad, at=at, silent=frozenset(), cap=None)
        self.credits.update(decision.credits or {})
        return decision

    def _route(
        self,
        person: Person,
        squad: list[User],
        *,
        at: datetime,
        silent: frozenset[int],
        cap: int | None,
    ) -> Decision:
        owner = self.reps.get(person.owner_id or 0)
        members = tuple(self._member(rep, at=at, cap=cap) for rep in squad)
        return route(
            Case(
                asked=silent,
                owner=self._rep(owner, at=at, cap=cap) if owner else None,
                everyone=PoolView(id=self.pool.pk, name=self.pool.name, members=members),
                catch_all=PoolView(id=self.queue.pk, name=self.queue.name),
            )
        )

    def note(self, rep: User, *, since: datetime, until: datetime) -> None:
        """The offer waited for them that long."""
        self.waiting[rep.pk, since.date()].append((since, until))
        self.today[rep.pk, since.date()] += 1

    def forget(self, before: datetime) -> None:
        """Loads of long ago matter no more."""
        old = (before - KEPT).date()
        for key in [key for key in self.waiting if key[1] < old]:
            del self.waiting[key]
            del self.today[key]

    def _member(self, rep: User, *, at: datetime, cap: int | None) -> Member:
        return Member(
            rep=self._rep(rep, at=at, cap=cap),
            weight=self.weights.get(rep.pk, 1),
            credit=self.credits[rep.pk],
            today=self.today[rep.pk, at.date()],
        )

    def _rep(self, rep: User, *, at: datetime, cap: int | None) -> Rep:
        days = (at.date() - timedelta(days=ago) for ago in range(4))
        spans = [span for day in days for span in self.waiting.get((rep.pk, day), ())]
        leave = self.year.cast.get("leave", {}).get(rep.pk, ())
        return Rep(
            id=rep.pk,
            name=rep.name,
            is_away=any(start <= at < end for start, end in leave),
            open_count=sum(since <= at < until for since, until in spans),
            cap=cap,
        )
