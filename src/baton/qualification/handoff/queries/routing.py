"""All that routing looks at for some people, with as many queries as for one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from baton.core import filters
from baton.core.access.models import User
from baton.core.languages import language_code
from baton.core.prepared import Prepared
from baton.qualification.handoff.models import Handoff, NamedAccount, Offer, Rest
from baton.qualification.handoff.queries.book import Book, LandView, values_of
from baton.qualification.handoff.queries.named import named_accounts
from baton.qualification.handoff.queries.roster import Roster
from baton.qualification.handoff.rules import (
    Case,
    Condition,
    Outcome,
    PoolView,
    Rep,
    State,
    Target,
)
from baton.records.people.models import Person


@dataclass
class Past:
    """What became of the rounds of one handoff."""

    silent: int = 0  # rounds
    asked: set[int] = field(default_factory=set)
    asked_pools: set[int] = field(default_factory=set)
    turned_down: set[int] = field(default_factory=set)
    wrong: set[int] = field(default_factory=set)  # territories
    meant: int | None = None  # the territory that was named instead


class Cases:
    """Of people whom routing decides about now; their owners and companies are read with them."""

    def __init__(self, people: Collection[Person], *, roster: Roster, book: Book) -> None:
        self.roster = roster
        self.book = book
        self.values = values_of([person.pk for person in people], book.asked())
        self.named = named_accounts(people)
        self.rests = _rests_before([person.pk for person in people])
        self._views: dict[int, PoolView] = {}

    def of_executive(self, handoff: Handoff, *, past: Past) -> Case:
        """By the agreement between SDRs and executives: who looks after the company, as far as it
        says so, else whose turn it is in its pool. Never back to who hands them on."""
        self._views = {}
        person, agreement = handoff.person, handoff.agreement
        known = person.company.owner if person.company and agreement.asks_owner else None
        usual = self.book.pools.values()
        return Case(
            without=frozenset({handoff.handed_by_id} if handoff.handed_by_id else ()),
            asked=frozenset(past.asked),
            turned_down=frozenset(past.turned_down),
            asked_pools=frozenset(past.asked_pools),
            account_owner=self._rep(known),
            everyone=self._pool(agreement.pool_id),
            catch_all=next((self._pool(pool.pk) for pool in usual if pool.is_catch_all), None),
            language=language_code(person.language),
            is_used_up=past.silent >= agreement.max_rounds,
        )

    def of(self, person: Person, *, past: Past, max_rounds: int) -> Case:
        """As things stand now: what the roster has noted since is counted."""
        self._views = {}
        rest = self.rests.get(person.pk)
        account_owner = person.company.owner if person.company else None
        asked = self._asked(person)
        usual = self.book.pools.values()
        return Case(
            return_to=self._rep(rest.return_to) if rest else None,
            without=frozenset({rest.without_id} if rest and rest.without_id else ()),
            asked=frozenset(past.asked),
            turned_down=frozenset(past.turned_down),
            asked_pools=frozenset(past.asked_pools),
            owner=self._rep(person.owner),
            account_owner=self._rep(account_owner),
            named=self._named(self.named.get(person.pk)),
            territory=self._territory(person, asked=asked, past=past),
            conditions=tuple(self._conditions(asked)),
            everyone=next((self._pool(pool.pk) for pool in usual if pool.is_default), None),
            catch_all=next((self._pool(pool.pk) for pool in usual if pool.is_catch_all), None),
            language=language_code(person.language),
            is_used_up=past.silent >= max_rounds,
        )

    def _rep(self, user: User | None) -> Rep | None:
        return self.roster.rep(user) if user else None

    def _pool(self, pool_id: int | None, *, seen: frozenset[int] = frozenset()) -> PoolView | None:
        """With those behind it; a ring, which nobody can make, ends where it began."""
        pool = self.book.pools.get(pool_id or 0)
        if pool is None or pool.pk in seen:
            return None
        if pool.pk not in self._views:
            behind = self._pool(pool.escalates_to_id, seen=seen | {pool.pk})
            self._views[pool.pk] = self.roster.pool(pool, behind=behind)
        return self._views[pool.pk]

    def _asked(self, person: Person) -> filters.Matching:
        """The person, of whom each condition is asked."""
        values = self.values.get(person.pk, {})
        return filters.Matching(values, at=self.roster.at, zone=self.roster.zone)

    def _conditions(self, asked: filters.Matching) -> Iterable[Condition]:
        for rule in self.book.rules:
            if rule.chosen is None or not asked.fits(rule.chosen):
                yield rule.missed  # nobody asks who is in that pool
                continue
            pool = self._pool(rule.pool_id) or rule.missed.pool
            yield Condition(name=rule.name, pool=pool, is_match=True, wish=rule.wish)

    def _territory(self, person: Person, *, asked: filters.Matching, past: Past) -> Target | None:
        """Named by who turned it down, else the company's own, else the first that fits."""
        lands = [land for land in self.book.lands if land.id not in past.wrong]
        land = next((land for land in lands if land.id == past.meant), None)
        if land is None and person.company and person.company.territory:
            name = person.company.territory.casefold()
            land = next((land for land in lands if land.name.casefold() == name), None)
        if land is None:
            fits = (land for land in lands if land.chosen and asked.fits(land.chosen))
            land = next(fits, None)
        return self._owner_of(land) if land else None

    def _owner_of(self, land: LandView) -> Target:
        rep = self._users.get(land.rep_id or 0)
        pool = self._pool(land.pool_id)
        return Target(id=land.id, name=land.name, rep=self._rep(rep), pool=pool)

    @cached_property
    def _users(self) -> Mapping[int, User]:
        """Reps who answer for a territory alone."""
        ids = {land.rep_id for land in self.book.lands if land.rep_id}
        return User.objects.select_related("team").in_bulk(ids) if ids else {}

    def _named(self, account: NamedAccount | None) -> Target | None:
        if account is None:
            return None
        pool = self._pool(account.pool_id)
        return Target(id=account.pk, name=str(account), rep=self._rep(account.rep), pool=pool)


def pasts_of(handoffs: Sequence[Handoff]) -> dict[int, Past]:
    """By handoff who let a round pass or turned it down; from whom a manager took the lead was
    not silent."""
    found: dict[int, Past] = defaultdict(Past)
    ids = [handoff.pk for handoff in handoffs if handoff.pk]
    if not ids:
        return found  # nobody yet: it is not even saved
    ended = Offer.objects.filter(handoff__in=ids, outcome__in=[Outcome.SILENCE, Outcome.REDIRECTED])
    names = ("handoff", "rep", "pool", "outcome", "territory", "decision")
    for handoff, rep, pool, outcome, meant, decision in ended.order_by("round").values_list(*names):
        past = found[handoff]
        if outcome == Outcome.REDIRECTED:
            past.turned_down |= {rep} if rep else set()
            past.wrong |= {decision["territory_id"]} if decision.get("territory_id") else set()
            past.meant = meant or past.meant
            continue
        past.silent += 1
        past.asked |= {rep} if rep else set()
        past.asked_pools |= {pool} if pool and not rep else set()
    return found


_RESTS = Prepared(
    lambda people: (
        Rest.objects.filter(person__in=people).select_related("return_to__team").order_by("pk")
    )
)


def _rests_before(person_ids: Collection[int]) -> dict[int, Rest]:
    """The rest from which each comes now; one that a later handoff has overtaken is past."""
    rests = {rest.person_id: rest for rest in _RESTS.rows(people=list(person_ids))}
    if not rests:
        return {}
    closed = Handoff.objects.filter(person__in=rests, closed_at__isnull=False)
    ended = closed.exclude(state=State.WITHDRAWN).order_by("made_at", "pk")
    rows = ended.values_list("person", "pk", "made_at")
    before = {person: (pk, made_at) for person, pk, made_at in rows}
    return {
        person: rest
        for person, rest in rests.items()
        if person not in before or _is_latest(rest, *before[person])
    }


def _is_latest(rest: Rest, handoff_id: int, made_at: object) -> bool:
    if rest.handoff_id:
        return rest.handoff_id == handoff_id
    # Of somebody whom sales found: no handoff tells when it began, only when it ended.
    return rest.ended_at is None or rest.ended_at > made_at  # type: ignore[operator] # a time
